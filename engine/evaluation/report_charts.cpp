#include "evaluation/report_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "evaluation/chart.h"
#include "evaluation/day_series.h"
#include "evaluation/event_section.h"
#include "evaluation/number_text.h"
#include "evaluation/run_figures.h"
#include "evaluation/site_names.h"

namespace jiahe::evaluation {
namespace {

constexpr std::size_t kMostSteps = 144;  // positions of a drawn curve

// A step of whole 5 minutes that draws the span in at most kMostSteps positions.
double curve_step_s(const Span& span) {
    const double wanted = (span.to_s - span.from_s) / static_cast<double>(kMostSteps);
    return std::max(1.0, std::ceil(wanted / 300)) * 300;
}

std::vector<double> scaled(std::vector<double> values, double factor) {
    for (double& value : values)
        value *= factor;
    return values;
}

std::string share_text(double value) {
    return percent(value);
}
std::string share_tick(double value) {
    return fmt::format("{:.0f} %", value * 100);
}

// A chart over time: events marked, and no bin that only holds the run's very end.
std::string drawn(Chart chart, const RunRecord& run) {
    chart.bands = event_bands(run);
    const Span span = span_of(run);
    const bool has_spans =
        !chart.series.empty() && chart.edges.size() == chart.series[0].values.size() + 1;
    if (has_spans) clip_to(chart, span.to_s);
    return draw(chart);
}

// "n = 1,234" after a note.
std::string with_count(const std::string& note, double n, const Say& say) {
    return note + say("; n = ", "；n = ") + grouped(n);
}

std::string under_way_chart(const RunRecord& run, Language language) {
    const Say say{language};
    if (run.trips.is_empty()) return {};
    const Span span = span_of(run);
    const UnderWay day = vehicles_under_way(run.trips, span.from_s, span.to_s, curve_step_s(span));
    Chart chart;
    chart.language = language;
    chart.title = say("Vehicles under way", "在途车辆");
    chart.note =
        say("vehicles that have departed and not yet arrived", "已出发尚未到达的车辆数（辆）");
    chart.mark = Mark::kArea;
    chart.edges = day.at_s;
    chart.series.push_back({say("under way", "在途"), "s1", day.vehicles});
    return drawn(chart, run);
}

std::string speed_chart(const RunRecord& run, const Movement& day, Language language) {
    const Say say{language};
    Chart chart;
    chart.language = language;
    chart.title = say("Mean speed on the network", "路网平均车速");
    chart.note = say("km/h, distance over time; dashed: free flow; blank: next to no traffic",
                     "公里/小时，总里程除以总时间；虚线为自由流；空白为车流极少时段");
    chart.edges = edges_of(run.traffic.bins);
    chart.series.push_back({say("mean speed", "平均车速"), "s1", scaled(day.mean_speed_mps, 3.6)});
    chart.series.push_back(
        {say("free flow", "自由流"), "s5", scaled(day.free_speed_mps, 3.6), true});
    return drawn(chart, run);
}

std::string congestion_chart(const RunRecord& run, const Movement& day, Language language) {
    const Say say{language};
    const std::array<std::string, kSpeedClassCount> names = {
        say("free", "畅通"), say("steady", "基本畅通"), say("slow", "缓行"), say("dense", "拥堵"),
        say("jammed", "严重拥堵")};
    Chart chart;
    chart.language = language;
    chart.title = say("How freely the city moved", "拥堵构成");
    chart.note =
        say("share of distance driven by speed class of the map; blank: next to no traffic",
            "各车速等级所占行驶里程比例（等级同地图）；空白为车流极少时段");
    chart.mark = Mark::kArea;
    chart.stacked = true;
    chart.top = 1;
    chart.edges = edges_of(run.traffic.bins);
    chart.value_text = share_text;
    chart.tick_text = share_tick;
    for (std::size_t c = 0; c < kSpeedClassCount; ++c) {
        chart.series.push_back({names[c], fmt::format("v{}", c + 1), day.share[c]});
    }
    return drawn(chart, run);
}

std::string travel_time_chart(const RunRecord& run, Language language) {
    const Say say{language};
    if (run.trips.is_empty()) return {};
    constexpr std::size_t kClasses = 18;
    const double width_min = class_width_min(run.trips, kClasses);
    Chart chart;
    chart.language = language;
    chart.title = say("How long trips took", "行程时间分布");
    chart.note =
        with_count(say("trips that arrived, by minutes from departure to arrival; last class open",
                       "已到达出行按行程时间（分钟）分布，末组为该值及以上"),
                   arrivals(run).arrived, say);
    chart.mark = Mark::kBars;
    chart.over_time = false;
    for (std::size_t c = 0; c <= kClasses; ++c) {
        chart.edges.push_back(static_cast<double>(c) * width_min);
    }
    for (std::size_t c = 0; c < kClasses; ++c) {
        const double low = static_cast<double>(c) * width_min;
        chart.labels.push_back(c + 1 < kClasses ? fmt::format("{:.0f}–{:.0f}", low, low + width_min)
                                                : fmt::format("≥{:.0f}", low));
    }
    chart.series.push_back(
        {say("trips", "出行量"), "s1", travel_minutes(run.trips, width_min, kClasses)});
    return draw(chart);
}

std::string plaza_delay_chart(const RunRecord& run, const PlazaDay& day, Language language) {
    const Say say{language};
    static constexpr std::array<const char*, 3> kStyles = {"s6", "s2", "s4"};
    Chart chart;
    chart.language = language;
    chart.title = say("Time in toll plazas", "收费站在站时间");
    chart.note =
        say("s, mean from entering to leaving; all plazas and those with the longest queues",
            "秒，进站至离站平均时间；全部收费站及排队最长的几个");
    chart.edges = edges_of(run.tolling.bins);
    for (std::size_t i = 0; i < day.slowest.size(); ++i) {
        chart.series.push_back({shown_site(run.tolling.name[day.slowest[i]], language), kStyles[i],
                                plaza_delay_s(run.tolling, day.slowest[i])});
    }
    chart.series.push_back({say("all plazas", "全部收费站"), "s1", day.mean_delay_s});
    return drawn(chart, run);
}

std::string plaza_passages_chart(const RunRecord& run, const PlazaDay& day, Language language) {
    const Say say{language};
    const double per_hour = 3600 / run.tolling.bins.width_s;
    Chart chart;
    chart.language = language;
    chart.title = say("Passages at toll plazas", "收费站通行量");
    chart.note = say("vehicles per hour, all plazas", "辆/小时，全部收费站");
    chart.mark = Mark::kBars;
    chart.edges = edges_of(run.tolling.bins);
    chart.series.push_back({say("passages", "通行量"), "s1", scaled(day.passages, per_hour)});
    return drawn(chart, run);
}

std::string last_load_chart(const RunRecord& run, Language language) {
    const Say say{language};
    if (run.telecom.last_load.empty()) return {};
    Chart chart;
    chart.language = language;
    chart.title = say("Load of the radio cells", "无线小区负荷");
    chart.note = with_count(say("cells by share of capacity used at the end of the run",
                                "按末时容量利用率统计的小区数（个）"),
                            static_cast<double>(run.telecom.last_load.size()), say);
    chart.mark = Mark::kBars;
    chart.over_time = false;
    for (int c = 0; c <= 10; ++c)
        chart.edges.push_back(c * 10);
    for (int c = 0; c < 9; ++c)
        chart.labels.push_back(fmt::format("{}–{} %", 10 * c, 10 * c + 10));
    chart.labels.push_back("≥90 %");
    chart.series.push_back({say("cells", "小区"), "s1", last_loads(run.telecom)});
    return draw(chart);
}

}  // namespace

std::string traffic_charts(const RunRecord& run, Language language) {
    std::string out = under_way_chart(run, language);
    if (!run.traffic.is_empty()) {
        const Movement day = without_quiet_bins(movement(run.traffic));
        out += congestion_chart(run, day, language);
        out += speed_chart(run, day, language);
    }
    return out + travel_time_chart(run, language);
}

std::string tolling_charts(const RunRecord& run, Language language) {
    if (run.tolling.is_empty()) return {};
    const PlazaDay day = plaza_day(run.tolling);
    return plaza_passages_chart(run, day, language) + plaza_delay_chart(run, day, language);
}

std::string logistics_charts(const RunRecord& run, Language language) {
    const Say say{language};
    if (run.logistics.ordered_s.empty()) return {};
    const Span span = span_of(run);
    const ParcelDay day = parcel_day(run.logistics, span.from_s, span.to_s, curve_step_s(span));
    Chart chart;
    chart.language = language;
    chart.title = say("Parcels against their promise", "包裹履约进度");
    chart.note =
        say("parcels, counted from the start of the day; delivered should not fall below due",
            "件，累计；送达曲线不应低于应送达曲线");
    chart.edges = day.at_s;
    chart.series.push_back({say("ordered", "已下单"), "s5", day.ordered, true});
    chart.series.push_back(
        {say("due (promised by then)", "应送达（承诺时限）"), "s2", day.promised});
    chart.series.push_back({say("delivered", "已送达"), "s3", day.delivered});
    return drawn(chart, run);
}

std::string telecom_charts(const RunRecord& run, Language language) {
    const Say say{language};
    if (run.telecom.lon.empty()) return {};
    if (run.telecom.bins.count() == 0) return last_load_chart(run, language);
    const LoadDay day = load_day(run.telecom);
    Chart chart;
    chart.language = language;
    chart.title = say("Load of the radio cells", "无线小区负荷");
    chart.note = say("share of capacity used, mean of each interval", "容量利用率，各时段平均");
    chart.edges = edges_of(run.telecom.bins);
    chart.value_text = share_text;
    chart.tick_text = share_tick;
    chart.series.push_back({say("busiest cell", "最忙小区"), "s6", day.most});
    chart.series.push_back({say("95th percentile", "第95百分位"), "s2", day.high});
    chart.series.push_back({say("mean", "平均"), "s1", day.mean});
    return drawn(chart, run);
}

}  // namespace jiahe::evaluation
