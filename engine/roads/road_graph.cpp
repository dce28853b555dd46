#include "roads/road_graph.h"

#include <algorithm>

#include "roads/default_turns.h"
#include "roads/network_faults.h"
#include "roads/road_class_defaults.h"

namespace jiahe {

std::string_view to_string(RoadClass value) {
    switch (value) {
        case RoadClass::kMotorway:
            return "motorway";
        case RoadClass::kMotorwayLink:
            return "motorway_link";
        case RoadClass::kTrunk:
            return "trunk";
        case RoadClass::kTrunkLink:
            return "trunk_link";
        case RoadClass::kPrimary:
            return "primary";
        case RoadClass::kPrimaryLink:
            return "primary_link";
        case RoadClass::kSecondary:
            return "secondary";
        case RoadClass::kSecondaryLink:
            return "secondary_link";
        case RoadClass::kTertiary:
            return "tertiary";
        case RoadClass::kTertiaryLink:
            return "tertiary_link";
        case RoadClass::kUnclassified:
            return "unclassified";
        case RoadClass::kResidential:
            return "residential";
        case RoadClass::kLivingStreet:
            return "living_street";
        case RoadClass::kService:
            return "service";
    }
    return "";
}

std::string_view to_string(NodeControl value) {
    switch (value) {
        case NodeControl::kNone:
            return "none";
        case NodeControl::kSignal:
            return "signal";
        case NodeControl::kStop:
            return "stop";
        case NodeControl::kGiveWay:
            return "give_way";
        case NodeControl::kRoundabout:
            return "roundabout";
    }
    return "";
}

std::string_view to_string(TurnType value) {
    switch (value) {
        case TurnType::kLeft:
            return "left";
        case TurnType::kThru:
            return "thru";
        case TurnType::kRight:
            return "right";
        case TurnType::kUturn:
            return "uturn";
    }
    return "";
}

std::optional<RoadClass> road_class_of(std::string_view text) {
    for (int i = 0; i <= static_cast<int>(RoadClass::kService); ++i) {
        const auto value = static_cast<RoadClass>(i);
        if (to_string(value) == text) return value;
    }
    return std::nullopt;
}

std::optional<NodeControl> node_control_of(std::string_view text) {
    for (int i = 0; i <= static_cast<int>(NodeControl::kRoundabout); ++i) {
        const auto value = static_cast<NodeControl>(i);
        if (to_string(value) == text) return value;
    }
    return std::nullopt;
}

std::optional<TurnType> turn_type_of(std::string_view text) {
    for (int i = 0; i <= static_cast<int>(TurnType::kUturn); ++i) {
        const auto value = static_cast<TurnType>(i);
        if (to_string(value) == text) return value;
    }
    return std::nullopt;
}

double SignalPlan::cycle_s() const {
    double sum_s = 0;
    for (const SignalPhase& phase : phases)
        sum_s += phase.green_s + phase.clearance_s;
    return sum_s;
}

namespace {

// Offsets of n groups from the group of each item, items already in order of their group or not.
std::vector<std::uint32_t> offsets_of(std::size_t group_count, const auto& group_of_item) {
    std::vector<std::uint32_t> offset(group_count + 1, 0);
    for (const auto group : group_of_item)
        ++offset[group.index() + 1];
    for (std::size_t i = 1; i < offset.size(); ++i)
        offset[i] += offset[i - 1];
    return offset;
}

std::vector<LinkId> links_by_node(const std::vector<std::uint32_t>& offset,
                                  const std::vector<NodeId>& node_of_link) {
    std::vector<LinkId> links(node_of_link.size());
    std::vector<std::uint32_t> next(offset.begin(), offset.end() - 1);
    for (std::size_t i = 0; i < node_of_link.size(); ++i) {
        links[next[node_of_link[i].index()]++] = LinkId(i);
    }
    return links;
}

template <class IdType>
IdType find_sorted(const std::vector<std::int64_t>& ids, std::int64_t wanted) {
    const auto it = std::lower_bound(ids.begin(), ids.end(), wanted);
    if (it == ids.end() || *it != wanted) return IdType{};
    return IdType(static_cast<std::size_t>(it - ids.begin()));
}

}  // namespace

RoadGraph::RoadGraph(RoadGraphData data)
    : source(std::move(data.source)), attribution(std::move(data.attribution)) {
    data.source = source;
    check_nodes_and_links(data);
    if (data.movements.empty()) data.movements = default_turns(data);
    check_movements_and_signals(data);
    const auto by_id = [](const auto& a, const auto& b) { return a.id < b.id; };
    std::sort(data.nodes.begin(), data.nodes.end(), by_id);
    std::sort(data.links.begin(), data.links.end(), by_id);
    fill_nodes(data);
    fill_links(data);
    fill_movements(data);
    fill_signals(data);
}

void RoadGraph::fill_nodes(const RoadGraphData& data) {
    std::vector<LonLat> positions;
    positions.reserve(data.nodes.size());
    for (const auto& node : data.nodes)
        positions.push_back({node.lon_deg, node.lat_deg});
    plane_ = LocalPlane::about(positions);
    for (const auto& node : data.nodes) {
        const PlanePoint point = plane_.to_plane({node.lon_deg, node.lat_deg});
        node_external_id.push_back(node.id);
        node_lon_deg.push_back(node.lon_deg);
        node_lat_deg.push_back(node.lat_deg);
        node_x_m.push_back(point.x_m);
        node_y_m.push_back(point.y_m);
        node_control.push_back(node.control);
    }
    node_signal.assign(data.nodes.size(), -1);
}

void RoadGraph::fill_links(RoadGraphData& data) {
    for (auto& link : data.links) {
        link_external_id.push_back(link.id);
        link_from.push_back(find_node(link.from_node_id));
        link_to.push_back(find_node(link.to_node_id));
        link_length_m.push_back(link.length_m);
        link_free_speed_mps.push_back(link.free_speed_mps);
        link_capacity_pcuph.push_back(
            link.capacity_pcuph > 0
                ? link.capacity_pcuph
                : default_capacity_pcuph(link.road_class, link.free_speed_mps, link.lane_count));
        link_lane_count.push_back(static_cast<std::uint8_t>(link.lane_count));
        link_class.push_back(link.road_class);
        link_name.push_back(std::move(link.name));
        link_shape.push_back(std::move(link.shape));
    }
    out_offset_ = offsets_of(node_count(), link_from);
    in_offset_ = offsets_of(node_count(), link_to);
    out_link_ = links_by_node(out_offset_, link_from);
    in_link_ = links_by_node(in_offset_, link_to);
}

void RoadGraph::fill_movements(const RoadGraphData& data) {
    struct Turn {
        LinkId in_link, out_link;
        std::size_t row;
    };
    std::vector<Turn> turns;
    turns.reserve(data.movements.size());
    for (std::size_t row = 0; row < data.movements.size(); ++row) {
        turns.push_back({find_link(data.movements[row].in_link_id),
                         find_link(data.movements[row].out_link_id), row});
    }
    std::sort(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) {
        return a.in_link != b.in_link ? a.in_link < b.in_link : a.out_link < b.out_link;
    });
    for (const Turn& turn : turns) {
        const auto& movement = data.movements[turn.row];
        const bool all_lanes = movement.first_lane == 0;
        movement_in_link.push_back(turn.in_link);
        movement_out_link.push_back(turn.out_link);
        movement_turn.push_back(movement.turn);
        movement_first_lane.push_back(
            static_cast<std::uint8_t>(all_lanes ? 1 : movement.first_lane));
        movement_last_lane.push_back(all_lanes ? link_lane_count[turn.in_link.index()]
                                               : static_cast<std::uint8_t>(movement.last_lane));
        movement_signalised.push_back(movement.signalised ? 1 : 0);
        movement_external_id.push_back(movement.id);
    }
    movement_offset_ = offsets_of(link_count(), movement_in_link);
}

void RoadGraph::fill_signals(RoadGraphData& data) {
    std::sort(data.signals.begin(), data.signals.end(),
              [](const SignalPlan& a, const SignalPlan& b) { return a.node_id < b.node_id; });
    signals = std::move(data.signals);
    for (std::size_t i = 0; i < signals.size(); ++i) {
        node_signal[find_node(signals[i].node_id).index()] = static_cast<std::int32_t>(i);
    }
}

std::span<const LinkId> RoadGraph::out_links(NodeId node) const {
    return {out_link_.data() + out_offset_[node.index()],
            out_link_.data() + out_offset_[node.index() + 1]};
}

std::span<const LinkId> RoadGraph::in_links(NodeId node) const {
    return {in_link_.data() + in_offset_[node.index()],
            in_link_.data() + in_offset_[node.index() + 1]};
}

std::pair<MovementId, MovementId> RoadGraph::movements_of(LinkId in_link) const {
    return {MovementId(movement_offset_[in_link.index()]),
            MovementId(movement_offset_[in_link.index() + 1])};
}

MovementId RoadGraph::movement(LinkId in_link, LinkId out_link) const {
    const auto [first, last] = movements_of(in_link);
    for (std::size_t m = first.index(); m < last.index(); ++m) {
        if (movement_out_link[m] == out_link) return MovementId(m);
    }
    return MovementId{};
}

double RoadGraph::free_time_s(LinkId link) const {
    return link_length_m[link.index()] / link_free_speed_mps[link.index()];
}

NodeId RoadGraph::find_node(std::int64_t external_id) const {
    return find_sorted<NodeId>(node_external_id, external_id);
}

LinkId RoadGraph::find_link(std::int64_t external_id) const {
    return find_sorted<LinkId>(link_external_id, external_id);
}

std::vector<LonLat> RoadGraph::link_line(LinkId link) const {
    const std::size_t from = link_from[link.index()].index();
    const std::size_t to = link_to[link.index()].index();
    std::vector<LonLat> line{{node_lon_deg[from], node_lat_deg[from]}};
    for (const auto& [lon, lat] : link_shape[link.index()])
        line.push_back({lon, lat});
    line.push_back({node_lon_deg[to], node_lat_deg[to]});
    return line;
}

RoadGraphData RoadGraph::to_data() const {
    RoadGraphData data;
    for (std::size_t n = 0; n < node_count(); ++n) {
        data.nodes.push_back(
            {node_external_id[n], node_lon_deg[n], node_lat_deg[n], node_control[n]});
    }
    for (std::size_t l = 0; l < link_count(); ++l) {
        data.links.push_back({link_external_id[l], node_external_id[link_from[l].index()],
                              node_external_id[link_to[l].index()], link_length_m[l],
                              link_free_speed_mps[l], link_lane_count[l], link_capacity_pcuph[l],
                              link_class[l], link_name[l], link_shape[l]});
    }
    for (std::size_t m = 0; m < movement_count(); ++m) {
        data.movements.push_back(
            {movement_external_id[m], link_external_id[movement_in_link[m].index()],
             link_external_id[movement_out_link[m].index()], movement_turn[m],
             movement_first_lane[m], movement_last_lane[m], movement_signalised[m] != 0});
    }
    data.signals = signals;
    data.source = source;
    data.attribution = attribution;
    return data;
}

}  // namespace jiahe
