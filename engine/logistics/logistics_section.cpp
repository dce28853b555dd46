#include "logistics/logistics_section.h"

namespace jiahe::logistics {
namespace {

constexpr double kHardItemRead = 0.8;  // probability a read (S)
constexpr int kAntennas = 3;           // A

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
    wave("morning", "The first wave.", "05:00", "07:30", "14:00", "64.2 %");
    wave("afternoon", "The second wave.", "12:00", "14:30", "21:00", "35.8 %");
}

void declare_van(scenario::Setting& l) {
    auto& van = l.section("van", "Delivery vans.");
    van.number("volume_m3", "Capacity in m3.").range("0.1", "100").by_default("8").source("S");
    van.money_per_time("wage", "Cost of a driver.").by_default("30 yuan/h").source("A");
    van.money_per_length("distance_cost", "Energy and wear.").by_default("60 fen/km").source("A");
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
}

void declare_hub(scenario::Setting& l) {
    auto& hub = l.section("hub", "The sorting line of a hub.");
    hub.frequency("induction", "Items inducted, all lanes.")
        .range("60 /h", "100000 /h")
        .by_default("6000 /h")
        .unit("/h")
        .source("S manual lanes");
    hub.integer("docks", "Docks that unload side by side.")
        .range("1", "1000")
        .by_default("4")
        .source("A");
    hub.frequency("unloading", "Items unloaded at a dock.")
        .range("60 /h", "100000 /h")
        .by_default("3000 /h")
        .unit("/h")
        .source("A");
    hub.integer("loading_bays", "Vans that are loaded side by side; the others wait.")
        .range("1", "1000")
        .by_default("8")
        .source("A: couriers of LaDe set off 07:40-09:15");
    hub.fraction("blocked_chutes", "Of passes of the loop, share that finds its chute full.")
        .range("0", "0.9")
        .by_default("2 %")
        .source("A");
    hub.fraction("sort_accuracy", "Share sorted to the right chute.")
        .by_default("99.9 %")
        .source("S");
    hub.fraction("hard_items", "Share of items that are hard to read.")
        .by_default("1 %")
        .source("S");
    hub.integer("exception_workers", "Workers of the exception lane.")
        .range("1", "1000")
        .by_default("2")
        .source("A");
}

PlannerOptions read_planner(const scenario::Value& l) {
    PlannerOptions o;
    const auto van = l["van"];
    o.parcels_per_van = static_cast<int>(van["parcels"].integer());
    o.van_volume_l = van["volume_m3"].number() * 1000;
    o.doors_per_call = static_cast<int>(van["doors_per_call"].integer());
    o.wage_fen_ph = van["wage"].fen_per_hour();
    o.van_fen_per_km = van["distance_cost"].fen_per_km();
    o.iterations = l["planner"]["iterations"].integer();
    return o;
}

HubLine read_line(const scenario::Value& hub) {
    HubLine line;
    line.docks = static_cast<int>(hub["docks"].integer());
    line.unload_per_h = hub["unloading"].frequency_per_s() * 3600;
    line.induction_per_h = hub["induction"].frequency_per_s() * 3600;
    line.blocked_share = hub["blocked_chutes"].fraction();
    line.sort_accuracy = hub["sort_accuracy"].fraction();
    const double hard = hub["hard_items"].fraction();
    line.gate = ReadModel({{1 - hard, 1.0}, {hard, kHardItemRead}}, kAntennas);
    line.exception_workers = static_cast<int>(hub["exception_workers"].integer());
    return line;
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
    l.fraction("diversion", "Of failed doors, share diverted to the pick-up station.")
        .by_default("50 %")
        .source("A");
    auto& handover = l.section("handover", "Where parcels are handed over; the rest at stations.");
    handover.fraction("door", "Share to doors; in Chinese cities about 25 %.")
        .by_default("100 %")
        .source("A");
    handover.fraction("locker", "Share to parcel lockers; in Chinese cities about 25 %.")
        .by_default("0 %")
        .source("A");
    declare_waves(l);
    l.time_of_day("last_start", "No tour is planned after.").by_default("19:30").source("A");
    l.time_of_day("shift_end", "Vans are to be back.").by_default("22:30").source("A");
    l.duration("told_window",
               "Customers are told the planned time at their door and this; without it, the wave's "
               "promise.")
        .range("1 min", "24 h");
    declare_van(l);
    declare_hub(l);
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
    o.diversion = l["diversion"].fraction();
    const double door = l["handover"]["door"].fraction();
    const double locker = l["handover"]["locker"].fraction();
    o.orders.handover_share = {door, locker, 1 - door - locker};
    if (door + locker > 1) {
        faults.add(l["handover"].fault("E-LOG-002", "shares of doors and lockers exceed 1"));
    }
    if (l.has("told_window")) o.told_window = l["told_window"].duration();
    o.attempts_max = static_cast<int>(l["attempts"].integer());
    o.last_start = l["last_start"].since_start();
    o.shift_end = l["shift_end"].since_start();
    o.planning_time = l["planner"]["planning_time"].duration();
    o.planner = read_planner(l);
    o.times.park_s = l["van"]["park_time"].duration().seconds();
    o.times.handling_median_s = l["van"]["door_time"].duration().seconds();
    o.loading_bays = static_cast<int>(l["hub"]["loading_bays"].integer());
    o.line = read_line(l["hub"]);
    return o;
}

}  // namespace jiahe::logistics
