#include "roads/origin_bush.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace jiahe {

namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr std::uint32_t kNowhere = 0xffffffffu;
constexpr double kNegligibleShare = 1e-15;  // of an origin's trips

using HeapEntry = std::pair<double, std::uint32_t>;

void push(std::vector<HeapEntry>& heap, double cost, std::uint32_t node) {
    heap.emplace_back(cost, node);
    std::push_heap(heap.begin(), heap.end(), std::greater<>());
}

HeapEntry pop(std::vector<HeapEntry>& heap) {
    std::pop_heap(heap.begin(), heap.end(), std::greater<>());
    const HeapEntry least = heap.back();
    heap.pop_back();
    return least;
}

}  // namespace

BushScratch::BushScratch(const AssignmentNetwork& network)
    : shortest(network.node_count()),
      longest(network.node_count()),
      shortest_in(network.node_count()),
      longest_in(network.node_count()),
      node_shortest(network.node_count()),
      node_longest(network.node_count()),
      position(network.node_count()),
      waiting(network.node_count(), 0),
      parent(network.node_count()),
      link_flow(network.link_count(), kAbsent) {}

OriginBush::OriginBush(const AssignmentNetwork& network, const AssignmentNetwork::Origin& origin)
    : network_(&network), origin_(origin) {
    for (std::uint32_t d = origin_.first; d < origin_.last; ++d)
        negligible_ += kNegligibleShare * network.trips[d];
}

void OriginBush::set_positions(BushScratch& s) const {
    for (std::size_t p = 0; p < node_at_.size(); ++p)
        s.position[node_at_[p]] = static_cast<std::uint32_t>(p);
}

// The trips that end at each position.
void OriginBush::set_trips(std::vector<double>& through, const BushScratch& s) const {
    std::fill_n(through.begin(), node_at_.size(), 0.0);
    for (std::uint32_t d = origin_.first; d < origin_.last; ++d)
        through[s.position[network_->destination[d]]] += network_->trips[d];
}

void OriginBush::relax_links_of(std::uint32_t node, double cost, const LinkLoads& loads,
                                BushScratch& s) const {
    const AssignmentNetwork& net = *network_;
    if (!net.may_leave(node, origin_.node)) return;
    for (std::uint32_t i = net.out_first[node]; i < net.out_first[node + 1]; ++i) {
        const std::uint32_t link = net.out_link[i];
        const std::uint32_t to = net.link_to[link];
        const double reached = cost + loads.cost(link);
        if (reached >= s.node_shortest[to]) continue;
        s.node_shortest[to] = reached;
        s.parent[to] = link;
        push(s.heap, reached, to);
    }
}

// Dijkstra; nodes take positions as they are settled.
void OriginBush::settle_nodes(const LinkLoads& loads, BushScratch& s) {
    std::fill(s.node_shortest.begin(), s.node_shortest.end(), kInfinite);
    std::fill(s.position.begin(), s.position.end(), kNowhere);
    s.heap.clear();
    s.node_shortest[origin_.node] = 0;
    push(s.heap, 0, origin_.node);
    while (!s.heap.empty()) {
        const auto [cost, node] = pop(s.heap);
        if (s.position[node] != kNowhere) continue;
        s.position[node] = static_cast<std::uint32_t>(node_at_.size());
        node_at_.push_back(node);
        relax_links_of(node, cost, loads, s);
    }
}

void OriginBush::grow_tree(const LinkLoads& loads, BushScratch& s) {
    node_at_.clear();
    settle_nodes(loads, s);
    std::vector<double>& through = s.longest;
    set_trips(through, s);
    first_in_.assign(node_at_.size() + 1, 0);
    in_.resize(last_position());
    for (std::size_t p = last_position(); p >= 1; --p) {
        const std::uint32_t link = s.parent[node_at_[p]];
        const std::uint32_t tail = s.position[network_->link_from[link]];
        in_[p - 1] = {link, tail, through[p]};
        through[tail] += through[p];
        first_in_[p + 1] = static_cast<std::uint32_t>(p);
    }
}

void OriginBush::add_to(LinkLoads& loads) const {
    for (const InLink& in : in_) {
        if (in.flow > 0) loads.shift(in.link, in.flow);
    }
}

void OriginBush::add_flows(std::vector<double>& link_flow) const {
    for (const InLink& in : in_)
        link_flow[in.link] += in.flow;
}

// Last node first: what comes in is what goes on and what ends here. So rounding does not pile up,
// and no trace of flow is left on links to nodes from which nothing goes on.
void OriginBush::restore_balance(BushScratch& s) {
    std::vector<double>& through = s.longest;
    set_positions(s);
    set_trips(through, s);
    for (std::size_t p = last_position(); p >= 1; --p)
        share_out(p, through);
}

void OriginBush::share_out(std::size_t p, std::vector<double>& through) {
    const std::uint32_t first = first_in_[p];
    const std::uint32_t last = first_in_[p + 1];
    double sum = 0;
    std::uint32_t most = first;
    for (std::uint32_t k = first; k < last; ++k) {
        sum += in_[k].flow;
        if (in_[k].flow > in_[most].flow) most = k;
    }
    const double scale = sum > 0 ? through[p] / sum : 0;
    double left = through[p];
    for (std::uint32_t k = first; k < last; ++k) {
        const double flow = in_[k].flow * scale;
        in_[k].flow = k != most && flow > negligible_ ? flow : 0;
        left -= in_[k].flow;
    }
    in_[most].flow = std::max(0.0, left);
    for (std::uint32_t k = first; k < last; ++k)
        through[in_[k].tail] += in_[k].flow;
}

double OriginBush::excess(const LinkLoads& loads, BushScratch& s) const {
    double saved = 0;
    s.shortest[0] = s.longest[0] = 0;
    for (std::size_t p = 1; p < node_at_.size(); ++p) {
        const std::uint32_t first = first_in_[p];
        if (first_in_[p + 1] - first > 1) {
            saved += label_merge(p, loads, s);
            continue;
        }
        const InLink& in = in_[first];
        s.shortest[p] = s.shortest[in.tail] + loads.cost(in.link);
        s.longest[p] = s.longest[in.tail] + loads.cost(in.link);
        s.shortest_in[p] = s.longest_in[p] = first;
    }
    return saved;
}

// Labels of a node with several in-links; `longest` over those with flow, where there are any.
double OriginBush::label_merge(std::size_t p, const LinkLoads& loads, BushScratch& s) const {
    double least = kInfinite;
    double most = -1;
    for (std::uint32_t k = first_in_[p]; k < first_in_[p + 1]; ++k) {
        const InLink& in = in_[k];
        const double cost = loads.cost(in.link);
        if (s.shortest[in.tail] + cost < least) {
            least = s.shortest[in.tail] + cost;
            s.shortest_in[p] = k;
        }
        if (in.flow > 0 && s.longest[in.tail] + cost > most) {
            most = s.longest[in.tail] + cost;
            s.longest_in[p] = k;
        }
    }
    if (most < 0) {
        most = least;
        s.longest_in[p] = s.shortest_in[p];
    }
    s.shortest[p] = least;
    s.longest[p] = most;
    double saved = 0;
    for (std::uint32_t k = first_in_[p]; k < first_in_[p + 1]; ++k)
        saved += in_[k].flow * (s.shortest[in_[k].tail] + loads.cost(in_[k].link) - least);
    return saved;
}

// Both ways back to where they part. The later of two positions cannot lie before the other.
void OriginBush::trace_ways(std::size_t p, BushScratch& s) const {
    s.long_way.assign(1, s.longest_in[p]);
    s.short_way.assign(1, s.shortest_in[p]);
    std::uint32_t a = in_[s.longest_in[p]].tail;
    std::uint32_t b = in_[s.shortest_in[p]].tail;
    while (a != b) {
        if (a > b) {
            s.long_way.push_back(s.longest_in[a]);
            a = in_[s.longest_in[a]].tail;
        } else {
            s.short_way.push_back(s.shortest_in[b]);
            b = in_[s.shortest_in[b]].tail;
        }
    }
}

// Newton's step on the difference of the two costs, at most all flow of the longer way.
void OriginBush::shift_at(std::size_t p, LinkLoads& loads, BushScratch& s) {
    trace_ways(p, s);
    double difference = 0;
    double slope = 0;
    double movable = kInfinite;
    for (const std::uint32_t k : s.long_way) {
        movable = std::min(movable, in_[k].flow);
        difference += loads.cost(in_[k].link);
        slope += loads.slope(in_[k].link);
    }
    for (const std::uint32_t k : s.short_way) {
        difference -= loads.cost(in_[k].link);
        slope += loads.slope(in_[k].link);
    }
    if (movable <= 0 || difference <= 0) return;
    const double by = difference < movable * slope ? difference / slope : movable;
    for (const std::uint32_t k : s.long_way) {
        const double left = in_[k].flow - by;
        in_[k].flow = left > negligible_ ? left : 0;
        loads.shift(in_[k].link, -by);
    }
    for (const std::uint32_t k : s.short_way) {
        in_[k].flow += by;
        loads.shift(in_[k].link, by);
    }
}

void OriginBush::shift_flows(LinkLoads& loads, BushScratch& s) {
    for (std::size_t p = last_position(); p >= 1; --p) {
        if (s.longest_in[p] != s.shortest_in[p]) shift_at(p, loads, s);
    }
}

double OriginBush::improve(const LinkLoads& loads, BushScratch& s) {
    excess(loads, s);
    drop_unused(loads, s);
    relax_network(loads, s);
    double cost = 0;
    for (std::uint32_t d = origin_.first; d < origin_.last; ++d)
        cost += network_->trips[d] * s.node_shortest[network_->destination[d]];
    for (const InLink& in : in_)
        s.link_flow[in.link] = in.flow;
    if (add_links(loads, s, true) || add_links(loads, s, false)) {
        sort_nodes(s);
        rebuild(s);
    }
    for (const InLink& in : in_)
        s.link_flow[in.link] = BushScratch::kAbsent;
    return cost;
}

// Keeps what has flow and the shortest in-link of each node, so that every node stays reachable;
// `longest` is then that over all links which are left.
void OriginBush::drop_unused(const LinkLoads& loads, BushScratch& s) {
    std::uint32_t kept = 0;
    std::uint32_t first = 0;
    for (std::size_t p = 1; p < node_at_.size(); ++p) {
        const std::uint32_t last = first_in_[p + 1];
        first_in_[p] = kept;
        double most = 0;
        for (std::uint32_t k = first; k < last; ++k) {
            if (in_[k].flow <= 0 && k != s.shortest_in[p]) continue;
            most = std::max(most, s.longest[in_[k].tail] + loads.cost(in_[k].link));
            in_[kept++] = in_[k];
        }
        s.longest[p] = most;
        first = last;
    }
    first_in_.back() = kept;
    in_.resize(kept);
}

// Shortest ways of the whole network, beginning with those of the bush.
void OriginBush::relax_network(const LinkLoads& loads, BushScratch& s) const {
    const AssignmentNetwork& net = *network_;
    std::fill(s.node_shortest.begin(), s.node_shortest.end(), kInfinite);
    std::fill(s.node_longest.begin(), s.node_longest.end(), kInfinite);
    set_positions(s);
    for (std::size_t p = 0; p < node_at_.size(); ++p) {
        s.node_shortest[node_at_[p]] = s.shortest[p];
        s.node_longest[node_at_[p]] = s.longest[p];
    }
    s.heap.clear();
    for (std::uint32_t l = 0; l < net.link_count(); ++l) {
        const double reached = s.node_shortest[net.link_from[l]] + loads.cost(l);
        if (reached >= s.node_shortest[net.link_to[l]]) continue;
        if (!net.may_leave(net.link_from[l], origin_.node)) continue;
        s.node_shortest[net.link_to[l]] = reached;
        push(s.heap, reached, net.link_to[l]);
    }
    while (!s.heap.empty()) {
        const auto [cost, node] = pop(s.heap);
        if (cost <= s.node_shortest[node]) relax_links_of(node, cost, loads, s);
    }
}

bool OriginBush::add_links(const LinkLoads& loads, BushScratch& s, bool only_shorter) const {
    const AssignmentNetwork& net = *network_;
    bool added = false;
    for (std::uint32_t l = 0; l < net.link_count(); ++l) {
        const std::uint32_t from = net.link_from[l];
        const std::uint32_t to = net.link_to[l];
        const double cost = loads.cost(l);
        if (s.node_longest[from] + cost >= s.node_longest[to]) continue;
        if (s.link_flow[l] != BushScratch::kAbsent || !net.may_leave(from, origin_.node)) continue;
        if (only_shorter && s.node_shortest[from] + cost >= s.shortest[s.position[to]]) continue;
        s.link_flow[l] = 0;
        added = true;
    }
    return added;
}

// Topological order of the links marked in link_flow (Kahn 1962).
void OriginBush::sort_nodes(BushScratch& s) {
    const AssignmentNetwork& net = *network_;
    for (const std::uint32_t node : node_at_) {
        std::uint32_t count = 0;
        for (std::uint32_t i = net.in_first[node]; i < net.in_first[node + 1]; ++i)
            count += s.link_flow[net.in_link[i]] != BushScratch::kAbsent ? 1 : 0;
        s.waiting[node] = count;
    }
    node_at_.assign(1, origin_.node);
    for (std::size_t p = 0; p < node_at_.size(); ++p) {
        const std::uint32_t node = node_at_[p];
        for (std::uint32_t i = net.out_first[node]; i < net.out_first[node + 1]; ++i) {
            const std::uint32_t link = net.out_link[i];
            if (s.link_flow[link] == BushScratch::kAbsent) continue;
            if (--s.waiting[net.link_to[link]] == 0) node_at_.push_back(net.link_to[link]);
        }
    }
    set_positions(s);
}

void OriginBush::rebuild(BushScratch& s) {
    const AssignmentNetwork& net = *network_;
    in_.clear();
    for (std::size_t p = 1; p < node_at_.size(); ++p) {
        first_in_[p] = static_cast<std::uint32_t>(in_.size());
        const std::uint32_t node = node_at_[p];
        for (std::uint32_t i = net.in_first[node]; i < net.in_first[node + 1]; ++i) {
            const std::uint32_t link = net.in_link[i];
            if (s.link_flow[link] == BushScratch::kAbsent) continue;
            in_.push_back({link, s.position[net.link_from[link]], s.link_flow[link]});
        }
    }
    first_in_.back() = static_cast<std::uint32_t>(in_.size());
}

}  // namespace jiahe
