#include "roads/router_index.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace jiahe {

Router::Impl::Impl(const RoadGraph& road_graph, int landmark_count) : graph(&road_graph) {
    build_adjacency();
    const auto count = static_cast<std::size_t>(std::max(0, landmark_count));
    if (count > 0) choose_landmarks(count);
    column_count = 2 * count;
    free_table = make_table(free_ms);
}

void Router::Impl::build_adjacency() {
    const std::size_t links = graph->link_count();
    next_offset.assign(links + 1, 0);
    previous_offset.assign(links + 1, 0);
    for (std::size_t l = 0; l < links; ++l) {
        next_offset[l + 1] = graph->movements_of(LinkId(l)).second.value;
        head.push_back(graph->link_to[l].value);
        free_ms.push_back(static_cast<std::uint32_t>(
            std::min(1e3 * graph->free_time_s(LinkId(l)), double{kFarthest_ms})));
    }
    for (const LinkId out : graph->movement_out_link) {
        next_link.push_back(out.value);
        ++previous_offset[out.index() + 1];
    }
    for (std::size_t l = 0; l < links; ++l)
        previous_offset[l + 1] += previous_offset[l];
    previous_link.resize(next_link.size());
    std::vector<std::uint32_t> fill(previous_offset);
    for (std::size_t m = 0; m < next_link.size(); ++m) {
        previous_link[fill[next_link[m]]++] = graph->movement_in_link[m].value;
    }
}

// Dijkstra over nodes, turn bans left out: a lower bound for every search with bans.
std::vector<std::uint32_t> Router::Impl::node_distances_ms(
    const std::vector<std::uint32_t>& link_ms, std::uint32_t root, bool forward) const {
    std::vector<std::uint32_t> distance(graph->node_count(), kUnreachable_ms);
    LinkHeap heap;  // of nodes
    distance[root] = 0;
    heap.push({0, root});
    while (!heap.empty()) {
        const auto [key, node] = heap.pop();
        if (key != distance[node]) continue;
        const auto links = forward ? graph->out_links(NodeId(node)) : graph->in_links(NodeId(node));
        for (const LinkId link : links) {
            const std::uint32_t other =
                forward ? head[link.index()] : graph->link_from[link.index()].value;
            const auto reached = static_cast<std::uint32_t>(
                std::min<std::int64_t>(key + link_ms[link.index()], kFarthest_ms));
            if (reached >= distance[other]) continue;
            distance[other] = reached;
            heap.push({reached, other});
        }
    }
    return distance;
}

std::shared_ptr<const std::vector<std::uint32_t>> Router::Impl::make_table(
    const std::vector<std::uint32_t>& link_ms) const {
    auto table = std::make_shared<std::vector<std::uint32_t>>(graph->node_count() * column_count);
    for (std::size_t i = 0; i < landmark_node.size(); ++i) {
        const auto from = node_distances_ms(link_ms, landmark_node[i], true);
        const auto to = node_distances_ms(link_ms, landmark_node[i], false);
        for (std::size_t n = 0; n < from.size(); ++n) {
            (*table)[n * column_count + 2 * i] = from[n];
            (*table)[n * column_count + 2 * i + 1] = to[n];
        }
    }
    return table;
}

std::uint64_t Router::Impl::safe_scale(std::span<const std::int64_t> cost_us,
                                       const std::vector<std::uint32_t>& link_ms) {
    constexpr int kScaleBits = 16;
    std::uint64_t scale = std::uint64_t{1} << 33;
    for (std::size_t l = 0; l < link_ms.size(); ++l) {
        if (link_ms[l] == 0 || cost_us[l] >= kClosedLink_us) continue;
        const auto cost = static_cast<std::uint64_t>(std::max<std::int64_t>(cost_us[l], 1));
        scale = std::min(scale, (cost << kScaleBits) / link_ms[l]);
    }
    return scale;
}

// Farthest-first: each landmark is the node whose nearest landmark is farthest away.
void Router::Impl::choose_landmarks(std::size_t count) {
    const std::size_t nodes = graph->node_count();
    constexpr std::size_t kStarts = 4;  // the start should not sit in a small separate part
    std::vector<std::uint32_t> nearest;
    std::size_t most_reached = 0;
    for (std::size_t i = 0; i < kStarts; ++i) {
        const auto start = static_cast<std::uint32_t>(i * nodes / kStarts);
        auto distance = node_distances_ms(free_ms, start, true);
        const auto reached = nodes - static_cast<std::size_t>(std::count(
                                         distance.begin(), distance.end(), kUnreachable_ms));
        if (reached <= most_reached) continue;
        most_reached = reached;
        nearest = std::move(distance);
    }
    while (landmark_node.size() < count) {
        std::uint32_t farthest = 0;
        std::uint32_t farthest_ms = 0;
        for (std::uint32_t n = 0; n < nodes; ++n) {
            if (nearest[n] == kUnreachable_ms || nearest[n] <= farthest_ms) continue;
            farthest = n;
            farthest_ms = nearest[n];
        }
        const auto from = node_distances_ms(free_ms, farthest, true);
        for (std::size_t n = 0; n < nodes; ++n) {
            nearest[n] = landmark_node.empty() ? from[n] : std::min(nearest[n], from[n]);
        }
        landmark_node.push_back(farthest);
    }
}

}  // namespace jiahe
