#include "telecom/flow_run.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/check.h"
#include "base/error.h"
#include "telecom/flow_sharing.h"

namespace jiahe::telecom {
namespace {

constexpr double kNeverEnds = std::numeric_limits<double>::infinity();

// Slots by the time at which they end, the earliest on top; ties by slot.
class Completions {
  public:
    bool empty() const { return heap_.empty(); }
    double earliest_s() const { return heap_.empty() ? kNeverEnds : heap_.front().at_s; }
    std::uint32_t earliest() const { return heap_.front().slot; }

    void set(std::uint32_t slot, double at_s) {
        if (slot >= place_.size()) place_.resize(slot + 1, kAbsent);
        if (place_[slot] == kAbsent) {
            place_[slot] = static_cast<std::uint32_t>(heap_.size());
            heap_.push_back({at_s, slot});
            rise(place_[slot]);
            return;
        }
        heap_[place_[slot]].at_s = at_s;
        rise(place_[slot]);
        sink(place_[slot]);
    }

    void erase(std::uint32_t slot) {
        const std::uint32_t at = place_[slot];
        place_[slot] = kAbsent;
        const Entry last = heap_.back();
        heap_.pop_back();
        if (at == heap_.size()) return;
        put(at, last);
        rise(at);
        sink(place_[last.slot]);
    }

  private:
    struct Entry {
        double at_s;
        std::uint32_t slot;
        bool operator<(const Entry& other) const {
            return at_s != other.at_s ? at_s < other.at_s : slot < other.slot;
        }
    };
    static constexpr std::uint32_t kAbsent = ~std::uint32_t{0};
    static constexpr std::uint32_t kArity = 4;

    void put(std::uint32_t at, const Entry& entry) {
        heap_[at] = entry;
        place_[entry.slot] = at;
    }
    void rise(std::uint32_t at) {
        const Entry entry = heap_[at];
        while (at > 0 && entry < heap_[(at - 1) / kArity]) {
            put(at, heap_[(at - 1) / kArity]);
            at = (at - 1) / kArity;
        }
        put(at, entry);
    }
    void sink(std::uint32_t at) {
        const Entry entry = heap_[at];
        const auto size = static_cast<std::uint32_t>(heap_.size());
        for (;;) {
            const std::uint32_t first = at * kArity + 1;
            if (first >= size) break;
            std::uint32_t least = first;
            for (std::uint32_t c = first + 1; c < std::min(first + kArity, size); ++c) {
                if (heap_[c] < heap_[least]) least = c;
            }
            if (!(heap_[least] < entry)) break;
            put(at, heap_[least]);
            at = least;
        }
        put(at, entry);
    }

    std::vector<Entry> heap_;
    std::vector<std::uint32_t> place_;
};

class FlowRun {
  public:
    FlowRun(const FlowWorkload& workload, const FlowRunOptions& options)
        : workload_(workload),
          sharing_(usable(workload, options), longest_route(workload)),
          join_s_(workload.flow_count()),
          order_(workload.flow_count()) {
        for (std::size_t f = 0; f < join_s_.size(); ++f) {
            join_s_[f] =
                workload.arrival_s[f] +
                start_up_delay_s(options.start_up, options.one_way_delay_s, workload.size_bytes[f]);
        }
        std::iota(order_.begin(), order_.end(), 0u);
        std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
            return join_s_[a] != join_s_[b] ? join_s_[a] < join_s_[b] : a < b;
        });
        result_.completion_s.resize(workload.flow_count());
    }

    FlowRunResult execute() {
        double flow_seconds = 0;
        std::size_t next = 0;
        while (next < order_.size() || !completions_.empty()) {
            const double join_s = next < order_.size() ? join_s_[order_[next]] : kNeverEnds;
            const double end_s = completions_.earliest_s();
            const double at_s = std::min(join_s, end_s);
            flow_seconds += static_cast<double>(active_) * (at_s - now_s_);
            now_s_ = at_s;
            if (end_s <= join_s) {
                end_flow(completions_.earliest());
            } else {
                begin_flow(order_[next++]);
            }
        }
        result_.end_s = now_s_;
        result_.mean_active = now_s_ > 0 ? flow_seconds / now_s_ : 0;
        return std::move(result_);
    }

  private:
    struct Progress {
        double left_bytes = 0;  // at since_s
        double since_s = 0;
        double rate_byteps = 0;
        std::uint32_t flow = 0;
    };

    static std::vector<double> usable(const FlowWorkload& workload, const FlowRunOptions& options) {
        std::vector<double> capacity = workload.link_capacity_byteps;
        if (options.start_up == StartUp::kNone) return capacity;
        for (double& c : capacity)
            c *= kUsableShare;
        return capacity;
    }
    static std::uint32_t longest_route(const FlowWorkload& workload) {
        std::uint32_t most = 0;
        for (std::size_t r = 0; r + 1 < workload.route_first.size(); ++r)
            most = std::max(most, workload.route_first[r + 1] - workload.route_first[r]);
        return most;
    }

    void begin_flow(std::uint32_t flow) {
        const std::uint32_t slot = sharing_.add(workload_.route(workload_.flow_route[flow]));
        if (slot >= progress_.size()) progress_.resize(slot + 1);
        progress_[slot] = {workload_.size_bytes[flow], now_s_, 0, flow};
        ++active_;
        take_changes();
    }

    void end_flow(std::uint32_t slot) {
        const std::uint32_t flow = progress_[slot].flow;
        completions_.erase(slot);
        sharing_.remove(slot);
        --active_;
        result_.completion_s[flow] = now_s_ - workload_.arrival_s[flow];
        const auto end_us = static_cast<std::int64_t>(std::ceil(now_s_ * 1e6));
        result_.state_hash.add(kernel::hash_row(kKey, flow, &end_us, sizeof end_us));
        take_changes();
    }

    void take_changes() {
        for (const std::uint32_t slot : sharing_.changed()) {
            Progress& p = progress_[slot];
            p.left_bytes = std::max(0.0, p.left_bytes - p.rate_byteps * (now_s_ - p.since_s));
            p.since_s = now_s_;
            p.rate_byteps = sharing_.rate(slot);
            completions_.set(
                slot, p.rate_byteps > 0 ? now_s_ + p.left_bytes / p.rate_byteps : kNeverEnds);
        }
    }

    static constexpr std::uint64_t kKey = 0x666C6F7773;  // any fixed number

    const FlowWorkload& workload_;
    FlowSharing sharing_;
    std::vector<double> join_s_;
    std::vector<std::uint32_t> order_;  // flows by the time at which they join
    std::vector<Progress> progress_;    // [slot]
    Completions completions_;
    double now_s_ = 0;
    std::size_t active_ = 0;
    FlowRunResult result_;
};

}  // namespace

std::uint32_t FlowWorkload::add_route(std::span<const std::uint32_t> links) {
    route_link.insert(route_link.end(), links.begin(), links.end());
    route_first.push_back(static_cast<std::uint32_t>(route_link.size()));
    return static_cast<std::uint32_t>(route_first.size() - 2);
}

void FlowWorkload::add_flow(double at_s, double bytes, std::uint32_t route) {
    arrival_s.push_back(at_s);
    size_bytes.push_back(bytes);
    flow_route.push_back(route);
}

StartUp start_up_named(std::string_view name) {
    if (name == "none") return StartUp::kNone;
    if (name == "lv08") return StartUp::kLv08;
    if (name == "iw10") return StartUp::kIw10;
    throw InputError(InputFault{"E-TEL-020",
                                {"--t0", 0, 0, ""},
                                "found '" + std::string(name) + "'",
                                "expected none, lv08 or iw10"});
}

FlowRunResult run_flows(const FlowWorkload& workload, const FlowRunOptions& options) {
    JIAHE_CHECK(!workload.link_capacity_byteps.empty(), "a workload has links");
    return FlowRun(workload, options).execute();
}

CompletionStatistics completion_statistics(std::vector<double> completion_s) {
    CompletionStatistics s;
    if (completion_s.empty()) return s;
    std::sort(completion_s.begin(), completion_s.end());
    const std::size_t n = completion_s.size();
    s.mean_s =
        std::accumulate(completion_s.begin(), completion_s.end(), 0.0) / static_cast<double>(n);
    s.p50_s = completion_s[n / 2];
    s.p99_s = completion_s[static_cast<std::size_t>(0.99 * static_cast<double>(n))];
    return s;
}

}  // namespace jiahe::telecom
