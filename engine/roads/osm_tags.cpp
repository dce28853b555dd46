#include "roads/osm_tags.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "roads/road_class_defaults.h"

namespace jiahe {

namespace {

constexpr double kMpsPerKmh = 1.0 / 3.6;
constexpr double kMpsPerMph = 0.44704;
constexpr double kMpsPerKnot = 1852.0 / 3600.0;
constexpr double kSlowest_mps = 5 * kMpsPerKmh;
constexpr double kFastest_mps = 140 * kMpsPerKmh;
constexpr int kMaxLanes = 16;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

std::string_view first_value(std::string_view text) {
    return trimmed(text.substr(0, text.find(';')));
}

// The number at the front of `text`, which loses it.
std::optional<double> take_number(std::string_view& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || !std::isfinite(value)) return std::nullopt;
    text = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
    return value;
}

struct CountryLimits {
    std::string_view country;
    double urban_kmh, rural_kmh, trunk_kmh, motorway_kmh, living_street_kmh;
};

// Default limits of cars (A). The first row stands for countries that are not listed.
constexpr std::array<CountryLimits, 10> kCountries{{{"", 50, 80, 100, 120, 20},
                                                    {"DE", 50, 100, 130, 130, 10},
                                                    {"AT", 50, 100, 100, 130, 20},
                                                    {"CH", 50, 80, 100, 120, 20},
                                                    {"LI", 50, 80, 100, 120, 20},
                                                    {"FR", 50, 80, 110, 130, 20},
                                                    {"IT", 50, 90, 110, 130, 30},
                                                    {"ES", 50, 90, 100, 120, 20},
                                                    {"AD", 50, 90, 90, 90, 20},
                                                    {"CN", 50, 70, 80, 120, 20}}};

// "DE:urban", "CH:rural", "DE:zone30", "FR:zone:30", "at:motorway".
std::optional<double> implicit_speed_kmh(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon != 2) return std::nullopt;
    const CountryLimits* limits = &kCountries[0];
    const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
    for (const CountryLimits& row : kCountries) {
        if (row.country.size() == 2 && upper(text[0]) == row.country[0] &&
            upper(text[1]) == row.country[1]) {
            limits = &row;
        }
    }
    const std::string_view zone = text.substr(colon + 1);
    if (zone == "urban") return limits->urban_kmh;
    if (zone == "rural") return limits->rural_kmh;
    if (zone == "trunk") return limits->trunk_kmh;
    if (zone == "motorway") return limits->motorway_kmh;
    if (zone == "living_street") return limits->living_street_kmh;
    const std::size_t digit = zone.find_first_of("0123456789");
    if (digit == std::string_view::npos) return std::nullopt;
    std::string_view rest = zone.substr(digit);
    return take_number(rest);
}

bool is_one_of(std::string_view value, std::initializer_list<std::string_view> values) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

// The most specific access tag decides. "" where cars may enter.
std::string access_refusal(const OsmTags& tags) {
    for (const std::string_view key : {"motorcar", "motor_vehicle", "vehicle", "access"}) {
        const std::string_view value = first_value(tags.get(key));
        if (value.empty()) continue;
        if (is_one_of(value, {"no", "private", "agricultural", "forestry", "emergency", "military",
                              "psv", "bus", "delivery", "permit", "official"})) {
            return std::string(key) + "=" + std::string(value);
        }
        return "";
    }
    return "";
}

std::string refusal(const OsmTags& tags) {
    if (tags.get("area") == "yes") return "area=yes";
    if (is_one_of(tags.get("service"),
                  {"parking_aisle", "driveway", "drive-through", "emergency_access", "slipway"})) {
        return "service=" + std::string(tags.get("service"));
    }
    if (tags.get("oneway") == "reversible") return "oneway=reversible";
    return access_refusal(tags);
}

// "no" to cars in one direction: motor_vehicle:forward=no and the like.
bool is_closed(const OsmTags& tags, std::string_view direction) {
    for (const std::string_view key : {"motorcar", "motor_vehicle", "vehicle", "access"}) {
        const std::string_view value = tags.get(std::string(key) + std::string(direction));
        if (!value.empty()) return value == "no";
    }
    return false;
}

void read_directions(const OsmTags& tags, OsmRoad& road) {
    const std::string_view junction = tags.get("junction");
    road.roundabout = junction == "roundabout" || junction == "circular";
    std::string_view oneway = tags.get("oneway");
    for (const std::string_view key : {"oneway:vehicle", "oneway:motor_vehicle", "oneway:motorcar"})
        if (tags.has(key)) oneway = tags.get(key);
    if (is_one_of(oneway, {"yes", "true", "1"})) {
        road.backward = false;
    } else if (is_one_of(oneway, {"-1", "reverse"})) {
        road.forward = false;
    } else if (oneway.empty() && (road.roundabout || road.road_class == RoadClass::kMotorway)) {
        road.backward = false;
    }
    if (is_closed(tags, ":forward")) road.forward = false;
    if (is_closed(tags, ":backward")) road.backward = false;
}

void read_lanes(const OsmTags& tags, OsmRoad& road) {
    const auto total = osm_lane_count(tags.get("lanes"));
    const auto forward = osm_lane_count(tags.get("lanes:forward"));
    const auto backward = osm_lane_count(tags.get("lanes:backward"));
    const RoadClassDefaults& defaults = class_defaults(road.road_class);
    if (road.forward != road.backward) {
        const auto own = road.forward ? forward : backward;
        road.lanes_guessed = !total && !own;
        const int lanes = own.value_or(total.value_or(defaults.lanes_oneway));
        road.lanes_forward = road.lanes_backward = std::clamp(lanes, 1, kMaxLanes);
        return;
    }
    road.lanes_guessed = !total && !(forward && backward);
    const int half = total ? *total / 2 : defaults.lanes_per_direction;
    const int rest_forward = total && backward ? *total - *backward : half;
    const int rest_backward = total && forward ? *total - *forward : half;
    road.lanes_forward = std::clamp(forward.value_or(rest_forward), 1, kMaxLanes);
    road.lanes_backward = std::clamp(backward.value_or(rest_backward), 1, kMaxLanes);
}

void read_speeds(const OsmTags& tags, OsmRoad& road) {
    std::optional<double> both;
    for (const std::string_view key :
         {"maxspeed", "maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic"}) {
        if (!both) both = osm_speed_mps(tags.get(key), road.road_class);
    }
    const auto forward = osm_speed_mps(tags.get("maxspeed:forward"), road.road_class);
    const auto backward = osm_speed_mps(tags.get("maxspeed:backward"), road.road_class);
    const double fallback = both.value_or(class_defaults(road.road_class).free_speed_mps);
    road.speed_guessed = !both && !forward && !backward;
    road.speed_forward_mps = forward.value_or(fallback);
    road.speed_backward_mps = backward.value_or(fallback);
}

}  // namespace

std::string_view OsmTags::get(std::string_view key) const {
    for (const auto& [name, value] : tags_) {
        if (name == key) return value;
    }
    return {};
}

std::optional<RoadClass> osm_road_class(std::string_view highway) {
    for (const std::string_view suffix : {"_tunnel", "_bridge"}) {
        if (highway.ends_with(suffix)) highway.remove_suffix(suffix.size());
    }
    if (highway == "road") return RoadClass::kUnclassified;
    return road_class_of(highway);
}

std::optional<double> osm_speed_mps(std::string_view maxspeed, RoadClass road_class) {
    std::string_view text = first_value(maxspeed);
    if (text.empty() || text == "signals" || text == "variable") return std::nullopt;
    if (text == "none") {
        return std::max(130 * kMpsPerKmh, class_defaults(road_class).free_speed_mps);
    }
    if (text == "walk") return 7 * kMpsPerKmh;
    if (const auto limit_kmh = implicit_speed_kmh(text)) {
        return std::clamp(*limit_kmh * kMpsPerKmh, kSlowest_mps, kFastest_mps);
    }
    const auto number = take_number(text);
    if (!number || !(*number > 0)) return std::nullopt;
    double unit = 0;
    if (is_one_of(text, {"", "km/h", "kmh", "kph"})) unit = kMpsPerKmh;
    if (text == "mph") unit = kMpsPerMph;
    if (text == "knots") unit = kMpsPerKnot;
    if (unit == 0) return std::nullopt;
    return std::clamp(*number * unit, kSlowest_mps, kFastest_mps);
}

std::optional<int> osm_lane_count(std::string_view lanes) {
    std::string_view text = first_value(lanes);
    const auto number = take_number(text);
    if (!number || !text.empty() || !(*number > 0)) return std::nullopt;
    return std::clamp(static_cast<int>(std::min(*number, 1e3)), 1, kMaxLanes);
}

OsmRoadReading read_osm_road(const OsmTags& tags) {
    OsmRoadReading reading;
    const auto road_class = osm_road_class(tags.get("highway"));
    if (!road_class) return reading;
    reading.refused = refusal(tags);
    if (!reading.refused.empty()) return reading;
    OsmRoad road;
    road.road_class = *road_class;
    road.name = tags.has("name") ? tags.get("name") : tags.get("ref");
    read_directions(tags, road);
    read_lanes(tags, road);
    read_speeds(tags, road);
    reading.road = std::move(road);
    return reading;
}

}  // namespace jiahe
