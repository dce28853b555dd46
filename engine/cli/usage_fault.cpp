#include "cli/usage_fault.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace jiahe::cli {
namespace {

// The command that the arguments got to: the deepest subcommand that was parsed.
const CLI::App* command_reached(const CLI::App& app) {
    const CLI::App* at = &app;
    while (!at->get_subcommands().empty())
        at = at->get_subcommands().front();
    return at;
}

std::vector<std::string> option_names(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames())
            names.push_back("--" + name);
    }
    return names;
}

std::string with_hint(std::string text, const std::string& hint) {
    return hint.empty() ? text : fmt::format("{} ({})", text, hint);
}

// The first argument that nothing took; options before values, which may belong to them.
std::string unexpected(const CLI::App& command, std::vector<std::string> rest) {
    std::stable_partition(rest.begin(), rest.end(),
                          [](const std::string& text) { return text.rfind('-', 0) == 0; });
    const std::string name = rest.front().substr(0, rest.front().find('='));
    if (name.rfind('-', 0) != 0) return fmt::format("unexpected argument '{}'", name);
    return with_hint(fmt::format("unknown option '{}'", name),
                     did_you_mean(name, option_names(command)));
}

}  // namespace

std::vector<std::string> command_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(command->get_name());
    return names;
}

std::string usage_fault(const CLI::App& app, const CLI::ParseError& error,
                        const std::vector<std::string>& arguments) {
    const CLI::App* command = command_reached(app);
    const std::string called = command == &app ? "jiahe" : "jiahe " + command->get_name();
    const std::vector<std::string> rest = app.remaining(true);
    std::string text = error.what();
    if (command == &app && arguments.empty()) {
        text = "a command is expected";
    } else if (command == &app && arguments.front().rfind('-', 0) != 0) {
        text = with_hint(fmt::format("unknown command '{}'", arguments.front()),
                         did_you_mean(arguments.front(), command_names(app)));
    } else if (!rest.empty()) {
        text = unexpected(*command, rest);
    }
    return fmt::format("{}: error[E-CLI-002]: {}; see {} --help", called, text, called);
}

}  // namespace jiahe::cli
