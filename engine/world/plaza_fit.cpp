#include "world/plaza_fit.h"

#include <algorithm>
#include <cmath>

namespace jiahe {
namespace {

constexpr double kEtcLaneVph = 433;      // C Yang 2011, level of service 3
constexpr double kStaffedLaneVph = 210;  // C Zhou 2001, one lane, mean queue of one vehicle
constexpr int kApronPerLane = 8;         // A

int lanes_for(double volume_vph, double per_lane_vph) {
    return std::max(1, static_cast<int>(std::ceil(volume_vph / per_lane_vph)));
}

}  // namespace

void fit_plaza_lanes(PlazaSite& plaza, double design_hour_vph, double etc_share) {
    plaza.etc_lanes = lanes_for(design_hour_vph * etc_share, kEtcLaneVph);
    plaza.mixed_lanes = lanes_for(design_hour_vph * (1 - etc_share), kStaffedLaneVph);
    plaza.manual_lanes = 0;
    plaza.apron = kApronPerLane * (plaza.etc_lanes + plaza.mixed_lanes);
}

}  // namespace jiahe
