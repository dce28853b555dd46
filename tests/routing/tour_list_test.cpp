#include "routing/tour_list.h"

#include <doctest/doctest.h>

#include "routing/random_stream.h"
#include "routing/small_problems.h"

namespace jiahe::routing {
namespace {

Solution as_solution(const TourList& tours) {
    Solution solution;
    for (std::uint32_t v = 0; v < tours.problem().vehicle_count(); ++v) {
        if (tours.tour(v).size == 0) continue;
        solution.tours.push_back({v, tours.stops_of(v)});
        solution.cost += tours.tour(v).cost;
    }
    solution.unassigned.assign(tours.unassigned().begin(), tours.unassigned().end());
    std::sort(solution.unassigned.begin(), solution.unassigned.end());
    for (const std::uint32_t stop : solution.unassigned)
        solution.lost_prizes += tours.problem().stops()[stop].prize;
    return solution;
}

void insert_somewhere(TourList& tours, RandomStream& random) {
    const auto waiting = tours.unassigned();
    if (waiting.empty()) return;
    const std::uint32_t stop = waiting[random.below(waiting.size())];
    const std::uint32_t vehicle = random.below(tours.problem().vehicle_count());
    if (!tours.has_room(vehicle, stop)) return;
    std::uint32_t prev = tours.depot_node(vehicle);
    for (std::uint32_t k = random.below(tours.tour(vehicle).size + 1); k > 0; --k)
        prev = tours.node(prev).next;
    const std::int64_t cost = tours.insertion_cost(stop, prev, kNoPlace);
    if (cost == kNoPlace) return;
    const std::int64_t before = tours.total();
    tours.insert(stop, prev);
    REQUIRE(tours.total() == before + cost - tours.problem().stops()[stop].prize);
}

void take_out_one(TourList& tours, RandomStream& random) {
    const std::uint32_t stop = random.below(tours.problem().stop_count());
    const std::uint32_t vehicle = tours.node(stop).vehicle;
    if (vehicle == kNone) return;
    const std::int64_t before = tours.total(), saving = tours.saving_of(stop);
    tours.take_out(stop);
    tours.settle(vehicle);
    REQUIRE(tours.total() == before - saving + tours.problem().stops()[stop].prize);
}

void exchange_some(TourList& tours, RandomStream& random) {
    const std::uint32_t a = random.below(tours.problem().vehicle_count());
    const std::uint32_t b = random.below(tours.problem().vehicle_count());
    if (a == b || tours.tour(a).size == 0) return;
    const std::int64_t there = tours.cost_if_driven_by(a, b);
    std::int64_t back = 0;
    if (tours.tour(b).size > 0) back = tours.cost_if_driven_by(b, a);
    if (there == kNoPlace || back == kNoPlace) return;
    tours.exchange(a, b);
    REQUIRE(tours.tour(b).cost == there);
    REQUIRE(tours.tour(a).cost == back);
}

}  // namespace

TEST_CASE("random steps keep prices true, and undo restores tours and total") {
    const RandomOptions variants[] = {
        {.stops = 7},
        {.stops = 7, .windows = true, .releases = true},
        {.stops = 7, .windows = true, .mixed_fleet = true, .two_depots = true, .prizes = true},
    };
    for (const RandomOptions& variant : variants) {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const Problem problem = random_problem(seed, variant);
            TourList tours(problem, {});
            RandomStream random(seed, 9900, 0);
            Solution kept = as_solution(tours);
            for (int step = 0; step < 400; ++step) {
                const std::uint32_t choice = random.below(8);
                if (choice < 4) insert_somewhere(tours, random);
                if (choice == 4) take_out_one(tours, random);
                if (choice == 5) exchange_some(tours, random);
                if (choice == 6) {
                    tours.keep();
                    kept = as_solution(tours);
                }
                if (choice == 7) {
                    tours.undo();
                    REQUIRE(as_solution(tours) == kept);
                }
                const Verdict verdict = check_solution(problem, as_solution(tours));
                REQUIRE_MESSAGE(verdict.valid(), verdict.faults.front());
                REQUIRE(tours.total() == verdict.cost + verdict.lost_prizes);
            }
        }
    }
}

}  // namespace jiahe::routing
