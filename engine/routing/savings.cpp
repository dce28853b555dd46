#include "routing/savings.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "routing/insertion.h"

namespace jiahe::routing {
namespace {

struct Saving {
    std::int64_t gain;
    std::uint32_t i, j;
    bool operator<(const Saving& other) const {
        if (gain != other.gain) return gain > other.gain;
        return i != other.i ? i < other.i : j < other.j;
    }
};

// A tour in the making: stops without the depot, as driven and backwards.
struct Chain {
    std::vector<std::uint32_t> stops;
    Segment forward, backward;
    std::int64_t cost = 0;
    std::uint32_t depot = 0;
};

class Builder {
  public:
    Builder(RoutePlan& plan, const NeighbourLists& neighbours)
        : plan_(plan), problem_(plan.problem()), neighbours_(neighbours) {
        choose_models();
        for (std::uint32_t s = 0; s < problem_.stop_count(); ++s)
            begin_chain(s);
    }

    void join_by_savings() {
        std::vector<Saving> savings;
        for (std::uint32_t i = 0; i < problem_.stop_count(); ++i) {
            for (const std::uint32_t j : neighbours_.of(i)) {
                if (j > i || !is_neighbour(j, i))
                    add_saving(savings, std::min(i, j), std::max(i, j));
            }
        }
        std::sort(savings.begin(), savings.end());
        for (const Saving& saving : savings)
            try_join(saving.i, saving.j);
    }

    void give_to_vehicles() {
        std::vector<std::uint32_t> order;
        for (std::uint32_t c = 0; c < chains_.size(); ++c) {
            if (!chains_[c].stops.empty()) order.push_back(c);
        }
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            const Load& u = chains_[a].forward.load;
            const Load& v = chains_[b].forward.load;
            return u != v ? u > v : a < b;
        });
        for (const std::uint32_t c : order) {
            const std::uint32_t vehicle = cheapest_vehicle(chains_[c]);
            if (vehicle == kNone) continue;
            const RoutePlan::NewRoute route{vehicle, chains_[c].stops};
            plan_.replace({&route, 1});
        }
    }

  private:
    // The largest vehicle of each depot stands for all while tours are made.
    void choose_models() {
        model_.assign(problem_.depots().size(), kNone);
        const auto size = [&](std::uint32_t v) {
            const Vehicle& vehicle = problem_.vehicles()[v];
            return std::tuple(vehicle.capacity, vehicle.shift_end - vehicle.shift_start);
        };
        for (std::uint32_t v = 0; v < problem_.vehicle_count(); ++v) {
            std::uint32_t& model = model_[problem_.vehicles()[v].depot];
            if (model == kNone || size(model) < size(v)) model = v;
        }
    }

    std::int64_t arc(std::uint32_t model, std::uint32_t from, std::uint32_t to) const {
        const Travel leg = problem_.travel()(from, to);
        const Vehicle& vehicle = problem_.vehicles()[model];
        return vehicle.cost_per_distance * leg.distance + vehicle.cost_per_time * leg.time;
    }

    void begin_chain(std::uint32_t stop) {
        Chain chain;
        chain_of_.push_back(static_cast<std::uint32_t>(chains_.size()));
        chain.stops = {stop};
        chain.forward = chain.backward = plan_.stop_segment(stop);
        chain.cost = kInfeasible;
        for (std::uint32_t d = 0; d < model_.size(); ++d) {
            if (model_[d] == kNone) continue;
            const std::int64_t cost = tour_cost(model_[d], chain.forward);
            if (cost < chain.cost) {
                chain.cost = cost;
                chain.depot = d;
            }
        }
        if (chain.cost == kInfeasible) chain.stops.clear();  // left to the inserter
        chains_.push_back(std::move(chain));
    }

    std::int64_t tour_cost(std::uint32_t vehicle, const Segment& chain) const {
        const Segment& home = plan_.route(vehicle).until.front();
        return plan_.cost_of(vehicle, plan_.joined(plan_.joined(home, chain), home));
    }

    bool is_neighbour(std::uint32_t of, std::uint32_t stop) const {
        const auto list = neighbours_.of(of);
        return std::find(list.begin(), list.end(), stop) != list.end();
    }

    void add_saving(std::vector<Saving>& savings, std::uint32_t i, std::uint32_t j) const {
        const Chain& a = chains_[i];
        const Chain& b = chains_[j];
        if (a.stops.empty() || b.stops.empty() || a.depot != b.depot) return;
        const std::uint32_t model = model_[a.depot];
        const std::uint32_t home = problem_.depot_location(model);
        const std::uint32_t p = problem_.stops()[i].location, q = problem_.stops()[j].location;
        const std::int64_t there = arc(model, p, home) + arc(model, home, q) - arc(model, p, q);
        const std::int64_t back = arc(model, q, home) + arc(model, home, p) - arc(model, q, p);
        if (std::max(there, back) > 0) savings.push_back({std::max(there, back), i, j});
    }

    // Of the up to four ways in which the two ends meet, the cheapest that saves something.
    void try_join(std::uint32_t i, std::uint32_t j) {
        const std::uint32_t p = chain_of_[i], q = chain_of_[j];
        if (p == q) return;
        const Chain& a = chains_[p];
        const Chain& b = chains_[q];
        const std::uint32_t model = model_[a.depot];
        const Load load{a.forward.load[0] + b.forward.load[0],
                        a.forward.load[1] + b.forward.load[1]};
        if (!plan_.fits(model, load)) return;
        std::int64_t best = a.cost + b.cost;
        int best_way = -1;
        for (int way = 0; way < 8; ++way) {
            const bool flip_a = (way & 1) != 0, flip_b = (way & 2) != 0, b_first = (way & 4) != 0;
            const std::uint32_t first_end =
                end_of(b_first ? b : a, b_first ? flip_b : flip_a, true);
            const std::uint32_t second_start =
                end_of(b_first ? a : b, b_first ? flip_a : flip_b, false);
            if (first_end != (b_first ? j : i) || second_start != (b_first ? i : j)) continue;
            const std::int64_t cost = tour_cost(model, forward_of(a, b, flip_a, flip_b, b_first));
            if (cost < best) {
                best = cost;
                best_way = way;
            }
        }
        if (best_way >= 0) {
            merge(p, q, (best_way & 1) != 0, (best_way & 2) != 0, (best_way & 4) != 0, best);
        }
    }

    static std::uint32_t end_of(const Chain& chain, bool flipped, bool last) {
        return last != flipped ? chain.stops.back() : chain.stops.front();
    }
    Segment forward_of(const Chain& a, const Chain& b, bool flip_a, bool flip_b,
                       bool b_first) const {
        const Segment& x = flip_a ? a.backward : a.forward;
        const Segment& y = flip_b ? b.backward : b.forward;
        return b_first ? plan_.joined(y, x) : plan_.joined(x, y);
    }

    void merge(std::uint32_t p, std::uint32_t q, bool flip_a, bool flip_b, bool b_first,
               std::int64_t cost) {
        Chain& a = chains_[p];
        Chain& b = chains_[q];
        const Segment forward = forward_of(a, b, flip_a, flip_b, b_first);
        const Segment backward = forward_of(a, b, !flip_a, !flip_b, !b_first);
        if (flip_a) std::reverse(a.stops.begin(), a.stops.end());
        if (flip_b) std::reverse(b.stops.begin(), b.stops.end());
        for (const std::uint32_t stop : b.stops)
            chain_of_[stop] = p;
        a.stops.insert(b_first ? a.stops.begin() : a.stops.end(), b.stops.begin(), b.stops.end());
        b.stops.clear();
        a.forward = forward;
        a.backward = backward;
        a.cost = cost;
    }

    std::uint32_t cheapest_vehicle(const Chain& chain) const {
        std::uint32_t best = kNone;
        std::int64_t best_cost = kInfeasible;
        for (std::uint32_t g = 0; g < problem_.vehicles_of_group().size(); ++g) {
            const std::uint32_t vehicle = plan_.empty_vehicle(g);
            if (vehicle == kNone) continue;
            const std::int64_t cost = tour_cost(vehicle, chain.forward);
            if (cost < best_cost) {
                best_cost = cost;
                best = vehicle;
            }
        }
        return best;
    }

    RoutePlan& plan_;
    const Problem& problem_;
    const NeighbourLists& neighbours_;
    std::vector<std::uint32_t> model_;     // [depot], kNone: no vehicle
    std::vector<Chain> chains_;            // [stop it began with]
    std::vector<std::uint32_t> chain_of_;  // [stop]
};

}  // namespace

void build_by_savings(RoutePlan& plan, const NeighbourLists& neighbours) {
    Builder builder(plan, neighbours);
    builder.join_by_savings();
    builder.give_to_vehicles();
    std::vector<std::uint32_t> left(plan.unassigned().begin(), plan.unassigned().end());
    std::sort(left.begin(), left.end());
    insert_greedily(plan, neighbours, left);
}

}  // namespace jiahe::routing
