// A system's section as its own folder would declare it: every kind of setting once.
// Lifecycle: for tests only; declare_toy adds to a schema, read_toy gives a plain value.
// Units as in the engine: m/s, m, SimTime, fen.
// Errors: E-TOY-001 for a boat named titanic, to show a fault at a value's place.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenario/core_sections.h"
#include "scenario/scenario.h"

namespace jiahe::toy {

enum class Fallback : std::uint8_t { kOfflineList, kManual };

struct Ferry {
    std::string name;
    std::int64_t berths = 0;
    SimTime crossing;
    std::optional<double> limit_mps;
};

struct ToyConfig {
    bool enabled = false;
    double share = 0;
    Fallback fallback = Fallback::kOfflineList;
    std::vector<Ferry> ferries;
    std::vector<double> weights;
    std::vector<SimTime> departures;
    double fare_fen_per_km = 0;
    Fen fine;
    std::int64_t message_bytes = 0;
    double backhaul_bps = 0;
};

inline void declare_toy(scenario::Schema& schema) {
    scenario::Setting& toy = schema.section("ferries", "Ferries across the canal.");
    toy.boolean("enabled", "Whether they run.").by_default("true");
    toy.fraction("share", "Share of travellers.").by_default("15 %").source("A");
    toy.choice("fallback", "Without the office.", {"offline_list", "manual"})
        .by_default("offline_list");
    scenario::Setting& boat =
        toy.list("boats", "The boats.").unique_by("name").size_range(0, 3).of_sections();
    boat.name("name", "Unique name.").required();
    boat.integer("berths", "Cars aboard.").range("1", "40").by_default("6");
    boat.duration("crossing", "Time to cross.").range("1 min", "2 h").by_default("10 min");
    boat.speed("limit", "Speed limit, if any.").at_most("20 km/h").source("C Yang 2011");
    toy.list("weights", "Weights of days.").by_default("[1, 0.5, 0.25]").of_numbers().at_least("0");
    toy.list("departures", "Times of departure.").of_times_of_day();
    toy.money_per_length("fare", "Fare.").by_default("35 fen/km").above("0 fen/km");
    toy.money("fine", "Fine.").by_default("50 yuan");
    toy.bytes("message", "Message of a crossing.").by_default("2 kB");
    toy.rate("backhaul", "Link to the office.").by_default("1.2 Gbit/s").unit("Gbit/s");
    toy.named("tariffs", "Price factor by class.").of_numbers().range("0", "10");
    toy.section("office", "The office; absent unless written.")
        .optional()
        .text("address", "Where it is.")
        .by_default("quay 1");
}

inline ToyConfig read_toy(const scenario::Value& toy, scenario::FaultList& faults) {
    ToyConfig config;
    config.enabled = toy["enabled"].boolean();
    config.share = toy["share"].fraction();
    config.fallback = toy["fallback"].choice<Fallback>();
    for (const scenario::Value& boat : toy["boats"].items()) {
        Ferry ferry{boat["name"].text(), boat["berths"].integer(), boat["crossing"].duration(), {}};
        if (boat.has("limit")) ferry.limit_mps = boat["limit"].speed_mps();
        if (ferry.name == "titanic") {
            faults.add(boat["name"].fault("E-TOY-001", "ferry 'titanic' has sunk", "rename it"));
        }
        config.ferries.push_back(ferry);
    }
    config.weights = toy["weights"].numbers();
    for (const scenario::Value& time : toy["departures"].items()) {
        config.departures.push_back(time.since_start());
    }
    config.fare_fen_per_km = toy["fare"].fen_per_km();
    config.fine = toy["fine"].money();
    config.message_bytes = toy["message"].bytes();
    config.backhaul_bps = toy["backhaul"].rate_bps();
    return config;
}

inline scenario::Schema toy_schema() {
    scenario::Schema schema;
    scenario::declare_core(schema);
    declare_toy(schema);
    return schema;
}

// A scenario from a text, named "t.yaml"; files are not looked for.
inline scenario::Scenario read(const std::string& text, std::vector<std::string> overrides = {}) {
    scenario::LoadOptions options;
    options.overrides = std::move(overrides);
    options.resolve_files = false;
    return scenario::Scenario::from_text(toy_schema(), text, "t.yaml", ".", options);
}

// The messages of a scenario that must be refused.
inline std::string refusal(const std::string& text, std::vector<std::string> overrides = {}) {
    try {
        read(text, std::move(overrides));
    } catch (const InputError& error) {
        return error.what();
    }
    return "accepted";
}

}  // namespace jiahe::toy
