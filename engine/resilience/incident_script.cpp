#include "resilience/incident_script.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/check.h"
#include "base/error.h"

namespace jiahe::resilience {
namespace {

using scenario::Action;
using scenario::TargetKind;
using scenario::TimedEvent;

RecordKind record_kind_of(TargetKind kind) {
    switch (kind) {
        case TargetKind::kLink:
        case TargetKind::kRoad:
            return RecordKind::kLinkOrdered;
        case TargetKind::kLane:
            return RecordKind::kLaneOrdered;
        case TargetKind::kPlaza:
            return RecordKind::kPlazaOrdered;
        case TargetKind::kCell:
            return RecordKind::kCellOrdered;
        case TargetKind::kBackhaul:
            return RecordKind::kBackhaulOrdered;
        case TargetKind::kDataCentre:
            return RecordKind::kDataCentreOrdered;
        case TargetKind::kDemand:
            return RecordKind::kDemandOrdered;
    }
    return RecordKind::kLinkOrdered;
}

// An event at one target; `rank` is its place in the scenario's order.
struct Hold {
    RecordKind kind;
    std::uint32_t target, lane;
    SimTime from, until;
    Action action;
    double factor;
    std::size_t rank;
    auto key() const { return std::tuple{kind, target, lane}; }
};

struct Condition {
    Order order = Order::kRestore;
    std::int64_t per_mille = 1000;
    bool operator==(const Condition&) const = default;
};

// Nobody passes, whether it failed or is closed.
bool is_shut(const Condition& condition) {
    return condition.order == Order::kFail || condition.order == Order::kClose;
}

// What holds on a target at `now`.
Condition condition_at(std::span<const Hold> holds, SimTime now) {
    bool failed = false, closed = false;
    double limit = 1, surge = 1;
    for (const Hold& hold : holds) {
        if (hold.from > now || hold.until <= now) continue;
        failed = failed || hold.action == Action::kFail;
        closed = closed || hold.action == Action::kClose;
        if (hold.action == Action::kLimit) limit = std::min(limit, hold.factor);
        if (hold.action == Action::kSurge) surge *= hold.factor;
    }
    const std::int64_t left_permille = std::llround(limit * 1000);
    if (failed || left_permille == 0) return {Order::kFail, 1000};
    if (closed) return {Order::kClose, 1000};
    if (left_permille < 1000) return {Order::kLimit, left_permille};
    if (surge != 1) return {Order::kSurge, std::llround(surge * 1000)};
    return {};
}

// Ends what a restore ends: all that began before it, or at its time and further up in the file.
void apply_restores(std::span<Hold> holds) {
    for (const Hold& restore : holds) {
        if (restore.action != Action::kRestore) continue;
        for (Hold& hold : holds) {
            const bool earlier =
                std::tie(hold.from, hold.rank) < std::tie(restore.from, restore.rank);
            if (earlier) hold.until = std::min(hold.until, restore.from);
        }
    }
}

void sweep(std::span<Hold> holds, std::vector<ScriptedOrder>& orders) {
    apply_restores(holds);
    std::vector<SimTime> times;
    for (const Hold& hold : holds) {
        if (hold.action == Action::kRestore || hold.until <= hold.from) continue;
        times.push_back(hold.from);
        if (hold.until < kNever) times.push_back(hold.until);
    }
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    Condition before;
    for (const SimTime time : times) {
        const Condition now = condition_at(holds, time);
        // One shutting, one opening: what is shut stays shut when its reason changes.
        if (now == before || (is_shut(now) && is_shut(before))) continue;
        const Hold& any = holds.front();
        orders.push_back({time, any.kind, any.target, any.lane, now.order, now.per_mille});
        before = now;
    }
}

// The event's target in the directory, or nullptr with a fault.
const std::vector<std::uint32_t>* look_up(const TimedEvent& event, const TargetDirectory& directory,
                                          scenario::FaultList& faults) {
    const scenario::Value target = event.value["target"];
    const std::string_view kind = scenario::target_kind_name(event.target);
    if (directory.empty(event.target)) {
        faults.add(target["kind"].fault("E-RES-002",
                                        fmt::format("this city has no target of kind '{}'", kind)));
        return nullptr;
    }
    if (event.name.empty()) {
        faults.add(target.fault("E-RES-004", fmt::format("which {}? 'name' is missing", kind)));
        return nullptr;
    }
    const auto* found = directory.find(event.target, event.name);
    if (found == nullptr) {
        faults.add(target["name"].fault("E-RES-001",
                                        fmt::format("no {} is named '{}'", kind, event.name),
                                        did_you_mean(event.name, directory.names(event.target))));
    }
    return found;
}

bool lane_fits(const TimedEvent& event, const std::vector<std::uint32_t>& plazas,
               const TargetDirectory& directory, scenario::FaultList& faults) {
    const scenario::Value target = event.value["target"];
    if (!event.lane) {
        faults.add(target.fault("E-RES-005", "which lane? 'lane' is missing"));
        return false;
    }
    const std::uint32_t lanes = directory.lane_count(plazas.front());
    if (*event.lane >= 0 && *event.lane < lanes) return true;
    faults.add(target["lane"].fault(
        "E-RES-003", fmt::format("plaza '{}' has lanes 0 to {}, found {}", event.name,
                                 static_cast<std::int64_t>(lanes) - 1, *event.lane)));
    return false;
}

}  // namespace

std::size_t TargetDirectory::slot(TargetKind kind) {
    return static_cast<std::size_t>(kind == TargetKind::kLane ? TargetKind::kPlaza : kind);
}

void TargetDirectory::add(TargetKind kind, std::string name, std::vector<std::uint32_t> indices) {
    JIAHE_CHECK(!indices.empty(), "a target needs an index");
    const bool is_new = entries_[slot(kind)].emplace(std::move(name), std::move(indices)).second;
    JIAHE_CHECK(is_new, "two targets of one kind carry the same name");
}

void TargetDirectory::set_lane_count(std::uint32_t plaza, std::uint32_t lanes) {
    if (plaza >= lane_count_.size()) lane_count_.resize(plaza + std::size_t{1}, 0);
    lane_count_[plaza] = lanes;
}

const std::vector<std::uint32_t>* TargetDirectory::find(TargetKind kind,
                                                        const std::string& name) const {
    const auto found = entries_[slot(kind)].find(name);
    return found == entries_[slot(kind)].end() ? nullptr : &found->second;
}

std::vector<std::string> TargetDirectory::names(TargetKind kind) const {
    std::vector<std::string> all;
    for (const auto& [name, indices] : entries_[slot(kind)])
        all.push_back(name);
    return all;
}

std::uint32_t TargetDirectory::lane_count(std::uint32_t plaza) const {
    return plaza < lane_count_.size() ? lane_count_[plaza] : 0;
}

std::vector<ScriptedOrder> compile_script(std::span<const TimedEvent> events,
                                          const TargetDirectory& directory,
                                          scenario::FaultList& faults) {
    std::vector<Hold> holds;
    for (std::size_t rank = 0; rank < events.size(); ++rank) {
        const TimedEvent& event = events[rank];
        const auto* targets = look_up(event, directory, faults);
        if (targets == nullptr) continue;
        std::uint32_t lane = 0;
        if (event.target == TargetKind::kLane) {
            if (!lane_fits(event, *targets, directory, faults)) continue;
            lane = static_cast<std::uint32_t>(*event.lane);
        }
        for (const std::uint32_t target : *targets) {
            holds.push_back({record_kind_of(event.target), target, lane, event.time, event.until,
                             event.action, event.factor, rank});
        }
    }
    std::sort(holds.begin(), holds.end(), [](const Hold& a, const Hold& b) {
        return std::tuple{a.key(), a.rank} < std::tuple{b.key(), b.rank};
    });
    std::vector<ScriptedOrder> orders;
    for (std::size_t first = 0; first < holds.size();) {
        std::size_t last = first;
        while (last < holds.size() && holds[last].key() == holds[first].key())
            ++last;
        sweep(std::span(holds).subspan(first, last - first), orders);
        first = last;
    }
    std::sort(orders.begin(), orders.end());
    return orders;
}

}  // namespace jiahe::resilience
