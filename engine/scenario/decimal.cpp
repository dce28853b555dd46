#include "scenario/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace jiahe::scenario {
namespace {

constexpr std::int64_t kMostExponent = 10'000;
constexpr int kMostDigits = 25;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

struct Cursor {
    std::string_view text;
    std::size_t at = 0;
    bool digit() const { return at < text.size() && is_digit(text[at]); }
    bool is(char a, char b) const { return at < text.size() && (text[at] == a || text[at] == b); }
};

// Takes digits into the mantissa; returns how many.
std::int64_t take_digits(Cursor& cursor, Decimal& out, int& significant) {
    std::int64_t taken = 0;
    for (; cursor.digit(); ++cursor.at, ++taken) {
        const auto digit = static_cast<unsigned>(cursor.text[cursor.at] - '0');
        if (significant > 0 || digit > 0) ++significant;
        if (significant > kMostDigits) {
            out.wide = true;
        } else {
            out.mantissa = out.mantissa * 10 + digit;
        }
    }
    return taken;
}

// Takes "e-3"; leaves the cursor where no exponent follows.
void take_exponent(Cursor& cursor, Decimal& out) {
    Cursor ahead = cursor;
    ++ahead.at;
    const bool negative = ahead.is('-', '-');
    if (ahead.is('-', '+')) ++ahead.at;
    if (!ahead.digit()) return;
    std::int64_t exponent = 0;
    for (; ahead.digit(); ++ahead.at) {
        exponent = std::min(kMostExponent, exponent * 10 + (ahead.text[ahead.at] - '0'));
    }
    out.exponent += negative ? -exponent : exponent;
    cursor = ahead;
}

}  // namespace

Decimal read_decimal(std::string_view text) {
    Decimal out;
    Cursor cursor{text};
    if (cursor.is('-', '-')) {
        out.negative = true;
        ++cursor.at;
    }
    if (!cursor.digit()) return out;
    int significant = 0;
    if (cursor.is('0', '0')) {
        ++cursor.at;
    } else {
        take_digits(cursor, out, significant);
    }
    if (cursor.is('.', '.') && cursor.at + 1 < text.size() && is_digit(text[cursor.at + 1])) {
        ++cursor.at;
        out.exponent = -std::min(kMostExponent, take_digits(cursor, out, significant));
    }
    if (cursor.is('e', 'E')) take_exponent(cursor, out);
    // "007", "1.", "1..5": the digits or dots that follow belong to no number we accept.
    if (cursor.digit() || cursor.is('.', '.')) return Decimal{};
    out.length = cursor.at;
    const auto result = std::from_chars(text.data(), text.data() + cursor.at, out.value);
    out.finite = result.ec == std::errc{};
    return out;
}

Whole to_whole(const Decimal& decimal, std::int64_t factor) {
    if (decimal.wide) return {ParseFault::kTooLarge, 0};
    if (decimal.mantissa == 0) return {};
    // Below 10^25 * 10^11 < 2^128; sizes of `factor` are bounded by the table of units.
    Decimal::Wide product = decimal.mantissa * static_cast<Decimal::Wide>(factor);
    std::int64_t exponent = decimal.exponent;
    for (; exponent < 0; ++exponent) {
        if (product % 10 != 0) return {ParseFault::kNotWhole, 0};
        product /= 10;
    }
    constexpr Decimal::Wide kMost = std::numeric_limits<std::int64_t>::max();
    for (; exponent > 0; --exponent) {
        if (product > kMost / 10) return {ParseFault::kTooLarge, 0};
        product *= 10;
    }
    if (product > kMost) return {ParseFault::kTooLarge, 0};
    const auto magnitude = static_cast<std::int64_t>(product);
    return {ParseFault::kNone, decimal.negative ? -magnitude : magnitude};
}

bool names_infinity_or_nan(std::string_view text) {
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
    if (!text.empty() && text[0] == '.') text.remove_prefix(1);
    constexpr std::array<std::string_view, 3> kNames = {"nan", "inf", "infinity"};
    const std::string_view word = text.substr(0, text.find(' '));
    return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) {
        return word.size() == name.size() &&
               std::equal(word.begin(), word.end(), name.begin(),
                          [](char a, char b) { return (a | 0x20) == b; });
    });
}

}  // namespace jiahe::scenario
