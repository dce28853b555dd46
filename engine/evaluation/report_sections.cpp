#include "evaluation/report_sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "evaluation/day_series.h"
#include "evaluation/kpi_labels.h"
#include "evaluation/number_text.h"
#include "evaluation/page_table.h"
#include "evaluation/run_figures.h"
#include "evaluation/site_names.h"

namespace jiahe::evaluation {
namespace {

constexpr std::size_t kPlazaRows = 20;

std::string card(const Quantity& quantity, const std::string& label) {
    const std::string unit =
        quantity.unit.empty() ? "" : "<small>" + escape_html(quantity.unit) + "</small>";
    return fmt::format(
        R"(<div class="card"><div class="value">{}{}</div><div class="label">{}</div></div>)",
        escape_html(quantity.value), unit, escape_html(label));
}

Quantity split_percent(double share) {
    const std::string text = percent(share);
    const std::size_t space = text.rfind(' ');
    if (space == std::string::npos) return {text, ""};
    return {text.substr(0, space), text.substr(space + 1)};
}

}  // namespace

std::string facts_line(const RunRecord& run, Language language) {
    const Say say{language};
    const Span span = span_of(run);
    std::vector<std::string> facts;
    if (!run.date.empty()) facts.push_back(run.date);
    facts.push_back(clock_text(span.from_s) + "–" +
                    (span.to_s == 86400 ? "24:00" : clock_text(span.to_s)));
    if (!run.traffic.is_empty()) {
        facts.push_back(grouped(static_cast<double>(run.traffic.link.size())) +
                        say(" links", " 条路段"));
    }
    const Arrivals all = arrivals(run);
    if (all.planned > 0)
        facts.push_back(grouped(all.planned) + say(" vehicle trips", " 次车辆出行"));
    if (!run.logistics.ordered_s.empty()) {
        facts.push_back(grouped(static_cast<double>(run.logistics.ordered_s.size())) +
                        say(" parcels", " 件包裹"));
    }
    if (!run.telecom.lon.empty()) {
        facts.push_back(grouped(static_cast<double>(run.telecom.lon.size())) +
                        say(" radio cells", " 个无线小区"));
    }
    facts.push_back(say("seed ", "随机种子 ") + std::to_string(run.seed));
    std::string out = "<p class=\"facts\">";
    for (const std::string& fact : facts)
        out += "<span>" + escape_html(fact) + "</span>";
    return out + "</p>";
}

std::string verdict(const RunRecord& run, Language language) {
    const Say say{language};
    const bool is_sound = std::all_of(run.audits.begin(), run.audits.end(),
                                      [](const auto& line) { return line.balances(); });
    if (run.audits.empty() || !is_sound) return {};
    const std::string text = fmt::format(
        fmt::runtime(say("<b>All {} audits balance</b>: every vehicle, parcel, fen and byte is "
                         "accounted for.",
                         "<b>{} 项守恒审计全部平衡</b>：车辆、包裹、资金与数据均可逐一核对。")),
        run.audits.size());
    return "<p class=\"verdict\">" + text + "</p>";
}

std::string headline(const RunRecord& run, Language language) {
    const Say say{language};
    std::string cards;
    if (const Arrivals all = arrivals(run); all.planned > 0) {
        cards += card(split_percent(all.share()), say("of trips arrived", "出行到达率"));
    }
    if (!run.traffic.is_empty()) {
        const Movement day = movement(run.traffic);
        double km = 0, hours = 0;
        for (std::size_t b = 0; b < day.vehicle_km.size(); ++b) {
            if (!(day.mean_speed_mps[b] > 0)) continue;
            km += day.vehicle_km[b];
            hours += day.vehicle_km[b] / (day.mean_speed_mps[b] * 3.6);
        }
        if (hours > 0) {
            cards += card({readable(km / hours), say("km/h", "公里/小时")},
                          say("mean speed on the network", "路网平均车速"));
        }
    }
    if (const auto* delay = find_kpi(run, "tolling.mean_plaza_delay"); delay != nullptr) {
        cards += card(shown_kpi(run, *delay, language),
                      say("mean time in a toll plaza", "收费站平均在站时间"));
    }
    if (const auto* revenue = find_kpi(run, "tolling.revenue"); revenue != nullptr) {
        cards += card(handy(revenue->value, revenue->unit, false, language),
                      say("of tolls", "通行费收入"));
    }
    if (!run.logistics.ordered_s.empty()) {
        const Span span = span_of(run);
        const ParcelDay day = parcel_day(run.logistics, span.from_s, span.to_s, 3600);
        if (day.due_count > 0) {
            cards += card(split_percent(day.on_time_count / day.due_count),
                          say("of parcels due came in time", "应送达包裹准时率"));
        } else {
            const auto all = static_cast<double>(run.logistics.ordered_s.size());
            cards += card(split_percent(day.delivered_count / all),
                          say("of parcels delivered, none due yet", "包裹送达率（尚无到期）"));
        }
    }
    double offered = 0, dropped = 0;
    for (std::size_t c = 0; c < run.telecom.class_name.size(); ++c) {
        if (std::isfinite(run.telecom.offered_bytes[c])) offered += run.telecom.offered_bytes[c];
        if (std::isfinite(run.telecom.dropped_bytes[c])) dropped += run.telecom.dropped_bytes[c];
    }
    if (offered > 0) {
        cards += card(split_percent(1 - dropped / offered),
                      say("of network data carried", "网络数据承载率"));
    }
    return cards.empty() ? cards : "<div class=\"cards headline\">" + cards + "</div>";
}

std::string kpi_section(const RunRecord& run, Language language) {
    const Say say{language};
    if (run.kpis.empty()) return {};
    std::vector<std::string_view> systems;  // in the order of the file
    for (const results::Kpi& kpi : run.kpis) {
        const std::string_view system = kpi_system(kpi.name);
        if (std::find(systems.begin(), systems.end(), system) == systems.end()) {
            systems.push_back(system);
        }
    }
    std::string out = heading(say("The run in figures", "运行指标"));
    for (const std::string_view system : systems) {
        out += "<p class=\"system\">" + escape_html(system_label(system, language)) +
               "</p><div class=\"cards\">";
        for (const results::Kpi& kpi : run.kpis) {
            if (kpi_system(kpi.name) != system) continue;
            out += card(shown_kpi(run, kpi, language), kpi_label(kpi.name, language));
        }
        out += "</div>";
    }
    return out;
}

std::string plaza_section(const RunRecord& run, Language language) {
    const Say say{language};
    if (run.tolling.is_empty()) return {};
    const std::vector<PlazaRow> all = plaza_table(run.tolling);
    std::string rows;
    for (std::size_t i = 0; i < std::min(all.size(), kPlazaRows); ++i) {
        const PlazaRow& row = all[i];
        rows += "<tr>" + cell(shown_site(row.name, language)) + number_cell(grouped(row.passages)) +
                number_cell(handy(row.mean_delay_s, "s", false, language).text()) +
                number_cell(handy(row.peak_delay_s, "s", false, language).text()) +
                number_cell(clock_text(row.peak_s)) + "</tr>";
    }
    std::string out = heading(say("Toll plazas", "收费站"));
    if (all.size() > kPlazaRows) {
        out += fmt::format(
            "<p class=\"plain\">{}</p>",
            fmt::format(fmt::runtime(say("The busiest {} of {}; all of them are in results.h5.",
                                         "通行量最大的 {} 个（共 {} 个），其余见 results.h5。")),
                        kPlazaRows, all.size()));
    }
    return out + table({say("plaza", "收费站"), say(">passages", ">通行量（辆）"),
                        say(">mean time in the plaza", ">平均在站时间"),
                        say(">in the slowest interval", ">最慢时段"), say(">from", ">起始")},
                       rows);
}

std::string service_section(const RunRecord& run, Language language) {
    const Say say{language};
    const TelecomPart& t = run.telecom;
    if (t.class_name.empty()) return {};
    std::string rows;
    for (std::size_t c = 0; c < t.class_name.size(); ++c) {
        const double offered = t.offered_bytes[c];
        const auto bytes = [&](double value) {
            return number_cell(handy(value, "B", false, language).text());
        };
        std::string meter;
        if (offered > 0) {
            const auto part = [&](double value, const char* style) {
                return fmt::format("<i class=\"{}\" style=\"width:{:.3f}%\"></i>", style,
                                   100 * std::clamp(value / offered, 0.0, 1.0));
            };
            meter = "<span class=\"meter\">" + part(t.delivered_bytes[c], "s3") +
                    part(t.queued_bytes[c], "v3") + part(t.dropped_bytes[c], "s6") + "</span>";
        }
        rows += "<tr>" + cell(service_label(t.class_name[c], language)) + bytes(offered) +
                bytes(t.delivered_bytes[c]) + bytes(t.queued_bytes[c]) + bytes(t.dropped_bytes[c]) +
                "<td>" + meter + "</td></tr>";
    }
    return heading(say("Network services", "网络业务")) +
           table({say("service", "业务"), say(">offered", ">请求"), say(">delivered", ">已传送"),
                  say(">waiting", ">排队"), say(">dropped", ">丢弃"),
                  say("delivered · waiting · dropped", "传送 · 排队 · 丢弃")},
                 rows);
}

}  // namespace jiahe::evaluation
