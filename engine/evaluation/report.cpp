#include "evaluation/report.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "evaluation/language.h"
#include "evaluation/number_text.h"
#include "evaluation/page_assets.h"
#include "evaluation/report_charts.h"
#include "evaluation/report_sections.h"
#include "evaluation/run_record.h"
#include "results/run_files.h"

namespace jiahe::evaluation {
namespace {

std::string figures(const std::string& title, const std::string& charts) {
    if (charts.empty()) return {};
    return "<h2>" + escape_html(title) + "</h2><div class=\"figures\">" + charts + "</div>";
}

std::string body_of(const RunRecord& run, Language language) {
    const Say say{language};
    return verdict(run, language) + headline(run, language) + map_section(run, language) +
           figures(say("Road traffic through the day", "道路交通"), traffic_charts(run, language)) +
           figures(say("Tolls, parcels, network", "收费、物流与通信"),
                   tolling_charts(run, language) + logistics_charts(run, language) +
                       telecom_charts(run, language)) +
           kpi_section(run, language) + plaza_section(run, language) +
           service_section(run, language) + audit_section(run, language) +
           straggler_section(run, language) + provenance_section(run, language);
}

std::string page(const std::vector<RunRecord>& runs, Language language) {
    const Say say{language};
    const bool is_one = runs.size() == 1;
    const std::string title =
        is_one ? shown_name(runs[0]) : say("Comparison of runs", "运行对比报告");
    std::string out = "<!DOCTYPE html>\n<html lang=\"" +
                      std::string(language == Language::kEnglish ? "en" : "zh-CN") +
                      "\">\n<head>\n<meta charset=\"utf-8\">\n" +
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
                      "<title>" + escape_html(title) + " – Jiahe</title>\n<style>\n" +
                      std::string(report_style()) + "</style>\n</head>\n<body>\n<main>\n<header>";
    out += "<p class=\"eyebrow\" style=\"margin-top:22px\">" +
           say("Jiahe · a city's day, simulated", "嘉禾 · 城市一日仿真报告") + "</p><h1>" +
           escape_html(title) + "</h1>";
    if (is_one) out += facts_line(runs[0], language);
    out += "</header>\n" + comparison_section(runs, language);
    for (const RunRecord& run : runs) {
        if (!is_one) {
            out += "<section class=\"runname\"><h1>" + escape_html(shown_name(run)) + "</h1>" +
                   facts_line(run, language) + "</section>";
        }
        out += body_of(run, language) + "\n";
    }
    out +=
        "<footer>" +
        say("Made by Jiahe. Everything shown was simulated; figures, tables and the map are in the "
            "run's folder (results.h5, kpi.csv, manifest.json).",
            "由嘉禾生成。以上均为仿真结果，数据见运行文件夹（results.h5、kpi.csv、manifest."
            "json）。") +
        "</footer>\n</main>\n<script>\n" + std::string(report_map_script()) +
        "</script>\n</body>\n</html>\n";
    return out;
}

}  // namespace

void write_report(const std::vector<std::filesystem::path>& run_dirs,
                  const std::filesystem::path& out_file, std::string_view language) {
    JIAHE_CHECK(!run_dirs.empty(), "a report needs a run");
    const Language parsed = parse_language(language);
    std::vector<RunRecord> runs;
    for (const std::filesystem::path& folder : run_dirs)
        runs.push_back(read_run(folder));
    results::write_file(out_file.string(), page(runs, parsed));
}

}  // namespace jiahe::evaluation
