// Assembly: a scenario's City, its systems and couplings on one kernel, ready to run.
//
// The composition root's heart: the only place that knows all systems. Lifecycles meet here: reads
// the Scenario, owns the City (immutable) and the systems with their partition state. Everything a
// run's folder tells is asked from here when the simulator stands still.
// Errors: InputError while building (nothing is run then).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/log.h"
#include "city/forecast.h"
#include "city/run.h"
#include "kernel/simulator.h"
#include "results/indicators.h"
#include "results/results_file.h"
#include "scenario/core_sections.h"
#include "scenario/scenario.h"

namespace jiahe::city {

struct AssemblyOptions {
    int threads = 1;
    int partitions = 0;
    LogSink log = drop_log;
    kernel::SelfChecks checks = {};
    std::uint64_t parallel_events_min = kernel::SimulatorOptions{}.parallel_events_min;
    kernel::QueueChoice queue = kernel::QueueChoice::kAutomatic;
};

struct StragglerRow {
    std::int64_t trip = 0;
    std::string link;  // external id, empty: not on the road
    std::string cause;
};

class Assembly {
  public:
    Assembly(const scenario::Scenario& scenario, const AssemblyOptions& options);
    ~Assembly();

    kernel::Simulator& simulator();
    const kernel::Simulator& simulator() const;
    SimTime start() const;     // time of day at simulated time 0
    SimTime duration() const;  // simulated time of the scenario's end
    // Scans the city: for whoever shows it, not at every epoch.
    UnderWay under_way() const;
    // KPIs and audits; REQUIRES: the simulator stands still.
    results::Indicators indicators() const;
    std::vector<StragglerRow> stragglers() const;
    void write_results(results::ResultsFile& file, const results::Indicators& indicators) const;
    const scenario::OutputOptions& output() const;
    void write_layers(const std::string& path) const;
    // Of the map data, to be shown on every map; empty where none is due.
    std::string attribution() const;
    // What was read and built, line by line, for `check` and the log.
    const std::vector<std::string>& notes() const;
    Forecast forecast(int threads) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace jiahe::city
