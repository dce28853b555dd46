#include "traffic/link_physics.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace jiahe::traffic {

std::int64_t headway_fp(double capacity_pcuph) {
    JIAHE_CHECK(capacity_pcuph > 0, "a headway needs a capacity");
    return static_cast<std::int64_t>(std::llround(3600e6 * 65536.0 / capacity_pcuph));
}

LinkPhysics derive_link_physics(const LinkInput& in) {
    JIAHE_CHECK(in.length_m > 0 && in.free_speed_mps > 0 && in.lane_count > 0, "an empty link");
    const double density = in.lane_count * in.jam_density_pcu_per_m;
    const double steepest = density * in.free_speed_mps * in.wave_speed_max_mps /
                            (in.free_speed_mps + in.wave_speed_max_mps) * 3600;
    LinkPhysics out;
    out.capacity_pcuph = std::min(in.capacity_pcuph, steepest);
    const double free_s = in.length_m / in.free_speed_mps;
    const double storage = density * in.length_m;
    const double whole = std::max({std::ceil(storage - 1e-9), std::ceil(in.pce_max), 1.0});
    const double hole_s = whole / (out.capacity_pcuph / 3600) - free_s;
    out.free_us =
        std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(free_s * 1e6 - 1e-3)));
    out.hole_us =
        std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(hole_s * 1e6 - 1e-3)));
    out.storage_mpcu = static_cast<std::int64_t>(whole * kMilliPcu);
    out.headway_fp = headway_fp(out.capacity_pcuph);
    out.wave_speed_mps = in.length_m / hole_s;
    return out;
}

}  // namespace jiahe::traffic
