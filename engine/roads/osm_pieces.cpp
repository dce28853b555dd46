#include "roads/osm_pieces.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace jiahe {

namespace {

struct WayPoints {
    const OsmWay* way;
    OsmRoad road;
    std::vector<std::vector<std::uint32_t>> runs;  // split where a node is missing
};

// The way's nodes that the extract holds, without immediate repetitions.
std::vector<std::vector<std::uint32_t>> runs_of(const OsmExtract& extract, const OsmWay& way,
                                                ImportReport& report) {
    std::vector<std::vector<std::uint32_t>> runs(1);
    for (const std::int64_t id : way.node_ids) {
        const OsmNode* node = extract.find_node(id);
        if (node == nullptr) {
            report.count("way points outside the extract");
            if (!runs.back().empty()) runs.emplace_back();
            continue;
        }
        const auto index = static_cast<std::uint32_t>(node - extract.nodes.data());
        if (!runs.back().empty() && runs.back().back() == index) {
            report.count("repaired: repeated way points");
            continue;
        }
        runs.back().push_back(index);
    }
    std::erase_if(runs, [](const auto& run) { return run.size() < 2; });
    return runs;
}

// Some writers draw a two-way street there and back (A B A): keeps each stretch once.
void fold_runs(std::vector<std::vector<std::uint32_t>>& runs, ImportReport& report) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> seen;
    std::vector<std::vector<std::uint32_t>> folded;
    for (const auto& run : runs) {
        folded.push_back({run[0]});
        for (std::size_t i = 1; i < run.size(); ++i) {
            const auto pair = std::minmax(run[i - 1], run[i]);
            if (std::find(seen.begin(), seen.end(), std::pair(pair.first, pair.second)) !=
                seen.end()) {
                folded.push_back({run[i]});
                report.count("repaired: stretches of a way drawn twice");
                continue;
            }
            seen.emplace_back(pair);
            folded.back().push_back(run[i]);
        }
    }
    std::erase_if(folded, [](const auto& run) { return run.size() < 2; });
    runs = std::move(folded);
}

// Ways have at most 2000 points by rule; longer ones are not searched for repetitions.
bool may_fold(const OsmRoad& road, const OsmWay& way) {
    constexpr std::size_t kMostPoints = 2000;
    return road.forward && road.backward && way.node_ids.size() <= kMostPoints;
}

std::vector<WayPoints> drivable_ways(const OsmExtract& extract, ImportReport& report) {
    std::vector<WayPoints> ways;
    for (const OsmWay& way : extract.ways) {
        OsmRoadReading reading = read_osm_road(way.tags);
        if (!reading.road) {
            report.count(reading.refused.empty() ? "ways that are no roads for cars"
                                                 : "ways closed to cars by " + reading.refused);
            continue;
        }
        if (!reading.road->forward && !reading.road->backward) {
            report.count("ways closed to cars in both directions");
            continue;
        }
        auto runs = runs_of(extract, way, report);
        if (may_fold(*reading.road, way)) fold_runs(runs, report);
        if (runs.empty()) {
            report.remark("dropped: ways with fewer than two points",
                          fmt::format("way {}", way.id));
            continue;
        }
        report.count("ways for cars");
        if (reading.road->lanes_guessed) report.count("ways with guessed lanes");
        if (reading.road->speed_guessed) report.count("ways with guessed speed");
        ways.push_back({&way, std::move(*reading.road), std::move(runs)});
    }
    return ways;
}

void add_piece(const WayPoints& way, std::vector<std::uint32_t> points, ImportReport& report,
               std::vector<OsmPiece>& pieces) {
    if (points.front() == points.back()) {
        if (points.size() < 4) {
            report.remark("dropped: ways that turn back on themselves",
                          fmt::format("way {}", way.way->id));
            return;
        }
        report.count("repaired: loops cut in two");
        const auto middle = points.begin() + static_cast<std::ptrdiff_t>(points.size() / 2);
        std::vector<std::uint32_t> rest(middle, points.end());
        points.erase(middle + 1, points.end());
        pieces.push_back({std::move(rest), way.road, way.way->id, way.way->id, false});
    }
    pieces.push_back({std::move(points), way.road, way.way->id, way.way->id, false});
}

bool same_direction(const OsmRoad& a, const OsmRoad& b) {
    const bool forward = !a.forward || (a.lanes_forward == b.lanes_forward &&
                                        a.speed_forward_mps == b.speed_forward_mps);
    const bool backward = !a.backward || (a.lanes_backward == b.lanes_backward &&
                                          a.speed_backward_mps == b.speed_backward_mps);
    return a.forward == b.forward && a.backward == b.backward && forward && backward &&
           a.road_class == b.road_class && a.roundabout == b.roundabout;
}

void reverse(OsmPiece& piece) {
    std::reverse(piece.points.begin(), piece.points.end());
    std::swap(piece.road.forward, piece.road.backward);
    std::swap(piece.road.lanes_forward, piece.road.lanes_backward);
    std::swap(piece.road.speed_forward_mps, piece.road.speed_backward_mps);
    std::swap(piece.first_way_id, piece.last_way_id);
}

// Joins `second` to the end of `first` at `node` where both agree; true if joined.
bool join_at(std::uint32_t node, OsmPiece& first, OsmPiece& second) {
    const std::uint32_t far_first = first.front() == node ? first.back() : first.front();
    const std::uint32_t far_second = second.front() == node ? second.back() : second.front();
    if (far_first == far_second) return false;
    OsmPiece after = second;
    if (after.front() != node) reverse(after);
    OsmPiece before = first;
    if (before.back() != node) reverse(before);
    if (!same_direction(before.road, after.road)) return false;
    before.points.insert(before.points.end(), after.points.begin() + 1, after.points.end());
    before.last_way_id = after.last_way_id;
    if (before.road.name.empty()) before.road.name = after.road.name;
    first = std::move(before);
    second.dropped = true;
    return true;
}

}  // namespace

std::vector<OsmPiece> cut_into_pieces(const OsmExtract& extract, ImportReport& report) {
    const std::vector<WayPoints> ways = drivable_ways(extract, report);
    std::vector<std::uint8_t> uses(extract.nodes.size(), 0);
    const auto use = [&](std::uint32_t node) {
        if (uses[node] < 2) ++uses[node];
    };
    for (const WayPoints& way : ways) {
        for (const auto& run : way.runs) {
            for (const std::uint32_t node : run)
                use(node);
            use(run.front());
            use(run.back());
        }
    }
    std::vector<OsmPiece> pieces;
    for (const WayPoints& way : ways) {
        for (const auto& run : way.runs) {
            std::vector<std::uint32_t> points{run[0]};
            for (std::size_t i = 1; i < run.size(); ++i) {
                points.push_back(run[i]);
                if (uses[run[i]] < 2) continue;
                add_piece(way, std::move(points), report, pieces);
                points = {run[i]};
            }
        }
    }
    return pieces;
}

void join_pieces(const OsmExtract& extract, std::vector<OsmPiece>& pieces, ImportReport& report) {
    constexpr std::uint32_t kNone = 0xffffffffu;
    const std::vector<std::uint32_t> degree = piece_degree(extract, pieces);
    // The two pieces at each node of degree two; kept right while pieces are joined.
    std::vector<std::array<std::uint32_t, 2>> at_node(extract.nodes.size(), {kNone, kNone});
    const auto note = [&](std::uint32_t node, std::uint32_t piece) {
        if (degree[node] == 2) at_node[node][at_node[node][0] == kNone ? 0 : 1] = piece;
    };
    for (std::uint32_t p = 0; p < pieces.size(); ++p) {
        note(pieces[p].front(), p);
        note(pieces[p].back(), p);
    }
    for (std::uint32_t node = 0; node < extract.nodes.size(); ++node) {
        if (degree[node] != 2) continue;
        const std::uint32_t keep = std::min(at_node[node][0], at_node[node][1]);
        const std::uint32_t gone = std::max(at_node[node][0], at_node[node][1]);
        const std::uint32_t far =
            pieces[gone].front() == node ? pieces[gone].back() : pieces[gone].front();
        if (keep == gone || !join_at(node, pieces[keep], pieces[gone])) continue;
        report.count("nodes of degree two made shape points");
        for (std::uint32_t& piece : at_node[far]) {
            if (piece == gone) piece = keep;
        }
    }
    std::erase_if(pieces, [](const OsmPiece& piece) { return piece.dropped; });
}

std::vector<std::uint32_t> piece_degree(const OsmExtract& extract,
                                        const std::vector<OsmPiece>& pieces) {
    std::vector<std::uint32_t> degree(extract.nodes.size(), 0);
    for (const OsmPiece& piece : pieces) {
        ++degree[piece.front()];
        ++degree[piece.back()];
    }
    return degree;
}

double piece_length_m(const OsmExtract& extract, const OsmPiece& piece) {
    double length_m = 0;
    for (std::size_t i = 1; i < piece.points.size(); ++i) {
        length_m += haversine_m(extract.nodes[piece.points[i - 1]].position,
                                extract.nodes[piece.points[i]].position);
    }
    return length_m;
}

}  // namespace jiahe
