#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <cmath>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/log.h"
#include "base/sim_time.h"
#include "bindings.h"
#include "city/run.h"
#include "evaluation/report.h"
#include "results_source.h"
#include "scenario/scenario.h"

namespace py = pybind11;
namespace fs = std::filesystem;

namespace jiahe::bindings {
namespace {

constexpr double kLookEvery_s = 0.05;  // for Ctrl-C and progress

// Stands between the engine's epochs and Python: looks for signals, tells the progress, and keeps
// what went wrong until the engine has sealed the run.
class Watch {
  public:
    explicit Watch(py::object progress) : progress_(std::move(progress)) {}

    bool operator()(const city::Progress& p) {
        const bool is_last = p.clock >= p.end;
        if (!is_last && p.wall_s - last_look_s_ < kLookEvery_s) return true;
        last_look_s_ = p.wall_s;
        const py::gil_scoped_acquire gil;
        try {
            if (PyErr_CheckSignals() != 0) throw py::error_already_set();
            return progress_.is_none() || tell(p);
        } catch (...) {
            failure_ = std::current_exception();
            return false;
        }
    }

    void rethrow() const {
        if (failure_) std::rethrow_exception(failure_);
    }

  private:
    // False only where the callable returned False itself.
    bool tell(const city::Progress& p) {
        py::dict facts;
        facts["clock_s"] = p.clock.seconds();
        facts["end_s"] = p.end.seconds();
        facts["wall_s"] = p.wall_s;
        facts["done"] = p.done;
        facts["real_time_factor"] = p.real_time_factor();
        facts["eta_s"] = p.eta_s();
        const city::UnderWay counts = p.under_way();
        facts["crossings"] = counts.crossings;
        facts["crossings_per_s"] =
            p.wall_s > 0 ? static_cast<double>(counts.crossings - p.crossings_at_begin) / p.wall_s
                         : 0.0;
        facts["vehicles"] = counts.vehicles;
        facts["parcels"] = counts.parcels;
        facts["flows"] = counts.flows;
        const py::object answer = progress_(facts);
        return !answer.is(py::bool_(false));
    }

    py::object progress_;
    double last_look_s_ = -1;
    std::exception_ptr failure_;
};

LogSink log_to(const py::object& log) {
    if (log.is_none()) return drop_log;
    return [&log](LogLevel level, const std::string& text) {
        const py::gil_scoped_acquire gil;
        try {
            log(static_cast<int>(level), text);
        } catch (py::error_already_set& error) {
            error.discard_as_unraisable("jiahe log");
        }
    };
}

struct Inputs {
    fs::path scenario;
    std::vector<fs::path> data;
    std::vector<std::string> overrides;

    city::RunOptions options() const {
        city::RunOptions options;
        options.scenario = scenario;
        options.data_dirs = data;
        options.overrides = overrides;
        return options;
    }
};

city::RunOutcome run(const Inputs& inputs, const fs::path& out, int threads, int partitions,
                     std::optional<std::uint64_t> seed, std::optional<double> until_s, bool resume,
                     bool force, py::object progress, const py::object& log) {
    city::RunOptions options = inputs.options();
    options.out = out;
    options.threads = threads;
    options.partitions = partitions;
    options.seed = seed;
    if (until_s) options.until = ceil_seconds(*until_s);
    options.resume = resume;
    options.force = force;
    options.log = log_to(log);
    options.keep_tables = true;
    Watch watch(std::move(progress));
    city::RunOutcome outcome;
    {
        const py::gil_scoped_release release;
        outcome = city::run_scenario(options, [&](const city::Progress& p) { return watch(p); });
    }
    watch.rethrow();
    return outcome;
}

py::tuple check(const Inputs& inputs, int threads) {
    city::RunOptions options = inputs.options();
    options.threads = threads;
    city::CheckReport report;
    {
        const py::gil_scoped_release release;
        report = city::check_scenario(options);
    }
    return py::make_tuple(report.lines, report.memory_forecast_bytes, report.time_forecast_s);
}

std::string resolve(const Inputs& inputs) {
    const py::gil_scoped_release release;
    scenario::LoadOptions load;
    load.data_dirs = inputs.data;
    load.overrides = inputs.overrides;
    return scenario::Scenario::load(city::make_schema(), inputs.scenario, load).resolved_json();
}

py::tuple verify(const fs::path& folder, const std::optional<fs::path>& against) {
    city::VerifyReport report;
    {
        const py::gil_scoped_release release;
        report = city::verify_run(folder, against);
    }
    return py::make_tuple(report.lines, report.faults);
}

void write_report(const std::vector<fs::path>& runs, const fs::path& out,
                  const std::string& language) {
    const py::gil_scoped_release release;
    evaluation::write_report(runs, out, language);
}

void bind_outcome(py::module_& module) {
    using city::RunOutcome;
    py::class_<RunOutcome>(module, "Outcome")
        .def_property_readonly("folder", [](const RunOutcome& o) { return o.folder; })
        .def_readonly("complete", &RunOutcome::complete)
        .def_readonly("already_finished", &RunOutcome::already_finished)
        .def_readonly("state_hash", &RunOutcome::state_hash)
        .def_readonly("load_s", &RunOutcome::load_s)
        .def_readonly("simulate_s", &RunOutcome::simulate_s)
        .def_readonly("write_s", &RunOutcome::write_s)
        .def_readonly("events", &RunOutcome::events)
        .def("results",
             [](const RunOutcome& o) {
                 return o.already_finished
                            ? std::make_unique<ResultsSource>((o.folder / "results.h5").string())
                            : std::make_unique<ResultsSource>(o.tables);
             })
        .def_property_readonly("kpi_names", [](const RunOutcome& o) {
            py::dict names;
            for (const auto& kpi : o.indicators.kpis)
                names[py::str(kpi.name)] = kpi.long_name;
            return names;
        });
}

}  // namespace

void bind_runs(py::module_& module) {
    py::class_<Inputs>(module, "Inputs")
        .def(py::init<fs::path, std::vector<fs::path>, std::vector<std::string>>(),
             py::arg("scenario"), py::arg("data"), py::arg("overrides"));
    bind_outcome(module);
    module.def("run", &run, py::arg("inputs"), py::kw_only(), py::arg("out"), py::arg("threads"),
               py::arg("partitions"), py::arg("seed"), py::arg("until_s"), py::arg("resume"),
               py::arg("force"), py::arg("progress"), py::arg("log"));
    module.def("check", &check, py::arg("inputs"), py::arg("threads"));
    module.def("resolve", &resolve, py::arg("inputs"));
    module.def("verify", &verify, py::arg("folder"), py::arg("against"));
    module.def("write_report", &write_report, py::arg("runs"), py::arg("out"), py::arg("language"));
}

}  // namespace jiahe::bindings
