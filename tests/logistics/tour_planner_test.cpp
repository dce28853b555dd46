#include "logistics/tour_planner.h"

#include <doctest/doctest.h>

#include <map>

#include "logistics/hub_travel.h"
#include "logistics/parcel_town.h"

namespace jiahe::logistics {
namespace {

struct Case {
    City city = parcel_city(400);
    ParcelOrders orders = draw_orders(city, parcel_options().orders);
    std::vector<TravelMatrix> travel = travel_of_hubs(city, orders, 1000);
    std::vector<std::uint32_t> ready;
    std::vector<Handover> handover;
    std::vector<double> due_s;
    PlannerOptions options;
    CallTimes times;
    PlanningSituation now;

    explicit Case(double due) {
        for (std::uint32_t p = orders.hub_first[0]; p < orders.hub_first[1]; p += 2) {
            ready.push_back(p);
            handover.push_back(orders.handover[p]);
            due_s.push_back(due);
        }
        options.iterations = 100;
        now.hub = city.hub_node[0];
        now.parcels = ready;
        now.handover = handover;
        now.due_s = due_s;
        now.idle_vans = 30;
        now.time_left_s = 12 * 3600;
    }
    std::vector<VanTour> plan() const {
        return plan_tours(city.graph(), travel[0], orders, now, options, times);
    }
};

}  // namespace

TEST_CASE("every ready parcel is in one call of one tour, within the van's capacity") {
    const Case c(10 * 3600);
    const auto tours = c.plan();
    std::map<std::uint32_t, int> seen;
    for (const VanTour& tour : tours) {
        std::size_t parcels = 0;
        std::uint64_t volume_ml = 0;
        double clock_s = 0;
        for (const Call& call : tour.calls) {
            parcels += call.parcels.size();
            CHECK(call.doors <= 12);
            if (call.handover == Handover::kLocker) CHECK(call.parcels.size() <= 60);
            if (call.handover != Handover::kDoor) CHECK(call.doors == 1);
            CHECK(call.arrival_s >= clock_s + call.drive_s - 1);
            clock_s = call.arrival_s;
            for (const std::uint32_t p : call.parcels) {
                ++seen[p];
                CHECK(c.orders.node[p] == call.node);
                volume_ml += c.orders.volume_ml[p];
            }
        }
        CHECK(parcels <= 180);
        CHECK(volume_ml <= 8'000'000);
        CHECK(tour.duration_s <= 12 * 3600);
    }
    REQUIRE(seen.size() == c.ready.size());
    for (const auto& [parcel, times] : seen)
        REQUIRE(times == 1);
}

TEST_CASE("an early promise takes more tours; one that cannot be kept is kept as well as can be") {
    const Case late(10 * 3600), early(1.2 * 3600), never(60);
    const auto last_arrival = [](const std::vector<VanTour>& tours) {
        double last = 0;
        for (const VanTour& tour : tours)
            last = std::max(last, tour.calls.back().arrival_s);
        return last;
    };
    const auto relaxed = late.plan(), hurried = early.plan();
    CHECK(hurried.size() > relaxed.size());
    CHECK(last_arrival(hurried) <= 1.2 * 3600);
    std::size_t planned = 0;
    for (const VanTour& tour : never.plan()) {
        for (const Call& call : tour.calls)
            planned += call.parcels.size();
    }
    CHECK(planned == never.ready.size());
}

TEST_CASE("slow roads stretch the drives of a plan in proportion") {
    Case c(10 * 3600);
    const auto drives = [](const std::vector<VanTour>& tours) {
        double s = 0, m = 0;
        for (const VanTour& tour : tours) {
            s += tour.drive_home_s;
            m += tour.distance_m;
            for (const Call& call : tour.calls)
                s += call.drive_s;
        }
        return s / m;
    };
    // 10 m/s on every link, and four seconds for each drive.
    c.options.ride_s = 0;
    const double normal = drives(c.plan());
    CHECK(normal == doctest::Approx(0.1).epsilon(.02));
    c.now.slowness = 2;
    CHECK(drives(c.plan()) == doctest::Approx(2 * normal).epsilon(.02));
}

TEST_CASE("with too few vans or no time, parcels stay") {
    Case c(10 * 3600);
    c.now.idle_vans = 2;
    std::size_t planned = 0;
    for (const VanTour& tour : c.plan()) {
        for (const Call& call : tour.calls)
            planned += call.parcels.size();
    }
    CHECK(planned <= 360);
    CHECK(planned > 300);
    c.now.time_left_s = 0;
    CHECK(c.plan().empty());
    c.now.time_left_s = 3600;
    c.now.idle_vans = 0;
    CHECK(c.plan().empty());
}

}  // namespace jiahe::logistics
