#include "roads/shortest_path.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/check.h"
#include "base/sim_time.h"
#include "roads/router_index.h"

namespace jiahe {

namespace {

constexpr std::uint32_t kNoLink = LinkId::kInvalid;
constexpr int kScaleBits = 16;
constexpr std::int64_t kPruned = -1;

std::int64_t at_least_one(std::int64_t cost_us) {
    return std::max<std::int64_t>(cost_us, 1);
}

void check_costs(std::span<const std::int64_t> cost_us, std::size_t link_count) {
    JIAHE_CHECK(cost_us.size() == link_count, "one cost for every link is needed");
    for (const std::int64_t cost : cost_us)
        JIAHE_CHECK(cost >= 0, "a link cost is negative");
}

}  // namespace

Router::Router(const RoadGraph& graph, RouterOptions options)
    : impl_(std::make_unique<Impl>(graph, options.landmark_count)) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;

LinkCosts Router::costs(std::span<const std::int64_t> cost_us) const {
    check_costs(cost_us, impl_->head.size());
    return {cost_us, impl_->free_table, Impl::safe_scale(cost_us, impl_->free_ms)};
}

LinkCosts Router::tight_costs(std::span<const std::int64_t> cost_us) const {
    check_costs(cost_us, impl_->head.size());
    std::vector<std::uint32_t> link_ms;
    link_ms.reserve(cost_us.size());
    for (const std::int64_t cost : cost_us) {
        link_ms.push_back(
            static_cast<std::uint32_t>(std::min<std::int64_t>(cost / 1000, Impl::kFarthest_ms)));
    }
    return {cost_us, impl_->make_table(link_ms), Impl::safe_scale(cost_us, link_ms)};
}

std::vector<std::int64_t> Router::free_flow_us() const {
    std::vector<std::int64_t> cost_us;
    for (std::size_t l = 0; l < impl_->graph->link_count(); ++l) {
        cost_us.push_back(ceil_seconds(impl_->graph->free_time_s(LinkId(l))).us);
    }
    return cost_us;
}

// One A* search. States are links; a state's cost is that up to the end of its link. An entry of
// the heap is stale when its key is no longer cost + bound of its link.
struct Router::Query::Impl {
    struct State {
        std::int64_t cost_us;
        std::int64_t bound_us;  // from the link's end to the target; kPruned = cannot reach it
        std::uint32_t parent;
        std::uint32_t stamp;
    };
    // A column of the landmark table that gives a good bound for this query.
    struct Column {
        std::size_t index;
        std::uint32_t target_ms;
        bool from_landmark;
    };
    static constexpr std::size_t kMaxColumns = 4;

    explicit Impl(const Router::Impl& router) : index(&router), states(router.head.size()) {}

    void begin(NodeId from, NodeId to, const LinkCosts& costs) {
        target = to.value;
        cost = costs.cost_us();
        scale = bound_scale(costs);
        landmark_ms = table(costs);
        heap.clear();
        settled = 0;
        best = kNoLink;
        best_us = std::numeric_limits<std::int64_t>::max();
        if (++stamp == 0) {  // after 2^32 queries
            for (State& state : states)
                state.stamp = 0;
            stamp = 1;
        }
        choose_columns(from.value);
    }

    // Difference in ms that this column proves between node and target; 0 where it proves nothing.
    std::uint32_t column_bound_ms(const Column& column, std::uint32_t node_ms) const {
        if (node_ms == Router::Impl::kUnreachable_ms) {
            // No way from the node to a landmark that the target reaches: no way to the target.
            return column.from_landmark ? 0 : Router::Impl::kUnreachable_ms;
        }
        const std::uint32_t high = column.from_landmark ? column.target_ms : node_ms;
        const std::uint32_t low = column.from_landmark ? node_ms : column.target_ms;
        return high > low ? high - low : 0;
    }

    void choose_columns(std::uint32_t source) {
        columns.clear();
        const std::uint32_t* at_source = &landmark_ms[source * index->column_count];
        const std::uint32_t* at_target = &landmark_ms[target * index->column_count];
        std::array<std::uint32_t, kMaxColumns> bounds{};
        for (std::size_t c = 0; c < index->column_count; ++c) {
            if (at_target[c] == Router::Impl::kUnreachable_ms) continue;
            const Column column{c, at_target[c], c % 2 == 0};
            const std::uint32_t bound = column_bound_ms(column, at_source[c]);
            std::size_t place = columns.size();
            while (place > 0 && bounds[place - 1] < bound)
                --place;
            if (place == kMaxColumns) continue;
            if (columns.size() == kMaxColumns) columns.pop_back();
            columns.insert(columns.begin() + static_cast<std::ptrdiff_t>(place), column);
            std::copy_backward(bounds.begin() + static_cast<std::ptrdiff_t>(place),
                               bounds.end() - 1, bounds.end());
            bounds[place] = bound;
        }
    }

    std::int64_t bound_us(std::uint32_t node) const {
        const std::uint32_t* row = &landmark_ms[node * index->column_count];
        std::uint32_t bound_ms = 0;
        for (const Column& column : columns) {
            bound_ms = std::max(bound_ms, column_bound_ms(column, row[column.index]));
        }
        if (bound_ms == Router::Impl::kUnreachable_ms) return kPruned;
        return static_cast<std::int64_t>((bound_ms * scale) >> kScaleBits);
    }

    void reach(std::uint32_t link, std::uint32_t parent, std::int64_t before_us) {
        if (cost[link] >= kClosedLink_us) return;
        const std::int64_t reached_us = before_us + at_least_one(cost[link]);
        State& state = states[link];
        if (state.stamp != stamp) {
            state.stamp = stamp;
            state.bound_us = bound_us(index->head[link]);
        } else if (reached_us >= state.cost_us) {
            if (reached_us == state.cost_us && parent < state.parent) state.parent = parent;
            return;
        }
        state.cost_us = reached_us;
        state.parent = parent;
        if (state.bound_us == kPruned || reached_us + state.bound_us > best_us) return;
        heap.push({reached_us + state.bound_us, link});
        if (index->head[link] == target) note_target(link, reached_us);
    }

    void note_target(std::uint32_t link, std::int64_t reached_us) {
        if (reached_us > best_us || (reached_us == best_us && link > best)) return;
        best = link;
        best_us = reached_us;
    }

    void run(Path& path) {
        // Keys equal to the best are still settled: they may hold a tie with a smaller link id.
        while (!heap.empty() && heap.top().key <= best_us) {
            const auto [key, link] = heap.pop();
            const State& state = states[link];
            if (key != state.cost_us + state.bound_us) continue;
            ++settled;
            if (index->head[link] == target) continue;
            reach_next(link, state.cost_us);
        }
        finish(path);
    }

    void reach_next(std::uint32_t link, std::int64_t cost_us) {
        for (std::uint32_t m = index->next_offset[link]; m < index->next_offset[link + 1]; ++m) {
            reach(index->next_link[m], link, cost_us);
        }
    }

    void finish(Path& path) const {
        path.links.clear();
        path.found = best != kNoLink;
        path.cost_us = path.found ? best_us : 0;
        for (std::uint32_t link = best; link != kNoLink; link = states[link].parent) {
            path.links.push_back(LinkId(link));
        }
        std::reverse(path.links.begin(), path.links.end());
    }

    const Router::Impl* index;
    std::vector<State> states;
    LinkHeap heap;
    std::vector<Column> columns;
    std::span<const std::int64_t> cost;
    const std::uint32_t* landmark_ms = nullptr;
    std::uint64_t scale = 0;
    std::uint32_t target = 0, best = kNoLink, stamp = 0;
    std::int64_t best_us = 0;
    std::size_t settled = 0;
};

Router::Query::Query(const Router& router) : impl_(std::make_unique<Impl>(*router.impl_)) {}
Router::Query::~Query() = default;
Router::Query::Query(Query&&) noexcept = default;

std::size_t Router::Query::settled_count() const {
    return impl_->settled;
}

void Router::Query::node_to_node(NodeId from, NodeId to, const LinkCosts& costs, Path& path) {
    impl_->begin(from, to, costs);
    if (from == to) {
        impl_->finish(path);
        path.found = true;
        return;
    }
    for (const LinkId link : impl_->index->graph->out_links(from)) {
        impl_->reach(link.value, kNoLink, 0);
    }
    impl_->run(path);
}

void Router::Query::after_link(LinkId in_link, NodeId to, const LinkCosts& costs, Path& path) {
    const NodeId at = impl_->index->graph->link_to[in_link.index()];
    impl_->begin(at, to, costs);
    if (at == to) {
        impl_->finish(path);
        path.found = true;
        return;
    }
    // The first links have no parent inside the path, so that it begins after in_link.
    for (std::uint32_t m = impl_->index->next_offset[in_link.index()];
         m < impl_->index->next_offset[in_link.index() + 1]; ++m) {
        impl_->reach(impl_->index->next_link[m], kNoLink, 0);
    }
    impl_->run(path);
}

Path Router::Query::node_to_node(NodeId from, NodeId to, const LinkCosts& costs) {
    Path path;
    node_to_node(from, to, costs, path);
    return path;
}

Path Router::Query::after_link(LinkId in_link, NodeId to, const LinkCosts& costs) {
    Path path;
    after_link(in_link, to, costs, path);
    return path;
}

}  // namespace jiahe
