// Merges, signals and a toll lane, event by event, through the simulator.
#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "coupling/vehicles_pay_at_plazas.h"
#include "tolling/tolling_system.h"
#include "traffic/rig.h"

namespace jiahe::traffic {
namespace {

constexpr std::int64_t kTick_us = 1;

// Vehicles that passed the merge from A and from B in the hour after 1,000 s, both streams endless.
std::pair<int, int> saturated_merge(double capacity_a, double capacity_b, double capacity_out) {
    auto data = ascii_roads("A-->M-->C\n    ^\n    |\n    B",
                            {.cell_m = 400, .lane_count = 2, .capacity_pcuph = 2000});
    link(data, "AM").capacity_pcuph = capacity_a;
    link(data, "BM").capacity_pcuph = capacity_b;
    link(data, "MC").capacity_pcuph = capacity_out;
    Rig rig(std::move(data));
    rig.flow("AMC", 0, 4000, 6400);
    rig.flow("BMC", 0, 4000, 6400);
    rig.build();
    const auto count = [&](const char* name) {
        return static_cast<int>(rig.left(link(rig.graph, name)));
    };
    rig.run_until_s(1000);
    const int a = count("AM"), b = count("BM");
    rig.run_until_s(4600);
    return {count("AM") - a, count("BM") - b};
}

// A signal with 60 s of cycle, 30 s of green and 1,800/h before it.
Rig signal_rig(double offset_s) {
    auto data =
        ascii_roads("A--->S--->C", {.cell_m = 200, .lane_count = 1, .capacity_pcuph = 1800});
    node(data, 'S').control = NodeControl::kSignal;
    data.movements.push_back(
        {1, link(data, "AS").id, link(data, "SC").id, TurnType::kThru, 1, 1, true});
    data.signals.push_back({node(data, 'S').id, offset_s, {{{1}, 30, 30}}});
    NetworkOptions network;
    network.start_up_loss_s = 0;
    return Rig(std::move(data), network);
}

}  // namespace

TEST_CASE("merge ratio: saturated in-links share the out-link by their capacities, to a vehicle") {
    struct Merge {
        double a, b, out;
        int from_a, from_b;
    };
    for (const Merge& m : {Merge{2000, 1000, 1800, 1200, 600}, Merge{1500, 500, 1000, 750, 250},
                           Merge{1200, 1200, 1200, 600, 600}}) {
        const auto [a, b] = saturated_merge(m.a, m.b, m.out);
        CAPTURE(m.out);
        CHECK(std::abs(a - m.from_a) <= 1);
        CHECK(std::abs(b - m.from_b) <= 1);
    }
}

TEST_CASE("signal delay: ten vehicles a cycle wait 30, 26, 22, 18, 14, 10, 6, 2, 0 and 0 s") {
    // Arrivals every 6 s at the stop line, from the begin of red on; green from 30 s later, headway
    // 2 s. The j-th of a cycle comes at 6 j and leaves at max(30 + 2 j, 6 j): it waits
    // max(0, 30 - 4 j), on average 12.8 s. (The fluid formula gives 11.25 s.)
    Rig rig = signal_rig(72 + 30);  // AS takes 72 s: red from 72 s to 102 s
    const int count = 600;
    for (int i = 0; i < count; ++i)
        rig.trip("ASC", 6.0 * i);
    rig.build();
    rig.run_until_s(5000);
    double total_s = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::int64_t arrives_us = 72'000'000 + std::int64_t{i} * 6'000'000;
        const std::int64_t waits_us =
            std::max<std::int64_t>(0, 30 - 4 * std::int64_t{i % 10}) * 1'000'000;
        const std::int64_t left_us = rig.left_us(VehicleId(i), link(rig.graph, "AS"));
        CHECK(std::abs(left_us - (arrives_us + waits_us)) <= kTick_us);
        total_s += static_cast<double>(left_us - arrives_us) * 1e-6;
    }
    CHECK(total_s / count == doctest::Approx(12.8).epsilon(1e-6));
}

namespace {

// A road through a plaza of one lane with constant service and no move-up.
class TollLane {
  public:
    TollLane(std::vector<double> departures_s, double service_s)
        : graph_(ascii_roads(
              "A--->P--->C",
              {.cell_m = 250, .speed_kmh = 90, .lane_count = 4, .capacity_pcuph = 8000})) {
        NetworkOptions options;
        options.gates = {{link(graph_, "AP"), 5000}};
        network_.emplace(graph_, options);
        for (const double at_s : departures_s) {
            trips_.departure_us.push_back(ceil_seconds(at_s).us);
            trips_.origin.push_back(node(graph_, 'A'));
            trips_.destination.push_back(node(graph_, 'C'));
            trips_.vehicle_class.push_back(kCarClass);
            trips_.route.push_back(0);
        }
        trips_.route_links = links_along(graph_, "APC");
        trips_.route_offset.push_back(trips_.route_links.size());
        traffic_ = std::make_unique<TrafficSystem>(*network_, trips_, TrafficOptions{});
        sites_.sections.push_back({"section", 10, {}, {}});
        sites_.plazas.push_back(
            {"plaza", {tolling::LaneKind::kManual}, 5000, tolling::SectionId(0)});
        tolling::TollingOptions toll;
        toll.service =
            tolling::ServiceModel::uniform(tolling::DurationDistribution::fixed(service_s),
                                           tolling::DurationDistribution::fixed(0));
        toll.etc_share = {0, 0, 0};
        toll.vehicle_count = static_cast<std::uint32_t>(trips_.size());
        tolling_ = std::make_unique<tolling::TollingSystem>(sites_, toll);
        simulator_.add_system(*traffic_);
        simulator_.add_system(*tolling_);
        coupling::VehiclesPayAtPlazas::Options tie;
        tie.traffic = traffic_->id();
        tie.tolling = tolling_->id();
        tie.gates = {{node(graph_, 'P').value, 0}};
        tie.toll_class = {tolling::TollClass::kSmall};
        tie_ = std::make_unique<coupling::VehiclesPayAtPlazas>(std::move(tie));
        tie_->connect(simulator_);
        simulator_.build();
    }
    // Departure to arrival less the free drive and the service, s.
    std::vector<double> waits_s(double until_s, double service_s) {
        simulator_.run_until(ceil_seconds(until_s));
        std::vector<double> waits;
        const double free_s = 2 * 1250 / 25.0;
        for (std::size_t v = 0; v < trips_.size(); ++v) {
            const auto& trip = traffic_->trips()[v];
            REQUIRE(trip.arrived_us > 0);
            waits.push_back(static_cast<double>(trip.arrived_us - trips_.departure_us[v]) * 1e-6 -
                            free_s - service_s);
        }
        return waits;
    }

  private:
    RoadGraph graph_;
    std::optional<TrafficNetwork> network_;
    TripTable trips_;
    tolling::TollSites sites_;
    std::unique_ptr<TrafficSystem> traffic_;
    std::unique_ptr<tolling::TollingSystem> tolling_;
    std::unique_ptr<coupling::VehiclesPayAtPlazas> tie_;
    kernel::Simulator simulator_{{}};
};

}  // namespace

TEST_CASE(
    "toll lane on the road: with 5 s between vehicles and 6 s of service, k waits k seconds") {
    std::vector<double> departures_s;
    for (int k = 0; k < 400; ++k)
        departures_s.push_back(10 + 5.0 * k);
    TollLane lane(departures_s, 6);
    const std::vector<double> waits = lane.waits_s(10'000, 6);
    // From one vehicle to the next the plaza and the road tell each other twice, a tick each time.
    for (std::size_t k = 0; k < waits.size(); ++k)
        CHECK(std::abs(waits[k] - static_cast<double>(k)) <= 2.1e-6 * static_cast<double>(k + 2));
}

TEST_CASE("toll lane on the road: Poisson arrivals at 0.8 of 6.18 s wait 12.36 s, as M/D/1 says") {
    // The road's own headways of 0.45 s are shorter than the service and delay nobody beyond it:
    // waits of servers with constant times in a row are those of the slowest.
    std::vector<double> departures_s;
    double at_s = 0;
    for (std::uint64_t k = 0; k < 200'000; ++k) {
        at_s += Draw(1, 9400, k, 0).exponential(6.18 / 0.8);
        departures_s.push_back(at_s);
    }
    TollLane lane(departures_s, 6.18);
    double sum = 0;
    for (const double wait : lane.waits_s(at_s + 3600, 6.18))
        sum += wait;
    const double mean_s = sum / static_cast<double>(departures_s.size());
    MESSAGE("mean wait " << mean_s << " s, M/D/1 12.36 s");
    CHECK(mean_s == doctest::Approx(12.36).epsilon(0.03));
}

}  // namespace jiahe::traffic
