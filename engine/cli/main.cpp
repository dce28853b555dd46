#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <string>
#include <vector>

#include "base/error.h"
#include "city/run.h"
#include "cli/commands.h"
#include "cli/usage_fault.h"
#include "scenario/schema_documents.h"

namespace {

// `jiahe help COMMAND` is `jiahe COMMAND --help`; other topics are the scenario's keys and errors.
bool print_help_on_scenario(const CLI::App& app, const std::vector<std::string>& arguments) {
    if (arguments.size() != 2 || arguments[0] != "help") return false;
    const std::vector<std::string> commands = jiahe::cli::command_names(app);
    if (std::find(commands.begin(), commands.end(), arguments[1]) != commands.end()) return false;
    jiahe::scenario::Schema schema = jiahe::city::make_schema();
    schema.seal();
    fmt::print("{}", jiahe::scenario::help(schema, arguments[1]));
    return true;
}

// As CLI11 takes them: in reverse order.
std::vector<std::string> for_parser(std::vector<std::string> arguments) {
    if (!arguments.empty() && arguments[0] == "help") {
        arguments.erase(arguments.begin());
        arguments.push_back("--help");
    }
    return {arguments.rbegin(), arguments.rend()};
}

int run(int argc, char** argv) {
    CLI::App app{"Jiahe: a whole city on one clock - roads with tolls, parcels, networks", "jiahe"};
    app.set_version_flag(
        "--version", "jiahe " + jiahe::city::version() + " (" + jiahe::city::build_commit() + ")");
    app.footer(
        "jiahe help TOPIC explains a command, a key of the scenario such as traffic.demand,\n"
        "or all error codes (errors).");
    app.require_subcommand(1);
    int exit_code = 0;
    jiahe::cli::add_run(app, exit_code);
    jiahe::cli::add_check(app, exit_code);
    jiahe::cli::add_schema(app, exit_code);
    jiahe::cli::add_verify(app, exit_code);
    jiahe::cli::add_report(app, exit_code);
    jiahe::cli::add_import(app, exit_code);
    jiahe::cli::add_flows(app, exit_code);
    jiahe::cli::add_assign(app, exit_code);
    jiahe::cli::add_route(app, exit_code);
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (print_help_on_scenario(app, arguments)) return 0;
    try {
        app.parse(for_parser(arguments));
    } catch (const CLI::Success& e) {
        return app.exit(e);
    } catch (const CLI::ParseError& e) {
        fmt::print(stderr, "{}\n", jiahe::cli::usage_fault(app, e, arguments));
        return static_cast<int>(jiahe::ExitCode::kBadInput);
    }
    return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const jiahe::Error& e) {
        fmt::print(stderr, "{}\n", e.what());
        return static_cast<int>(e.exit_code());
    } catch (const std::bad_alloc&) {
        fmt::print(stderr, "jiahe: out of memory\n");
        return static_cast<int>(jiahe::ExitCode::kResource);
    } catch (const std::exception& e) {
        fmt::print(stderr, "jiahe: internal error: {}\n", e.what());
        return static_cast<int>(jiahe::ExitCode::kInternal);
    }
}
