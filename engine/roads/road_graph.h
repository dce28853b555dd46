// The directed road network: an immutable CSR graph whose index is the id.
//
// City lifecycle: built once by an importer or generator through RoadGraphData, validated in the
// constructor, then shared by const reference. Shapes: one vector per attribute, indexed by NodeId,
// LinkId or MovementId; CSR offsets have size n + 1. Units: m, m/s, degrees WGS 84.
//
// Invariants: 1. ids are dense and ascend with the external ids, so the order of rows in a file
// changes nothing; 2. every link has length_m > 0, free_speed_mps > 0, 1 <= lane_count <= 255 and
// capacity_pcuph > 0, and joins two different nodes; parallel links are allowed; 3. the movements
// of an in-link are sorted by out-link and lead from its to-node; 4. a signal plan belongs to one
// node and names only movements of that node; 5. in_links and out_links ascend. Errors: InputError
// E-NET-* (network_faults.h) naming the link, node or movement by external id.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "geo/lon_lat.h"

namespace jiahe {

using MovementId = Id<struct MovementTag>;

enum class RoadClass : std::uint8_t {
    kMotorway,
    kMotorwayLink,
    kTrunk,
    kTrunkLink,
    kPrimary,
    kPrimaryLink,
    kSecondary,
    kSecondaryLink,
    kTertiary,
    kTertiaryLink,
    kUnclassified,
    kResidential,
    kLivingStreet,
    kService,
};

enum class NodeControl : std::uint8_t { kNone, kSignal, kStop, kGiveWay, kRoundabout };
enum class TurnType : std::uint8_t { kLeft, kThru, kRight, kUturn };

std::string_view to_string(RoadClass value);
std::string_view to_string(NodeControl value);
std::string_view to_string(TurnType value);
// The value whose to_string is `text`, none where there is no such value.
std::optional<RoadClass> road_class_of(std::string_view text);
std::optional<NodeControl> node_control_of(std::string_view text);
std::optional<TurnType> turn_type_of(std::string_view text);

// One phase of a fixed-time plan: these movements (external ids) have green for green_s, then all
// red for clearance_s.
struct SignalPhase {
    std::vector<std::int64_t> green_movement_ids;
    double green_s = 0;
    double clearance_s = 0;
};

// cycle = sum of greens and clearances; phase k starts at offset_s + what precedes it (mod cycle).
struct SignalPlan {
    std::int64_t node_id = 0;  // external
    double offset_s = 0;
    std::vector<SignalPhase> phases;
    double cycle_s() const;
};

// What an importer fills in, rows in any order, external ids of 64 bits.
struct RoadGraphData {
    struct Node {
        std::int64_t id = 0;
        double lon_deg = 0, lat_deg = 0;
        NodeControl control = NodeControl::kNone;
    };
    struct Link {
        std::int64_t id = 0;
        std::int64_t from_node_id = 0, to_node_id = 0;
        double length_m = 0;
        double free_speed_mps = 0;
        int lane_count = 1;
        double capacity_pcuph = 0;  // whole link; 0 = class default per lane
        RoadClass road_class = RoadClass::kUnclassified;
        std::string name;
        std::vector<std::pair<double, double>> shape;  // lon, lat between the ends; may be empty
    };
    struct Movement {
        std::int64_t id = 0;
        std::int64_t in_link_id = 0, out_link_id = 0;
        TurnType turn = TurnType::kThru;
        int first_lane = 0, last_lane = 0;  // 1 = innermost; 0, 0 = all lanes
        bool signalised = false;
    };
    std::vector<Node> nodes;
    std::vector<Link> links;
    // Empty for a whole network: every turn but U-turns (allowed at dead ends) is then permitted.
    std::vector<Movement> movements;
    std::vector<SignalPlan> signals;
    std::string source;  // file or generator, for error messages
    std::string attribution;
};

class RoadGraph {
  public:
    // Validates and sorts; throws InputError with one fault a defect (at most 20).
    explicit RoadGraph(RoadGraphData data);

    std::size_t node_count() const { return node_external_id.size(); }
    std::size_t link_count() const { return link_external_id.size(); }
    std::size_t movement_count() const { return movement_out_link.size(); }

    std::span<const LinkId> out_links(NodeId node) const;
    std::span<const LinkId> in_links(NodeId node) const;
    // Movements of an in-link: [first, last) of MovementId.
    std::pair<MovementId, MovementId> movements_of(LinkId in_link) const;
    // The movement in_link -> out_link, or an invalid id where the turn is not permitted.
    MovementId movement(LinkId in_link, LinkId out_link) const;
    // Free-flow time in s.
    double free_time_s(LinkId link) const;
    // Id for an external id, invalid where there is none.
    NodeId find_node(std::int64_t external_id) const;
    LinkId find_link(std::int64_t external_id) const;
    // The plane of node_x_m and node_y_m.
    const LocalPlane& plane() const { return plane_; }
    // From end to end: the from-node, the shape, the to-node.
    std::vector<LonLat> link_line(LinkId link) const;
    // Everything back as data, from which an equal graph can be built.
    RoadGraphData to_data() const;

    // Per node.
    std::vector<std::int64_t> node_external_id;
    std::vector<double> node_lon_deg, node_lat_deg;
    std::vector<double> node_x_m,
        node_y_m;  // local plane: equirectangular about the network's centre
    std::vector<NodeControl> node_control;
    std::vector<std::int32_t> node_signal;  // index into signals, -1 = none

    // Per link.
    std::vector<std::int64_t> link_external_id;
    std::vector<NodeId> link_from, link_to;
    std::vector<double> link_length_m, link_free_speed_mps, link_capacity_pcuph;
    std::vector<std::uint8_t> link_lane_count;
    std::vector<RoadClass> link_class;
    std::vector<std::string> link_name;
    std::vector<std::vector<std::pair<double, double>>> link_shape;  // lon, lat, inner points

    // Per movement (turn), sorted by (in link, out link).
    std::vector<LinkId> movement_in_link, movement_out_link;
    std::vector<TurnType> movement_turn;
    std::vector<std::uint8_t> movement_first_lane, movement_last_lane;  // 1-based, inclusive
    std::vector<std::uint8_t> movement_signalised;
    std::vector<std::int64_t> movement_external_id;

    std::vector<SignalPlan> signals;  // by node id
    std::string source, attribution;

  private:
    void fill_nodes(const RoadGraphData& data);
    void fill_links(RoadGraphData& data);
    void fill_movements(const RoadGraphData& data);
    void fill_signals(RoadGraphData& data);

    LocalPlane plane_;
    std::vector<std::uint32_t> out_offset_, in_offset_, movement_offset_;
    std::vector<LinkId> out_link_, in_link_;
};

}  // namespace jiahe
