// Numbers as people read them: grouped digits, clocks, quantities in a unit of handy size, and text
// made safe for HTML.
//
// Pure functions; output is UTF-8 plain text (escape it before it goes into a page). Not a number
// is shown as an en dash. Invariants: 1. rounding is to nearest; 2. "-0" is never shown.
#pragma once

#include <string>
#include <string_view>

#include "evaluation/language.h"

namespace jiahe::evaluation {

// Text with & < > " ' replaced; safe in elements and in quoted attributes.
std::string escape_html(std::string_view text);

// 1234567.891 with 1 decimal: "1,234,567.9".
std::string grouped(double value, int decimals = 0);
// Three significant digits or whole numbers: "0.0123", "4.57", "1,235".
std::string readable(double value);
// For axes and cards: "12k", "3.4M"; in Chinese "1.2万", "3.4亿".
std::string compact(double value, Language language);
// A tick of an axis that ends at `top`: the same form for all its ticks; digits up to 100,000.
std::string axis_number(double value, double top, Language language);
// Of a time in s since midnight: "07:30"; on the next day "01:30 +1".
std::string clock_text(double seconds);
// 0.98734: "98.7 %"; shares within 0.05 % of but not equal to all are not rounded up to "100 %".
std::string percent(double share);

// A difference with its sign: "+1.5 min", "−0.3 points" (of shares, in percentage points), "±0".
std::string signed_difference(double value, std::string_view unit, bool is_share,
                              Language language);

struct Quantity {
    std::string value;
    std::string unit;  // may be empty
    std::string text() const { return unit.empty() ? value : value + " " + unit; }
};

// A value in a unit of a KPI ("1", "s", "min", "m/s", "km", "fen", "B", "bytes", ...) in a handy
// one; fen becomes yuan. `is_share`: a ratio to be shown in percent.
Quantity handy(double value, std::string_view unit, bool is_share, Language language);

}  // namespace jiahe::evaluation
