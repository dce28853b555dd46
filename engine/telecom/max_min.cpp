#include "telecom/max_min.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"

namespace jiahe::telecom {
namespace {

// A link is saturated where less than this share of its capacity is idle.
constexpr double kIdleShareOfSaturated = 1e-12;

bool later(double level_a, std::uint32_t a, double level_b, std::uint32_t b) {
    return level_a != level_b ? level_a > level_b : a > b;
}

}  // namespace

void SharingProblem::clear() {
    link_capacity.clear();
    flow_first.assign(1, 0);
    flow_link.clear();
    flow_weight.clear();
    flow_cap.clear();
}

std::uint32_t SharingProblem::add_link(double capacity) {
    link_capacity.push_back(capacity);
    return static_cast<std::uint32_t>(link_capacity.size() - 1);
}

std::uint32_t SharingProblem::add_flow(std::span<const std::uint32_t> path, double weight,
                                       double cap) {
    JIAHE_CHECK(weight > 0 && cap >= 0, "a flow has a positive weight and no negative cap");
    JIAHE_CHECK(!path.empty() || cap < kNoCap, "a flow needs a link or a cap");
    flow_link.insert(flow_link.end(), path.begin(), path.end());
    flow_first.push_back(static_cast<std::uint32_t>(flow_link.size()));
    flow_weight.push_back(weight);
    flow_cap.push_back(cap);
    return static_cast<std::uint32_t>(flow_weight.size() - 1);
}

void MaxMinSolver::index_links(const SharingProblem& problem) {
    const std::size_t links = problem.link_capacity.size();
    link_first_.assign(links + 1, 0);
    open_weight_.assign(links, 0);
    open_count_.assign(links, 0);
    for (std::size_t f = 0; f < problem.flow_count(); ++f) {
        for (std::uint32_t i = problem.flow_first[f]; i < problem.flow_first[f + 1]; ++i) {
            const std::uint32_t link = problem.flow_link[i];
            ++link_first_[link + 1];
            ++open_count_[link];
            open_weight_[link] += problem.flow_weight[f];
        }
    }
    std::partial_sum(link_first_.begin(), link_first_.end(), link_first_.begin());
    link_flow_.resize(problem.flow_link.size());
    std::vector<std::uint32_t>& next = by_cap_;  // borrowed until the caps are sorted
    next.assign(link_first_.begin(), link_first_.end() - 1);
    for (std::size_t f = 0; f < problem.flow_count(); ++f) {
        for (std::uint32_t i = problem.flow_first[f]; i < problem.flow_first[f + 1]; ++i) {
            link_flow_[next[problem.flow_link[i]]++] = static_cast<std::uint32_t>(f);
        }
    }
}

double MaxMinSolver::level_of(const SharingProblem& problem, std::uint32_t link) const {
    if (open_count_[link] == 0) return kNoCap;
    const double left = std::max(0.0, problem.link_capacity[link] - load_[link]);
    return open_weight_[link] > 0 ? left / open_weight_[link] : kNoCap;
}

void MaxMinSolver::push(Candidate candidate) {
    heap_.push_back(candidate);
    std::push_heap(heap_.begin(), heap_.end(), [](const Candidate& a, const Candidate& b) {
        return later(a.level, a.link, b.level, b.link);
    });
}

void MaxMinSolver::freeze(const SharingProblem& problem, std::uint32_t flow, double rate) {
    frozen_[flow] = 1;
    rate_[flow] = rate;
    for (std::uint32_t i = problem.flow_first[flow]; i < problem.flow_first[flow + 1]; ++i) {
        const std::uint32_t link = problem.flow_link[i];
        load_[link] += rate;
        --open_count_[link];
        open_weight_[link] =
            open_count_[link] == 0 ? 0 : open_weight_[link] - problem.flow_weight[flow];
    }
}

MaxMinSolver::Shares MaxMinSolver::solve(const SharingProblem& problem) {
    const std::size_t flows = problem.flow_count();
    const std::size_t links = problem.link_capacity.size();
    index_links(problem);
    rate_.assign(flows, 0);
    frozen_.assign(flows, 0);
    load_.assign(links, 0);
    level_.assign(links, kNoCap);
    by_cap_.resize(flows);
    std::iota(by_cap_.begin(), by_cap_.end(), 0u);
    const auto cap_level = [&](std::uint32_t f) {
        return problem.flow_cap[f] >= kNoCap ? kNoCap
                                             : problem.flow_cap[f] / problem.flow_weight[f];
    };
    std::sort(by_cap_.begin(), by_cap_.end(), [&](std::uint32_t a, std::uint32_t b) {
        return later(cap_level(b), b, cap_level(a), a);
    });
    heap_.clear();
    for (std::uint32_t link = 0; link < links; ++link) {
        if (open_count_[link] > 0) push({level_of(problem, link), link});
    }
    std::size_t next_cap = 0;
    // Levels of links only rise while others freeze, so a stale candidate is pushed back higher.
    while (!heap_.empty() || next_cap < flows) {
        while (next_cap < flows && frozen_[by_cap_[next_cap]])
            ++next_cap;
        const double cap = next_cap < flows ? cap_level(by_cap_[next_cap]) : kNoCap;
        if (heap_.empty() || cap <= heap_.front().level) {
            if (next_cap == flows) break;
            const std::uint32_t flow = by_cap_[next_cap++];
            JIAHE_CHECK(cap < kNoCap, "an uncapped flow without a finite link");
            freeze(problem, flow, problem.flow_cap[flow]);
            continue;
        }
        const Candidate top = heap_.front();
        std::pop_heap(heap_.begin(), heap_.end(), [](const Candidate& a, const Candidate& b) {
            return later(a.level, a.link, b.level, b.link);
        });
        heap_.pop_back();
        if (open_count_[top.link] == 0) continue;
        const double level = level_of(problem, top.link);
        if (level > top.level) {
            push({level, top.link});
            continue;
        }
        for (std::uint32_t i = link_first_[top.link]; i < link_first_[top.link + 1]; ++i) {
            const std::uint32_t flow = link_flow_[i];
            if (!frozen_[flow]) freeze(problem, flow, level * problem.flow_weight[flow]);
        }
    }
    for (std::uint32_t link = 0; link < links; ++link) {
        const double capacity = problem.link_capacity[link];
        if (capacity - load_[link] > kIdleShareOfSaturated * capacity) continue;
        double level = 0;
        for (std::uint32_t i = link_first_[link]; i < link_first_[link + 1]; ++i) {
            const std::uint32_t flow = link_flow_[i];
            level = std::max(level, rate_[flow] / problem.flow_weight[flow]);
        }
        level_[link] = level;
    }
    return {rate_, level_, load_};
}

UnresponsiveShare serve_unresponsive(double capacity, double unresponsive) {
    if (unresponsive <= capacity) return {capacity - unresponsive, 0};
    return {0, 1 - capacity / unresponsive};
}

double share_for_newcomer(double capacity, double load, double level) {
    const double idle = std::max(0.0, capacity - load);
    return level >= kNoCap ? idle : std::max(idle, level);
}

}  // namespace jiahe::telecom
