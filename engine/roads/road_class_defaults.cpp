#include "roads/road_class_defaults.h"

#include <algorithm>
#include <array>

namespace jiahe {

namespace {

constexpr double kmh(double v) {
    return v / 3.6;
}

struct SpeedCapacity {
    double speed_mps;
    double capacity_pcuph_per_lane;
};

// CJJ 37-2012, base capacity of a lane by design speed, as recalled (A); below 20 km/h: 900 at
// 10 km/h keeps the backward wave near 21 km/h (A).
constexpr std::array<SpeedCapacity, 9> kSpeedCapacity{{{kmh(5), 450},
                                                       {kmh(10), 900},
                                                       {kmh(20), 1400},
                                                       {kmh(30), 1600},
                                                       {kmh(40), 1650},
                                                       {kmh(50), 1700},
                                                       {kmh(60), 1800},
                                                       {kmh(80), 2100},
                                                       {kmh(100), 2200}}};

}  // namespace

const RoadClassDefaults& class_defaults(RoadClass road_class) {
    static constexpr RoadClassDefaults kMotorway{kmh(120), 2, 2, 2200};
    static constexpr RoadClassDefaults kMotorwayLink{kmh(60), 1, 1, 1800};
    static constexpr RoadClassDefaults kTrunk{kmh(80), 2, 2, 2100};
    static constexpr RoadClassDefaults kTrunkLink{kmh(50), 1, 1, 1700};
    static constexpr RoadClassDefaults kPrimary{kmh(60), 2, 1, 1800};
    static constexpr RoadClassDefaults kPrimaryLink{kmh(40), 1, 1, 1650};
    static constexpr RoadClassDefaults kSecondary{kmh(50), 2, 1, 1700};
    static constexpr RoadClassDefaults kSecondaryLink{kmh(40), 1, 1, 1650};
    static constexpr RoadClassDefaults kTertiary{kmh(40), 1, 1, 1650};
    static constexpr RoadClassDefaults kTertiaryLink{kmh(30), 1, 1, 1600};
    static constexpr RoadClassDefaults kUnclassified{kmh(40), 1, 1, 1600};
    static constexpr RoadClassDefaults kResidential{kmh(30), 1, 1, 1200};
    static constexpr RoadClassDefaults kLivingStreet{kmh(20), 1, 1, 1200};
    static constexpr RoadClassDefaults kService{kmh(20), 1, 1, 1200};
    switch (road_class) {
        case RoadClass::kMotorway:
            return kMotorway;
        case RoadClass::kMotorwayLink:
            return kMotorwayLink;
        case RoadClass::kTrunk:
            return kTrunk;
        case RoadClass::kTrunkLink:
            return kTrunkLink;
        case RoadClass::kPrimary:
            return kPrimary;
        case RoadClass::kPrimaryLink:
            return kPrimaryLink;
        case RoadClass::kSecondary:
            return kSecondary;
        case RoadClass::kSecondaryLink:
            return kSecondaryLink;
        case RoadClass::kTertiary:
            return kTertiary;
        case RoadClass::kTertiaryLink:
            return kTertiaryLink;
        case RoadClass::kUnclassified:
            return kUnclassified;
        case RoadClass::kResidential:
            return kResidential;
        case RoadClass::kLivingStreet:
            return kLivingStreet;
        case RoadClass::kService:
            return kService;
    }
    return kUnclassified;
}

double capacity_pcuph_per_lane_at(double free_speed_mps) {
    const auto upper =
        std::find_if(kSpeedCapacity.begin(), kSpeedCapacity.end(),
                     [&](const SpeedCapacity& row) { return row.speed_mps >= free_speed_mps; });
    if (upper == kSpeedCapacity.end()) return kSpeedCapacity.back().capacity_pcuph_per_lane;
    if (upper == kSpeedCapacity.begin()) {  // proportional to speed below the table
        return upper->capacity_pcuph_per_lane * free_speed_mps / upper->speed_mps;
    }
    const auto lower = upper - 1;
    const double share =
        (free_speed_mps - lower->speed_mps) / (upper->speed_mps - lower->speed_mps);
    return lower->capacity_pcuph_per_lane +
           share * (upper->capacity_pcuph_per_lane - lower->capacity_pcuph_per_lane);
}

double default_capacity_pcuph(RoadClass road_class, double free_speed_mps, int lane_count) {
    return lane_count * std::min(class_defaults(road_class).capacity_pcuph_per_lane,
                                 capacity_pcuph_per_lane_at(free_speed_mps));
}

RoadClass class_of_speed(double free_speed_mps) {
    constexpr double kTolerance_mps = 1e-6;
    const double v = free_speed_mps + kTolerance_mps;
    if (v >= kmh(100)) return RoadClass::kMotorway;
    if (v >= kmh(80)) return RoadClass::kTrunk;
    if (v >= kmh(60)) return RoadClass::kPrimary;
    if (v >= kmh(50)) return RoadClass::kSecondary;
    if (v >= kmh(40)) return RoadClass::kTertiary;
    return RoadClass::kResidential;
}

}  // namespace jiahe
