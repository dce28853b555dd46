// OriginBush: the acyclic part of the network that the trips of one origin use, and their flows.
//
// Solver lifecycle, one owner; BushScratch is the reusable memory of one thread. Nodes lie in
// topological positions, the origin at 0; the in-links of position p are in_[first_in_[p]] to
// in_[first_in_[p + 1] - 1]. Units: those of the costs given.
// Method: Algorithm B (Dial 2006, Transportation Research B 40). Where the longest used and the
// shortest way to a node part, flow moves from the one to the other by a Newton step; a link from i
// to j is added where longest(i) + cost < longest(j), which closes no cycle, first those that also
// shorten the way to j (Nie 2010, TR B 44); unused ones are dropped.
// Invariants: 1. flow at every node but the origin: in = out + trips that end there, to rounding;
// 2. no cycle; 3. every node that the origin can reach is in. Errors: none.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "roads/assignment_network.h"
#include "roads/link_loads.h"

namespace jiahe {

struct BushScratch {
    explicit BushScratch(const AssignmentNetwork& network);

    static constexpr double kAbsent = -1;
    // By position in the bush: costs of the ways, and the in-links by which they come.
    std::vector<double> shortest, longest;
    std::vector<std::uint32_t> shortest_in, longest_in;
    // By node.
    std::vector<double> node_shortest, node_longest;
    std::vector<std::uint32_t> position, waiting, parent;
    // By link: the flow of links in the bush, kAbsent elsewhere and between calls.
    std::vector<double> link_flow;
    // Two ways that part and meet again, as in-links from their end.
    std::vector<std::uint32_t> long_way, short_way;
    std::vector<std::pair<double, std::uint32_t>> heap;  // cost, node
};

class OriginBush {
  public:
    OriginBush(const AssignmentNetwork& network, const AssignmentNetwork::Origin& origin);

    // Begins: the tree of shortest ways at these costs, with the origin's trips on it.
    void grow_tree(const LinkLoads& loads, BushScratch& scratch);
    void add_to(LinkLoads& loads) const;

    // Flows anew from the trips and each node's shares of its in-links. Changes no loads.
    void restore_balance(BushScratch& scratch);
    // Drops unused links and adds those that help; returns the cost of the trips over the shortest
    // ways of the whole network. Changes no loads and no flows.
    double improve(const LinkLoads& loads, BushScratch& scratch);

    // What the trips would save on the shortest ways within the bush; sets the labels.
    double excess(const LinkLoads& loads, BushScratch& scratch) const;
    // One pass of shifts from the last node to the first. REQUIRES: excess() just before.
    void shift_flows(LinkLoads& loads, BushScratch& scratch);

    // Adds the bush's flows to a vector by link.
    void add_flows(std::vector<double>& link_flow) const;

  private:
    struct InLink {
        std::uint32_t link;
        std::uint32_t tail;  // position
        double flow;
    };

    std::size_t last_position() const { return node_at_.size() - 1; }
    void set_positions(BushScratch& scratch) const;
    void set_trips(std::vector<double>& through, const BushScratch& scratch) const;
    void settle_nodes(const LinkLoads& loads, BushScratch& scratch);
    void share_out(std::size_t position, std::vector<double>& through);
    double label_merge(std::size_t position, const LinkLoads& loads, BushScratch& scratch) const;
    void relax_network(const LinkLoads& loads, BushScratch& scratch) const;
    void relax_links_of(std::uint32_t node, double cost, const LinkLoads& loads,
                        BushScratch& scratch) const;
    void drop_unused(const LinkLoads& loads, BushScratch& scratch);
    bool add_links(const LinkLoads& loads, BushScratch& scratch, bool only_shorter) const;
    void sort_nodes(BushScratch& scratch);
    void rebuild(BushScratch& scratch);
    void trace_ways(std::size_t position, BushScratch& scratch) const;
    void shift_at(std::size_t position, LinkLoads& loads, BushScratch& scratch);

    const AssignmentNetwork* network_;
    AssignmentNetwork::Origin origin_;
    double negligible_ = 0;  // flows up to this are rounding
    std::vector<std::uint32_t> node_at_, first_in_;
    std::vector<InLink> in_;
};

}  // namespace jiahe
