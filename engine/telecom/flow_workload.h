// The reference workloads of the flow solver: a city's access tree, a fat tree, one link.
//
// Each is a topology and a stream of flows, drawn from one mt19937_64 with seed 1 in the order that
// the telecom sheet fixes (section 2), so that independent codes can compare completion times to
// the last digit; here, and only here, draws are counted through. `city`: 1,600 cells below 80
// aggregation links of 2 Gbit/s (cityhot 1), 8 metros, 4 data centres. `fattree`: k = 12, one fixed
// path for each ordered pair of hosts. `one`: a link of 200 Mbit/s.
//
// Units: byte/s, bytes, s. `load` is the share of the narrow links' capacity that is asked for.
// Errors: InputError for an unknown name (with the nearest one) or a load outside (0, 1).
#pragma once

#include <cstdint>
#include <string_view>

#include "telecom/flow_run.h"

namespace jiahe::telecom {

FlowWorkload reference_workload(std::string_view name, double load, std::uint32_t flow_count);

}  // namespace jiahe::telecom
