// How long a transfer takes: the start-up delay of a connection, then its bytes at a share.
//
// Pure max-min is wrong for short transfers: FCT = T0 + S / share of 0.97 C. T0 = 13.01 L (L the
// path's one-way latency; SimGrid's LV08 model, the default) or RTT log2(1 + S / IW) with an
// initial window of 10 segments of 1,448 B (slow start). Messages up to 10 kB do not join the
// sharing: they take the share last published, and their bytes load the next epoch.
// Pure functions; s, bit/s, byte. Errors of the model: the telecom sheet, section 1, table of ns-3.
#pragma once

#include <cstdint>

#include "base/sim_time.h"

namespace jiahe::telecom {

enum class StartUp : std::uint8_t { kNone, kLv08, kIw10 };

inline constexpr double kLv08Latencies = 13.01;
inline constexpr double kInitialWindow_bytes = 10 * 1448;
inline constexpr double kUsableShare = 0.97;  // of a link's capacity, headers off (LV08)
inline constexpr std::int64_t kShortMessage_bytes = 10'000;
// A share is never told as less, so that a transfer time stays finite.
inline constexpr double kLeastShare_bps = 1000;

double start_up_delay_s(StartUp model, double one_way_latency_s, double size_bytes);

// T0 plus the bytes at `share_bps`, rounded up.
SimTime transfer_time(StartUp model, double one_way_latency_s, std::int64_t size_bytes,
                      double share_bps);

// One-way latency of `distance_m` of fibre: 5 us per km on a route 1.4 times as long (A).
double fibre_latency_s(double distance_m);

}  // namespace jiahe::telecom
