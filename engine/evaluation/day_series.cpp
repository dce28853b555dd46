#include "evaluation/day_series.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

namespace jiahe::evaluation {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

double ratio(double part, double whole) {
    return whole > 0 ? part / whole : kNan;
}

std::vector<double> instants(double from_s, double to_s, double step_s) {
    std::vector<double> at;
    const auto steps = static_cast<std::size_t>(std::ceil((to_s - from_s) / step_s - 1e-9));
    for (std::size_t i = 0; i <= steps; ++i)
        at.push_back(from_s + static_cast<double>(i) * step_s);
    return at;
}

// How many of `times` lie at or before each instant.
std::vector<double> counted_until(std::vector<double> times, const std::vector<double>& at) {
    std::erase_if(times, [](double t) { return !std::isfinite(t); });
    std::sort(times.begin(), times.end());
    std::vector<double> counts;
    for (const double t : at) {
        const auto end = std::upper_bound(times.begin(), times.end(), t);
        counts.push_back(static_cast<double>(end - times.begin()));
    }
    return counts;
}

}  // namespace

std::size_t speed_class(double value) {
    std::size_t index = 0;
    while (index < kSpeedClassFloors.size() && value < kSpeedClassFloors[index])
        ++index;
    return index;
}

std::vector<double> edges_of(const TimeBins& bins) {
    std::vector<double> edges = bins.begin_s;
    if (!edges.empty()) edges.push_back(bins.end_s());
    return edges;
}

UnderWay vehicles_under_way(const TripsPart& trips, double from_s, double to_s, double step_s) {
    UnderWay out;
    out.at_s = instants(from_s, to_s, step_s);
    const std::vector<double> departed = counted_until(trips.departure_s, out.at_s);
    const std::vector<double> arrived = counted_until(trips.arrival_s, out.at_s);
    for (std::size_t i = 0; i < out.at_s.size(); ++i) {
        out.vehicles.push_back(departed[i] - arrived[i]);
        out.departures.push_back(i + 1 < departed.size() ? departed[i + 1] - departed[i] : kNan);
    }
    return out;
}

Movement movement(const TrafficPart& traffic) {
    Movement out;
    const std::size_t links = traffic.link.size();
    for (std::size_t b = 0; b < traffic.bins.count(); ++b) {
        double metres = 0, seconds = 0, free_seconds = 0;
        std::array<double, kSpeedClassCount> in_class{};
        for (std::size_t l = 0; l < links; ++l) {
            const std::size_t i = b * links + l;
            const double length = traffic.length_m[l], time = traffic.travel_time_s[i];
            const double free = traffic.free_speed_mps[l];
            if (traffic.flow[i] == 0 || !(time > 0) || !(length > 0) || !(free > 0)) continue;
            const double driven = traffic.flow[i] * length;
            metres += driven;
            seconds += traffic.flow[i] * time;
            free_seconds += driven / free;
            in_class[speed_class(length / time / free)] += driven;
        }
        out.vehicle_km.push_back(metres * 1e-3);
        out.mean_speed_mps.push_back(ratio(metres, seconds));
        out.free_speed_mps.push_back(ratio(metres, free_seconds));
        for (std::size_t c = 0; c < kSpeedClassCount; ++c) {
            out.share[c].push_back(ratio(in_class[c], metres));
        }
    }
    return out;
}

Movement without_quiet_bins(Movement day) {
    const double most = day.vehicle_km.empty()
                            ? 0
                            : *std::max_element(day.vehicle_km.begin(), day.vehicle_km.end());
    for (std::size_t b = 0; b < day.vehicle_km.size(); ++b) {
        if (day.vehicle_km[b] >= kLeastTraffic * most) continue;
        day.mean_speed_mps[b] = day.free_speed_mps[b] = kNan;
        for (std::vector<double>& share : day.share)
            share[b] = kNan;
    }
    return day;
}

std::vector<double> travel_minutes(const TripsPart& trips, double width_min, std::size_t classes) {
    std::vector<double> counts(classes, 0);
    for (std::size_t i = 0; i < trips.departure_s.size(); ++i) {
        const double minutes = (trips.arrival_s[i] - trips.departure_s[i]) / 60;
        if (!(minutes >= 0)) continue;
        const double place = std::floor(minutes / width_min);
        counts[std::min(classes - 1, static_cast<std::size_t>(std::min(place, 1e6)))] += 1;
    }
    return counts;
}

PlazaDay plaza_day(const TollingPart& tolling) {
    PlazaDay out;
    const std::size_t plazas = tolling.name.size();
    std::vector<double> worst(plazas, 0);
    for (std::size_t b = 0; b < tolling.bins.count(); ++b) {
        double count = 0, delay = 0;
        for (std::size_t p = 0; p < plazas; ++p) {
            const std::size_t i = b * plazas + p;
            if (tolling.passages[i] == 0 || !std::isfinite(tolling.delay_s[i])) continue;
            count += tolling.passages[i];
            delay += tolling.passages[i] * static_cast<double>(tolling.delay_s[i]);
            worst[p] = std::max(worst[p], tolling.passages[i] * double{tolling.delay_s[i]});
        }
        out.passages.push_back(count);
        out.mean_delay_s.push_back(ratio(delay, count));
    }
    out.slowest.resize(plazas);
    std::iota(out.slowest.begin(), out.slowest.end(), std::size_t{0});
    std::stable_sort(out.slowest.begin(), out.slowest.end(),
                     [&](std::size_t a, std::size_t b) { return worst[a] > worst[b]; });
    std::erase_if(out.slowest, [&](std::size_t p) { return worst[p] <= 0; });
    out.slowest.resize(std::min<std::size_t>(out.slowest.size(), 3));
    return out;
}

std::vector<double> plaza_delay_s(const TollingPart& tolling, std::size_t plaza) {
    std::vector<double> delay;
    for (std::size_t b = 0; b < tolling.bins.count(); ++b) {
        delay.push_back(tolling.delay_s[b * tolling.name.size() + plaza]);
    }
    return delay;
}

std::vector<double> vehicles_in_plaza(const TollingPart& tolling, std::size_t plaza) {
    std::vector<double> vehicles;
    for (std::size_t b = 0; b < tolling.bins.count(); ++b) {
        const std::size_t i = b * tolling.name.size() + plaza;
        const double delay = tolling.delay_s[i];
        vehicles.push_back(std::isfinite(delay) ? tolling.passages[i] * delay / tolling.bins.width_s
                                                : 0);
    }
    return vehicles;
}

PlazaPeak plaza_peak(const TollingPart& tolling, std::size_t plaza) {
    const std::vector<double> vehicles = vehicles_in_plaza(tolling, plaza);
    const auto most = std::max_element(vehicles.begin(), vehicles.end());
    if (most == vehicles.end() || !(*most > 0)) return {kNan, kNan};
    const auto bin = static_cast<std::size_t>(most - vehicles.begin());
    return {tolling.bins.begin_s[bin], double{tolling.delay_s[bin * tolling.name.size() + plaza]}};
}

std::vector<PlazaRow> plaza_table(const TollingPart& tolling) {
    std::vector<PlazaRow> rows;
    for (std::size_t p = 0; p < tolling.name.size(); ++p) {
        PlazaRow row{tolling.name[p], 0, 0, 0, kNan};
        double delay = 0;
        for (std::size_t b = 0; b < tolling.bins.count(); ++b) {
            const std::size_t i = b * tolling.name.size() + p;
            if (tolling.passages[i] == 0 || !std::isfinite(tolling.delay_s[i])) continue;
            row.passages += tolling.passages[i];
            delay += tolling.passages[i] * static_cast<double>(tolling.delay_s[i]);
            if (tolling.delay_s[i] > row.peak_delay_s) {
                row.peak_delay_s = tolling.delay_s[i];
                row.peak_s = tolling.bins.begin_s[b];
            }
        }
        row.mean_delay_s = ratio(delay, row.passages);
        rows.push_back(row);
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const PlazaRow& a, const PlazaRow& b) { return a.passages > b.passages; });
    return rows;
}

ParcelDay parcel_day(const LogisticsPart& logistics, double from_s, double to_s, double step_s) {
    ParcelDay out;
    out.at_s = instants(from_s, to_s, step_s);
    out.ordered = counted_until(logistics.ordered_s, out.at_s);
    out.promised = counted_until(logistics.promised_s, out.at_s);
    out.delivered = counted_until(logistics.delivered_s, out.at_s);
    for (std::size_t i = 0; i < logistics.ordered_s.size(); ++i) {
        const double promised = logistics.promised_s[i], delivered = logistics.delivered_s[i];
        if (std::isfinite(delivered)) out.delivered_count += 1;
        if (!(promised <= to_s)) continue;
        out.due_count += 1;
        if (delivered <= promised) out.on_time_count += 1;
    }
    return out;
}

LoadDay load_day(const TelecomPart& telecom) {
    LoadDay out;
    const std::size_t cells = telecom.lon.size();
    std::vector<double> loads;
    for (std::size_t b = 0; b < telecom.bins.count(); ++b) {
        loads.clear();
        for (std::size_t c = 0; c < cells; ++c) {
            const double load = telecom.load[b * cells + c];
            if (std::isfinite(load)) loads.push_back(load);
        }
        std::sort(loads.begin(), loads.end());
        const double sum = std::accumulate(loads.begin(), loads.end(), 0.0);
        const auto rank = static_cast<std::size_t>(0.95 * static_cast<double>(loads.size()));
        out.mean.push_back(ratio(sum, static_cast<double>(loads.size())));
        out.high.push_back(loads.empty() ? kNan : loads[std::min(rank, loads.size() - 1)]);
        out.most.push_back(loads.empty() ? kNan : loads.back());
    }
    return out;
}

std::vector<double> last_loads(const TelecomPart& telecom) {
    std::vector<double> counts(10, 0);
    for (const float load : telecom.last_load) {
        if (!(load >= 0)) continue;
        counts[static_cast<std::size_t>(std::min(9.0, std::floor(double{load} * 10)))] += 1;
    }
    return counts;
}

Span span_of(const RunRecord& run) {
    const double start = clock_seconds(run.start), end = clock_seconds(run.end);
    if (start < end) return {start, std::max(start + 60, std::min(end, run.reached_s))};
    Span span{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    for (const TimeBins* bins : {&run.traffic.bins, &run.tolling.bins, &run.telecom.bins}) {
        if (bins->count() == 0) continue;
        span.from_s = std::min(span.from_s, bins->begin_s.front());
        span.to_s = std::max(span.to_s, bins->end_s());
    }
    if (!(span.from_s < span.to_s)) return {};
    return span;
}

double class_width_min(const TripsPart& trips, std::size_t classes) {
    std::vector<double> minutes;
    for (std::size_t i = 0; i < trips.departure_s.size(); ++i) {
        const double m = (trips.arrival_s[i] - trips.departure_s[i]) / 60;
        if (m >= 0) minutes.push_back(m);
    }
    if (minutes.empty()) return 5;
    const auto rank = static_cast<std::ptrdiff_t>(0.98 * static_cast<double>(minutes.size() - 1));
    std::nth_element(minutes.begin(), minutes.begin() + rank, minutes.end());
    const double high = minutes[static_cast<std::size_t>(rank)];
    for (const double width : {1.0, 2.0, 5.0, 10.0, 15.0, 30.0}) {
        if (high < width * static_cast<double>(classes)) return width;
    }
    return 60;
}

}  // namespace jiahe::evaluation
