#include "kernel/partitioner.h"

#include <metis.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace jiahe::kernel {
namespace {

constexpr std::size_t kGroupsPerPartitionMin = 8;

class Groups {
  public:
    explicit Groups(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0u); }
    std::uint32_t find(std::uint32_t v) {
        while (parent_[v] != v)
            v = parent_[v] = parent_[parent_[v]];
        return v;
    }
    void join(std::uint32_t a, std::uint32_t b) {
        a = find(a);
        b = find(b);
        if (a != b) parent_[std::max(a, b)] = std::min(a, b);
    }

  private:
    std::vector<std::uint32_t> parent_;
};

// Vertex -> dense group, ordered by the group's least vertex.
std::vector<std::uint32_t> contract_short_channels(const OwnerGraph& graph,
                                                   std::size_t& group_count) {
    Groups groups(graph.weight.size());
    for (const auto& edge : graph.edges) {
        if (edge.min_delay < graph.cut_delay_min) groups.join(edge.from, edge.to);
    }
    for (const auto& fan : graph.fans) {
        if (fan.min_delay >= graph.cut_delay_min) continue;
        if (fan.from.first == fan.from.end || fan.to.first == fan.to.end) continue;
        for (std::uint32_t v = fan.from.first; v < fan.from.end; ++v)
            groups.join(v, fan.to.first);
        for (std::uint32_t v = fan.to.first; v < fan.to.end; ++v)
            groups.join(v, fan.from.first);
    }
    std::vector<std::uint32_t> group(graph.weight.size());
    group_count = 0;
    for (std::uint32_t v = 0; v < group.size(); ++v) {
        const std::uint32_t root = groups.find(v);
        group[v] = root == v ? static_cast<std::uint32_t>(group_count++) : group[root];
    }
    return group;
}

struct Arc {
    std::uint32_t from, to;
    std::int64_t weight;
};

std::vector<Arc> group_arcs(const OwnerGraph& graph, const std::vector<std::uint32_t>& group) {
    std::vector<Arc> arcs;
    arcs.reserve(2 * graph.edges.size());
    for (const auto& edge : graph.edges) {
        const std::uint32_t a = group[edge.from];
        const std::uint32_t b = group[edge.to];
        if (a == b) continue;
        const double delay_s = std::max(1.0, edge.min_delay.seconds());
        const auto weight = 1 + static_cast<std::int64_t>(100 / delay_s);
        arcs.push_back({a, b, weight});
        arcs.push_back({b, a, weight});
    }
    std::sort(arcs.begin(), arcs.end(), [](const Arc& x, const Arc& y) {
        return std::pair{x.from, x.to} < std::pair{y.from, y.to};
    });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < arcs.size(); ++i) {
        if (kept > 0 && arcs[kept - 1].from == arcs[i].from && arcs[kept - 1].to == arcs[i].to) {
            arcs[kept - 1].weight =
                std::min<std::int64_t>(arcs[kept - 1].weight + arcs[i].weight, 1'000'000);
        } else {
            arcs[kept++] = arcs[i];
        }
    }
    arcs.resize(kept);
    return arcs;
}

// Heaviest group first, each to the partition with the least load so far.
std::vector<idx_t> deal_out(const std::vector<double>& weight, int partitions) {
    std::vector<std::size_t> order(weight.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return weight[a] > weight[b]; });
    std::vector<double> load(static_cast<std::size_t>(partitions), 0);
    std::vector<idx_t> part(weight.size());
    for (const std::size_t g : order) {
        const auto least = std::min_element(load.begin(), load.end());
        part[g] = static_cast<idx_t>(least - load.begin());
        *least += std::max(weight[g], 1e-9);
    }
    return part;
}

// Where all are neighbours, ranges of ids of equal weight: rows that lie together stay together.
std::vector<idx_t> cut_into_ranges(const std::vector<double>& weight, int partitions) {
    const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
    std::vector<idx_t> part(weight.size());
    double before = 0;
    for (std::size_t g = 0; g < weight.size(); ++g) {
        const double middle = (before + weight[g] / 2) / std::max(total, 1e-9);
        part[g] = static_cast<idx_t>(std::clamp(middle * partitions, 0.0, partitions - 1.0));
        before += weight[g];
    }
    return part;
}

std::vector<idx_t> call_metis(const OwnerGraph& graph, const std::vector<std::uint32_t>& group,
                              const std::vector<double>& weight, int partitions) {
    const std::size_t group_count = weight.size();
    const double total = std::accumulate(weight.begin(), weight.end(), 0.0);
    std::vector<idx_t> vertex_weight(group_count);
    for (std::size_t g = 0; g < group_count; ++g) {
        // A group heavier than a whole share fills its partition; more would only mislead METIS.
        const double share = std::min(weight[g] / std::max(total, 1e-9), 1.0 / partitions);
        vertex_weight[g] = 1 + static_cast<idx_t>(share * 1e6);
    }
    const std::vector<Arc> arcs = group_arcs(graph, group);
    std::vector<idx_t> offset(group_count + 1, 0), target, arc_weight;
    for (const Arc& arc : arcs) {
        ++offset[arc.from + 1];
        target.push_back(static_cast<idx_t>(arc.to));
        arc_weight.push_back(static_cast<idx_t>(arc.weight));
    }
    std::partial_sum(offset.begin(), offset.end(), offset.begin());
    idx_t options[METIS_NOPTIONS];
    METIS_SetDefaultOptions(options);
    options[METIS_OPTION_SEED] = 1;
    options[METIS_OPTION_NUMBERING] = 0;
    auto n = static_cast<idx_t>(group_count);
    idx_t constraints = 1, parts = partitions, cut = 0;
    std::vector<idx_t> part(group_count, 0);
    target.push_back(0);  // METIS wants a valid pointer where there are no arcs
    arc_weight.push_back(1);
    const int status = METIS_PartGraphKway(&n, &constraints, offset.data(), target.data(),
                                           vertex_weight.data(), nullptr, arc_weight.data(), &parts,
                                           nullptr, nullptr, options, &cut, part.data());
    JIAHE_CHECK(status == METIS_OK, "METIS could not partition the owners");
    return part;
}

}  // namespace

std::vector<std::uint16_t> partition_owners(const OwnerGraph& graph, int partitions) {
    std::size_t group_count = 0;
    const auto group = contract_short_channels(graph, group_count);
    std::vector<std::uint16_t> result(graph.weight.size(), 0);
    const int parts =
        static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(partitions), group_count));
    if (parts <= 1) return result;
    std::vector<double> weight(group_count, 0);
    for (std::size_t v = 0; v < group.size(); ++v)
        weight[group[v]] += graph.weight[v];
    // METIS fails on (and prints about) parts of a few groups, where locality is lost anyway.
    const bool few = group_count < kGroupsPerPartitionMin * static_cast<std::size_t>(parts);
    const bool open = graph.edges.empty() && !graph.fans.empty();
    const std::vector<idx_t> part = open  ? cut_into_ranges(weight, parts)
                                    : few ? deal_out(weight, parts)
                                          : call_metis(graph, group, weight, parts);
    std::vector<int> dense(static_cast<std::size_t>(parts), -1);
    int next = 0;
    for (std::size_t v = 0; v < result.size(); ++v) {
        int& index = dense[static_cast<std::size_t>(part[group[v]])];
        if (index < 0) index = next++;
        result[v] = static_cast<std::uint16_t>(index);
    }
    return result;
}

namespace {

// [partition]: does it hold a vertex of the range?
std::vector<std::uint8_t> partitions_in(const OwnerGraph::Range& range,
                                        const std::vector<std::uint16_t>& partition_of,
                                        std::size_t partitions) {
    std::vector<std::uint8_t> holds(partitions, 0);
    for (std::uint32_t v = range.first; v < range.end; ++v)
        holds[partition_of[v]] = 1;
    return holds;
}

}  // namespace

std::vector<std::int64_t> inner_delays(const OwnerGraph& graph,
                                       const std::vector<std::uint16_t>& partition_of,
                                       std::size_t partitions) {
    std::vector<std::int64_t> least(partitions, kNever.us);
    for (const auto& edge : graph.edges) {
        const std::size_t p = partition_of[edge.from];
        if (edge.from != edge.to && p == partition_of[edge.to]) {
            least[p] = std::min(least[p], edge.min_delay.us);
        }
    }
    for (const auto& fan : graph.fans) {
        const std::vector<std::uint8_t> from = partitions_in(fan.from, partition_of, partitions);
        const std::vector<std::uint8_t> to = partitions_in(fan.to, partition_of, partitions);
        for (std::size_t p = 0; p < partitions; ++p) {
            if (from[p] != 0 && to[p] != 0) least[p] = std::min(least[p], fan.min_delay.us);
        }
    }
    return least;
}

std::vector<std::int64_t> close_lookahead(const OwnerGraph& graph,
                                          const std::vector<std::uint16_t>& partition_of,
                                          std::size_t partitions) {
    const std::size_t n = partitions;
    std::vector<std::int64_t> d(n * n, kNever.us);
    for (const auto& edge : graph.edges) {
        const std::size_t a = partition_of[edge.from];
        const std::size_t b = partition_of[edge.to];
        if (a != b) d[a * n + b] = std::min(d[a * n + b], edge.min_delay.us);
    }
    for (const auto& fan : graph.fans) {
        const std::vector<std::uint8_t> from = partitions_in(fan.from, partition_of, n);
        const std::vector<std::uint8_t> to = partitions_in(fan.to, partition_of, n);
        for (std::size_t i = 0; i < n * n; ++i) {
            const bool way = i / n != i % n && from[i / n] != 0 && to[i % n] != 0;
            if (way) d[i] = std::min(d[i], fan.min_delay.us);
        }
    }
    for (std::size_t k = 0; k < n; ++k) {
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j < n; ++j) {
                d[i * n + j] = std::min({d[i * n + j], d[i * n + k] + d[k * n + j], kNever.us});
            }
        }
    }
    return d;
}

}  // namespace jiahe::kernel
