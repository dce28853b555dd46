#include "world/street_links.h"

#include <algorithm>

namespace jiahe {
namespace {

constexpr double kUrbanPeople = 3'000;  // residents and jobs per km2
constexpr double kShortest_m = 20;

}  // namespace

StreetKind street_kind(RoadClass road_class, double people_per_km2) {
    const bool urban = people_per_km2 > kUrbanPeople;
    if (road_class <= RoadClass::kPrimary) return {3, urban ? 60.0 : 80.0};
    if (road_class <= RoadClass::kSecondary) return {2, urban ? 50.0 : 70.0};
    if (road_class <= RoadClass::kTertiary) return {urban ? 2 : 1, 50};
    if (road_class == RoadClass::kUnclassified) return {1, 40};
    return {1, 30};
}

void add_street(RoadGraphData& data, const NewStreet& street) {
    for (const bool forward : {true, false}) {
        RoadGraphData::Link link;
        link.id = 2 * street.number + (forward ? 0 : 1);
        link.from_node_id = forward ? street.a_node_id : street.b_node_id;
        link.to_node_id = forward ? street.b_node_id : street.a_node_id;
        link.length_m = std::max(kShortest_m, street.length_m);
        link.free_speed_mps = street.kind.speed_kmh / 3.6;
        link.lane_count = street.kind.lanes;
        link.road_class = street.road_class;
        data.links.push_back(std::move(link));
    }
}

}  // namespace jiahe
