#include "telecom/transfer_time.h"

#include <algorithm>

#include "base/portable_math.h"

namespace jiahe::telecom {
namespace {

constexpr double kLog2OfE = 1.44269504088896340736;
constexpr double kFibre_s_per_m = 5e-9;
constexpr double kRouteFactor = 1.4;  // A

}  // namespace

double start_up_delay_s(StartUp model, double one_way_latency_s, double size_bytes) {
    switch (model) {
        case StartUp::kNone:
            return 0;
        case StartUp::kLv08:
            return kLv08Latencies * one_way_latency_s;
        case StartUp::kIw10:
            return 2 * one_way_latency_s * kLog2OfE *
                   portable_log1p(size_bytes / kInitialWindow_bytes);
    }
    return 0;
}

SimTime transfer_time(StartUp model, double one_way_latency_s, std::int64_t size_bytes,
                      double share_bps) {
    const auto size = static_cast<double>(size_bytes);
    return ceil_seconds(start_up_delay_s(model, one_way_latency_s, size) +
                        8 * size / std::max(share_bps, kLeastShare_bps));
}

double fibre_latency_s(double distance_m) {
    return kFibre_s_per_m * kRouteFactor * distance_m;
}

}  // namespace jiahe::telecom
