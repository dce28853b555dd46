#include "roads/default_turns.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/lon_lat.h"
#include "roads/data_index.h"

namespace jiahe {

namespace {

constexpr double kHeadingBase_m = 15.0;
constexpr double kThruLimit_rad = 45.0 * std::numbers::pi / 180.0;
constexpr double kUturnLimit_rad = 150.0 * std::numbers::pi / 180.0;

// Heading over the first 15 m of a line of at least two points; `backwards` walks from its end.
double heading_rad(const std::vector<LonLat>& line, bool backwards) {
    const std::size_t n = line.size();
    const LonLat anchor = backwards ? line[n - 1] : line[0];
    const LocalPlane plane(anchor);
    PlanePoint reached{};
    for (std::size_t i = 1; i < n; ++i) {
        reached = plane.to_plane(backwards ? line[n - 1 - i] : line[i]);
        if (distance_m(reached, {}) >= kHeadingBase_m) break;
    }
    return backwards ? std::atan2(-reached.y_m, -reached.x_m)
                     : std::atan2(reached.y_m, reached.x_m);
}

std::vector<LonLat> whole_line(const RoadGraphData::Node& from, const RoadGraphData::Node& to,
                               const RoadGraphData::Link& link) {
    std::vector<LonLat> line{{from.lon_deg, from.lat_deg}};
    for (const auto& [lon, lat] : link.shape)
        line.push_back({lon, lat});
    line.push_back({to.lon_deg, to.lat_deg});
    return line;
}

struct Headings {
    std::vector<double> start_rad, end_rad;  // per link row
};

Headings all_headings(const RoadGraphData& data, const DataIndex& index) {
    Headings headings;
    for (const auto& link : data.links) {
        const auto& from = data.nodes[index.node_row(link.from_node_id)];
        const auto& to = data.nodes[index.node_row(link.to_node_id)];
        headings.start_rad.push_back(heading_at_start_rad(from, to, link));
        headings.end_rad.push_back(heading_at_end_rad(from, to, link));
    }
    return headings;
}

TurnType turn_of_angle(double angle_rad) {
    if (std::abs(angle_rad) <= kThruLimit_rad) return TurnType::kThru;
    return angle_rad > 0 ? TurnType::kLeft : TurnType::kRight;
}

// Turns of one in-link, U-turns last; keeps U-turns only where nothing else is there.
void add_turns_of(const RoadGraphData& data, const DataIndex& index, const Headings& headings,
                  std::uint32_t in_row, const std::vector<TurnPair>& banned,
                  std::vector<RoadGraphData::Movement>& movements) {
    const auto& in_link = data.links[in_row];
    const std::size_t first = movements.size();
    std::vector<std::uint32_t> uturns;
    for (const std::uint32_t out_row : index.out_links(index.node_row(in_link.to_node_id))) {
        const auto& out_link = data.links[out_row];
        const double angle_rad =
            angle_between_rad(headings.start_rad[out_row], headings.end_rad[in_row]);
        if (out_link.to_node_id == in_link.from_node_id && std::abs(angle_rad) > kUturnLimit_rad) {
            uturns.push_back(out_row);
            continue;
        }
        if (std::binary_search(banned.begin(), banned.end(), TurnPair{in_link.id, out_link.id})) {
            continue;
        }
        RoadGraphData::Movement movement;
        movement.in_link_id = in_link.id;
        movement.out_link_id = out_link.id;
        movement.turn = turn_of_angle(angle_rad);
        movements.push_back(movement);
    }
    if (movements.size() == first + 1) movements.back().turn = TurnType::kThru;
    if (movements.size() > first) return;
    for (const std::uint32_t out_row : uturns) {
        RoadGraphData::Movement movement;
        movement.in_link_id = in_link.id;
        movement.out_link_id = data.links[out_row].id;
        movement.turn = TurnType::kUturn;
        movements.push_back(movement);
    }
}

}  // namespace

double heading_at_start_rad(const RoadGraphData::Node& from, const RoadGraphData::Node& to,
                            const RoadGraphData::Link& link) {
    return heading_rad(whole_line(from, to, link), false);
}

double heading_at_end_rad(const RoadGraphData::Node& from, const RoadGraphData::Node& to,
                          const RoadGraphData::Link& link) {
    return heading_rad(whole_line(from, to, link), true);
}

double angle_between_rad(double a_rad, double b_rad) {
    double difference = a_rad - b_rad;
    while (difference > std::numbers::pi)
        difference -= 2.0 * std::numbers::pi;
    while (difference <= -std::numbers::pi)
        difference += 2.0 * std::numbers::pi;
    return difference;
}

std::vector<RoadGraphData::Movement> default_turns(const RoadGraphData& data,
                                                   std::vector<TurnPair> banned) {
    std::sort(banned.begin(), banned.end());
    const DataIndex index(data);
    const Headings headings = all_headings(data, index);
    std::vector<std::uint32_t> order(data.links.size());
    for (std::uint32_t row = 0; row < order.size(); ++row)
        order[row] = row;
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return data.links[a].id < data.links[b].id;
    });
    std::vector<RoadGraphData::Movement> movements;
    for (const std::uint32_t row : order) {
        add_turns_of(data, index, headings, row, banned, movements);
    }
    std::int64_t next_id = 1;
    for (auto& movement : movements)
        movement.id = next_id++;
    return movements;
}

}  // namespace jiahe
