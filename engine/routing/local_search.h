// LocalSearch: moves that make a plan cheaper, tried between stops and their neighbours only.
//
// Moves: relocate and or-opt (chains of 1 to 3, either direction), swap (1 or 2 against 1 or 2),
// 2-opt* (tails exchanged, also with an empty vehicle), 2-opt within a route. First improvement;
// every accepted move lowers the exact cost and keeps every limit, so the search ends. Moves
// between two routes are priced in constant time from the plan's segments; those within a route
// by one walk along it, after a test on the arcs that change. Working state of one solver.
// Source: granular neighbourhoods, Toth and Vigo (INFORMS J. Comput. 15, 2003).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "routing/neighbours.h"
#include "routing/route_plan.h"

namespace jiahe::routing {

class LocalSearch {
  public:
    LocalSearch(RoutePlan& plan, const NeighbourLists& neighbours);

    // Until no move from these stops, or from those a move has touched, helps.
    void improve(std::span<const std::uint32_t> stops);
    void improve_all();

  private:
    struct At {  // a stop's place
        std::uint32_t stop, route;
        std::size_t index;
    };

    bool improve_stop(std::uint32_t stop);
    bool try_pair(const At& u, const At& v);
    bool try_relocate(const At& u, const At& v);
    bool try_swap(const At& u, const At& v);
    bool try_tails(const At& u, const At& v);
    bool try_empty_vehicles(const At& u);
    bool try_inside(const At& u, const At& v);
    bool try_chain_inside(const At& u, const At& v);
    bool try_swap_inside(const At& u, const At& v);
    bool try_two_opt(const At& u, const At& v);
    bool try_sequence(std::uint32_t route, std::int64_t arcs_before, std::int64_t arcs_after);

    At place(std::uint32_t stop) const;
    Segment chain(const RoutePlan::Route& route, std::size_t first, std::size_t count,
                  bool backwards) const;
    Segment tail(std::uint32_t driver, std::uint32_t owner, std::size_t first) const;
    std::int64_t cost_or_nothing(std::uint32_t vehicle, const Segment& whole,
                                 std::size_t stops) const;
    std::int64_t arc(std::uint32_t route, std::size_t from, std::size_t to) const;
    std::uint32_t location(std::uint32_t route, std::size_t one_based) const;
    void commit(std::uint32_t a, std::uint32_t b);
    void touch(std::uint32_t route, std::size_t index);
    void enqueue(std::uint32_t stop);

    RoutePlan& plan_;
    const NeighbourLists& neighbours_;
    std::vector<std::uint32_t> queue_;
    std::size_t queue_head_ = 0;
    std::vector<std::uint8_t> queued_;          // [stop]
    std::vector<std::uint32_t> new_a_, new_b_;  // stops of the routes a move would make
};

}  // namespace jiahe::routing
