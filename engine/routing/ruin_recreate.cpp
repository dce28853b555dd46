#include "routing/ruin_recreate.h"

#include <algorithm>

#include "base/portable_math.h"

namespace jiahe::routing {
namespace {

constexpr double kMeanRemoved = 10;  // A, as in the paper
constexpr std::size_t kStringMost = 10;
constexpr double kSplitRate = 0.5, kSplitGrowth = 0.01;
constexpr std::size_t kBankMost = 10;  // unassigned stops tried in an iteration
constexpr double kBlinkRate = 0.01;
// Greedy insertion leaves a small problem few ways to go, so there it is often blind. A
constexpr double kBlindRate = 0.1, kBlindStops = 10;
constexpr std::int64_t kTemperatureSteps = 128;  // iterations between looks at the budget
// A tour may pay only once it has several optional stops: try them at a loss first. A
constexpr double kGenerousRate = 0.3;
constexpr std::uint64_t kGenerosityMost = 8;
constexpr Purpose kDrawIteration = 4096;
// Orders of insertion with the paper's weights: random, demand, far, near; with windows also
// narrow, early and late first.
constexpr std::uint32_t kOrderWeights[] = {4, 4, 2, 1, 2, 2, 2};
constexpr std::uint32_t kOrdersUntimed = 11, kOrdersTimed = 17;

}  // namespace

RuinRecreate::RuinRecreate(const Problem& problem, const NearStops& near, const Solution& start)
    : problem_(problem),
      near_(near),
      tours_(problem, start),
      recreate_(tours_, near),
      absences_(problem.stop_count(), 0),
      ruined_(problem.vehicle_count(), 0),
      best_(problem.vehicle_count()),
      differs_(problem.vehicle_count(), 0),
      best_total_(tours_.total()) {
    const std::uint32_t home = problem.depots()[problem.vehicles().front().depot].location;
    for (const Stop& stop : problem.stops()) {
        depot_distance_.push_back(problem.travel().distance(home, stop.location));
        has_optional_stops_ = has_optional_stops_ || stop.prize < kMandatory;
    }
    for (const Tour& tour : start.tours)
        best_[tour.vehicle] = tour.stops;
}

void RuinRecreate::run(const AnnealingOptions& options) {
    const double first = std::max(options.first_temperature, 1e-9);
    const double last = std::max(options.last_temperature, 1e-9);
    RandomStream random(options.seed, kDrawIteration, 0);
    double temperature = first;
    for (std::int64_t i = 0; i < options.iterations; ++i) {
        if (i % kTemperatureSteps == 0) {
            double share = static_cast<double>(i) / static_cast<double>(options.iterations);
            if (options.spent) share = std::max(share, options.spent());
            if (share >= 1) break;
            temperature = first * portable_pow(last / first, share);
        }
        iterate(temperature, random);
        ++iterations_done_;
    }
}

Solution RuinRecreate::best() const {
    Solution solution;
    std::vector<std::uint8_t> planned(problem_.stop_count(), 0);
    for (std::uint32_t v = 0; v < best_.size(); ++v) {
        if (best_[v].empty()) continue;
        solution.tours.push_back({v, best_[v]});
        for (const std::uint32_t stop : best_[v])
            planned[stop] = 1;
    }
    for (std::uint32_t s = 0; s < planned.size(); ++s) {
        if (planned[s] != 0) continue;
        solution.unassigned.push_back(s);
        solution.lost_prizes += problem_.stops()[s].prize;
    }
    solution.cost = best_total_ - solution.lost_prizes;
    return solution;
}

void RuinRecreate::iterate(double temperature, RandomStream& random) {
    const std::int64_t total_before = tours_.total();
    removed_.clear();
    const std::size_t waiting = tours_.unassigned().size();
    const std::uint64_t absence_before = absence();
    if (waiting > 0) call_waiting(random);
    ruin(random);
    order_removed(random);
    const bool blind =
        random.bernoulli(kBlindStops / (kBlindStops + static_cast<double>(problem_.stop_count())));
    const double allowed = -temperature * portable_log(random.uniform());
    const std::int64_t most = waiting > 0 ? kNoPlace : most_for_insertions(total_before, allowed);
    if (!recreate_.insert_all(removed_, blind ? kBlindRate : kBlinkRate, draw_generosity(random),
                              most, random)) {
        tours_.undo();
        return;
    }
    if (tours_.group_count() > 1) change_vehicles();
    if (has_optional_stops_) drop_unworthy();
    const bool serves_harder = tours_.unassigned().size() <= waiting && absence() < absence_before;
    if (static_cast<double>(tours_.total() - total_before) < allowed || serves_harder) {
        accept();
    } else {
        tours_.undo();
    }
    count_absence();
}

// What putting the removed stops back may cost at most for the result to be kept: insertions cost
// nothing or more, so one that goes beyond can be given up half way. No limit where stops may stay
// outside or a later move may make up for it.
std::int64_t RuinRecreate::most_for_insertions(std::int64_t total_before, double allowed) const {
    if (has_optional_stops_ || tours_.group_count() > 1) return kNoPlace;
    std::int64_t outside = 0;
    for (const std::uint32_t stop : removed_)
        outside += problem_.stops()[stop].prize;
    const std::int64_t gained = total_before - (tours_.total() - outside);
    return gained + static_cast<std::int64_t>(std::min(allowed, 1e15)) + 1;
}

std::uint64_t RuinRecreate::absence() const {
    std::uint64_t sum = 0;
    for (const std::uint32_t stop : tours_.unassigned()) {
        if (problem_.stops()[stop].prize >= kMandatory) sum += absences_[stop];
    }
    return sum;
}

void RuinRecreate::count_absence() {
    for (const std::uint32_t stop : tours_.unassigned())
        ++absences_[stop];
}

void RuinRecreate::call_waiting(RandomStream& random) {
    const auto bank = tours_.unassigned();
    const std::size_t offset = random.below(bank.size());
    for (std::size_t i = 0; i < std::min(bank.size(), kBankMost); ++i)
        removed_.push_back(bank[(offset + i) % bank.size()]);
}

std::int64_t RuinRecreate::draw_generosity(RandomStream& random) const {
    if (!has_optional_stops_ || !random.bernoulli(kGenerousRate)) return 1;
    return 1 + static_cast<std::int64_t>(random.below(kGenerosityMost));
}

void RuinRecreate::accept() {
    for (const std::uint32_t vehicle : tours_.changed()) {
        if (differs_[vehicle] == 0) differing_.push_back(vehicle);
        differs_[vehicle] = 1;
    }
    tours_.keep();
    if (tours_.total() >= best_total_) return;
    best_total_ = tours_.total();
    for (const std::uint32_t vehicle : differing_) {
        best_[vehicle] = tours_.stops_of(vehicle);
        differs_[vehicle] = 0;
    }
    differing_.clear();
}

void RuinRecreate::ruin(RandomStream& random) {
    const std::uint32_t seed = random.below(problem_.stop_count());
    if (tours_.used_count() == 0) return;
    const double mean_size =
        static_cast<double>(problem_.stop_count()) / static_cast<double>(tours_.used_count());
    const double longest = std::min<double>(kStringMost, mean_size);
    const double strings_most = std::max(1.0, 4 * kMeanRemoved / (1 + longest) - 1);
    const auto strings = static_cast<std::size_t>(1 + strings_most * random.uniform());
    const auto take = [&](std::uint32_t stop) {
        const std::uint32_t vehicle = tours_.node(stop).vehicle;
        if (vehicle == kNone || ruined_[vehicle] != 0) return;
        remove_string(stop, static_cast<std::size_t>(longest), random);
    };
    take(seed);
    for (const NearStops::Near& near : near_.of(seed)) {
        if (ruined_tours_.size() >= strings) break;
        take(near.stop);
    }
    for (const std::uint32_t vehicle : ruined_tours_) {
        ruined_[vehicle] = 0;
        tours_.settle(vehicle);
    }
    ruined_tours_.clear();
}

// A string of the drawn length that holds `stop`; or, split, a longer one of which some stops in
// its middle stay.
void RuinRecreate::remove_string(std::uint32_t stop, std::size_t most, RandomStream& random) {
    const std::uint32_t vehicle = tours_.node(stop).vehicle;
    const std::size_t size = tours_.tour(vehicle).size;
    const std::size_t length = 1 + random.below(std::min(std::max<std::size_t>(most, 1), size));
    std::size_t stay = 0;
    if (length > 1 && length < size && random.bernoulli(kSplitRate)) {
        stay = 1;
        while (length + stay < size && random.bernoulli(kSplitGrowth))
            ++stay;
    }
    const std::size_t window = length + stay;
    std::size_t before = 0, after = 0;  // how far the window may reach on either side
    for (std::uint32_t n = tours_.node(stop).prev; before + 1 < window && !tours_.is_depot(n);
         n = tours_.node(n).prev)
        ++before;
    for (std::uint32_t n = tours_.node(stop).next; after + 1 < window && !tours_.is_depot(n);
         n = tours_.node(n).next)
        ++after;
    const std::size_t least = window - 1 - after;
    std::size_t back = least + random.below(before - least + 1);
    std::uint32_t first = stop;
    for (; back > 0; --back)
        first = tours_.node(first).prev;
    const std::size_t stay_from = stay == 0 ? window : 1 + random.below(length - 1);
    for (std::size_t i = 0; i < window; ++i) {
        const std::uint32_t next = tours_.node(first).next;
        if (i < stay_from || i >= stay_from + stay) {
            removed_.push_back(first);
            tours_.take_out(first);
        }
        first = next;
    }
    ruined_[vehicle] = 1;
    ruined_tours_.push_back(vehicle);
}

std::int64_t RuinRecreate::order_key(std::uint32_t rule, std::uint32_t stop) const {
    const Stop& s = problem_.stops()[stop];
    if (rule == 1) return -s.demand[0];
    if (rule == 2) return -depot_distance_[stop];
    if (rule == 3) return depot_distance_[stop];
    if (rule == 4) return s.close - s.open;
    return rule == 5 ? s.open : -s.close;
}

void RuinRecreate::order_removed(RandomStream& random) {
    std::uint32_t ticket = random.below(tours_.is_timed() ? kOrdersTimed : kOrdersUntimed);
    std::uint32_t rule = 0;
    while (ticket >= kOrderWeights[rule])
        ticket -= kOrderWeights[rule++];
    if (rule == 0) {
        for (std::size_t i = removed_.size(); i > 1; --i)
            std::swap(removed_[i - 1], removed_[random.below(i)]);
        return;
    }
    keyed_.clear();
    for (const std::uint32_t stop : removed_)
        keyed_.emplace_back(order_key(rule, stop), stop);
    std::sort(keyed_.begin(), keyed_.end());
    for (std::size_t i = 0; i < keyed_.size(); ++i)
        removed_[i] = keyed_[i].second;
}

// Gives changed tours to other vehicles where that is cheaper: an idle one of another group, or
// two of them change vehicles.
void RuinRecreate::change_vehicles() {
    const auto group = [&](std::uint32_t v) { return problem_.group_of_vehicle()[v]; };
    for (std::size_t i = 0; i < tours_.changed().size(); ++i) {
        const std::uint32_t vehicle = tours_.changed()[i];
        if (tours_.tour(vehicle).size == 0) continue;
        std::int64_t most_saved = 0;
        std::uint32_t taker = kNone;
        const auto consider = [&](std::uint32_t other) {
            const std::int64_t there = tours_.cost_if_driven_by(vehicle, other);
            if (there == kNoPlace) return;
            std::int64_t back = 0;
            if (tours_.tour(other).size > 0) back = tours_.cost_if_driven_by(other, vehicle);
            if (back == kNoPlace) return;
            const std::int64_t saved =
                tours_.tour(vehicle).cost + tours_.tour(other).cost - there - back;
            if (saved <= most_saved) return;
            most_saved = saved;
            taker = other;
        };
        for (std::uint32_t g = 0; g < tours_.group_count(); ++g) {
            if (g != group(vehicle) && tours_.idle_vehicle(g) != kNone) {
                consider(tours_.idle_vehicle(g));
            }
        }
        for (std::size_t k = 0; k < i; ++k) {
            const std::uint32_t other = tours_.changed()[k];
            if (group(other) != group(vehicle) && tours_.tour(other).size > 0) consider(other);
        }
        if (taker != kNone) tours_.exchange(vehicle, taker);
    }
}

// Takes out stops that cost more than their prizes, and whole tours that do, of changed tours.
void RuinRecreate::drop_unworthy() {
    for (std::size_t i = 0; i < tours_.changed().size(); ++i) {
        const std::uint32_t vehicle = tours_.changed()[i];
        std::int64_t worth = 0;
        for (const std::uint32_t stop : tours_.stops_of(vehicle)) {
            if (problem_.stops()[stop].prize < tours_.saving_of(stop)) {
                tours_.take_out(stop);
                tours_.settle(vehicle);
            } else {
                worth += problem_.stops()[stop].prize;
            }
        }
        if (worth >= tours_.tour(vehicle).cost) continue;
        for (const std::uint32_t stop : tours_.stops_of(vehicle))
            tours_.take_out(stop);
        tours_.settle(vehicle);
    }
}

}  // namespace jiahe::routing
