// Dimensions and units of the scenario file, and the exact reading of "60 km/h" or "1.2 Gbit/s".
//
// Every quantity is a decimal number, optional blanks and a unit of the setting's dimension. The
// table of units is the only one in the project: schema, docs and messages are printed from it.
// A value in the reference unit is number * numerator / denominator (SI, except where noted).
// Money, durations and bytes are exact: they are read as decimals and must be whole fen,
// microseconds and bytes. Lifecycle: pure functions over a constant table.
//
// Invariants: 1. format_quantity(parse(text)) parses to the same bits; 2. no not-a-number and no
// infinity leaves this file; 3. the first unit of a dimension is the one documents print.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace jiahe::scenario {

enum class Dimension : std::uint8_t {
    kSpeed,           // m/s
    kLength,          // m
    kArea,            // m2
    kAcceleration,    // m/s2
    kMass,            // kg
    kDuration,        // microseconds, exact
    kRate,            // bit/s
    kBytes,           // bytes, exact
    kMoney,           // fen, exact
    kMoneyPerLength,  // fen/m
    kMoneyPerTime,    // fen/s
    kFlow,            // vehicles/s
    kParcelRate,      // parcels/s
    kFrequency,       // 1/s
    kDensity,         // vehicles/m
    kPower,           // W
    kEnergy,          // J
    kDecibel,         // dB or dBm, as written
    kFraction,        // 1; a bare number or "90 %"
};

struct Unit {
    std::string_view name;
    Dimension dimension;
    std::int64_t numerator;    // value in the reference unit = number * numerator / denominator
    std::int64_t denominator;  // 1 for the exact dimensions
};

// Units of a dimension in the order of the table.
std::span<const Unit> units_of(Dimension dimension);
std::string_view dimension_name(Dimension dimension);
// "km/h, m/s"
std::string unit_list(Dimension dimension);
// True for the dimensions read as whole fen, microseconds and bytes.
bool is_exact(Dimension dimension);

// What a parser found wrong; the reader turns it into a code and a message.
enum class ParseFault : std::uint8_t {
    kNone,
    kNotANumber,   // not a decimal number at all
    kNotFinite,    // nan, inf, 1e400
    kUnitMissing,  // a number alone where a unit is needed
    kUnitUnknown,  // no unit of this dimension
    kNotWhole,     // finer than 1 fen, 1 us or 1 byte
    kTooLarge,     // outside 64-bit integers
};

struct Quantity {
    ParseFault fault = ParseFault::kNone;
    double si = 0;           // value in the reference unit
    std::int64_t exact = 0;  // the same as an integer, where is_exact()
    std::string unit;        // as written, for messages
};

Quantity parse_quantity(std::string_view text, Dimension dimension);

// "60 km/h": in `unit` if that reads back to the same bits, else in the reference unit.
std::string format_quantity(double si, std::int64_t exact, Dimension dimension,
                            std::string_view unit);

struct Number {
    ParseFault fault = ParseFault::kNone;
    double value = 0;
};

// A JSON number: no leading zero or plus, no hexadecimal, no underscore.
Number parse_number(std::string_view text);

struct Integer {
    ParseFault fault = ParseFault::kNone;
    std::int64_t value = 0;
};
Integer parse_integer(std::string_view text);

// "07:30", "07:30:15", up to "48:00"; microseconds since midnight of the first day.
std::optional<std::int64_t> parse_time_of_day_us(std::string_view text);
// "07:30" or, with seconds, "07:30:15".
std::string format_time_of_day(std::int64_t us);

// Shortest decimal that reads back to the same double.
std::string format_number(double value);

}  // namespace jiahe::scenario
