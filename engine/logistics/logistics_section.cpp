#include "logistics/logistics_section.h"

namespace jiahe::logistics {
namespace {

void declare_waves(scenario::Setting& logistics) {
    auto& waves = logistics.section("waves", "Two delivery waves a day, each fed by a line haul.");
    const auto wave = [&](const char* key, const char* help, const char* haul, const char* dispatch,
                          const char* promise, const char* share) {
        auto& w = waves.section(key, help);
        w.time_of_day("line_haul", "Trucks from the province hub arrive.")
            .by_default(haul)
            .source("A");
        w.time_of_day("dispatch", "Tours are planned.").by_default(dispatch).source("A");
        w.time_of_day("promise", "Parcels are promised by.").by_default(promise).source("A");
        w.fraction("share", "Share of the day's parcels.")
            .by_default(share)
            .source("C china-orders");
    };
    // Slot shares S0..S3 against S4..S6 of the order data: 0.642 and 0.358.
    wave("morning", "The first wave.", "05:00", "07:15", "14:00", "64.2 %");
    wave("afternoon", "The second wave.", "12:00", "14:30", "21:00", "35.8 %");
}

}  // namespace

void declare_logistics(scenario::Schema& schema) {
    auto& l = schema.section("logistics", "Parcels, hubs and vans.");
    l.number("parcels_per_resident", "Parcels a day and resident.")
        .range("0", "10")
        .by_default("0.34")
        .source("S national press figures 2024");
    l.fraction("share", "Share of the city's parcels that this fleet carries.")
        .by_default("8 %")
        .source("A");
    l.fraction("first_success", "Probability that an attempt succeeds.")
        .by_default("95.6 %")
        .source("C china-orders");
    l.integer("attempts", "Attempts before a parcel is returned.")
        .range("1", "9")
        .by_default("3")
        .source("A");
    declare_waves(l);
    l.time_of_day("last_start", "No tour is planned after.").by_default("19:30").source("A");
    l.time_of_day("shift_end", "Vans are to be back.").by_default("22:30").source("A");
    auto& van = l.section("van", "Delivery vans.");
    van.integer("parcels", "Capacity.").range("1", "2000").by_default("180").source("C MASS-GT");
    van.integer("doors_per_call", "Doors walked to from one parking place.")
        .range("1", "100")
        .by_default("12")
        .source("A");
    van.duration("door_time", "Median time at a door (log-logistic, shape 3).")
        .range("5 s", "1 h")
        .by_default("90 s")
        .source("A");
    van.duration("park_time", "Parking and walking, a call.")
        .range("0 s", "1 h")
        .by_default("60 s")
        .source("A");
    auto& hub = l.section("hub", "The sorting line of a hub.");
    hub.frequency("induction", "Items inducted, all lanes.")
        .range("60 /h", "100000 /h")
        .by_default("6000 /h")
        .unit("/h")
        .source("S manual lanes");
    hub.fraction("hard_items", "Share of items that are hard to read.")
        .by_default("1 %")
        .source("S");
    hub.integer("exception_workers", "Workers of the exception lane.")
        .range("1", "1000")
        .by_default("2")
        .source("A");
    auto& planner = l.section("planner", "Tours by savings and local search.");
    planner.integer("iterations", "Iterations of ruin and recreate a plan.")
        .range("0", "10000000")
        .by_default("300");
    planner.duration("planning_time", "Time until a plan is in force.")
        .range("1 s", "2 h")
        .by_default("5 min")
        .source("A");
}

LogisticsOptions read_logistics(const scenario::Value& l, std::uint64_t seed,
                                scenario::FaultList& faults) {
    LogisticsOptions o;
    o.orders.seed = seed;
    o.orders.parcels_per_resident = l["parcels_per_resident"].number();
    o.orders.share = l["share"].fraction();
    for (const char* key : {"morning", "afternoon"}) {
        const auto w = l["waves"][key];
        Wave wave{w["line_haul"].since_start(), w["dispatch"].since_start(),
                  w["promise"].since_start(), w["share"].fraction()};
        if (!(wave.line_haul < wave.dispatch && wave.dispatch < wave.promise)) {
            faults.add(w.fault("E-LOG-001",
                               "a wave's line haul, dispatch and promise must follow one another"));
        }
        if (wave.dispatch.us > 0) o.orders.waves.push_back(wave);
    }
    o.first_success = l["first_success"].fraction();
    o.attempts_max = static_cast<int>(l["attempts"].integer());
    o.last_start = l["last_start"].since_start();
    o.shift_end = l["shift_end"].since_start();
    o.planner.parcels_per_van = static_cast<int>(l["van"]["parcels"].integer());
    o.planner.doors_per_call = static_cast<int>(l["van"]["doors_per_call"].integer());
    o.planner.park_s = l["van"]["park_time"].duration().seconds();
    o.door_median_s = l["van"]["door_time"].duration().seconds();
    // Mean of the log-logistic with shape 3: median * (pi/3) / sin(pi/3).
    o.planner.door_s = o.door_median_s * 1.2091995761561452;
    o.planner.iterations = l["planner"]["iterations"].integer();
    o.planning_time = l["planner"]["planning_time"].duration();
    o.line.induction_per_h = l["hub"]["induction"].frequency_per_s() * 3600;
    o.line.hard_item_share = l["hub"]["hard_items"].fraction();
    o.line.exception_workers = static_cast<int>(l["hub"]["exception_workers"].integer());
    return o;
}

}  // namespace jiahe::logistics
