// A run of finite flows over shared links: when does each end?
//
// Flows come at given times with given bytes, share links max-min fairly (flow_sharing.h) and end
// when their bytes are through; between two such moments all rates are constant, so the run jumps
// from one to the next. The start of a connection is a delay before a flow joins the sharing, of
// one of two laws (telecom sheet, section 1); with one, the flows use 97 % of the links.
//
// Pure: its own clock in double seconds, one exact sharing domain, one thread; times meet the
// kernel's only in the state hash, rounded up to microseconds. Units: s, bytes, byte/s. Invariants:
// 1. completion >= arrival + start-up; 2. the bytes sent equal the bytes of the flows that ended.
// Errors: JIAHE_CHECK on a workload without links. Cost: per flow, two fills of the sharing and
// O(log active) in the heap of completions.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "kernel/state_hash.h"
#include "telecom/transfer_time.h"

namespace jiahe::telecom {

// Links, routes over them and flows on the routes, by their time of arrival.
struct FlowWorkload {
    std::vector<double> link_capacity_byteps;  // byte/s
    std::vector<std::uint32_t> route_first = {0};
    std::vector<std::uint32_t> route_link;
    std::vector<double> arrival_s;
    std::vector<double> size_bytes;
    std::vector<std::uint32_t> flow_route;

    std::size_t flow_count() const { return arrival_s.size(); }
    std::uint32_t add_route(std::span<const std::uint32_t> links);
    void add_flow(double at_s, double bytes, std::uint32_t route);
    std::span<const std::uint32_t> route(std::uint32_t r) const {
        return {route_link.data() + route_first[r], route_first[r + 1] - route_first[r]};
    }
};

// "none", "lv08", "iw10" (transfer_time.h); InputError else.
StartUp start_up_named(std::string_view name);

struct FlowRunOptions {
    StartUp start_up = StartUp::kNone;
    double one_way_delay_s = 0;
};

struct FlowRunResult {
    std::vector<double> completion_s;  // [flow] end less arrival
    double mean_active = 0;            // flows that share, averaged over the run
    double end_s = 0;
    kernel::StateHash state_hash;  // over the flows' ends in whole microseconds
};

FlowRunResult run_flows(const FlowWorkload& workload, const FlowRunOptions& options);

// Of sorted times z[0 ... n-1]: mean, z[n/2], z[int(.99 n)].
struct CompletionStatistics {
    double mean_s = 0, p50_s = 0, p99_s = 0;
};
CompletionStatistics completion_statistics(std::vector<double> completion_s);

}  // namespace jiahe::telecom
