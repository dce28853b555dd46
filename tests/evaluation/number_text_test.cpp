#include "evaluation/number_text.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>

namespace jiahe::evaluation {

TEST_CASE("text for a page has no character that could open an element or end an attribute") {
    CHECK(escape_html("<b a=\"1\" c='2'>&") == "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;");
    CHECK(escape_html("嘉兴北") == "嘉兴北");
}

TEST_CASE("digits are grouped by three and a rounded zero has no sign") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1234567.891, 1) == "1,234,567.9");
    CHECK(grouped(-1234) == "−1,234");
    CHECK(grouped(-0.04, 1) == "0.0");
    CHECK(grouped(std::numeric_limits<double>::quiet_NaN()) == "–");
}

TEST_CASE("readable numbers have three digits that count") {
    CHECK(readable(12345.6) == "12,346");
    CHECK(readable(45.67) == "45.7");
    CHECK(readable(4.567) == "4.57");
    CHECK(readable(0.012345) == "0.0123");
    CHECK(readable(3) == "3");
}

TEST_CASE("axes count in thousands in English and in ten thousands in Chinese") {
    CHECK(compact(50000, Language::kEnglish) == "50k");
    CHECK(compact(2500000, Language::kEnglish) == "2.5M");
    CHECK(compact(50000, Language::kChinese) == "5万");
    CHECK(compact(250000000, Language::kChinese) == "2.5亿");
    CHECK(compact(2500, Language::kChinese) == "2,500");
    CHECK(compact(0.25, Language::kEnglish) == "0.25");
}

TEST_CASE("all ticks of an axis have one form") {
    CHECK(axis_number(7500, 12500, Language::kEnglish) == "7,500");
    CHECK(axis_number(12500, 12500, Language::kEnglish) == "12,500");
    CHECK(axis_number(50000, 150000, Language::kEnglish) == "50k");
    CHECK(axis_number(0, 150000, Language::kEnglish) == "0");
    CHECK(axis_number(500000, 2000000, Language::kEnglish) == "0.5M");
    CHECK(axis_number(50000, 150000, Language::kChinese) == "5万");
    CHECK(axis_number(0.25, 1, Language::kEnglish) == "0.25");
}

TEST_CASE("differences carry their sign, shares are points") {
    CHECK(signed_difference(90, "s", false, Language::kEnglish) == "+90 s");
    CHECK(signed_difference(-90, "s", false, Language::kEnglish) == "−90 s");
    CHECK(signed_difference(-0.015, "1", true, Language::kEnglish) == "−1.50 points");
    CHECK(signed_difference(0.015, "1", true, Language::kChinese) == "+1.50 个百分点");
    CHECK(signed_difference(0, "s", false, Language::kEnglish) == "±0");
    CHECK(signed_difference(1e-6, "1", true, Language::kEnglish) == "<0.01 points");
}

TEST_CASE("clocks go on into the next day") {
    CHECK(clock_text(7.5 * 3600) == "07:30");
    CHECK(clock_text(86400) == "00:00 +1");
    CHECK(clock_text(25.5 * 3600) == "01:30 +1");
}

TEST_CASE("a share below one is never shown as all") {
    CHECK(percent(1) == "100 %");
    CHECK(percent(0.9) == "90.0 %");
    CHECK(percent(0.999999) == "99.999 %");  // 99.9999 %, cut and not rounded
    CHECK(percent(0) == "0 %");
    CHECK(percent(0.00042) == "0.042 %");
    CHECK(percent(0.00000042) == "<0.01 %");  // something, not nothing
}

TEST_CASE("quantities come in handy units") {
    CHECK(handy(45, "s", false, Language::kEnglish).text() == "45 s");
    CHECK(handy(0.0836, "s", false, Language::kEnglish).text() == "83.6 ms");
    CHECK(handy(0, "s", false, Language::kEnglish).text() == "0 s");
    CHECK(handy(1770, "s", false, Language::kEnglish).text() == "29.5 min");
    CHECK(handy(7200, "s", false, Language::kChinese).text() == "2 小时");
    CHECK(handy(20, "m/s", false, Language::kEnglish).text() == "72 km/h");
    // 123,456,789 fen = 1,234,567.89 yuan = 1.23 million = 123 ten thousands.
    CHECK(handy(123456789, "fen", false, Language::kEnglish).text() == "1.23 million CNY");
    CHECK(handy(123456789, "fen", false, Language::kChinese).text() == "123 万元");
    CHECK(handy(81e6, "B", false, Language::kEnglish).text() == "81 MB");
    CHECK(handy(0.25, "1", true, Language::kEnglish).text() == "25.0 %");
    CHECK(handy(12, "veh/h", false, Language::kEnglish).text() == "12 veh/h");
}

}  // namespace jiahe::evaluation
