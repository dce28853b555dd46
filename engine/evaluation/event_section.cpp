#include "evaluation/event_section.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "evaluation/day_series.h"
#include "evaluation/number_text.h"
#include "evaluation/page_table.h"
#include "evaluation/site_names.h"
#include "tolling/vehicle_kind.h"

namespace jiahe::evaluation {
namespace {

using tolling::Cause;

constexpr std::size_t kMostBands = 12;
constexpr std::size_t kMostStories = 3;
constexpr double kAround_s = 3600;  // looked at before and after an event
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

constexpr auto kChecked = std::to_array<Cause>({Cause::kObuRead});
constexpr auto kOffline = std::to_array<Cause>({Cause::kObuOffline});
constexpr auto kFallenBack = std::to_array<Cause>({Cause::kDegraded});
constexpr auto kPaidByHand = std::to_array<Cause>({Cause::kByHand});
constexpr auto kExceptions = std::to_array<Cause>(
    {Cause::kUnread, Cause::kClassMismatch, Cause::kBlacklisted, Cause::kUnlisted, Cause::kStray});

std::vector<double> settled_by(const TollingPart& t, std::size_t plaza,
                               std::span<const Cause> causes) {
    std::vector<double> counts;
    for (std::size_t b = 0; b < t.bins.count(); ++b) {
        double sum = 0;
        for (const Cause cause : causes) {
            sum += t.settled[(b * t.name.size() + plaza) * tolling::kCauseCount +
                             tolling::index_of(cause)];
        }
        counts.push_back(sum);
    }
    return counts;
}

std::string settlement_chart(const RunRecord& run, std::size_t plaza, Language language) {
    const Say say{language};
    const TollingPart& t = run.tolling;
    if (t.settled.empty()) return {};
    Chart chart;
    chart.language = language;
    chart.title =
        fmt::format(fmt::runtime(say("How passages were settled at {}", "{} 的通行处理方式")),
                    shown_site(t.name[plaza], language));
    chart.note = say("vehicles in each interval, by the time of payment", "辆，按支付时刻分时段");
    chart.mark = Mark::kBars;
    chart.stacked = true;
    chart.edges = edges_of(t.bins);
    chart.bands = event_bands(run);
    const auto add = [&](std::string name, const char* style, std::span<const Cause> causes) {
        std::vector<double> counts = settled_by(t, plaza, causes);
        const bool is_used =
            std::any_of(counts.begin(), counts.end(), [](double n) { return n > 0; });
        if (is_used) chart.series.push_back({std::move(name), style, std::move(counts)});
    };
    add(say("ETC, checked with the back office", "ETC 在线校验"), "s3", kChecked);
    add(say("ETC, checked with the list on site", "ETC 离线名单校验"), "v3", kOffline);
    add(say("ETC vehicle served by hand", "ETC 车辆转人工"), "s6", kFallenBack);
    add(say("paid by hand", "人工缴费"), "s1", kPaidByHand);
    add(say("exceptions, by hand", "异常，人工处理"), "s5", kExceptions);
    clip_to(chart, span_of(run).to_s);
    return draw(chart);
}

std::string queue_chart(const RunRecord& run, std::size_t plaza, Language language) {
    const Say say{language};
    Chart chart;
    chart.language = language;
    chart.title = fmt::format(fmt::runtime(say("Vehicles standing at {}", "{} 站内车辆")),
                              shown_site(run.tolling.name[plaza], language));
    chart.note = say("mean number in each interval: passages times mean delay (Little's law)",
                     "辆，各时段平均：通行量乘以平均延误（利特尔法则）");
    chart.mark = Mark::kArea;
    chart.edges = edges_of(run.tolling.bins);
    chart.bands = event_bands(run);
    chart.series.push_back({say("vehicles", "车辆"), "s2", vehicles_in_plaza(run.tolling, plaza)});
    clip_to(chart, span_of(run).to_s);
    return draw(chart);
}

struct Window {
    double from_s = 0, to_s = 0;
    bool is_empty() const { return !(to_s > from_s); }
};

// Sum over bins whose middle lies in the window.
double sum_in(const TimeBins& bins, const Window& window, const std::vector<double>& values) {
    double sum = 0;
    for (std::size_t b = 0; b < bins.count(); ++b) {
        const double middle = bins.begin_s[b] + bins.width_s / 2;
        if (middle >= window.from_s && middle < window.to_s && std::isfinite(values[b])) {
            sum += values[b];
        }
    }
    return sum;
}

double mean_delay_in(const TollingPart& t, std::size_t plaza, const Window& window) {
    std::vector<double> count, seconds;
    for (std::size_t b = 0; b < t.bins.count(); ++b) {
        const std::size_t i = b * t.name.size() + plaza;
        count.push_back(t.passages[i]);
        seconds.push_back(t.passages[i] * double{t.delay_s[i]});
    }
    const double n = sum_in(t.bins, window, count);
    return n > 0 ? sum_in(t.bins, window, seconds) / n : kNan;
}

double delivered_in(const LogisticsPart& logistics, const Window& window) {
    return static_cast<double>(
        std::count_if(logistics.delivered_s.begin(), logistics.delivered_s.end(),
                      [&](double t) { return t >= window.from_s && t < window.to_s; }));
}

std::string story_table(const RunRecord& run, std::size_t plaza, const ScriptedEvent& event,
                        Language language) {
    const Say say{language};
    const Span span = span_of(run);
    const TollingPart& t = run.tolling;
    const double until_s = std::min(event.until_s, span.to_s);
    const std::array<Window, 3> windows = {
        Window{std::max(span.from_s, event.from_s - kAround_s), event.from_s},
        Window{event.from_s, until_s}, Window{until_s, std::min(span.to_s, until_s + kAround_s)}};
    std::vector<double> passages;
    for (std::size_t b = 0; b < t.bins.count(); ++b)
        passages.push_back(t.passages[b * t.name.size() + plaza]);
    std::string rows;
    const auto row = [&](const std::string& name, auto&& figure) {
        rows += "<tr>" + cell(name);
        for (const Window& window : windows)
            rows += number_cell(window.is_empty() ? "–" : figure(window));
        rows += "</tr>";
    };
    const auto hourly = [](double count, const Window& window) {
        return readable(std::round(count * 3600 / (window.to_s - window.from_s)));
    };
    row(say("vehicles through the plaza, per hour", "通行量（辆/小时）"),
        [&](const Window& w) { return hourly(sum_in(t.bins, w, passages), w); });
    row(say("mean time in the plaza", "平均在站时间"), [&](const Window& w) {
        return handy(mean_delay_in(t, plaza, w), "s", false, language).text();
    });
    if (!t.settled.empty()) {
        row(say("ETC vehicles checked with the list on site", "ETC 离线名单校验（辆）"),
            [&](const Window& w) {
                return grouped(sum_in(t.bins, w, settled_by(t, plaza, kOffline)));
            });
        row(say("ETC vehicles served by hand", "ETC 车辆转人工（辆）"), [&](const Window& w) {
            return grouped(sum_in(t.bins, w, settled_by(t, plaza, kFallenBack)));
        });
    }
    if (!run.logistics.ordered_s.empty()) {
        row(say("parcels delivered in the whole city, per hour", "全市送达包裹（件/小时）"),
            [&](const Window& w) { return hourly(delivered_in(run.logistics, w), w); });
    }
    const auto head = [&](const Window& w, const std::string& name) {
        return ">" + name +
               (w.is_empty() ? "" : " " + clock_text(w.from_s) + "–" + clock_text(w.to_s));
    };
    return table({shown_site(t.name[plaza], language), head(windows[0], say("before", "之前")),
                  head(windows[1], say("during", "期间")), head(windows[2], say("after", "之后"))},
                 rows);
}

std::string stories(const RunRecord& run, Language language) {
    std::string out;
    std::vector<std::string> told;
    for (const ScriptedEvent& event : run.script) {
        const std::string name = plaza_of(event);
        const auto at = std::find(run.tolling.name.begin(), run.tolling.name.end(), name);
        if (name.empty() || run.tolling.is_empty() || at == run.tolling.name.end()) continue;
        if (told.size() == kMostStories || std::find(told.begin(), told.end(), name) != told.end())
            continue;
        told.push_back(name);
        const auto plaza = static_cast<std::size_t>(at - run.tolling.name.begin());
        out += "<div class=\"figures\">" + settlement_chart(run, plaza, language) +
               queue_chart(run, plaza, language) + "</div>" +
               story_table(run, plaza, event, language);
    }
    return out;
}

}  // namespace

std::vector<Band> event_bands(const RunRecord& run) {
    const Span span = span_of(run);
    std::vector<Band> bands;
    for (std::size_t i = 0; i < run.script.size() && bands.size() < kMostBands; ++i) {
        const ScriptedEvent& event = run.script[i];
        if (!(event.from_s < span.to_s) || !(event.until_s > span.from_s)) continue;
        bands.push_back({std::max(event.from_s, span.from_s), std::min(event.until_s, span.to_s),
                         fmt::format("E{}", i + 1)});
    }
    return bands;
}

std::string event_section(const RunRecord& run, Language language) {
    const Say say{language};
    if (run.script.empty()) return {};
    std::string rows;
    for (std::size_t i = 0; i < run.script.size(); ++i) {
        const ScriptedEvent& event = run.script[i];
        rows += "<tr>" + cell(fmt::format("E{}", i + 1)) + cell(shown_window(event, language)) +
                cell(shown_target(event, language)) + cell(shown_action(event, language)) + "</tr>";
    }
    return heading(say("What was made to happen", "情景事件")) + "<p class=\"plain\">" +
           say("Events of the scenario; charts mark them by number. Nothing but the events "
               "themselves was scripted: queues and late parcels follow from them. One run cannot "
               "tell what an event caused; for that, compare with a run without it (give both "
               "folders to jiahe report).",
               "事件由情景文件给定，图中以编号标出；此后的排队与包裹延误均为仿真结果，并非预设。"
               "单次运行不能说明因果，请与无事件的运行对比（将两个运行文件夹一并交给 jiahe "
               "report）。") +
           "</p>" +
           table({say("no.", "编号"), say("time", "时间"), say("what", "对象"),
                  say("what happened", "事件")},
                 rows) +
           stories(run, language);
}

}  // namespace jiahe::evaluation
