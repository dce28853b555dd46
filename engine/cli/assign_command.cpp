#include <fmt/format.h>

#include <chrono>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>

#include "base/error.h"
#include "cli/commands.h"
#include "roads/assignment_flows.h"
#include "roads/assignment_network.h"
#include "roads/import_tntp.h"
#include "roads/static_assignment.h"

namespace jiahe::cli {
namespace {

struct AssignArguments {
    std::filesystem::path network, trips, out;
    CostWeights weights;
    AssignmentOptions options;
    bool system_optimum = false, quiet = false;
};

TntpNetwork read_network(const AssignArguments& a) {
    TntpNetwork network = read_tntp_links(a.network);
    const auto trips = a.trips.empty() ? tntp_trips_beside(a.network) : a.trips;
    if (trips.empty()) {
        throw InputError(InputFault{"E-CLI-003",
                                    {a.network.string(), 0, 0, ""},
                                    "no trips file (*_trips.tntp) lies beside the network",
                                    "name one: jiahe assign NETWORK TRIPS"});
    }
    read_tntp_trips(trips, network);
    return network;
}

// CLI::Range lets "nan" pass.
CLI::Validator within(double low, double high) {
    const std::string range = fmt::format("a number from {:g} to {:g}", low, high);
    return {[low, high, range](std::string& text) {
                double value = 0;
                const bool number = CLI::detail::lexical_cast(text, value);
                return number && value >= low && value <= high ? std::string{}
                                                               : text + " is not " + range;
            },
            range};
}

// Wall time and CPU time of all threads since it was made.
class Stopwatch {
  public:
    double wall_s() const { return wall_now_s() - wall_begin_s_; }
    double cpu_s() const { return cpu_now_s() - cpu_begin_s_; }

  private:
    static double wall_now_s() {
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        return std::chrono::duration<double>(now).count();
    }
    static double cpu_now_s() {
        timespec t{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
    }
    double wall_begin_s_ = wall_now_s(), cpu_begin_s_ = cpu_now_s();
};

void print_step(const AssignmentStep& step, double wall_s) {
    fmt::print(stderr, "iteration {:>3}  relative gap {:.3e}  objective {:.6f}  {:.3f} s\n",
               step.iteration, step.relative_gap, step.objective, wall_s);
}

void print_result(const AssignmentNetwork& network, const AssignmentResult& result) {
    fmt::print("links {}, trips assigned {:.3f}, inside zones (not assigned) {:.3f}\n",
               network.link_count(), network.assigned_trips, network.intrazonal_trips);
    if (network.links_without_capacity > 0) {
        fmt::print("links without capacity, taken at constant cost: {}\n",
                   network.links_without_capacity);
    }
    fmt::print("objective {:.6f}\n", result.objective);
    fmt::print("total cost {:.6f}\n", result.total_cost);
    fmt::print("relative gap {:.3e}\n", result.relative_gap);
    fmt::print("average excess cost {:.3e}\n", result.average_excess_cost);
    fmt::print("iterations {}\n", result.iterations);
}

int execute(AssignArguments& a) {
    const TntpNetwork tntp = read_network(a);
    const AssignmentNetwork network(tntp, tntp.demand, a.weights);
    if (a.system_optimum) a.options.goal = AssignmentGoal::kSystemOptimum;
    const Stopwatch watch;
    if (!a.quiet) {
        a.options.trace = [&](const AssignmentStep& step) { print_step(step, watch.wall_s()); };
    }
    const AssignmentResult result = assign(network, a.options);
    const double wall_s = watch.wall_s();
    const double cpu_s = watch.cpu_s();
    print_result(network, result);
    fmt::print("solver time {:.3f} s ({:.3f} s of CPU)\n", wall_s, cpu_s);
    if (!result.converged) {
        fmt::print("NOT CONVERGED: the iterations ended before the gap of {:.1e}\n", a.options.gap);
    }
    if (!a.out.empty()) {
        write_assignment_flows(tntp, a.weights, result, a.out);
        fmt::print("flows in {}\n", a.out.string());
    }
    return static_cast<int>(result.converged ? ExitCode::kOk : ExitCode::kResource);
}

}  // namespace

void add_assign(CLI::App& app, int& exit_code) {
    auto a = std::make_shared<AssignArguments>();
    CLI::App* assign =
        app.add_subcommand("assign", "static assignment of a TNTP network to its equilibrium");
    assign->add_option("NETWORK", a->network, "*_net.tntp")->required();
    assign->add_option("TRIPS", a->trips, "*_trips.tntp (default: that beside the network)");
    assign->add_option("--gap", a->options.gap, "relative gap to reach (default 1e-6)")
        ->check(within(0, 1));
    assign->add_option("--toll-weight", a->weights.toll, "time per unit of toll (default 0)")
        ->check(within(0, 1e9));
    assign
        ->add_option("--distance-weight", a->weights.distance,
                     "time per unit of length (default 0)")
        ->check(within(0, 1e9));
    assign->add_flag("--system-optimum", a->system_optimum, "least total cost instead");
    assign->add_option("--out", a->out, "CSV file of link flows");
    assign->add_option("--threads", a->options.threads, "threads; results do not depend on it")
        ->check(CLI::Range(1, 1024));
    assign
        ->add_option("--max-iterations", a->options.max_iterations,
                     "give up after so many (exit code 3; default 1000)")
        ->check(CLI::Range(0, 1'000'000));
    assign->add_flag("--quiet", a->quiet, "no line an iteration");
    assign->callback([a, &exit_code] { exit_code = execute(*a); });
}

}  // namespace jiahe::cli
