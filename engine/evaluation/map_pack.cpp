#include "evaluation/map_pack.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <numbers>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "evaluation/number_text.h"
#include "evaluation/site_names.h"

namespace jiahe::evaluation {
namespace {

using Json = nlohmann::ordered_json;
using Bytes = std::vector<std::uint8_t>;

constexpr double kMetresPerDegree = 6'371'008.8 * std::numbers::pi / 180;  // mean radius, IUGG
constexpr double kMostSteps = 65535;
constexpr std::size_t kStepBound = 48;  // a slider of more is no help

// The local plane: metres from the south-west corner, in steps.
struct Plane {
    double lon0 = 0, lat0 = 0, metres_per_lon = 1, step_m = 1;
    double width_m = 0, height_m = 0;

    double x_m(double lon) const { return (lon - lon0) * metres_per_lon; }
    double y_m(double lat) const { return (lat - lat0) * kMetresPerDegree; }
    std::uint16_t step(double metres) const {
        return static_cast<std::uint16_t>(std::clamp(std::round(metres / step_m), 0.0, kMostSteps));
    }
};

Plane fit_plane(const RunRecord& run) {
    double west = 1e9, east = -1e9, south = 1e9, north = -1e9;
    const auto cover = [&](const std::vector<double>& lon, const std::vector<double>& lat) {
        for (std::size_t i = 0; i < lon.size(); ++i) {
            if (!std::isfinite(lon[i]) || !std::isfinite(lat[i])) continue;
            west = std::min(west, lon[i]);
            east = std::max(east, lon[i]);
            south = std::min(south, lat[i]);
            north = std::max(north, lat[i]);
        }
    };
    cover(run.traffic.from_lon, run.traffic.from_lat);
    cover(run.traffic.to_lon, run.traffic.to_lat);
    Plane plane;
    if (west > east) return plane;
    plane.lon0 = west;
    plane.lat0 = south;
    plane.metres_per_lon =
        kMetresPerDegree * std::cos((south + north) / 2 * std::numbers::pi / 180);
    plane.width_m = plane.x_m(east);
    plane.height_m = plane.y_m(north);
    plane.step_m = std::max({plane.width_m, plane.height_m, 1.0}) / kMostSteps;
    return plane;
}

template <class T>
std::string packed(const std::vector<T>& values) {
    Bytes bytes(values.size() * sizeof(T));
    if (!bytes.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
    return base64(bytes);
}

std::vector<std::size_t> drawing_order(const TrafficPart& traffic) {
    std::vector<std::size_t> order(traffic.link.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return traffic.road_class[a] > traffic.road_class[b];
    });
    return order;
}

Json site_json(const Plane& plane, const std::vector<double>& lon, const std::vector<double>& lat) {
    std::vector<float> x, y;
    for (std::size_t i = 0; i < lon.size(); ++i) {
        x.push_back(static_cast<float>(plane.x_m(lon[i])));
        y.push_back(static_cast<float>(plane.y_m(lat[i])));
    }
    return {{"n", lon.size()}, {"x", packed(x)}, {"y", packed(y)}};
}

// Steps of the map's slider: runs of bins of the traffic tables.
struct Steps {
    std::vector<double> begin_s, end_s;
    std::size_t bins_each = 1;
};

Steps make_steps(const TrafficPart& traffic) {
    Steps steps;
    const std::size_t bins = traffic.bins.count();
    steps.bins_each = bins_per_step(bins, traffic.link.size(), traffic.bins.width_s);
    for (std::size_t b = 0; b < bins; b += steps.bins_each) {
        steps.begin_s.push_back(traffic.bins.begin_s[b]);
        const std::size_t last = std::min(b + steps.bins_each, bins) - 1;
        steps.end_s.push_back(traffic.bins.begin_s[last] + traffic.bins.width_s);
    }
    return steps;
}

std::uint8_t rate_byte(double value, double low, double high) {
    return static_cast<std::uint8_t>(std::clamp(std::round(value), low, high));
}

std::uint8_t rate_digit(double value, double low) {
    return static_cast<std::uint8_t>(std::clamp(std::floor(value + 1e-9), low, 62.0));
}

struct LinkRates {
    Bytes ratio, load;        // [step][link]
    std::size_t busiest = 0;  // step of the most vehicle-km
};

LinkRates link_rates(const TrafficPart& t, const Steps& steps,
                     const std::vector<std::size_t>& order) {
    LinkRates out;
    const std::size_t links = order.size();
    double most = -1;
    for (std::size_t s = 0; s < steps.begin_s.size(); ++s) {
        double driven = 0;
        const std::size_t first = s * steps.bins_each;
        const std::size_t end = std::min(first + steps.bins_each, t.bins.count());
        for (const std::size_t l : order) {
            double vehicles = 0, seconds = 0;
            for (std::size_t b = first; b < end; ++b) {
                const std::uint32_t flow = t.flow[b * links + l];
                const double time = t.travel_time_s[b * links + l];
                if (flow == 0 || !(time > 0)) continue;
                vehicles += flow;
                seconds += flow * time;
            }
            const double hours = static_cast<double>(end - first) * t.bins.width_s / 3600;
            const double speed = seconds > 0 ? vehicles * t.length_m[l] / seconds : 0;
            driven += vehicles * t.length_m[l];
            const bool known = speed > 0 && t.free_speed_mps[l] > 0;
            out.ratio.push_back(known ? rate_digit(60 * speed / t.free_speed_mps[l], 1)
                                      : std::uint8_t{0});
            out.load.push_back(t.capacity_vph[l] > 0
                                   ? rate_digit(40 * vehicles / hours / t.capacity_vph[l], 0)
                                   : std::uint8_t{63});
        }
        if (driven > most) {
            most = driven;
            out.busiest = s;
        }
    }
    return out;
}

void add_ids(const TrafficPart& t, const std::vector<std::size_t>& order, Json& links) {
    const bool is_small = std::all_of(t.link.begin(), t.link.end(), [](std::int64_t id) {
        return id >= 0 && id <= std::int64_t{std::numeric_limits<std::uint32_t>::max()};
    });
    std::vector<std::uint32_t> small;
    std::vector<double> large;
    for (const std::size_t l : order) {
        if (is_small) {
            small.push_back(static_cast<std::uint32_t>(t.link[l]));
        } else {
            large.push_back(static_cast<double>(t.link[l]));
        }
    }
    links[is_small ? "id" : "large_id"] = is_small ? packed(small) : packed(large);
}

void add_links(const TrafficPart& t, const Plane& plane, const Steps& steps, Json& map) {
    const std::vector<std::size_t> order = drawing_order(t);
    std::vector<std::uint16_t> ends;
    std::vector<std::uint16_t> length;
    Bytes road_class, free_kmh, lanes;
    for (const std::size_t l : order) {
        ends.push_back(plane.step(plane.x_m(t.from_lon[l])));
        ends.push_back(plane.step(plane.y_m(t.from_lat[l])));
        ends.push_back(plane.step(plane.x_m(t.to_lon[l])));
        ends.push_back(plane.step(plane.y_m(t.to_lat[l])));
        length.push_back(
            static_cast<std::uint16_t>(std::clamp(std::round(t.length_m[l]), 0.0, kMostSteps)));
        road_class.push_back(t.road_class[l]);
        lanes.push_back(t.lanes[l]);
        free_kmh.push_back(rate_byte(t.free_speed_mps[l] * 3.6, 0, 254));
    }
    const LinkRates rates = link_rates(t, steps, order);
    map["busiest"] = rates.busiest;
    map["links"] = {{"ends", packed(ends)},
                    {"length", packed(length)},
                    {"class", packed(road_class)},
                    {"lanes", packed(lanes)},
                    {"free", packed(free_kmh)},
                    {"ratio", six_bit_digits(rates.ratio)},
                    {"load", six_bit_digits(rates.load)}};
    add_ids(t, order, map["links"]);
}

// Bins of `bins` that lie in a step, at least the one that holds its begin.
template <class Visit>
void visit_bins(const TimeBins& bins, double begin_s, double end_s, Visit visit) {
    for (std::size_t b = 0; b < bins.count(); ++b) {
        const double middle = bins.begin_s[b] + bins.width_s / 2;
        const bool holds = bins.begin_s[b] <= begin_s && begin_s < bins.begin_s[b] + bins.width_s;
        if (holds || (middle >= begin_s && middle < end_s)) visit(b);
    }
}

void add_plazas(const RunRecord& run, const Plane& plane, const Steps& steps, Language language,
                Json& map) {
    const TollingPart& t = run.tolling;
    Json plazas = site_json(plane, t.lon, t.lat);
    std::vector<float> delay, passages;
    for (std::size_t s = 0; s < steps.begin_s.size(); ++s) {
        for (std::size_t p = 0; p < t.name.size(); ++p) {
            double count = 0, seconds = 0;
            visit_bins(t.bins, steps.begin_s[s], steps.end_s[s], [&](std::size_t b) {
                const std::size_t i = b * t.name.size() + p;
                if (t.passages[i] == 0 || !std::isfinite(t.delay_s[i])) return;
                count += t.passages[i];
                seconds += t.passages[i] * static_cast<double>(t.delay_s[i]);
            });
            passages.push_back(static_cast<float>(count));
            delay.push_back(count > 0 ? static_cast<float>(seconds / count)
                                      : std::numeric_limits<float>::quiet_NaN());
        }
    }
    for (const std::string& name : t.name)
        plazas["name"].push_back(shown_site(name, language));
    plazas["delay"] = packed(delay);
    plazas["passages"] = packed(passages);
    plazas["hit"] = Json::array();  // [plaza, first step, step after the last] of scripted events
    for (const ScriptedEvent& event : run.script) {
        const auto at = std::find(t.name.begin(), t.name.end(), plaza_of(event));
        if (at == t.name.end()) continue;
        const auto first = std::upper_bound(steps.end_s.begin(), steps.end_s.end(), event.from_s);
        const auto end =
            std::lower_bound(steps.begin_s.begin(), steps.begin_s.end(), event.until_s);
        plazas["hit"].push_back(
            {at - t.name.begin(), first - steps.end_s.begin(), end - steps.begin_s.begin()});
    }
    map["plazas"] = std::move(plazas);
}

void add_cells(const TelecomPart& t, const Plane& plane, const Steps& steps, Json& map) {
    Json cells = site_json(plane, t.lon, t.lat);
    Bytes load;
    for (std::size_t s = 0; s < steps.begin_s.size(); ++s) {
        for (std::size_t c = 0; c < t.lon.size(); ++c) {
            double sum = 0, count = 0;
            visit_bins(t.bins, steps.begin_s[s], steps.end_s[s], [&](std::size_t b) {
                const double value = t.load[b * t.lon.size() + c];
                if (!std::isfinite(value)) return;
                sum += value;
                count += 1;
            });
            if (count == 0 && !t.last_load.empty() && std::isfinite(t.last_load[c])) {
                sum = t.last_load[c];
                count = 1;
            }
            load.push_back(count > 0 ? rate_byte(100 * sum / count, 0, 254) : std::uint8_t{255});
        }
    }
    cells["load"] = base64(load);
    map["cells"] = std::move(cells);
}

constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string six_bit_digits(std::span<const std::uint8_t> values) {
    std::string out;
    out.reserve(values.size());
    for (const std::uint8_t value : values) {
        JIAHE_CHECK(value < 64, "a digit has six bits");
        out += kDigits[value];
    }
    return out;
}

std::string base64(std::span<const std::uint8_t> bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t left = bytes.size() - i;
        const std::uint32_t word = (std::uint32_t{bytes[i]} << 16) |
                                   (left > 1 ? std::uint32_t{bytes[i + 1]} << 8 : 0) |
                                   (left > 2 ? std::uint32_t{bytes[i + 2]} : 0);
        out += kDigits[(word >> 18) & 63];
        out += kDigits[(word >> 12) & 63];
        out += left > 1 ? kDigits[(word >> 6) & 63] : '=';
        out += left > 2 ? kDigits[word & 63] : '=';
    }
    return out;
}

std::size_t bins_per_step(std::size_t bins, std::size_t links, double bin_s) {
    for (std::size_t each = 1; each < bins; ++each) {
        const std::size_t steps = (bins + each - 1) / each;
        const double step_s = static_cast<double>(each) * bin_s;
        const bool divides = std::fmod(3600, step_s) == 0 || std::fmod(step_s, 3600) == 0;
        if (steps > kStepBound || 2 * steps * links > kMapRateBytes) continue;
        if (each == 1 || divides) return each;
    }
    return std::max<std::size_t>(bins, 1);
}

std::string map_json(const RunRecord& run, Language language) {
    if (run.traffic.is_empty()) return R"({"n":0})";
    const Plane plane = fit_plane(run);
    const Steps steps = make_steps(run.traffic);
    Json map;
    map["n"] = run.traffic.link.size();
    map["step_m"] = plane.step_m;
    map["width_m"] = plane.width_m;
    map["height_m"] = plane.height_m;
    for (std::size_t s = 0; s < steps.begin_s.size(); ++s) {
        map["times"].push_back(clock_text(steps.begin_s[s]) + "–" +
                               (steps.end_s[s] == 86400 ? "24:00" : clock_text(steps.end_s[s])));
    }
    add_links(run.traffic, plane, steps, map);
    if (!run.tolling.is_empty()) add_plazas(run, plane, steps, language, map);
    if (!run.logistics.hub_name.empty()) {
        map["hubs"] = site_json(plane, run.logistics.hub_lon, run.logistics.hub_lat);
        for (const std::string& name : run.logistics.hub_name)
            map["hubs"]["name"].push_back(shown_site(name, language));
    }
    if (!run.telecom.lon.empty()) add_cells(run.telecom, plane, steps, map);
    return map.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace jiahe::evaluation
