#include "scenario/unit.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "scenario/decimal.h"

namespace jiahe::scenario {
namespace {

using enum Dimension;

constexpr double kHuge = std::numeric_limits<double>::max();

// In blocks of one dimension, in the order of the enum. Exact dimensions have denominator 1.
constexpr std::array kUnits = {
    Unit{"km/h", kSpeed, 5, 18},
    Unit{"m/s", kSpeed, 1, 1},
    Unit{"m", kLength, 1, 1},
    Unit{"km", kLength, 1000, 1},
    Unit{"cm", kLength, 1, 100},
    Unit{"km2", kArea, 1'000'000, 1},
    Unit{"ha", kArea, 10'000, 1},
    Unit{"m2", kArea, 1, 1},
    Unit{"m/s2", kAcceleration, 1, 1},
    Unit{"kg", kMass, 1, 1},
    Unit{"t", kMass, 1000, 1},
    Unit{"g", kMass, 1, 1000},
    Unit{"s", kDuration, 1'000'000, 1},
    Unit{"ms", kDuration, 1000, 1},
    Unit{"us", kDuration, 1, 1},
    Unit{"min", kDuration, 60'000'000, 1},
    Unit{"h", kDuration, 3'600'000'000, 1},
    Unit{"d", kDuration, 86'400'000'000, 1},
    Unit{"Mbit/s", kRate, 1'000'000, 1},
    Unit{"bit/s", kRate, 1, 1},
    Unit{"kbit/s", kRate, 1000, 1},
    Unit{"Gbit/s", kRate, 1'000'000'000, 1},
    Unit{"Tbit/s", kRate, 1'000'000'000'000, 1},
    Unit{"B", kBytes, 1, 1},
    Unit{"kB", kBytes, 1000, 1},
    Unit{"MB", kBytes, 1'000'000, 1},
    Unit{"GB", kBytes, 1'000'000'000, 1},
    Unit{"KiB", kBytes, 1024, 1},
    Unit{"MiB", kBytes, 1'048'576, 1},
    Unit{"GiB", kBytes, 1'073'741'824, 1},
    Unit{"fen", kMoney, 1, 1},
    Unit{"yuan", kMoney, 100, 1},
    Unit{"fen/km", kMoneyPerLength, 1, 1000},
    Unit{"yuan/km", kMoneyPerLength, 1, 10},
    Unit{"yuan/h", kMoneyPerTime, 1, 36},
    Unit{"fen/h", kMoneyPerTime, 1, 3600},
    Unit{"fen/min", kMoneyPerTime, 1, 60},
    Unit{"yuan/min", kMoneyPerTime, 5, 3},
    Unit{"veh/h", kFlow, 1, 3600},
    Unit{"veh/min", kFlow, 1, 60},
    Unit{"veh/s", kFlow, 1, 1},
    Unit{"veh/d", kFlow, 1, 86'400},
    Unit{"parcels/h", kParcelRate, 1, 3600},
    Unit{"parcels/min", kParcelRate, 1, 60},
    Unit{"parcels/s", kParcelRate, 1, 1},
    Unit{"parcels/d", kParcelRate, 1, 86'400},
    Unit{"/h", kFrequency, 1, 3600},
    Unit{"/min", kFrequency, 1, 60},
    Unit{"/s", kFrequency, 1, 1},
    Unit{"/d", kFrequency, 1, 86'400},
    Unit{"Hz", kFrequency, 1, 1},
    Unit{"kHz", kFrequency, 1000, 1},
    Unit{"MHz", kFrequency, 1'000'000, 1},
    Unit{"GHz", kFrequency, 1'000'000'000, 1},
    Unit{"veh/km", kDensity, 1, 1000},
    Unit{"veh/m", kDensity, 1, 1},
    Unit{"W", kPower, 1, 1},
    Unit{"mW", kPower, 1, 1000},
    Unit{"kW", kPower, 1000, 1},
    Unit{"MW", kPower, 1'000'000, 1},
    Unit{"kWh", kEnergy, 3'600'000, 1},
    Unit{"Wh", kEnergy, 3600, 1},
    Unit{"MWh", kEnergy, 3'600'000'000, 1},
    Unit{"J", kEnergy, 1, 1},
    Unit{"dB", kDecibel, 1, 1},
    Unit{"dBm", kDecibel, 1, 1},
    Unit{"dBi", kDecibel, 1, 1},
    Unit{"%", kFraction, 1, 100},
};

const Unit* find_unit(Dimension dimension, std::string_view name) {
    for (const Unit& unit : units_of(dimension)) {
        if (unit.name == name) return &unit;
    }
    return nullptr;
}

double to_si(double number, const Unit& unit) {
    return number * static_cast<double>(unit.numerator) / static_cast<double>(unit.denominator);
}

// The unit of the table whose factor is 1, or none.
const Unit* reference_unit(Dimension dimension) {
    for (const Unit& unit : units_of(dimension)) {
        if (unit.numerator == 1 && unit.denominator == 1) return &unit;
    }
    return nullptr;
}

// The largest unit of which `exact` is a whole number; fewer digits for people.
std::string format_exact(std::int64_t exact, Dimension dimension) {
    const Unit* best = &units_of(dimension).front();
    for (const Unit& unit : units_of(dimension)) {
        // KiB and its kin are read, never written.
        const bool binary = dimension == kBytes && unit.numerator % 1024 == 0;
        const bool fits = exact != 0 && exact % unit.numerator == 0 && !binary;
        const bool best_fits = exact % best->numerator == 0;
        if (fits && (!best_fits || unit.numerator > best->numerator)) best = &unit;
    }
    return fmt::format("{} {}", exact / best->numerator, best->name);
}

// The shortest decimal of `si` in `unit` that reads back to the same bits, or "".
std::string format_in_unit(double si, const Unit& unit) {
    const double number =
        si * static_cast<double>(unit.denominator) / static_cast<double>(unit.numerator);
    for (int digits = 1; digits <= 17; ++digits) {
        const std::string rounded = fmt::format("{:.{}g}", number, digits);
        double back = 0;
        std::from_chars(rounded.data(), rounded.data() + rounded.size(), back);
        if (to_si(back, unit) == si) return format_number(back);
    }
    // Two roundings may put the true decimal a neighbour or two away.
    for (const double towards : {-kHuge, kHuge}) {
        double near = number;
        for (int step = 0; step < 3; ++step) {
            near = std::nextafter(near, towards);
            if (to_si(near, unit) == si) return format_number(near);
        }
    }
    return {};
}

}  // namespace

std::span<const Unit> units_of(Dimension dimension) {
    std::size_t first = 0;
    while (first < kUnits.size() && kUnits[first].dimension != dimension)
        ++first;
    std::size_t last = first;
    while (last < kUnits.size() && kUnits[last].dimension == dimension)
        ++last;
    return std::span<const Unit>(kUnits).subspan(first, last - first);
}

std::string_view dimension_name(Dimension dimension) {
    switch (dimension) {
        case kSpeed:
            return "speed";
        case kLength:
            return "length";
        case kArea:
            return "area";
        case kAcceleration:
            return "acceleration";
        case kMass:
            return "mass";
        case kDuration:
            return "duration";
        case kRate:
            return "rate";
        case kBytes:
            return "amount of data";
        case kMoney:
            return "amount of money";
        case kMoneyPerLength:
            return "price per length";
        case kMoneyPerTime:
            return "value of time";
        case kFlow:
            return "flow";
        case kParcelRate:
            return "parcel rate";
        case kFrequency:
            return "frequency";
        case kDensity:
            return "density";
        case kPower:
            return "power";
        case kEnergy:
            return "energy";
        case kDecibel:
            return "level";
        case kFraction:
            return "fraction";
    }
    return "";
}

std::string unit_list(Dimension dimension) {
    std::string list;
    for (const Unit& unit : units_of(dimension)) {
        if (!list.empty()) list += ", ";
        list += unit.name;
    }
    return list;
}

bool is_exact(Dimension dimension) {
    return dimension == kDuration || dimension == kBytes || dimension == kMoney;
}

Quantity parse_quantity(std::string_view text, Dimension dimension) {
    Quantity out;
    const Decimal decimal = read_decimal(text);
    if (decimal.length == 0) {
        out.fault = names_infinity_or_nan(text) ? ParseFault::kNotFinite : ParseFault::kNotANumber;
        return out;
    }
    std::string_view rest = text.substr(decimal.length);
    while (!rest.empty() && rest.front() == ' ')
        rest.remove_prefix(1);
    out.unit = rest;
    if (rest.empty() && dimension != kFraction) {
        out.fault = ParseFault::kUnitMissing;
        return out;
    }
    constexpr Unit kOne{"", kFraction, 1, 1};
    const Unit* unit = rest.empty() ? &kOne : find_unit(dimension, rest);
    if (unit == nullptr) {
        out.fault = ParseFault::kUnitUnknown;
        return out;
    }
    out.si = to_si(decimal.value, *unit);
    if (!decimal.finite || !std::isfinite(out.si)) {
        out.fault = ParseFault::kNotFinite;
    } else if (is_exact(dimension)) {
        const Whole whole = to_whole(decimal, unit->numerator);
        out.fault = whole.fault;
        out.exact = whole.value;
        out.si = static_cast<double>(whole.value);
    }
    if (out.si == 0) out.si = 0;  // -0 is 0
    return out;
}

std::string format_quantity(double si, std::int64_t exact, Dimension dimension,
                            std::string_view unit) {
    if (dimension == kFraction) return format_number(si);
    if (is_exact(dimension)) return format_exact(exact, dimension);
    const Unit* shown = unit.empty() ? &units_of(dimension).front() : find_unit(dimension, unit);
    JIAHE_CHECK(shown != nullptr, "no such unit: " + std::string(unit));
    std::string number = format_in_unit(si, *shown);
    if (number.empty() && reference_unit(dimension) != nullptr) {
        shown = reference_unit(dimension);
        number = format_number(si);
    }
    if (!number.empty()) return fmt::format("{} {}", number, shown->name);
    // No reference unit: the first unit of the table in which the bits survive.
    for (const Unit& other : units_of(dimension)) {
        number = format_in_unit(si, other);
        if (!number.empty()) return fmt::format("{} {}", number, other.name);
    }
    return fmt::format("{} {}", format_number(si / to_si(1, *shown)), shown->name);
}

Number parse_number(std::string_view text) {
    const Decimal decimal = read_decimal(text);
    if (decimal.length == 0 || decimal.length != text.size()) {
        return {names_infinity_or_nan(text) ? ParseFault::kNotFinite : ParseFault::kNotANumber, 0};
    }
    if (!decimal.finite) return {ParseFault::kNotFinite, 0};
    return {ParseFault::kNone, decimal.value == 0 ? 0 : decimal.value};
}

Integer parse_integer(std::string_view text) {
    const Decimal decimal = read_decimal(text);
    if (decimal.length == 0 || decimal.length != text.size()) {
        return {names_infinity_or_nan(text) ? ParseFault::kNotFinite : ParseFault::kNotANumber, 0};
    }
    if (text.find_first_of(".eE") != std::string_view::npos) return {ParseFault::kNotWhole, 0};
    const Whole whole = to_whole(decimal, 1);
    return {whole.fault, whole.value};
}

std::optional<std::int64_t> parse_time_of_day_us(std::string_view text) {
    if (text.size() != 5 && text.size() != 8) return std::nullopt;
    std::int64_t parts[3] = {0, 0, 0};
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i % 3 == 2) {
            if (text[i] != ':') return std::nullopt;
        } else {
            if (text[i] < '0' || text[i] > '9') return std::nullopt;
            parts[i / 3] = parts[i / 3] * 10 + (text[i] - '0');
        }
    }
    const std::int64_t seconds = parts[0] * 3600 + parts[1] * 60 + parts[2];
    if (parts[1] > 59 || parts[2] > 59 || seconds > 48 * 3600) return std::nullopt;
    return seconds * 1'000'000;
}

std::string format_time_of_day(std::int64_t us) {
    const std::int64_t seconds = us / 1'000'000;
    const std::string hm = fmt::format("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    return seconds % 60 == 0 ? hm : fmt::format("{}:{:02}", hm, seconds % 60);
}

std::string format_number(double value) {
    char buffer[48];
    const double magnitude = std::fabs(value);
    const bool plain = value == 0 || (magnitude >= 1e-5 && magnitude < 1e15);
    const auto format = plain ? std::chars_format::fixed : std::chars_format::scientific;
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, value, format);
    return std::string(buffer, result.ptr);
}

}  // namespace jiahe::scenario
