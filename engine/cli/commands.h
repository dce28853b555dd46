// The commands of the program `jiahe`: each adds itself to the CLI11 application and keeps its own
// options. No logic of their own: they call public headers and print.
//
// A command's callback returns the exit code through `exit_code` (product.md): 0, or 130/143 where
// a signal stopped a run that was sealed; errors are thrown and turned into codes by main().
#pragma once

#include <CLI/CLI.hpp>

namespace jiahe::cli {

void add_run(CLI::App& app, int& exit_code);
void add_check(CLI::App& app, int& exit_code);
void add_schema(CLI::App& app, int& exit_code);
void add_verify(CLI::App& app, int& exit_code);
void add_report(CLI::App& app, int& exit_code);
void add_import(CLI::App& app, int& exit_code);
void add_flows(CLI::App& app, int& exit_code);
void add_assign(CLI::App& app, int& exit_code);
void add_route(CLI::App& app, int& exit_code);

}  // namespace jiahe::cli
