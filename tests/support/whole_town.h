// A whole small town, all systems and couplings on one kernel, for tests that look inside.
//
// From settings of the scenario it makes the same Assembly that a run has, and the City beside it,
// so that a test can name a link or a site and read the rows of any system's state by the name of
// its array. Windows are given to threads however short they are, or a small town would never see a
// second thread. Tests link jiahe::city.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <span>
#include <string>
#include <utility>

#include "city/assembly.h"
#include "city/city_builder.h"

namespace jiahe {

struct TownSettings {
    int rows = 8, columns = 8;
    int lanes = 2;
    int cells = 6, cameras = 10, vans = 6;
    int residents = 30'000;
    int trips = 30'000;  // a day
    std::string source = "generated";
    std::string start = "06:30", end = "08:30";
    std::uint64_t seed = 1;
    std::string events;  // flow or block list, indented by two, after "events:"
    std::string more;    // further sections
};

inline std::string town_text(const TownSettings& s) {
    return fmt::format(
        "name: town\nstart: \"{}\"\nend: \"{}\"\nseed: {}\n"
        "city:\n"
        "  generator: {{kind: grid, rows: {}, columns: {}, block: 250 m, lanes: {}}}\n"
        "  sites: {{cells: {}, cameras: {}, vans: {}, residents: {}}}\n"
        "traffic:\n"
        "  demand: {{source: {}, trips: {}, mean_trip_length: 4 km}}\n"
        "  signals: {{plans: fitted}}\n"
        "logistics:\n"
        "  waves:\n"
        "    morning: {{line_haul: \"05:00\", dispatch: \"06:40\", promise: \"08:00\"}}\n"
        "events:{}\n{}",
        s.start, s.end, s.seed, s.rows, s.columns, s.lanes, s.cells, s.cameras, s.vans, s.residents,
        s.source, s.trips, s.events.empty() ? " []" : "\n" + s.events, s.more);
}

inline scenario::Scenario town_scenario(const TownSettings& settings) {
    return scenario::Scenario::from_text(city::make_schema(), town_text(settings), "town.yaml",
                                         ".");
}

class WholeTown {
  public:
    explicit WholeTown(const TownSettings& settings, int threads = 1, int partitions = 1)
        : WholeTown(settings,
                    {.threads = threads, .partitions = partitions, .parallel_events_min = 0}) {}
    WholeTown(const TownSettings& settings, const city::AssemblyOptions& options)
        : scenario_(town_scenario(settings)), assembly_(scenario_, options) {}

    kernel::Simulator& simulator() { return assembly_.simulator(); }
    const city::Assembly& assembly() const { return assembly_; }
    // Seconds of simulated time.
    void run_until_s(double s) { simulator().run_until(ceil_seconds(s)); }
    void run_until(SimTime t) { simulator().run_until(t); }
    void run_to_end() { simulator().run_until(assembly_.duration()); }

    // The rows of a system's array, such as "traffic.link_exit".
    template <class T>
    std::span<const T> rows(const std::string& name) {
        for (const auto* block : simulator().store().blocks()) {
            if (block->name != name) continue;
            REQUIRE(block->row_bytes == sizeof(T));
            return {static_cast<const T*>(block->data), block->size};
        }
        FAIL("no array " << name);
        return {};
    }

    void check_audits() {
        for (const results::AuditLine& audit : assembly_.indicators().audits) {
            INFO(audit.name << ": " << audit.claim << ": " << audit.left << " and " << audit.right);
            CHECK(audit.balances());
        }
    }

  private:
    scenario::Scenario scenario_;
    city::Assembly assembly_;
};

// The City that a WholeTown of these settings has.
inline std::unique_ptr<City> town_city(const TownSettings& settings) {
    const scenario::Scenario scenario = town_scenario(settings);
    scenario::FaultList faults;
    auto traffic = traffic::read_traffic(scenario["traffic"], faults);
    return std::move(city::build_city(scenario, traffic).city);
}

}  // namespace jiahe
