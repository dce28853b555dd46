#include "routing/ruin_recreate.h"

#include <algorithm>

#include "base/portable_math.h"
#include "routing/insertion.h"

namespace jiahe::routing {
namespace {

constexpr double kMeanRemoved = 10;  // A, as in the paper
constexpr std::size_t kStringMost = 10;
constexpr std::size_t kBankMost = 10;  // unassigned stops tried in an iteration
constexpr double kBlinkRate = 0.01;
// A tour may pay only once it has several optional stops: try them at a loss first. A
constexpr double kGenerousRate = 0.3;
constexpr std::uint64_t kGenerosityMost = 8;
constexpr Purpose kDrawIteration = 4096;

}  // namespace

RuinRecreate::RuinRecreate(RoutePlan& plan, const NeighbourLists& neighbours, LocalSearch& search)
    : plan_(plan),
      problem_(plan.problem()),
      neighbours_(neighbours),
      search_(search),
      ruined_(problem_.vehicle_count(), 0),
      best_(problem_.vehicle_count()),
      differs_(problem_.vehicle_count(), 0),
      best_total_(plan.total()) {
    const std::uint32_t home = problem_.depots()[problem_.vehicles().front().depot].location;
    for (const Stop& stop : problem_.stops()) {
        depot_distance_.push_back(problem_.travel()(home, stop.location).distance);
        has_optional_stops_ = has_optional_stops_ || stop.prize < kMandatory;
    }
    for (std::uint32_t v = 0; v < best_.size(); ++v)
        best_[v] = plan.route(v).stops;
}

void RuinRecreate::run(const AnnealingOptions& options) {
    const double first = std::max(options.first_temperature, 1e-9);
    plan_.mark();
    const double last = std::max(options.last_temperature, 1e-9);
    for (std::int64_t i = 0; i < options.iterations; ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(options.iterations);
        const double temperature = first * portable_pow(last / first, share);
        next_ = 0;
        iterate(Draw(options.seed, kDrawIteration, 0, static_cast<std::uint64_t>(i)), temperature);
    }
    restore_best();
}

void RuinRecreate::iterate(const Draw& draw, double temperature) {
    const std::int64_t total_before = plan_.total();
    removed_.clear();
    ruin(draw);
    const auto bank = plan_.unassigned();
    const std::size_t waiting = bank.size() - removed_.size();  // the ruined stand behind them
    const std::size_t offset = waiting > 0 ? draw.below(waiting, next_++) : 0;
    for (std::size_t i = 0; i < std::min(waiting, kBankMost); ++i)
        removed_.push_back(bank[(offset + i) % waiting]);
    order_removed(draw);
    Blinking blinking{&draw, kBlinkRate, 1000};
    const std::int64_t generosity =
        has_optional_stops_ && draw.bernoulli(kGenerousRate, next_++)
            ? 1 + static_cast<std::int64_t>(draw.below(kGenerosityMost, next_++))
            : 1;
    insert_greedily(plan_, neighbours_, removed_, blinking, generosity);
    search_.improve(removed_);
    if (has_optional_stops_) drop_unworthy(plan_);
    const double allowed = -temperature * portable_log(draw.uniform(next_++));
    if (static_cast<double>(plan_.total() - total_before) < allowed) {
        accept();
    } else {
        plan_.roll_back();
    }
}

void RuinRecreate::accept() {
    for (const std::uint32_t route : plan_.changed()) {
        if (differs_[route] == 0) differing_.push_back(route);
        differs_[route] = 1;
    }
    plan_.mark();
    if (plan_.total() >= best_total_) return;
    best_total_ = plan_.total();
    for (const std::uint32_t route : differing_) {
        best_[route] = plan_.route(route).stops;
        differs_[route] = 0;
    }
    differing_.clear();
}

void RuinRecreate::restore_best() {
    std::vector<RoutePlan::NewRoute> routes;
    for (const std::uint32_t route : differing_)
        routes.push_back({route, best_[route]});
    plan_.replace(routes);
    plan_.mark();
}

void RuinRecreate::ruin(const Draw& draw) {
    const auto seed = static_cast<std::uint32_t>(draw.below(problem_.stop_count(), next_++));
    const std::size_t routes = plan_.used_vehicle_count();
    if (routes == 0) return;
    const double mean_size =
        static_cast<double>(problem_.stop_count()) / static_cast<double>(routes);
    const double longest = std::min<double>(kStringMost, mean_size);
    const double strings_most = 4 * kMeanRemoved / (1 + longest) - 1;
    const auto strings = static_cast<std::size_t>(1 + strings_most * draw.uniform(next_++));
    const auto take = [&](std::uint32_t stop) {
        const std::uint32_t route = plan_.route_of(stop);
        if (route == kNone || ruined_[route] != 0) return;
        remove_string(stop, static_cast<std::size_t>(longest), draw);
    };
    take(seed);
    for (const std::uint32_t neighbour : neighbours_.of(seed)) {
        if (ruined_routes_.size() >= strings) break;
        take(neighbour);
    }
    for (const std::uint32_t route : ruined_routes_)
        ruined_[route] = 0;
    ruined_routes_.clear();
}

void RuinRecreate::remove_string(std::uint32_t stop, std::size_t most, const Draw& draw) {
    const std::uint32_t route = plan_.route_of(stop);
    const std::vector<std::uint32_t>& stops = plan_.route(route).stops;
    const std::size_t longest = std::min(std::max<std::size_t>(most, 1), stops.size());
    const std::size_t length = 1 + draw.below(longest, next_++);
    const std::size_t at = plan_.position_of(stop);
    const std::size_t lowest = at + 1 > length ? at + 1 - length : 0;
    const std::size_t highest = std::min(at, stops.size() - length);
    const std::size_t first = lowest + draw.below(highest - lowest + 1, next_++);
    removed_.insert(removed_.end(), stops.begin() + static_cast<std::ptrdiff_t>(first),
                    stops.begin() + static_cast<std::ptrdiff_t>(first + length));
    plan_.remove(route, first, first + length);
    ruined_[route] = 1;
    ruined_routes_.push_back(route);
}

// Random, by demand, far first or near first, with the paper's weights 4 : 4 : 2 : 1.
void RuinRecreate::order_removed(const Draw& draw) {
    const std::uint64_t rule = draw.below(11, next_++);
    const auto sort_by = [&](auto key) {
        std::sort(removed_.begin(), removed_.end(), [&](std::uint32_t a, std::uint32_t b) {
            const std::int64_t u = key(a), v = key(b);
            return u != v ? u < v : a < b;
        });
    };
    if (rule < 4) {
        for (std::size_t i = removed_.size(); i > 1; --i)
            std::swap(removed_[i - 1], removed_[draw.below(i, next_++)]);
    } else if (rule < 8) {
        sort_by([&](std::uint32_t s) { return -problem_.stops()[s].demand[0]; });
    } else if (rule < 10) {
        sort_by([&](std::uint32_t s) { return -depot_distance_[s]; });
    } else {
        sort_by([&](std::uint32_t s) { return depot_distance_[s]; });
    }
}

}  // namespace jiahe::routing
