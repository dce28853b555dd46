#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>

#include "base/error.h"
#include "city/run.h"
#include "cli/commands.h"

namespace {

// `jiahe help TOPIC` is `jiahe TOPIC --help`.
std::vector<std::string> arguments_of(int argc, char** argv) {
    std::vector<std::string> arguments(argv + 1, argv + argc);
    if (!arguments.empty() && arguments[0] == "help") {
        arguments.erase(arguments.begin());
        arguments.push_back("--help");
    }
    return {arguments.rbegin(), arguments.rend()};  // CLI11 takes them in reverse order
}

int run(int argc, char** argv) {
    CLI::App app{"Jiahe: a whole city on one clock - roads with tolls, parcels, networks", "jiahe"};
    app.set_version_flag(
        "--version", "jiahe " + jiahe::city::version() + " (" + jiahe::city::build_commit() + ")");
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
    try {
        app.parse(arguments_of(argc, argv));
    } catch (const CLI::Success& e) {
        return app.exit(e);
    } catch (const CLI::ParseError& e) {
        fmt::print(stderr, "jiahe: error[E-CLI-002]: {} (see jiahe --help)\n", e.what());
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
