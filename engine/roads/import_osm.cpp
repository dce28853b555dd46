#include "roads/import_osm.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.h"
#include "roads/default_signals.h"
#include "roads/default_turns.h"
#include "roads/osm_controls.h"
#include "roads/osm_pieces.h"
#include "roads/strong_part.h"

namespace jiahe {

namespace {

constexpr double kLeastLength_m = 1.0;

// What a restriction needs to know of a link: the ways at its two ends.
struct LinkEnds {
    std::int64_t link_id;
    std::int64_t from_node_id, to_node_id;
    std::int64_t first_way_id, last_way_id;
};

class NetworkMaker {
  public:
    NetworkMaker(const OsmExtract& extract, const std::vector<OsmPiece>& pieces,
                 ImportReport& report)
        : extract_(extract), pieces_(pieces), report_(report) {}

    RoadGraphData run(bool largest_part_only) {
        add_nodes();
        for (const OsmPiece& piece : pieces_)
            add_links(piece);
        const std::vector<TurnPair> banned = banned_turns();
        if (!largest_part_only) {
            data_.movements = default_turns(data_, banned);
            return std::move(data_);
        }
        const double all_km = link_km();
        data_.movements = every_turn(data_);
        if (data_.movements.empty()) return std::move(data_);
        data_ = keep_largest_part(std::move(data_), report_);
        data_.movements = default_turns(data_, banned);
        data_ = keep_largest_part(std::move(data_), report_);
        report_.remarks.push_back(
            fmt::format("kept {:.1f} of {:.1f} km of links (one way each)", link_km(), all_km));
        return std::move(data_);
    }

  private:
    double link_km() const {
        double length_m = 0;
        for (const auto& link : data_.links)
            length_m += link.length_m;
        return length_m / 1000;
    }

    void add_nodes() {
        const auto control = osm_controls(extract_, pieces_, report_);
        const auto degree = piece_degree(extract_, pieces_);
        for (std::size_t n = 0; n < degree.size(); ++n) {
            if (degree[n] == 0) continue;
            const OsmNode& node = extract_.nodes[n];
            data_.nodes.push_back(
                {node.id, node.position.lon_deg, node.position.lat_deg, control[n]});
        }
    }

    void add_links(const OsmPiece& piece) {
        RoadGraphData::Link link;
        link.from_node_id = extract_.nodes[piece.front()].id;
        link.to_node_id = extract_.nodes[piece.back()].id;
        link.length_m = piece_length_m(extract_, piece);
        if (link.length_m < kLeastLength_m) {
            link.length_m = kLeastLength_m;
            report_.count("repaired: links lengthened to 1 m");
        }
        link.road_class = piece.road.road_class;
        link.name = piece.road.name;
        for (std::size_t i = 1; i + 1 < piece.points.size(); ++i) {
            const LonLat point = extract_.nodes[piece.points[i]].position;
            link.shape.emplace_back(point.lon_deg, point.lat_deg);
        }
        if (piece.road.forward) {
            link.free_speed_mps = piece.road.speed_forward_mps;
            link.lane_count = piece.road.lanes_forward;
            add_link(link, piece.first_way_id, piece.last_way_id);
        }
        if (piece.road.backward) {
            std::swap(link.from_node_id, link.to_node_id);
            std::reverse(link.shape.begin(), link.shape.end());
            link.free_speed_mps = piece.road.speed_backward_mps;
            link.lane_count = piece.road.lanes_backward;
            add_link(link, piece.last_way_id, piece.first_way_id);
        }
    }

    void add_link(RoadGraphData::Link link, std::int64_t first_way_id, std::int64_t last_way_id) {
        link.id = static_cast<std::int64_t>(data_.links.size()) + 1;
        ends_.push_back({link.id, link.from_node_id, link.to_node_id, first_way_id, last_way_id});
        data_.links.push_back(std::move(link));
    }

    static bool contains(const std::vector<std::int64_t>& ids, std::int64_t id) {
        return std::find(ids.begin(), ids.end(), id) != ids.end();
    }

    std::vector<TurnPair> banned_turns() {
        std::sort(ends_.begin(), ends_.end(),
                  [](const LinkEnds& a, const LinkEnds& b) { return a.link_id < b.link_id; });
        std::vector<std::uint32_t> by_to(ends_.size()), by_from(ends_.size());
        for (std::uint32_t i = 0; i < ends_.size(); ++i)
            by_to[i] = by_from[i] = i;
        std::stable_sort(by_to.begin(), by_to.end(), [&](std::uint32_t a, std::uint32_t b) {
            return ends_[a].to_node_id < ends_[b].to_node_id;
        });
        std::stable_sort(by_from.begin(), by_from.end(), [&](std::uint32_t a, std::uint32_t b) {
            return ends_[a].from_node_id < ends_[b].from_node_id;
        });
        std::vector<TurnPair> banned;
        for (const OsmRestriction& restriction : extract_.restrictions) {
            if (!restriction.via_is_node) {
                report_.remark("dropped: turn restrictions not over a single node",
                               fmt::format("relation {}", restriction.id));
                continue;
            }
            apply(restriction, by_to, by_from, banned);
        }
        return banned;
    }

    void apply(const OsmRestriction& restriction, const std::vector<std::uint32_t>& by_to,
               const std::vector<std::uint32_t>& by_from, std::vector<TurnPair>& banned) {
        const std::int64_t via = restriction.via_node_id;
        auto in = std::lower_bound(
            by_to.begin(), by_to.end(), via,
            [&](std::uint32_t i, std::int64_t id) { return ends_[i].to_node_id < id; });
        std::vector<const LinkEnds*> froms, tos, others;
        for (; in != by_to.end() && ends_[*in].to_node_id == via; ++in) {
            const LinkEnds& link = ends_[*in];
            if (contains(restriction.from_way_ids, link.last_way_id)) froms.push_back(&link);
        }
        auto out = std::lower_bound(
            by_from.begin(), by_from.end(), via,
            [&](std::uint32_t i, std::int64_t id) { return ends_[i].from_node_id < id; });
        for (; out != by_from.end() && ends_[*out].from_node_id == via; ++out) {
            const LinkEnds& link = ends_[*out];
            const bool is_to = contains(restriction.to_way_ids, link.first_way_id);
            (is_to ? tos : others).push_back(&link);
        }
        if (froms.empty() || tos.empty()) {
            report_.count("turn restrictions on roads that are not in the network");
            return;
        }
        if (froms.size() > restriction.from_way_ids.size()) {
            report_.remark("dropped: turn restrictions whose way does not end at their node",
                           fmt::format("relation {}", restriction.id));
            return;
        }
        report_.count(restriction.only ? "turn restrictions of kind only_*"
                                       : "turn restrictions of kind no_*");
        for (const LinkEnds* from : froms) {
            for (const LinkEnds* to : restriction.only ? others : tos) {
                banned.emplace_back(from->link_id, to->link_id);
            }
        }
    }

    const OsmExtract& extract_;
    const std::vector<OsmPiece>& pieces_;
    ImportReport& report_;
    RoadGraphData data_;
    std::vector<LinkEnds> ends_;
};

// Nodes in WGS 84, and only those in the box: ways end there as at the edge of an extract.
void place_nodes(OsmExtract& extract, const std::filesystem::path& path,
                 const OsmImportOptions& options, ImportReport& report) {
    const CoordinateSystem crs = options.crs.beside_declared(4326, {path.string(), 0, 0, ""});
    for (OsmNode& node : extract.nodes)
        node.position = to_wgs84(node.position, crs.datum());
    if (!options.box) return;
    const std::size_t before = extract.nodes.size();
    std::erase_if(extract.nodes,
                  [&](const OsmNode& node) { return !options.box->contains(node.position); });
    report.count("way points outside the bounding box",
                 static_cast<std::int64_t>(before - extract.nodes.size()));
    if (!extract.nodes.empty()) return;
    throw InputError(
        InputFault{"E-NET-112",
                   {path.string(), 0, 0, ""},
                   fmt::format("none of {} points of ways lies in the bounding box {},{},{},{}",
                               before, options.box->low.lon_deg, options.box->low.lat_deg,
                               options.box->high.lon_deg, options.box->high.lat_deg),
                   "expected west,south,east,north in degrees"});
}

}  // namespace

RoadGraphData import_osm(const std::filesystem::path& path, const OsmImportOptions& options,
                         ImportReport& report) {
    OsmExtract extract = read_osm_file(path);
    if (extract.ferry_count > 0) report.count("ferries left out", extract.ferry_count);
    if (extract.conditional_count > 0) {
        report.count("turn restrictions at certain times or of other vehicles, left out",
                     extract.conditional_count);
    }
    place_nodes(extract, path, options, report);
    std::vector<OsmPiece> pieces = cut_into_pieces(extract, report);
    if (!options.service_roads) {
        const auto removed = std::erase_if(pieces, [](const OsmPiece& piece) {
            return piece.road.road_class == RoadClass::kService;
        });
        report.count("service roads left out", static_cast<std::int64_t>(removed));
    }
    join_pieces(extract, pieces, report);
    RoadGraphData data = NetworkMaker(extract, pieces, report).run(options.keep_largest_part);
    data.source = path.filename().string();
    data.attribution = "Map data (c) OpenStreetMap contributors, ODbL 1.0";
    if (data.movements.empty()) {
        throw InputError(InputFault{
            "E-NET-122",
            {path.string(), 0, 0, ""},
            fmt::format("{} links for cars, none of which leads on to another", data.links.size()),
            "expected a connected network"});
    }
    add_default_signals(data, report);
    report.count("nodes", static_cast<std::int64_t>(data.nodes.size()));
    report.count("links", static_cast<std::int64_t>(data.links.size()));
    report.count("turns", static_cast<std::int64_t>(data.movements.size()));
    return data;
}

}  // namespace jiahe
