#include "cli/commands.h"

#include <fmt/format.h>

#include <memory>

#include "base/error.h"
#include "city/run.h"
#include "evaluation/report.h"
#include "scenario/schema_documents.h"

namespace jiahe::cli {
void add_schema(CLI::App& app, int& exit_code) {
    auto markdown = std::make_shared<bool>(false);
    auto json = std::make_shared<bool>(false);
    CLI::App* schema = app.add_subcommand("schema", "print the scenario schema");
    auto* as_json = schema->add_flag("--json", *json, "JSON Schema (the default)");
    schema->add_flag("--markdown", *markdown, "Markdown")->excludes(as_json);
    schema->callback([markdown, &exit_code] {
        scenario::Schema s = city::make_schema();
        s.seal();
        fmt::print("{}", *markdown ? scenario::markdown(s) : scenario::json_schema(s));
        exit_code = 0;
    });
}

void add_verify(CLI::App& app, int& exit_code) {
    struct Arguments {
        std::filesystem::path folder, against;
    };
    auto a = std::make_shared<Arguments>();
    CLI::App* verify = app.add_subcommand("verify", "check a run's digests, audits and state hash");
    verify->add_option("RUN_DIR", a->folder, "folder of a sealed run")->required()->type_name("");
    verify->add_option("--against", a->against, "another run that must be bit-equal")
        ->type_name("RUN_DIR");
    verify->callback([a, &exit_code] {
        std::optional<std::filesystem::path> against;
        if (!a->against.empty()) against = a->against;
        const city::VerifyReport report = city::verify_run(a->folder, against);
        for (const std::string& line : report.lines)
            fmt::print("{}\n", line);
        for (const std::string& fault : report.faults)
            fmt::print(stderr, "{}: error: {}\n", a->folder.string(), fault);
        fmt::print("{}: {}\n", a->folder.string(),
                   report.faults.empty() ? "ok"
                                         : fmt::format("{} of {} checks fail", report.faults.size(),
                                                       report.faults.size() + report.lines.size()));
        exit_code = report.faults.empty() ? 0 : static_cast<int>(ExitCode::kCorrupt);
    });
}

void add_report(CLI::App& app, int& exit_code) {
    struct Arguments {
        std::vector<std::filesystem::path> folders;
        std::filesystem::path out;
        std::string language = "en";
    };
    auto a = std::make_shared<Arguments>();
    CLI::App* report = app.add_subcommand("report", "write a self-contained page of finished runs");
    report->add_option("RUN_DIR", a->folders, "folders of runs")->required()->type_name("...");
    report->add_option("--out", a->out, "default: report.html in the first folder")
        ->type_name("FILE");
    report->add_option("--lang", a->language, "en or zh")->type_name("LANGUAGE");
    report->callback([a, &exit_code] {
        const std::filesystem::path page =
            a->out.empty() ? a->folders.front() / "report.html" : a->out;
        evaluation::write_report(a->folders, page, a->language);
        fmt::print("{}\n", page.string());
        exit_code = 0;
    });
}

}  // namespace jiahe::cli
