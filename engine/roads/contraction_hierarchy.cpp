#include "roads/contraction_hierarchy.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "base/check.h"
#include "roads/contraction_index.h"
#include "roads/contraction_order.h"

namespace jiahe {

namespace {

using Rank = std::uint32_t;
constexpr Rank kNone = 0xffffffffu;
constexpr int kTiers = 6;  // subtrees of up to 1/32, 1/16, 1/8, 1/4, 1/2 of all links, and the rest

// Arcs by lower end after the links were taken away in this order: each one's later neighbours
// become neighbours of each other. Ranks of the order; heads ascend.
std::vector<std::vector<Rank>> eliminate(const TurnGraph& turns, const std::vector<Rank>& order,
                                         std::vector<Rank>& parent) {
    const std::size_t count = order.size();
    std::vector<Rank> rank(count);
    for (std::size_t r = 0; r < count; ++r)
        rank[order[r]] = static_cast<Rank>(r);
    std::vector<std::vector<Rank>> up(count);
    for (std::size_t r = 0; r < count; ++r) {
        for (Rank i = turns.first[order[r]]; i < turns.first[order[r] + 1]; ++i) {
            if (rank[turns.neighbour[i]] > r) up[r].push_back(rank[turns.neighbour[i]]);
        }
        std::sort(up[r].begin(), up[r].end());
    }
    parent.assign(count, kNone);
    std::vector<Rank> merged;
    for (std::size_t r = 0; r < count; ++r) {
        if (up[r].empty()) continue;
        const Rank above = parent[r] = up[r].front();
        merged.clear();
        std::set_union(up[above].begin(), up[above].end(), up[r].begin() + 1, up[r].end(),
                       std::back_inserter(merged));
        up[above] = merged;
    }
    return up;
}

// The tree's vertices, children before parents and subtrees together.
std::vector<Rank> postorder(const std::vector<Rank>& parent) {
    const std::size_t count = parent.size();
    std::vector<Rank> size(count, 1);
    for (std::size_t v = 0; v < count; ++v) {
        if (parent[v] != kNone) size[parent[v]] += size[v];
    }
    std::vector<Rank> order(count), begin(count), next(count);
    Rank free = 0;
    for (std::size_t v = count; v-- > 0;) {
        Rank& from = parent[v] == kNone ? free : next[parent[v]];
        begin[v] = next[v] = from;
        from += size[v];
        order[begin[v] + size[v] - 1] = static_cast<Rank>(v);
    }
    return order;
}

std::vector<std::uint8_t> tiers_of(const std::vector<Rank>& parent) {
    const std::size_t count = parent.size();
    std::vector<std::size_t> size(count, 1);
    std::vector<std::uint8_t> tier(count, 0);
    for (std::size_t v = 0; v < count; ++v) {
        if (parent[v] != kNone) size[parent[v]] += size[v];
        while (tier[v] + 1 < kTiers && size[v] > count >> (kTiers - 1 - tier[v]))
            ++tier[v];
    }
    return tier;
}

}  // namespace

ContractionHierarchy::Index::Index(const RoadGraph& road_graph) : graph(&road_graph) {
    const TurnGraph turns = turn_graph(road_graph);
    std::vector<std::uint32_t> order = dissection_order(turns);
    std::vector<std::uint32_t> old_parent;
    auto up = eliminate(turns, order, old_parent);
    const auto tier = tiers_of(old_parent);

    std::vector<std::uint32_t> old_rank = postorder(old_parent);  // by new rank
    std::stable_sort(old_rank.begin(), old_rank.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return tier[a] < tier[b]; });
    const std::size_t count = order.size();
    std::vector<std::uint32_t> new_rank(count);
    rank_of.resize(count);
    for (std::size_t r = 0; r < count; ++r) {
        new_rank[old_rank[r]] = static_cast<std::uint32_t>(r);
        link_at.push_back(order[old_rank[r]]);
        rank_of[link_at.back()] = static_cast<std::uint32_t>(r);
    }
    up_first.push_back(0);
    std::vector<std::uint8_t> tier_of_rank;
    for (std::size_t r = 0; r < count; ++r) {
        const std::uint32_t old = old_rank[r];
        tier_of_rank.push_back(tier[old]);
        parent.push_back(old_parent[old] == kNone ? kNone : new_rank[old_parent[old]]);
        for (std::uint32_t& head : up[old])
            head = new_rank[head];
        std::sort(up[old].begin(), up[old].end());
        up_head.insert(up_head.end(), up[old].begin(), up[old].end());
        up_first.push_back(static_cast<std::uint32_t>(up_head.size()));
    }
    JIAHE_CHECK(up_head.size() < Costs::Weights::kDirect, "too many arcs in a hierarchy");
    make_tiers(tier_of_rank);
    set_depths();
    list_low_arcs();
    place_movements();
}

// A block ends where the next rank of the tier is not below the block's root.
void ContractionHierarchy::Index::make_tiers(const std::vector<std::uint8_t>& tier_of_rank) {
    const std::uint32_t count = size();
    for (std::uint32_t r = 0; r < count; ++r) {
        if (r == 0 || tier_of_rank[r] != tier_of_rank[r - 1]) tiers.push_back({r, {}});
        std::vector<Block>& blocks = tiers.back().blocks;
        const bool goes_on = !blocks.empty() && blocks.back().end == kNone;
        if (!goes_on) blocks.push_back({r, kNone});
        const bool root = parent[r] == kNone || tier_of_rank[parent[r]] != tier_of_rank[r];
        if (root) blocks.back().end = r + 1;
    }
}

void ContractionHierarchy::Index::set_depths() {
    depth.assign(size(), 0);
    for (std::uint32_t r = size(); r-- > 0;) {
        if (parent[r] != kNone) depth[r] = depth[parent[r]] + 1;
        depth_count = std::max(depth_count, depth[r] + 1);
    }
    JIAHE_CHECK(depth_count <= kMaxDepth, "an elimination tree is too deep");
}

void ContractionHierarchy::Index::list_low_arcs() {
    low_first.assign(size() + 1, 0);
    for (const std::uint32_t head : up_head)
        ++low_first[head + 1];
    std::partial_sum(low_first.begin(), low_first.end(), low_first.begin());
    low_tail.resize(up_head.size());
    low_arc.resize(up_head.size());
    std::vector<std::uint32_t> fill(low_first.begin(), low_first.end() - 1);
    for (std::uint32_t x = 0; x < size(); ++x) {
        for (std::uint32_t arc = up_first[x]; arc < up_first[x + 1]; ++arc) {
            const std::uint32_t at = fill[up_head[arc]]++;
            low_tail[at] = x;
            low_arc[at] = arc;
        }
    }
}

std::uint32_t ContractionHierarchy::Index::arc_between(std::uint32_t x, std::uint32_t y) const {
    const auto begin = up_head.begin() + up_first[x];
    const auto end = up_head.begin() + up_first[x + 1];
    return static_cast<std::uint32_t>(std::lower_bound(begin, end, y) - up_head.begin());
}

void ContractionHierarchy::Index::place_movements() {
    before_first.assign(size() + 1, 0);
    for (std::size_t m = 0; m < graph->movement_count(); ++m) {
        const std::uint32_t in = rank_of[graph->movement_in_link[m].index()];
        const std::uint32_t out = rank_of[graph->movement_out_link[m].index()];
        ++before_first[graph->movement_out_link[m].index() + 1];
        if (in == out) {
            movement_arc.push_back({kNone, false});
            continue;
        }
        movement_arc.push_back({arc_between(std::min(in, out), std::max(in, out)), in < out});
    }
    std::partial_sum(before_first.begin(), before_first.end(), before_first.begin());
    before_movement.resize(graph->movement_count());
    std::vector<std::uint32_t> fill(before_first.begin(), before_first.end() - 1);
    for (std::size_t m = 0; m < graph->movement_count(); ++m)
        before_movement[fill[graph->movement_out_link[m].index()]++] =
            static_cast<std::uint32_t>(m);
}

ContractionHierarchy::ContractionHierarchy(const RoadGraph& graph)
    : index_(std::make_unique<Index>(graph)) {}
ContractionHierarchy::~ContractionHierarchy() = default;
ContractionHierarchy::ContractionHierarchy(ContractionHierarchy&&) noexcept = default;

std::size_t ContractionHierarchy::arc_count() const {
    return index_->up_head.size();
}

}  // namespace jiahe
