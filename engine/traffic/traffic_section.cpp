#include "traffic/traffic_section.h"

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
    demand.file("trips_file", "Table trip_id, departure_s, route_id (CSV, may be gzipped).");
    demand.file("routes_file", "Table route_id, o_node_id, d_node_id, link_path.");
    demand.file("od_file", "Table o_node_id, d_node_id, trips, start_s, end_s.");
}

VehicleClassSpec read_class(const scenario::Value& value) {
    return {value["pce"].number(), value["max_speed"].speed_mps(),
            value["value_of_time"].fen_per_hour()};
}

DemandConfig read_demand(const scenario::Value& value, scenario::FaultList& faults) {
    DemandConfig demand;
    demand.source = value["source"].choice<DemandSource>();
    demand.trip_count = value["trips"].integer();
    demand.truck_share = value["truck_share"].fraction();
    demand.mean_trip_length_m = value["mean_trip_length"].length_m();
    demand.outside_share = value["outside_share"].fraction();
    demand.outside_truck_share = value["outside_truck_share"].fraction();
    const auto file = [&](const char* key, bool needed) -> std::optional<std::filesystem::path> {
        if (value.has(key)) return value[key].file();
        if (needed) {
            faults.add(
                value.fault("E-TRF-020", std::string("this demand source needs '") + key + "'"));
        }
        return std::nullopt;
    };
    const bool table = demand.source == DemandSource::kTripsTable;
    demand.trips_file = file("trips_file", table);
    demand.routes_file = file("routes_file", table);
    demand.od_file = file("od_file", demand.source == DemandSource::kOdTable);
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
