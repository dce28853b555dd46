// `jiahe route`: plans a benchmark instance, checks the plan independently, prints and writes it.
#include <fmt/format.h>
#include <sys/resource.h>

#include <fstream>
#include <memory>
#include <optional>
#include <utility>

#include "base/error.h"
#include "cli/commands.h"
#include "routing/read_instance.h"
#include "routing/routes_file.h"
#include "routing/solver.h"

namespace jiahe::cli {
namespace {

constexpr std::int64_t kDefaultIterations = 200'000;
constexpr std::int64_t kNoIterationLimit = std::int64_t{1} << 60;

struct RouteArguments {
    std::filesystem::path instance, out, check;
    std::string rounding;
    std::int64_t iterations = -1;
    double cpu_s = 0;
    std::uint64_t seed = 1;
    int threads = 1;
};

// Of all threads of the process, since its start.
double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::optional<routing::CostRule> rule_of(const std::string& name) {
    if (name.empty()) return std::nullopt;
    return routing::cost_rule_of(name);
}

void print_outcome(const routing::Instance& instance, const routing::RoutesVerdict& verdict,
                   std::optional<double> best_known) {
    fmt::print("cost {} feasible {} time {:.2f}\n", cost_text(instance, verdict.cost),
               verdict.feasible() ? "yes" : "no", cpu_seconds());
    if (best_known && *best_known > 0) {
        const double cost = std::stod(cost_text(instance, verdict.cost));
        fmt::print("gap {:.3f} % of {:.{}f}\n", 100 * (cost - *best_known) / *best_known,
                   *best_known, cost_text(instance, 0).size() > 1 ? 2 : 0);
    }
    for (const std::string& fault : verdict.faults)
        fmt::print(stderr, "{}: {}\n", instance.file, fault);
}

void write_routes(const std::filesystem::path& path, const std::string& text) {
    const std::filesystem::path part = path.string() + ".part";
    std::ofstream out(part, std::ios::binary);
    out << text;
    out.close();
    std::error_code error;
    if (out) std::filesystem::rename(part, path, error);
    if (!out || error) throw IoError(path.string() + ": cannot be written");
}

int execute(const RouteArguments& a) {
    const routing::Instance instance = routing::read_instance(a.instance, rule_of(a.rounding));
    std::filesystem::path sibling = a.instance;
    const std::optional<double> best_known =
        routing::claimed_cost(sibling.replace_extension(".sol"));
    routing::Routes routes;
    if (!a.check.empty()) {
        routes = routing::read_routes(a.check);
    } else {
        const routing::Problem problem = routing::problem_of(instance);
        routing::SolveOptions options;
        options.seed = a.seed;
        options.iterations = a.iterations >= 0 ? a.iterations : kDefaultIterations;
        if (a.cpu_s > 0) {
            if (a.iterations < 0) options.iterations = kNoIterationLimit;
            options.spent = [limit = a.cpu_s] { return cpu_seconds() / limit; };
        }
        routes = routing::routes_of(instance, routing::solve(problem, options));
    }
    const routing::RoutesVerdict verdict = routing::check_routes(instance, routes);
    if (!a.out.empty()) write_routes(a.out, routes_text(instance, routes, verdict.cost));
    print_outcome(instance, verdict, best_known);
    return 0;
}

}  // namespace

void add_route(CLI::App& app, int& exit_code) {
    auto a = std::make_shared<RouteArguments>();
    CLI::App* route = app.add_subcommand("route", "plan the tours of a vehicle-routing instance");
    route->add_option("INSTANCE", a->instance, "VRPLIB .vrp or Solomon .txt")->required();
    route
        ->add_option("--iterations", a->iterations,
                     "of ruin and recreate (default 200000 without --time)")
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{1} << 50));
    route
        ->add_option("--time", a->cpu_s,
                     "CPU seconds of the whole process; plans then differ between runs")
        ->check(CLI::Range(0.01, 1e7));
    route->add_option("--seed", a->seed, "seed of all draws");
    route->add_option("--threads", a->threads, "threads; plans do not depend on it")
        ->check(CLI::Range(1, 1024));
    route->add_option("--rounding", a->rounding, "of distances (default by the file's kind)")
        ->check(CLI::IsMember({"nearest", "tenths", "thousandths", "exact"}));
    auto* out = route->add_option("--out", a->out, "write the routes, FILE.sol");
    route->add_option("--check", a->check, "plan nothing: judge the routes of this .sol file")
        ->excludes(out);
    route->callback([a, &exit_code] { exit_code = execute(*a); });
}

}  // namespace jiahe::cli
