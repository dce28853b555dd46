// Small TNTP networks for the tests of static assignment: rows by hand and random ones.
//
// Test support, header only. Random networks are named by a seed; they hold zones that may not be
// passed, connectors without cost, parallel links, links of constant cost and several powers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/random.h"
#include "roads/assignment_network.h"

namespace jiahe {

// Braess: t = 10 v, 50 + v, 50 + v, 10 v and 10 + v on 1-3, 1-4, 3-2, 4-2, 3-4; 6 trips 1-2.
inline TntpNetwork braess() {
    TntpNetwork tntp;
    tntp.zone_count = 2;
    tntp.node_count = 4;
    tntp.links = {{1, 3, 1, 1, 1e-8, 1e9, 1, 0, 0, 1},
                  {1, 4, 1, 1, 50, 0.02, 1, 0, 0, 1},
                  {3, 2, 1, 1, 50, 0.02, 1, 0, 0, 1},
                  {3, 4, 1, 1, 10, 0.1, 1, 0, 0, 1},
                  {4, 2, 1, 1, 1e-8, 1e9, 1, 0, 0, 1}};
    tntp.demand = {{1, 2, 6}};
    tntp.graph.source = "braess";
    return tntp;
}

inline TntpLink random_link(const Draw& draw, std::int64_t from, std::int64_t to) {
    constexpr double kPowers[] = {1, 2, 4, 4, 4, 5.5};
    TntpLink link{from,
                  to,
                  20 + 100 * draw.uniform(2),
                  1 + 4 * draw.uniform(3),
                  1 + 9 * draw.uniform(4),
                  0.15 + draw.uniform(5),
                  kPowers[draw.below(6, 6)],
                  0,
                  0,
                  1};
    if (draw.bernoulli(0.1, 7)) link.b = 0;
    if (draw.bernoulli(0.05, 8)) link.capacity = 0;
    link.toll = draw.bernoulli(0.2, 9) ? 5 : 0;
    return link;
}

// A ring both ways through all nodes, so that every zone reaches every other, and random chords.
inline TntpNetwork random_tntp(std::uint64_t seed, int zones, int through, int chords) {
    TntpNetwork tntp;
    tntp.zone_count = zones;
    tntp.node_count = zones + through;
    tntp.first_thru_node = zones + 1;
    tntp.graph.source = "random";
    const auto node = [&](std::uint64_t i) {
        return zones + 1 + static_cast<std::int64_t>(i % static_cast<std::uint64_t>(through));
    };
    std::uint64_t row = 0;
    const auto add = [&](std::int64_t from, std::int64_t to) {
        if (from != to) tntp.links.push_back(random_link(Draw(seed, 1, row++, 0), from, to));
    };
    for (int i = 0; i < through; ++i) {
        add(node(i), node(i + 1));
        add(node(i + 1), node(i));
    }
    for (int i = 0; i < chords; ++i) {
        const Draw draw(seed, 2, static_cast<std::uint64_t>(i), 0);
        add(node(draw.below(through, 0)), node(draw.below(through, 1)));
    }
    for (int z = 1; z <= zones; ++z) {  // two connectors out, two in, some without any cost
        const Draw draw(seed, 3, static_cast<std::uint64_t>(z), 0);
        for (std::uint32_t k = 0; k < 2; ++k) {
            const double time = draw.bernoulli(0.5, 10 + k) ? 0 : 1;
            const std::int64_t at = node(draw.below(through, k));
            tntp.links.push_back({z, at, 999999, 0, time, 0, 4, 0, 0, 0});
            tntp.links.push_back({at, z, 999999, 0, time, 0, 4, 0, 0, 0});
        }
    }
    for (int from = 1; from <= zones; ++from) {
        for (int to = 1; to <= zones; ++to) {
            const Draw draw(seed, 4, static_cast<std::uint64_t>(from),
                            static_cast<std::uint64_t>(to));
            if (draw.bernoulli(0.7, 0)) tntp.demand.push_back({from, to, 30 * draw.uniform(1)});
        }
    }
    return tntp;
}

// Costs from a node to all by Bellman and Ford, zones not passed: knows nothing of the solver.
inline std::vector<double> costs_from(const TntpNetwork& tntp, std::int64_t origin,
                                      const std::vector<double>& link_cost) {
    std::vector<double> cost(static_cast<std::size_t>(tntp.node_count + 1),
                             std::numeric_limits<double>::infinity());
    cost[static_cast<std::size_t>(origin)] = 0;
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t l = 0; l < tntp.links.size(); ++l) {
            const auto from = static_cast<std::size_t>(tntp.links[l].from_node);
            const auto to = static_cast<std::size_t>(tntp.links[l].to_node);
            if (tntp.links[l].from_node < tntp.first_thru_node && tntp.links[l].from_node != origin)
                continue;
            if (cost[from] + link_cost[l] >= cost[to]) continue;
            cost[to] = cost[from] + link_cost[l];
            changed = true;
        }
    }
    return cost;
}

// TSTT and SPTT recomputed from flows alone.
struct CheckedGap {
    double total = 0, shortest = 0;
    double relative() const { return (total - shortest) / total; }
};
inline CheckedGap checked_gap(const TntpNetwork& tntp, const std::vector<double>& flow,
                              const std::vector<double>& link_cost) {
    CheckedGap gap;
    for (std::size_t l = 0; l < flow.size(); ++l)
        gap.total += flow[l] * link_cost[l];
    for (std::int64_t origin = 1; origin <= tntp.zone_count; ++origin) {
        const auto cost = costs_from(tntp, origin, link_cost);
        for (const TntpDemand& d : tntp.demand) {
            if (d.origin == origin && d.destination != origin)
                gap.shortest += d.trips * cost[static_cast<std::size_t>(d.destination)];
        }
    }
    return gap;
}

// Largest of |in - out - trips that end + trips that begin| over the nodes.
inline double worst_imbalance(const TntpNetwork& tntp, const std::vector<double>& flow) {
    std::vector<double> balance(static_cast<std::size_t>(tntp.node_count + 1), 0.0);
    for (std::size_t l = 0; l < flow.size(); ++l) {
        balance[static_cast<std::size_t>(tntp.links[l].to_node)] += flow[l];
        balance[static_cast<std::size_t>(tntp.links[l].from_node)] -= flow[l];
    }
    for (const TntpDemand& d : tntp.demand) {
        balance[static_cast<std::size_t>(d.destination)] -= d.trips;
        balance[static_cast<std::size_t>(d.origin)] += d.trips;
    }
    double worst = 0;
    for (const double b : balance)
        worst = std::max(worst, b < 0 ? -b : b);
    return worst;
}

}  // namespace jiahe
