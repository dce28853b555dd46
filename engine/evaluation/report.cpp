#include "evaluation/report.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "evaluation/assumptions_section.h"
#include "evaluation/comparison_section.h"
#include "evaluation/event_section.h"
#include "evaluation/language.h"
#include "evaluation/lead_section.h"
#include "evaluation/number_text.h"
#include "evaluation/page_assets.h"
#include "evaluation/report_charts.h"
#include "evaluation/report_sections.h"
#include "evaluation/run_figures.h"
#include "evaluation/run_record.h"
#include "results/run_files.h"

namespace jiahe::evaluation {
namespace {

std::string figures(const std::string& title, const std::string& charts) {
    if (charts.empty()) return {};
    return "<h2>" + escape_html(title) + "</h2><div class=\"figures\">" + charts + "</div>";
}

// Chinese text sets no space before the percent sign (GB/T 15835).
std::string with_chinese_percents(std::string text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c == '%' && out.ends_with(' ')) out.pop_back();
        out += c;
    }
    return out;
}

std::string body_of(const RunRecord& run, Language language) {
    const Say say{language};
    return headline(run, language) + verdict(run, language) + event_section(run, language) +
           map_section(run, language) +
           figures(say("Road traffic through the day", "道路交通"), traffic_charts(run, language)) +
           figures(say("Tolls, parcels, network", "收费、物流与通信"),
                   tolling_charts(run, language) + logistics_charts(run, language) +
                       telecom_charts(run, language)) +
           kpi_section(run, language) + plaza_section(run, language) +
           service_section(run, language) + straggler_section(run, language) +
           assumptions_section(run, language) + audit_section(run, language) +
           provenance_section(run, language);
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
                      "<meta name=\"color-scheme\" content=\"light\">\n" + "<title>" +
                      escape_html(title) + " – Jiahe</title>\n<style>\n" +
                      std::string(report_style()) + "</style>\n</head>\n<body>\n<main>\n<header>";
    out += "<p class=\"eyebrow\" style=\"margin-top:22px\">" +
           say("Jiahe · a city's day, simulated", "嘉禾 · 城市一日仿真报告") + "</p><h1>" +
           escape_html(title) + "</h1>";
    if (is_one) out += facts_line(runs[0], language);
    out += "</header>\n" + comparison_section(runs, language);
    const std::vector<std::string> names = distinct_names(runs);
    for (std::size_t r = 0; r < runs.size(); ++r) {
        if (!is_one) {
            out += "<section class=\"runname\"><h1>" + escape_html(names[r]) + "</h1>" +
                   facts_line(runs[r], language) + "</section>";
        }
        out += warning_banner(runs[r], language) + lead(runs[r], language) +
               body_of(runs[r], language) + "\n";
    }
    if (language == Language::kChinese) out = with_chinese_percents(std::move(out));
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
