#include "scenario/unit.h"

#include <doctest/doctest.h>

#include "base/random.h"

using namespace jiahe::scenario;

namespace {
ParseFault fault_of(const char* text, Dimension dimension) {
    return parse_quantity(text, dimension).fault;
}
}  // namespace

TEST_CASE("quantities are read into the reference unit") {
    // 60 km/h = 60 * 1000 / 3600 m/s = 60 * 5 / 18 m/s.
    CHECK(parse_quantity("60 km/h", Dimension::kSpeed).si == 60.0 * 5 / 18);
    CHECK(parse_quantity("60km/h", Dimension::kSpeed).si == 60.0 * 5 / 18);
    CHECK(parse_quantity("1.2 Gbit/s", Dimension::kRate).si == 1.2e9);
    CHECK(parse_quantity("0.3 km", Dimension::kLength).si == 300.0);
    // 35 fen/km = 0.035 fen/m; 36 yuan/h = 1 fen/s.
    CHECK(parse_quantity("35 fen/km", Dimension::kMoneyPerLength).si == 0.035);
    CHECK(parse_quantity("36 yuan/h", Dimension::kMoneyPerTime).si == 1.0);
    CHECK(parse_quantity("1800 veh/h", Dimension::kFlow).si == 0.5);
    CHECK(parse_quantity("90 %", Dimension::kFraction).si == 0.9);
    CHECK(parse_quantity("0.9", Dimension::kFraction).si == 0.9);
    CHECK(parse_quantity("-95 dBm", Dimension::kDecibel).si == -95.0);
}

TEST_CASE("money, durations and bytes are exact") {
    CHECK(parse_quantity("0.35 yuan", Dimension::kMoney).exact == 35);
    CHECK(parse_quantity("1.10 yuan", Dimension::kMoney).exact ==
          110);  // 1.1 * 100 > 110 in doubles
    CHECK(parse_quantity("90s", Dimension::kDuration).exact == 90'000'000);
    CHECK(parse_quantity("0.1 s", Dimension::kDuration).exact == 100'000);
    CHECK(parse_quantity("1.5 h", Dimension::kDuration).exact == 5'400'000'000);
    CHECK(parse_quantity("1e-6 s", Dimension::kDuration).exact == 1);
    CHECK(parse_quantity("1.5 KiB", Dimension::kBytes).exact == 1536);
    CHECK(parse_quantity("-3 fen", Dimension::kMoney).exact == -3);
    CHECK(fault_of("0.355 yuan", Dimension::kMoney) == ParseFault::kNotWhole);
    CHECK(fault_of("1e-7 s", Dimension::kDuration) == ParseFault::kNotWhole);
    CHECK(fault_of("1e30 B", Dimension::kBytes) == ParseFault::kTooLarge);
    CHECK(fault_of("9223372036854775808 B", Dimension::kBytes) == ParseFault::kTooLarge);
    CHECK(parse_quantity("9223372036854775807 B", Dimension::kBytes).exact ==
          9'223'372'036'854'775'807);
}

TEST_CASE("a quantity needs a unit of its dimension") {
    CHECK(fault_of("60", Dimension::kSpeed) == ParseFault::kUnitMissing);
    CHECK(fault_of("60 mph", Dimension::kSpeed) == ParseFault::kUnitUnknown);
    CHECK(fault_of("60 km", Dimension::kSpeed) == ParseFault::kUnitUnknown);
    CHECK(fault_of("60 KM/H", Dimension::kSpeed) == ParseFault::kUnitUnknown);
    CHECK(fault_of("km/h", Dimension::kSpeed) == ParseFault::kNotANumber);
    CHECK(fault_of("", Dimension::kSpeed) == ParseFault::kNotANumber);
    CHECK(fault_of("007 m", Dimension::kLength) == ParseFault::kNotANumber);
    CHECK(fault_of("+7 m", Dimension::kLength) == ParseFault::kNotANumber);
    CHECK(fault_of("1,5 m", Dimension::kLength) == ParseFault::kUnitUnknown);
    CHECK(fault_of("0x10 m", Dimension::kLength) == ParseFault::kUnitUnknown);
    CHECK(fault_of("1.2.3 m", Dimension::kLength) == ParseFault::kNotANumber);
}

TEST_CASE("no infinity and no not-a-number is a number") {
    for (const char* text : {"nan", ".nan", "-.inf", "inf", "Infinity", ".Inf", "1e400 m"}) {
        CAPTURE(text);
        CHECK(fault_of(text, Dimension::kLength) == ParseFault::kNotFinite);
    }
    CHECK(parse_number("1e400").fault == ParseFault::kNotFinite);
    CHECK(parse_number("1e308").fault == ParseFault::kNone);
    CHECK(fault_of("1e308 km", Dimension::kLength) == ParseFault::kNotFinite);  // overflows in m
}

TEST_CASE("numbers and integers follow the grammar of JSON") {
    CHECK(parse_number("-0.5e1").value == -5.0);
    CHECK(parse_integer("-12").value == -12);
    CHECK(parse_integer("1.0").fault == ParseFault::kNotWhole);
    CHECK(parse_integer("1e3").fault == ParseFault::kNotWhole);
    CHECK(parse_integer("9223372036854775808").fault == ParseFault::kTooLarge);
    for (const char* text : {"", "-", ".5", "5.", "1_000", "0b1", "1e", "1 ", "--1", "٣"}) {
        CAPTURE(text);
        CHECK(parse_number(text).fault == ParseFault::kNotANumber);
    }
}

TEST_CASE("times of day have two digits each and end at 48:00") {
    CHECK(parse_time_of_day_us("07:30") == (7 * 3600 + 30 * 60) * 1'000'000LL);
    CHECK(parse_time_of_day_us("07:30:15") == (7 * 3600 + 30 * 60 + 15) * 1'000'000LL);
    CHECK(parse_time_of_day_us("48:00") == 172'800'000'000LL);
    for (const char* text : {"7:30", "07:60", "07:30:60", "48:01", "49:00", "07-30", "0730",
                             "-7:30", "07:30:1", "07:30 ", "ab:cd", ""}) {
        CAPTURE(text);
        CHECK_FALSE(parse_time_of_day_us(text).has_value());
    }
    CHECK(format_time_of_day(90'000'000'000LL) == "25:00");
    CHECK(format_time_of_day(27'015'000'000LL) == "07:30:15");
}

TEST_CASE("what is written of a quantity reads back to the same bits") {
    const jiahe::Draw draw(1, 0, 0, 0);
    for (std::uint32_t i = 0; i < 2000; ++i) {
        const auto dimension = static_cast<Dimension>(draw.below(19, 3 * i));
        const auto units = units_of(dimension);
        const Unit& unit = units[draw.below(units.size(), 3 * i + 1)];
        const std::string text = std::to_string(draw.below(100'000'000, 3 * i + 2)) + "e" +
                                 (is_exact(dimension) ? "0" : "-" + std::to_string(i % 12)) + " " +
                                 std::string(unit.name);
        CAPTURE(text);
        const Quantity read = parse_quantity(text, dimension);
        REQUIRE(read.fault == ParseFault::kNone);
        const std::string written = format_quantity(read.si, read.exact, dimension, "");
        CAPTURE(written);
        const Quantity again = parse_quantity(written, dimension);
        CHECK(again.fault == ParseFault::kNone);
        CHECK(again.si == read.si);
        CHECK(again.exact == read.exact);
        CHECK(format_quantity(again.si, again.exact, dimension, "") == written);
    }
}

TEST_CASE("people see round figures") {
    const auto shown = [](const char* text, Dimension dimension, const char* unit) {
        const Quantity read = parse_quantity(text, dimension);
        return format_quantity(read.si, read.exact, dimension, unit);
    };
    CHECK(shown("16.666666666666668 m/s", Dimension::kSpeed, "km/h") == "60 km/h");
    CHECK(shown("60.0 km/h", Dimension::kSpeed, "") == "60 km/h");
    CHECK(shown("1200 Mbit/s", Dimension::kRate, "Gbit/s") == "1.2 Gbit/s");
    CHECK(shown("900 s", Dimension::kDuration, "") == "15 min");
    CHECK(shown("5400 s", Dimension::kDuration, "") == "90 min");
    CHECK(shown("0 h", Dimension::kDuration, "") == "0 s");
    CHECK(shown("90 %", Dimension::kFraction, "") == "0.9");
    CHECK(shown("2000 B", Dimension::kBytes, "") == "2 kB");
    CHECK(format_number(1e6) == "1000000");
    CHECK(format_number(1e300) == "1e+300");
}
