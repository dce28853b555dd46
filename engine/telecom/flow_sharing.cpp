#include "telecom/flow_sharing.h"

#include <algorithm>

#include "base/check.h"

namespace jiahe::telecom {
namespace {

// Two levels closer than this share of themselves are one level.
constexpr double kLevelTolerance = 1e-9;
constexpr std::uint32_t kNoLink = ~std::uint32_t{0};

constexpr auto kLaterCandidate = [](const auto& a, const auto& b) {
    return a.level != b.level ? a.level > b.level : a.link > b.link;
};

}  // namespace

FlowSharing::FlowSharing(std::span<const double> link_capacity, std::uint32_t hops_max)
    : hops_max_(std::max(hops_max, 1u)), link_(link_capacity.size()) {
    for (std::size_t l = 0; l < link_.size(); ++l)
        link_[l].capacity = link_capacity[l];
}

std::uint32_t FlowSharing::take_slot() {
    if (free_slot_.empty()) {
        flow_.emplace_back();
        hop_link_.resize(flow_.size() * hops_max_);
        hop_place_.resize(flow_.size() * hops_max_);
        return static_cast<std::uint32_t>(flow_.size() - 1);
    }
    const std::uint32_t slot = free_slot_.back();
    free_slot_.pop_back();
    return slot;
}

std::uint32_t FlowSharing::add(std::span<const std::uint32_t> path, double weight, double cap) {
    JIAHE_CHECK(weight > 0 && cap >= 0, "a flow has a positive weight and no negative cap");
    JIAHE_CHECK(!path.empty() || cap < kNoCap, "a flow needs a link or a cap");
    JIAHE_CHECK(path.size() <= hops_max_, "a path is longer than declared");
    const std::uint32_t slot = take_slot();
    Flow& flow = flow_[slot];
    flow.rate = 0;
    flow.weight = weight;
    flow.cap = cap;
    flow.hop_count = static_cast<std::uint32_t>(path.size());
    for (std::uint32_t h = 0; h < flow.hop_count; ++h) {
        const std::uint32_t hop = slot * hops_max_ + h;
        hop_link_[hop] = path[h];
        hop_place_[hop] = static_cast<std::uint32_t>(link_[path[h]].hops.size());
        link_[path[h]].hops.push_back(hop);
    }
    begin_fill();
    include(slot);
    resolve();
    if (flow_[slot].rate == 0) changed_.push_back(slot);
    return slot;
}

void FlowSharing::leave_links(std::uint32_t slot) {
    const Flow& flow = flow_[slot];
    for (std::uint32_t h = 0; h < flow.hop_count; ++h) {
        const std::uint32_t hop = slot * hops_max_ + h;
        Link& link = link_[hop_link_[hop]];
        const std::uint32_t last = link.hops.back();
        link.hops[hop_place_[hop]] = last;
        hop_place_[last] = hop_place_[hop];
        link.hops.pop_back();
        link.load = link.hops.empty() ? 0 : link.load - flow.rate;
    }
}

void FlowSharing::remove(std::uint32_t slot) {
    leave_links(slot);
    begin_fill();
    for (const std::uint32_t link : path(slot)) {
        if (link_[link].level < kNoCap) touch(link);
    }
    resolve();
    flow_[slot].rate = 0;
    flow_[slot].hop_count = 0;
    free_slot_.push_back(slot);
}

void FlowSharing::begin_fill() {
    ++fill_;
    if (fill_ == 0) {  // the counter has gone round: old marks might be taken for new ones
        for (Flow& flow : flow_)
            flow.member_of = 0;
        for (Link& link : link_)
            link.touched_by = 0;
        fill_ = 1;
    }
    grown_ = 0;
    member_.clear();
    touched_.clear();
    changed_.clear();
}

void FlowSharing::include(std::uint32_t slot) {
    if (flow_[slot].member_of == fill_) return;
    flow_[slot].member_of = fill_;
    member_.push_back(slot);
}

void FlowSharing::include_held_back(std::uint32_t link, double level) {
    const double least = level * (1 - kLevelTolerance);
    for (const std::uint32_t hop : link_[link].hops) {
        const std::uint32_t slot = slot_of(hop);
        if (flow_[slot].rate >= least * flow_[slot].weight) include(slot);
    }
}

void FlowSharing::touch(std::uint32_t link) {
    if (link_[link].touched_by == fill_) return;
    link_[link].touched_by = fill_;
    touched_.push_back(link);
    if (link_[link].level < kNoCap) include_held_back(link, link_[link].level);
}

// From the members to the links they cross, to the flows that these hold back, and so on.
void FlowSharing::grow() {
    for (; grown_ < member_.size(); ++grown_) {
        for (const std::uint32_t link : path(member_[grown_]))
            touch(link);
    }
}

void FlowSharing::freeze(std::uint32_t slot, double rate) {
    Flow& flow = flow_[slot];
    flow.frozen = true;
    flow.filled = rate;
    for (const std::uint32_t l : path(slot)) {
        Link& link = link_[l];
        link.room -= rate;
        --link.open_count;
        link.weight = link.open_count == 0 ? 0 : link.weight - flow.weight;
    }
}

// What each touched link has for the members: its capacity less the rates of the others.
void FlowSharing::open_links() {
    for (const std::uint32_t l : touched_) {
        Link& link = link_[l];
        link.room = link.capacity - link.load;
        link.weight = 0;
        link.open_count = 0;
    }
    by_cap_.clear();
    for (const std::uint32_t slot : member_) {
        Flow& flow = flow_[slot];
        flow.frozen = false;
        if (flow.cap < kNoCap) by_cap_.push_back(slot);
        for (const std::uint32_t l : path(slot)) {
            link_[l].room += flow.rate;
            link_[l].weight += flow.weight;
            ++link_[l].open_count;
        }
    }
    std::sort(by_cap_.begin(), by_cap_.end(), [&](std::uint32_t a, std::uint32_t b) {
        const double x = flow_[a].cap / flow_[a].weight, y = flow_[b].cap / flow_[b].weight;
        return x != y ? x < y : a < b;
    });
}

void FlowSharing::saturate(std::uint32_t link, double level) {
    saturated_.push_back({level, link});
    for (const std::uint32_t hop : link_[link].hops) {
        const std::uint32_t slot = slot_of(hop);
        Flow& flow = flow_[slot];
        if (flow.member_of == fill_ && !flow.frozen) freeze(slot, level * flow.weight);
    }
}

// The level rises; a member stops at its cap or with the first link on its way that is full. A
// link's level only rises while others freeze, so a stale candidate is pushed back higher.
void FlowSharing::fill_from_heap() {
    heap_.clear();
    const auto level_of = [&](std::uint32_t l) {
        return std::max(0.0, link_[l].room) / link_[l].weight;
    };
    for (const std::uint32_t l : touched_) {
        if (link_[l].open_count > 0) heap_.push_back({level_of(l), l});
    }
    std::make_heap(heap_.begin(), heap_.end(), kLaterCandidate);
    std::size_t next_cap = 0;
    while (!heap_.empty() || next_cap < by_cap_.size()) {
        if (next_cap < by_cap_.size()) {
            const Flow& flow = flow_[by_cap_[next_cap]];
            if (flow.frozen) {
                ++next_cap;
                continue;
            }
            if (heap_.empty() || flow.cap / flow.weight <= heap_.front().level) {
                freeze(by_cap_[next_cap++], flow.cap);
                continue;
            }
        }
        std::pop_heap(heap_.begin(), heap_.end(), kLaterCandidate);
        const Candidate top = heap_.back();
        heap_.pop_back();
        if (link_[top.link].open_count == 0) continue;
        const double level = level_of(top.link);
        if (level > top.level) {
            heap_.push_back({level, top.link});
            std::push_heap(heap_.begin(), heap_.end(), kLaterCandidate);
            continue;
        }
        saturate(top.link, level);
    }
}

// A single member takes what the narrowest link on its way has left. Most arrivals and departures
// on an access tree are of this kind.
void FlowSharing::fill_alone(std::uint32_t slot) {
    Flow& flow = flow_[slot];
    double level = flow.cap / flow.weight;
    std::uint32_t narrowest = kNoLink;
    for (const std::uint32_t l : path(slot)) {
        const double room = std::max(0.0, link_[l].capacity - link_[l].load + flow.rate);
        if (room / flow.weight >= level) continue;
        level = room / flow.weight;
        narrowest = l;
    }
    flow.filled = narrowest == kNoLink ? flow.cap : level * flow.weight;
    if (narrowest != kNoLink) saturated_.push_back({level, narrowest});
}

void FlowSharing::fill() {
    saturated_.clear();
    if (member_.empty()) return;
    if (member_.size() == 1) {
        fill_alone(member_.front());
        return;
    }
    open_links();
    fill_from_heap();
}

// A flow outside that has more than a full link gives its members has to yield to them.
bool FlowSharing::include_the_better_off() {
    const std::size_t before = member_.size();
    for (const Candidate& full : saturated_) {
        const double most = full.level * (1 + kLevelTolerance);
        for (const std::uint32_t hop : link_[full.link].hops) {
            const std::uint32_t slot = slot_of(hop);
            if (flow_[slot].rate > most * flow_[slot].weight) include(slot);
        }
    }
    return member_.size() > before;
}

void FlowSharing::commit() {
    for (const std::uint32_t l : touched_)
        link_[l].level = kNoCap;
    for (const Candidate& full : saturated_)
        link_[full.link].level = full.level;
    for (const std::uint32_t slot : member_) {
        Flow& flow = flow_[slot];
        const double more = flow.filled - flow.rate;
        if (more == 0) continue;
        for (const std::uint32_t l : path(slot))
            link_[l].load += more;
        flow.rate = flow.filled;
        changed_.push_back(slot);
    }
}

void FlowSharing::resolve() {
    do {
        grow();
        fill();
    } while (include_the_better_off());
    commit();
}

}  // namespace jiahe::telecom
