#include "evaluation/comparison_section.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "evaluation/chart.h"
#include "evaluation/day_series.h"
#include "evaluation/event_section.h"
#include "evaluation/kpi_labels.h"
#include "evaluation/number_text.h"
#include "evaluation/page_table.h"
#include "evaluation/paired_runs.h"
#include "evaluation/run_figures.h"
#include "evaluation/site_names.h"

namespace jiahe::evaluation {
namespace {

constexpr std::array<const char*, 6> kStyles = {"s1", "s2", "s3", "s4", "s6", "s5"};
constexpr std::size_t kSettingRows = 40;

std::string script_text(const RunRecord& run, const Say& say) {
    std::string out;
    for (const ScriptedEvent& event : run.script) {
        out += (out.empty() ? "" : "; ") + shown_target(event, say.language) + " " +
               shown_action(event, say.language) + " (" + shown_window(event, say.language) + ")";
    }
    return out.empty() ? say("none", "无") : out;
}

std::string differences(const std::vector<RunRecord>& runs, const std::vector<std::string>& names,
                        const Say& say) {
    std::string out;
    for (std::size_t r = 1; r < runs.size(); ++r) {
        std::string rows;
        const std::string first = script_text(runs[0], say), other = script_text(runs[r], say);
        if (first != other) {
            rows += "<tr>" + cell(say("events", "事件")) + cell(first) + cell(other) + "</tr>";
        }
        const std::vector<SettingDifference> found = differing_settings(runs[0], runs[r]);
        for (std::size_t i = 0; i < std::min(found.size(), kSettingRows); ++i) {
            rows += "<tr>" + cell(found[i].path) + cell(found[i].first) + cell(found[i].second) +
                    "</tr>";
        }
        if (runs[0].seed != runs[r].seed) {
            rows += "<tr>" + cell(say("seed", "随机种子")) + cell(std::to_string(runs[0].seed)) +
                    cell(std::to_string(runs[r].seed)) + "</tr>";
        }
        if (runs[0].version + runs[0].commit != runs[r].version + runs[r].commit) {
            rows += "<tr>" + cell(say("program", "程序")) + cell(runs[0].commit) +
                    cell(runs[r].commit) + "</tr>";
        }
        if (rows.empty()) {
            out += "<p class=\"plain\">" +
                   escape_html(fmt::format(
                       fmt::runtime(say("{} and {} have the same scenario, seed and program.",
                                        "{} 与 {} 的情景、种子和程序完全相同。")),
                       names[0], names[r])) +
                   "</p>";
        } else {
            out += table({say("what differs", "不同之处"), names[0], names[r]}, rows);
        }
    }
    return out;
}

std::string pairing(const std::vector<RunRecord>& runs, const std::vector<std::string>& names,
                    const Say& say) {
    std::string unpaired;
    bool is_partial = false;
    for (std::size_t r = 0; r < runs.size(); ++r) {
        is_partial |= !runs[r].complete;
        if (r == 0) continue;
        const bool trips = runs[0].trips.is_empty() || have_same_trips(runs[0], runs[r]);
        const bool parcels =
            runs[0].logistics.ordered_s.empty() || have_same_parcels(runs[0], runs[r]);
        if (trips && parcels && runs[0].seed == runs[r].seed) continue;
        unpaired += (unpaired.empty() ? "" : say(", ", "、")) + names[r];
    }
    std::string out =
        say("<b>One run each (n = 1): no interval of confidence.</b> A difference "
            "here is what happened in these runs; repeat them with more seeds before "
            "deciding on small ones.",
            "<b>每种设置只有一次运行（n = 1），没有置信区间。</b>"
            "所列差异仅为这几次运行的结果；差异较小时，应以更多随机种子重复后再作判断。");
    if (unpaired.empty()) {
        out +=
            say(" The runs are paired: same seed, same trips, same parcels, so a difference "
                "comes from what differs in the scenarios.",
                "各次运行成对：种子、出行与包裹均相同，差异来自情景的不同。");
    } else {
        out += fmt::format(
            fmt::runtime(say(" <b>Not paired with {}: {}.</b> Trips, parcels or seed differ, so "
                             "the differences hold chance as well.",
                             "<b>与 {} 不成对：{}。</b>出行、包裹或种子不同，差异含有偶然成分。")),
            escape_html(names[0]), escape_html(unpaired));
    }
    if (is_partial) {
        out += say(" <b>A run was stopped before its end</b>; its totals are not comparable.",
                   "<b>有运行中途停止</b>，其总量不可比。");
    }
    return "<p class=\"banner partial\">" + out + "</p>";
}

// Below this share of the first run's figure, a difference of a quantity is not spelt out.
constexpr double kNextToNothing = 1e-3;

std::string difference_text(const results::Kpi& first, const results::Kpi& other,
                            Language language) {
    const double change = other.value - first.value;
    const std::string text = signed_difference(change, first.unit, is_share(first.name), language);
    if (first.value == 0 || change == 0 || is_share(first.name)) return text;
    const double share = std::abs(change / first.value);
    const bool is_tiny = share < kNextToNothing;
    if (is_tiny && first.unit != "1") return Say{language}("below 0.1 %", "< 0.1 %");
    return text + (is_tiny ? std::string(" (<0.1 %)")
                           : fmt::format(" ({}{} %)", change > 0 ? "+" : "−",
                                         grouped(100 * share, share < 0.1 ? 1 : 0)));
}

std::string kpi_row(const std::vector<RunRecord>& runs, const results::Kpi& kpi,
                    Language language) {
    std::string row = "<tr>" + cell(kpi_label(kpi.name, language)) +
                      number_cell(shown_kpi(runs[0], kpi, language).text());
    for (std::size_t r = 1; r < runs.size(); ++r) {
        const results::Kpi* other = find_kpi(runs[r], kpi.name);
        const bool is_known = other != nullptr && other->unit == kpi.unit;
        row += number_cell(is_known ? shown_kpi(runs[r], *other, language).text() : "–");
        const bool is_both = is_known && has_meaning(runs[0], kpi) && has_meaning(runs[r], *other);
        row += number_cell(is_both ? difference_text(kpi, *other, language) : "–");
    }
    return row + "</tr>";
}

bool is_equal_in_all(const std::vector<RunRecord>& runs, const results::Kpi& kpi) {
    return std::all_of(runs.begin() + 1, runs.end(), [&](const RunRecord& run) {
        const results::Kpi* other = find_kpi(run, kpi.name);
        return other != nullptr && other->unit == kpi.unit &&
               (other->value == kpi.value || (std::isnan(other->value) && std::isnan(kpi.value)));
    });
}

std::string kpi_table(const std::vector<RunRecord>& runs, const std::vector<std::string>& names,
                      const Say& say) {
    std::vector<std::string> headings = {say("figure", "指标"), ">" + names[0]};
    for (std::size_t r = 1; r < runs.size(); ++r) {
        headings.push_back(">" + names[r]);
        headings.push_back(say(">difference", ">差值"));
    }
    std::string rows, equal;
    for (const results::Kpi& kpi : runs[0].kpis) {
        if (is_equal_in_all(runs, kpi)) {
            equal += (equal.empty() ? "" : say(", ", "、")) + kpi_label(kpi.name, say.language);
        } else {
            rows += kpi_row(runs, kpi, say.language);
        }
    }
    std::string out = rows.empty() ? "<p class=\"plain\">" +
                                         say("No figure differs.", "各项指标均相同。") + "</p>"
                                   : table(headings, rows);
    if (!equal.empty()) {
        out += "<details><summary>" + say("Figures that are equal in all runs", "各次相同的指标") +
               "</summary><p class=\"plain\">" + escape_html(equal) + "</p></details>";
    }
    return out;
}

std::string one_by_one(const std::vector<RunRecord>& runs, const std::vector<std::string>& names,
                       const Say& say) {
    std::string rows;
    const auto row = [&](const std::string& run, const std::string& what, std::size_t n,
                         const std::string& figure) {
        rows += "<tr>" + cell(run) + cell(what) + number_cell(figure) +
                number_cell(grouped(static_cast<double>(n))) + "</tr>";
    };
    const auto number = [](std::size_t n) { return grouped(static_cast<double>(n)); };
    for (std::size_t r = 1; r < runs.size(); ++r) {
        if (have_same_trips(runs[0], runs[r])) {
            const PairedTrips p = paired_trips(runs[0], runs[r]);
            row(names[r], say("the same trip took longer by, on average", "同一出行平均多用时"),
                p.both, signed_difference(p.mean_difference_s, "s", false, say.language));
            row(names[r], say("trips slower by more than a minute", "慢 1 分钟以上的出行"), p.both,
                number(p.slower));
            row(names[r], say("trips faster by more than a minute", "快 1 分钟以上的出行"), p.both,
                number(p.faster));
        }
        if (have_same_parcels(runs[0], runs[r])) {
            const PairedParcels p = paired_parcels(runs[0], runs[r]);
            row(names[r], say("parcels in time before, not now", "原准时、现不准时的包裹"), p.due,
                number(p.lost));
            row(names[r], say("parcels in time now, not before", "原不准时、现准时的包裹"), p.due,
                number(p.won));
        }
    }
    if (rows.empty()) return {};
    return "<h2>" + say("The same trips and parcels, one by one", "逐一对比同一出行与包裹") +
           "</h2>" +
           table({say("run", "运行"), say("against the first run", "与第一次运行相比"),
                  say(">figure", ">数值"), say(">of n", ">样本数 n")},
                 rows);
}

Chart overlay(const std::vector<RunRecord>& runs, Language language) {
    Chart chart;
    chart.language = language;
    for (const RunRecord& run : runs) {
        for (const Band& band : event_bands(run)) {
            const bool is_new =
                std::none_of(chart.bands.begin(), chart.bands.end(),
                             [&](const Band& b) { return b.from == band.from && b.to == band.to; });
            if (is_new) chart.bands.push_back({band.from, band.to, ""});
        }
    }
    return chart;
}

std::string overlays(const std::vector<RunRecord>& runs, const std::vector<std::string>& names,
                     const Say& say) {
    if (runs.size() > kStyles.size()) return {};
    Span span = span_of(runs[0]);
    bool has_bins = !runs[0].tolling.is_empty();
    for (const RunRecord& run : runs) {
        span.from_s = std::min(span.from_s, span_of(run).from_s);
        span.to_s = std::max(span.to_s, span_of(run).to_s);
        has_bins &= run.tolling.bins.begin_s == runs[0].tolling.bins.begin_s;
    }
    Chart delay = overlay(runs, say.language), parcels = overlay(runs, say.language);
    delay.title = say("Mean time at toll plazas", "收费站平均在站时间");
    delay.note = say("s, all plazas; shaded: events", "秒，全部收费站；阴影为事件时段");
    parcels.title = say("Parcels delivered", "已送达包裹");
    parcels.note =
        say("parcels since the start of the day; shaded: events", "件，当日累计；阴影为事件时段");
    for (std::size_t r = 0; r < runs.size(); ++r) {
        const ParcelDay day = parcel_day(runs[r].logistics, span.from_s, span.to_s, 300);
        parcels.edges = day.at_s;
        parcels.series.push_back({names[r], kStyles[r], day.delivered, r == 0});
        if (!has_bins) continue;
        delay.edges = edges_of(runs[r].tolling.bins);
        delay.series.push_back(
            {names[r], kStyles[r], plaza_day(runs[r].tolling).mean_delay_s, r == 0});
    }
    std::string out;
    if (has_bins) {
        clip_to(delay, span.to_s);
        out += draw(delay);
    }
    if (!runs[0].logistics.ordered_s.empty()) out += draw(parcels);
    return out.empty() ? out : "<div class=\"figures\">" + out + "</div>";
}

}  // namespace

std::vector<std::string> distinct_names(const std::vector<RunRecord>& runs) {
    std::vector<std::string> names;
    for (const RunRecord& run : runs) {
        const std::string name = shown_name(run);
        const auto same = std::count_if(runs.begin(), runs.end(), [&](const RunRecord& other) {
            return shown_name(other) == name;
        });
        std::filesystem::path folder = run.folder;
        if (!folder.has_filename()) folder = folder.parent_path();
        names.push_back(same > 1 ? folder.filename().string() : name);
    }
    return names;
}

std::string comparison_section(const std::vector<RunRecord>& runs, Language language) {
    const Say say{language};
    if (runs.size() < 2) return {};
    const std::vector<std::string> names = distinct_names(runs);
    return pairing(runs, names, say) + differences(runs, names, say) +
           heading(say("The runs side by side", "运行对比")) + "<p class=\"plain\">" +
           escape_html(fmt::format(
               fmt::runtime(say("Differences are against {}.", "差值相对 {}。")), names[0])) +
           "</p>" + kpi_table(runs, names, say) + one_by_one(runs, names, say) +
           overlays(runs, names, say);
}

}  // namespace jiahe::evaluation
