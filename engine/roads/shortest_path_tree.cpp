#include <algorithm>
#include <span>

#include "base/check.h"
#include "roads/router_index.h"
#include "roads/shortest_path.h"

namespace jiahe {

struct Router::Tree::Impl {
    const Router::Impl* index;
    LinkHeap heap;

    // Plain Dijkstra over links; `offset` and `neighbour` give the links to reach from one.
    template <class Parent>
    void run(const std::vector<std::uint32_t>& offset, const std::vector<std::uint32_t>& neighbour,
             std::span<const std::int64_t> cost, std::vector<std::int64_t>& reached_us,
             Parent&& set_parent) {
        while (!heap.empty()) {
            const auto [key, link] = heap.pop();
            if (key != reached_us[link]) continue;
            for (std::uint32_t i = offset[link]; i < offset[link + 1]; ++i) {
                const std::uint32_t other = neighbour[i];
                if (cost[other] >= kClosedLink_us) continue;
                const std::int64_t through_us = key + std::max<std::int64_t>(cost[other], 1);
                if (through_us > reached_us[other]) continue;
                const bool better = through_us < reached_us[other];
                set_parent(other, link, better);
                if (!better) continue;
                reached_us[other] = through_us;
                heap.push({through_us, other});
            }
        }
    }

    void begin(std::span<const LinkId> roots, const LinkCosts& costs,
               std::vector<std::int64_t>& reached_us) {
        const auto cost = costs.cost_us();
        heap.clear();
        reached_us.assign(index->head.size(), kUnreachable);
        for (const LinkId link : roots) {
            if (cost[link.index()] >= kClosedLink_us) continue;
            reached_us[link.index()] = std::max<std::int64_t>(cost[link.index()], 1);
            heap.push({reached_us[link.index()], link.value});
        }
    }
};

Router::Tree::Tree(const Router& router) : impl_(std::make_unique<Impl>()) {
    impl_->index = router.impl_.get();
}
Router::Tree::~Tree() = default;
Router::Tree::Tree(Tree&&) noexcept = default;

void Router::Tree::all_to_node(NodeId to, const LinkCosts& costs,
                               std::vector<std::int64_t>& cost_us) {
    const Router::Impl& index = *impl_->index;
    impl_->begin(index.graph->in_links(to), costs, cost_us);
    impl_->run(index.previous_offset, index.previous_link, costs.cost_us(), cost_us,
               [](std::uint32_t, std::uint32_t, bool) {});
}

void Router::Tree::node_to_all(NodeId from, const LinkCosts& costs,
                               std::vector<std::int64_t>& cost_us, std::vector<LinkId>& parent) {
    const Router::Impl& index = *impl_->index;
    parent.assign(index.head.size(), LinkId{});
    impl_->begin(index.graph->out_links(from), costs, cost_us);
    impl_->run(index.next_offset, index.next_link, costs.cost_us(), cost_us,
               [&](std::uint32_t link, std::uint32_t before, bool better) {
                   if (better || before < parent[link].value) parent[link] = LinkId(before);
               });
}

std::vector<std::int64_t> Router::Tree::per_node(const std::vector<std::int64_t>& link_cost_us,
                                                 NodeId root, bool forward) const {
    const RoadGraph& graph = *impl_->index->graph;
    JIAHE_CHECK(link_cost_us.size() == graph.link_count(), "one cost for every link is needed");
    std::vector<std::int64_t> node_cost_us(graph.node_count(), kUnreachable);
    for (std::size_t l = 0; l < link_cost_us.size(); ++l) {
        const NodeId at = forward ? graph.link_to[l] : graph.link_from[l];
        node_cost_us[at.index()] = std::min(node_cost_us[at.index()], link_cost_us[l]);
    }
    node_cost_us[root.index()] = 0;
    return node_cost_us;
}

}  // namespace jiahe
