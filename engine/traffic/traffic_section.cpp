#include "traffic/traffic_section.h"

#include <fmt/format.h>

namespace jiahe::traffic {
namespace {

void declare_classes(scenario::Setting& traffic) {
    auto& classes = traffic.section("classes", "Vehicle classes on the road.");
    const auto declare = [&](const char* key, const char* help, const char* pce, const char* speed,
                             const char* value_of_time) {
        auto& c = classes.section(key, help);
        c.number("pce", "Passenger-car equivalents on links.")
            .range("0.2", "10")
            .by_default(pce)
            .source("A");
        c.speed("max_speed", "Highest speed of the class.")
            .range("5 km/h", "200 km/h")
            .by_default(speed)
            .unit("km/h")
            .source("A");
        c.money_per_time("value_of_time", "Value of travel time, an input without built-in truth.")
            .by_default(value_of_time)
            .source("A placeholder");
    };
    declare("car", "Passenger cars.", "1.0", "120 km/h", "30 yuan/h");
    declare("truck", "Trucks.", "2.0", "90 km/h", "60 yuan/h");
    declare("van", "Delivery vans of the logistics fleet.", "1.5", "100 km/h", "60 yuan/h");
}

void declare_demand(scenario::Setting& traffic) {
    auto& demand = traffic.section("demand", "Where trips come from.");
    demand
        .choice("source", "Generated from residents and jobs, read from a table, or none.",
                {"generated", "trips_table", "od_table", "none"})
        .by_default("generated");
    demand.integer("trips", "Vehicle trips a day to generate.")
        .range("0", "50000000")
        .by_default("10000");
    demand.fraction("truck_share", "Share of trucks among generated trips.")
        .by_default("8 %")
        .source("A");
    demand.length("mean_trip_length", "Mean trip length that the gravity model aims at.")
        .range("500 m", "200 km")
        .by_default("7 km")
        .unit("km")
        .source("A");
    demand
        .fraction("outside_share",
                  "Share of generated trips that begin or end where an expressway leaves a "
                  "generated city.")
        .by_default("4 %")
        .source("A");
    demand.fraction("outside_truck_share", "Share of trucks among those.")
        .by_default("25 %")
        .source("A: about a fifth of the vehicles on Chinese expressways are trucks");
    demand.file("trips_file",
                "Table trip_id, departure_s, route_id, or o_node_id and d_node_id; optional class "
                "(CSV, may be gzipped).");
    demand.file("routes_file",
                "Table route_id, o_node_id, d_node_id, link_path; without it trips find routes.");
    demand.file("od_file",
                "Table o_node_id, d_node_id, trips; optional start_s, end_s, class (CSV, may be "
                "gzipped), or TNTP trips (*.tntp).");
    demand.number("od_scale", "Factor on all numbers of the OD table.")
        .range("0.000001", "1000000")
        .by_default("1");
    auto& slice = demand
                      .list("od_profile",
                            "When trips of the OD table depart that have no window of their own; "
                            "by default evenly over the run.")
                      .size_range(0, 1000)
                      .of_sections();
    slice.time_of_day("from", "Beginning of the slice.").required();
    slice.time_of_day("until", "End of the slice.").required();
    slice.fraction("share", "Share of the trips.").required();
}

VehicleClassSpec read_class(const scenario::Value& value) {
    return {value["pce"].number(), value["max_speed"].speed_mps(),
            value["value_of_time"].fen_per_hour()};
}

std::vector<DemandConfig::Slice> read_profile(const scenario::Value& list,
                                              scenario::FaultList& faults) {
    std::vector<DemandConfig::Slice> slices;
    SimTime last{0};
    double sum = 0;
    for (const scenario::Value& value : list.items()) {
        const DemandConfig::Slice slice{value["from"].since_start(), value["until"].since_start(),
                                        value["share"].fraction()};
        if (slice.from < last) {
            faults.add(value["from"].fault("E-TRF-022",
                                           "the slice begins before the run or the slice above"));
        }
        if (slice.until <= slice.from) {
            faults.add(value["until"].fault("E-TRF-022", "'until' is not after 'from'"));
        }
        last = slice.until;
        sum += slice.share;
        slices.push_back(slice);
    }
    constexpr double kTolerance = 1e-3;
    if (!slices.empty() && (sum < 1 - kTolerance || sum > 1 + kTolerance)) {
        faults.add(list.fault(
            "E-TRF-023", fmt::format("the shares sum to {:.4g} %, expected 100 %", 100 * sum)));
    }
    for (DemandConfig::Slice& slice : slices)
        slice.share /= sum > 0 ? sum : 1;
    return slices;
}

// A file that the demand's source reads, needs or does not know.
std::optional<std::filesystem::path> demand_file(const scenario::Value& demand, const char* key,
                                                 bool read, bool needed,
                                                 scenario::FaultList& faults) {
    const std::string& source = demand["source"].text();
    if (!demand.has(key)) {
        if (needed) {
            faults.add(demand.fault("E-TRF-020",
                                    fmt::format("demand source '{}' needs '{}'", source, key)));
        }
        return std::nullopt;
    }
    if (!read) {
        faults.add(demand[key].fault(
            "E-TRF-021", fmt::format("demand source '{}' does not read '{}'", source, key)));
    }
    return demand[key].file();
}

DemandConfig read_demand(const scenario::Value& value, scenario::FaultList& faults) {
    DemandConfig demand;
    demand.source = value["source"].choice<DemandSource>();
    demand.trip_count = value["trips"].integer();
    demand.truck_share = value["truck_share"].fraction();
    demand.mean_trip_length_m = value["mean_trip_length"].length_m();
    demand.outside_share = value["outside_share"].fraction();
    demand.outside_truck_share = value["outside_truck_share"].fraction();
    const bool trips = demand.source == DemandSource::kTripsTable;
    const bool od = demand.source == DemandSource::kOdTable;
    demand.trips_file = demand_file(value, "trips_file", trips, trips, faults);
    demand.routes_file = demand_file(value, "routes_file", trips, false, faults);
    demand.od_file = demand_file(value, "od_file", od, od, faults);
    demand.od_scale = value["od_scale"].number();
    demand.od_profile = read_profile(value["od_profile"], faults);
    return demand;
}

}  // namespace

void declare_traffic(scenario::Schema& schema) {
    auto& traffic = schema.section("traffic", "Vehicles on kinematic-wave links.");
    declare_classes(traffic);
    traffic.length("jam_spacing", "Road length that one car occupies at a standstill, per lane.")
        .range("5 m", "15 m")
        .by_default("7.5 m")
        .source("C MATSim");
    traffic
        .speed("wave_speed_max", "Highest speed of backward waves; capacities are lowered to it.")
        .range("5 km/h", "40 km/h")
        .by_default("25 km/h")
        .unit("km/h")
        .source("A");
    auto& signals = traffic.section("signals", "Fixed-time signals.");
    signals.duration("start_up_loss", "Lost at the front of each green.")
        .range("0 s", "10 s")
        .by_default("2 s")
        .source("A");
    signals
        .choice("plans", "Plans as given by the network, or fitted to the demand (Webster).",
                {"as_given", "fitted"})
        .by_default("as_given");
    auto& rerouting = traffic.section("rerouting", "En-route choice at fixed epochs.");
    rerouting.fraction("share", "Share of vehicles informed at an epoch.")
        .by_default("20 %")
        .source("A");
    rerouting.duration("period", "Time between epochs.")
        .range("10 s", "1 h")
        .by_default("5 min")
        .source("A");
    rerouting.fraction("threshold", "A route is changed only if better by more than this.")
        .by_default("5 %")
        .source("A");
    traffic.duration("fleet_retry", "A van without a permitted way asks again after this.")
        .range("10 s", "24 h")
        .by_default("5 min")
        .source("A");
    auto& gridlock = traffic.section("gridlock", "Knots of full links. Nothing teleports.");
    gridlock.choice("policy", "none: a knot stays and is reported.", {"none"}).by_default("none");
    declare_demand(traffic);
}

TrafficConfig read_traffic(const scenario::Value& traffic, scenario::FaultList& faults) {
    TrafficConfig config;
    const auto classes = traffic["classes"];
    config.network.classes = {read_class(classes["car"]), read_class(classes["truck"]),
                              read_class(classes["van"])};
    config.network.jam_density_pcu_per_m = 1 / traffic["jam_spacing"].length_m();
    config.network.wave_speed_max_mps = traffic["wave_speed_max"].speed_mps();
    config.network.start_up_loss_s = traffic["signals"]["start_up_loss"].duration().seconds();
    config.signal_plans = traffic["signals"]["plans"].choice<SignalPlans>();
    const auto rerouting = traffic["rerouting"];
    config.options.reroute_share = rerouting["share"].fraction();
    config.options.routing_period = rerouting["period"].duration();
    config.options.reroute_threshold = rerouting["threshold"].fraction();
    config.options.fleet_retry = traffic["fleet_retry"].duration();
    config.gridlock = traffic["gridlock"]["policy"].choice<GridlockPolicy>();
    config.demand = read_demand(traffic["demand"], faults);
    return config;
}

}  // namespace jiahe::traffic
