#include "evaluation/lead_section.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "evaluation/audit_words.h"
#include "evaluation/day_series.h"
#include "evaluation/number_text.h"
#include "evaluation/run_figures.h"
#include "evaluation/site_names.h"

namespace jiahe::evaluation {
namespace {

// Only intervals with this share of the busiest one's vehicle-km are called the slowest.
constexpr double kBusyTraffic = 0.25;

template <class... Parts>
std::string filled(const std::string& pattern, const Parts&... parts) {
    return fmt::format(fmt::runtime(pattern), escape_html(parts)...);
}

// "24:00" of the first day stays so: a day ends at its own midnight.
std::string end_clock(double seconds) {
    return seconds == 86400 ? "24:00" : clock_text(seconds);
}

std::string trips_sentence(const RunRecord& run, const Say& say) {
    const Arrivals all = arrivals(run);
    if (!(all.planned > 0)) return {};
    const double missing = all.planned - all.arrived;
    std::string text =
        missing == 0
            ? filled(say("All <b>{}</b> vehicle trips arrived.", "<b>{}</b> 次车辆出行全部到达。"),
                     grouped(all.planned))
            : filled(say("Of <b>{}</b> vehicle trips <b>{}</b> arrived; {} were not at their "
                         "destination when the run ended.",
                         "<b>{}</b> 次车辆出行中 <b>{}</b> 已到达；结束时 {} 次尚未到达。"),
                     grouped(all.planned), percent(all.share()), grouped(missing));
    const auto* time = find_kpi(run, "traffic.mean_travel_time");
    const auto* delay = find_kpi(run, "traffic.mean_delay");
    if (time == nullptr || delay == nullptr || !has_meaning(run, *time)) return text;
    return text + filled(say(" A trip took <b>{}</b> on average, {} of it delay on the road.",
                             "平均每次出行 <b>{}</b>，其中路上延误 {}。"),
                         handy(time->value, time->unit, false, say.language).text(),
                         handy(delay->value, delay->unit, false, say.language).text());
}

std::string roads_sentence(const RunRecord& run, const Say& say) {
    if (run.trips.is_empty() || run.traffic.is_empty()) return {};
    const Span span = span_of(run);
    const UnderWay under_way = vehicles_under_way(run.trips, span.from_s, span.to_s, 300);
    const auto fullest = std::max_element(under_way.vehicles.begin(), under_way.vehicles.end());
    const Movement day = movement(run.traffic);
    const double most_km = *std::max_element(day.vehicle_km.begin(), day.vehicle_km.end());
    std::size_t slowest = day.mean_speed_mps.size();
    double least = 2;
    for (std::size_t b = 0; b < day.mean_speed_mps.size(); ++b) {
        if (day.vehicle_km[b] < kBusyTraffic * most_km) continue;
        const double ratio = day.mean_speed_mps[b] / day.free_speed_mps[b];
        if (ratio < least) {
            least = ratio;
            slowest = b;
        }
    }
    if (slowest == day.mean_speed_mps.size() || !(*fullest > 0)) return {};
    const double begin_s = run.traffic.bins.begin_s[slowest];
    return filled(
        say("The roads were fullest at <b>{}</b> with {} vehicles under way, and slowest "
            "from {} to {}: <b>{} km/h</b>, {} of free flow.",
            "<b>{}</b> 路上车辆最多，在途 {} 辆；{} 至 {} 车速最低，平均 <b>{} 公里/小时"
            "</b>，为自由流的 {}。"),
        clock_text(under_way.at_s[static_cast<std::size_t>(fullest - under_way.vehicles.begin())]),
        grouped(*fullest), clock_text(begin_s), end_clock(begin_s + run.traffic.bins.width_s),
        readable(day.mean_speed_mps[slowest] * 3.6), percent(least));
}

std::string tolls_sentence(const RunRecord& run, const Say& say) {
    const auto* delay = find_kpi(run, "tolling.mean_plaza_delay");
    if (run.tolling.is_empty() || delay == nullptr) return {};
    const PlazaDay day = plaza_day(run.tolling);
    if (!has_meaning(run, *delay) || day.slowest.empty()) return {};
    const double passages = std::accumulate(day.passages.begin(), day.passages.end(), 0.0);
    const PlazaPeak peak = plaza_peak(run.tolling, day.slowest[0]);
    return filled(
        say("A toll plaza held a vehicle for <b>{}</b> on average (n = {}); the longest "
            "queue stood at {} from {}, {} a vehicle.",
            "车辆在收费站平均停留 <b>{}</b>（n = {}）；最长排队出现在 {}，{} 起平均 {}。"),
        handy(delay->value, delay->unit, false, say.language).text(), grouped(passages),
        shown_site(run.tolling.name[day.slowest[0]], say.language), clock_text(peak.begin_s),
        handy(peak.delay_s, "s", false, say.language).text());
}

std::string parcels_sentence(const RunRecord& run, const Say& say) {
    if (run.logistics.ordered_s.empty()) return {};
    const Span span = span_of(run);
    const ParcelDay day = parcel_day(run.logistics, span.from_s, span.to_s, 3600);
    const auto all = static_cast<double>(run.logistics.ordered_s.size());
    if (!(day.due_count > 0)) {
        return filled(say("{} of {} parcels were delivered by {}; none was due by then.",
                          "{1} 件包裹中 {0} 件在 {2} 前送达；届时尚无到期包裹。"),
                      grouped(day.delivered_count), grouped(all), end_clock(span.to_s));
    }
    return filled(say("Of {} parcels due by {}, <b>{}</b> came in time; {} did not.",
                      "至 {1} 到期的 {0} 件包裹中 <b>{2}</b> 准时送达；{3} 件未准时。"),
                  grouped(day.due_count), end_clock(span.to_s),
                  percent(day.on_time_count / day.due_count),
                  grouped(day.due_count - day.on_time_count));
}

std::string script_sentence(const RunRecord& run, const Say& say) {
    if (run.script.empty()) return {};
    const ScriptedEvent& first = run.script.front();
    std::string text = shown_target(first, say.language);
    if (say.language == Language::kEnglish && text.starts_with("the ")) text = text.substr(4);
    std::string out = filled(
        say("<b>Scripted for this run:</b> {} {} ({}).", "<b>本次情景事件：</b>{}{}（{}）。"), text,
        shown_action(first, say.language), shown_window(first, say.language));
    if (run.script.size() > 1) {
        out += filled(say(" {} more events are listed below.", "另有 {} 个事件，见下文。"),
                      grouped(static_cast<double>(run.script.size() - 1)));
    }
    return out;
}

std::string banner(const char* style, const std::string& text) {
    return fmt::format(R"(<p class="banner {}" role="alert">{}</p>)", style, text);
}

}  // namespace

std::string warning_banner(const RunRecord& run, Language language) {
    const Say say{language};
    std::string out;
    const auto broken = std::count_if(run.audits.begin(), run.audits.end(),
                                      [](const auto& line) { return !line.balances(); });
    if (broken > 0) {
        std::string names;
        for (const results::AuditLine& line : run.audits) {
            if (!line.balances())
                names += (names.empty() ? "" : say(", ", "、")) + audit_label(line.name, language);
        }
        out += banner(
            "bad",
            filled(
                say("<b>{} of {} audits do not balance</b> ({}). Something was lost or made up: "
                    "no figure on this page may be used.",
                    "<b>{} / {} 项守恒审计不平</b>（{}）。有量凭空增减：本页所有数字均不可使用。"),
                std::to_string(broken), std::to_string(run.audits.size()), names));
    }
    const Span span = span_of(run);
    if (!run.complete && !(run.reached_s < clock_seconds(run.end))) {
        out += banner("partial", say("<b>This run was stopped before its end.</b> Every figure "
                                     "covers only the part that ran.",
                                     "<b>运行中途停止。</b>所有数字仅覆盖已运行时段。"));
    } else if (!run.complete) {
        out += banner(
            "partial",
            filled(say("<b>This run was stopped at {}, before its end at {}.</b> Every figure "
                       "covers only the part that ran: totals are too small, and vehicles and "
                       "parcels are still under way.",
                       "<b>运行在 {} 中止，原定 {} 结束。</b>所有数字仅覆盖已运行时段：总量偏小，"
                       "部分车辆与包裹仍在途中。"),
                   clock_text(span.to_s), run.end));
    } else if (run.reached_s < clock_seconds(run.end)) {
        out += banner("partial",
                      filled(say("<b>This run was asked to end at {}; its scenario goes on until "
                                 "{}.</b> Every figure covers only the part that ran.",
                                 "<b>本次运行按要求在 {} 结束，情景原定至 {}。</b>"
                                 "所有数字仅覆盖已运行时段。"),
                             clock_text(span.to_s), run.end));
    }
    return out;
}

std::string lead(const RunRecord& run, Language language) {
    const Say say{language};
    std::string out;
    for (const std::string& sentence :
         {script_sentence(run, say), trips_sentence(run, say), roads_sentence(run, say),
          tolls_sentence(run, say), parcels_sentence(run, say)}) {
        if (!sentence.empty()) out += "<p>" + sentence + "</p>";
    }
    return out.empty() ? out : "<div class=\"lead\">" + out + "</div>";
}

}  // namespace jiahe::evaluation
