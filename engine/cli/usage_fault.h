// What is wrong with a command line, in words of this program: unknown commands and options with
// the nearest valid name, missing arguments by name.
//
// Pure functions over CLI11's application after a failed parse. Errors: E-CLI-002, on one line.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace jiahe::cli {

std::string usage_fault(const CLI::App& app, const CLI::ParseError& error,
                        const std::vector<std::string>& arguments);

std::vector<std::string> command_names(const CLI::App& app);

}  // namespace jiahe::cli
