#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "evaluation/audit_words.h"
#include "evaluation/number_text.h"
#include "evaluation/page_table.h"
#include "evaluation/report_sections.h"
#include "evaluation/run_figures.h"

namespace jiahe::evaluation {
namespace {

constexpr std::size_t kStragglerRows = 100;
constexpr std::size_t kStragglerLinks = 8;

}  // namespace

std::string audit_section(const RunRecord& run, Language language) {
    const Say say{language};
    if (run.audits.empty()) return {};
    std::string rows;
    for (const results::AuditLine& line : run.audits) {
        rows += "<tr>" + cell(audit_label(line.name, language)) +
                cell(audit_claim(line.claim, language)) +
                number_cell(grouped(static_cast<double>(line.left))) +
                number_cell(grouped(static_cast<double>(line.right))) +
                (line.balances() ? cell(say("balances", "平衡"), "yes")
                                 : cell(say("broken", "不平"), "no")) +
                "</tr>";
    }
    return heading(say("Nothing vanishes: the audits", "守恒审计")) +
           table({say("audit", "审计项"), say("claim", "断言"), say(">left", ">左边"),
                  say(">right", ">右边"), say("verdict", "结论")},
                 rows);
}

namespace {

// Texts by how often they occur, most first.
std::vector<std::pair<std::string, std::size_t>> counted(const std::vector<std::string>& texts) {
    std::map<std::string, std::size_t> counts;
    for (const std::string& text : texts)
        ++counts[text];
    std::vector<std::pair<std::string, std::size_t>> ordered(counts.begin(), counts.end());
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    return ordered;
}

std::string count_table(const std::vector<std::string>& texts, std::size_t most,
                        const std::string& head, const std::string& count_head) {
    std::string rows;
    for (const auto& [text, count] : counted(texts)) {
        if (most-- == 0) break;
        rows += "<tr>" + cell(text) + number_cell(grouped(static_cast<double>(count))) + "</tr>";
    }
    return table({head, ">" + count_head}, rows);
}

}  // namespace

std::string straggler_section(const RunRecord& run, Language language) {
    const Say say{language};
    if (run.straggler_count == 0) return {};
    std::vector<std::string> kinds, links;
    std::string rows;
    for (const Straggler& row : run.stragglers) {
        kinds.push_back(cause_kind(row.cause, language));
        links.push_back(row.link.empty() ? say("not on a link", "不在路段上") : row.link);
    }
    for (std::size_t i = 0; i < std::min(run.stragglers.size(), kStragglerRows); ++i) {
        const Straggler& row = run.stragglers[i];
        rows += "<tr>" + number_cell(std::to_string(row.trip)) +
                number_cell(row.link.empty() ? "–" : row.link) +
                cell(cause_text(row.cause, language)) + "</tr>";
    }
    const auto listed = static_cast<std::int64_t>(run.stragglers.size());
    std::string intro =
        fmt::format(fmt::runtime(say("{} trips were not at their destination when the run ended.",
                                     "结束时 {} 次出行尚未到达目的地。")),
                    grouped(static_cast<double>(run.straggler_count)));
    if (run.straggler_count > listed) {
        intro += fmt::format(
            fmt::runtime(say(" Counts are over the first {} of them.", "统计取其中前 {} 条。")),
            grouped(static_cast<double>(listed)));
    }
    const std::size_t shown = std::min(run.stragglers.size(), kStragglerRows);
    return heading(say("Trips that did not arrive", "未到达的出行")) + "<p class=\"plain\">" +
           intro + "</p><div class=\"figures\">" +
           count_table(kinds, kinds.size(), say("cause", "原因"), say("trips", "出行数")) +
           count_table(links, kStragglerLinks, say("links that hold most of them", "最集中的路段"),
                       say("trips", "出行数")) +
           "</div><details><summary>" +
           fmt::format(
               fmt::runtime(say("The first {}, with link and cause", "前 {} 条的路段与原因")),
               shown) +
           "</summary>" +
           table({say(">trip", ">出行"), say(">link", ">路段"), say("cause", "原因")}, rows) +
           "</details>";
}

std::string provenance_section(const RunRecord& run, Language language) {
    const Say say{language};
    std::string list;
    const auto add = [&](const std::string& term, const std::string& text, bool is_code = false) {
        if (text.empty()) return;
        const std::string shown = escape_html(text);
        list += "<dt>" + escape_html(term) + "</dt><dd>" +
                (is_code ? "<code>" + shown + "</code>" : shown) + "</dd>";
    };
    add(say("scenario", "情景"), run.name, true);
    add(say("state hash", "状态哈希"), run.state_hash, true);
    add(say("program", "程序"),
        fmt::format("jiahe {} ({}), {}", run.version, run.commit, run.compiler));
    add(say("seed", "随机种子"), std::to_string(run.seed));
    add(say("computed with", "计算"),
        fmt::format(fmt::runtime(say(
                        "{} threads, {} partitions, {} events; results do not depend on threads",
                        "{} 线程，{} 分区，{} 事件；结果与线程数无关")),
                    run.threads, run.partitions, grouped(static_cast<double>(run.events))));
    add(say("wall time", "耗时"),
        fmt::format(fmt::runtime(say("load {:.1f} s, simulate {:.1f} s, results {:.1f} s",
                                     "装载 {:.1f} 秒，仿真 {:.1f} 秒，结果 {:.1f} 秒")),
                    run.load_s, run.simulate_s, run.results_s));
    add(say("map data", "地图数据"), shown_attribution(run));
    for (const InputDigest& input : run.inputs) {
        add(input.file, "sha256 " + input.sha256, true);
    }
    std::string notes;
    for (const std::string& note : run.notes)
        notes += "<p class=\"plain\">" + escape_html(note) + "</p>";
    if (!notes.empty()) {
        notes = "<details><summary>" + say("What was read and built", "读入与构建记录") +
                "</summary>" + notes + "</details>";
    }
    return heading(say("Where this comes from", "来源与可复现性")) + "<dl>" + list + "</dl>" +
           notes;
}

}  // namespace jiahe::evaluation
