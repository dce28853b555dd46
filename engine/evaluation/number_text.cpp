#include "evaluation/number_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

namespace jiahe::evaluation {
namespace {

constexpr const char* kNone = "–";

// One of a ladder of units: from `least` on, the value is divided by `divisor`.
struct Rung {
    double least;
    double divisor;
    std::string_view english, chinese;
};

template <std::size_t N>
Quantity climb(double value, const std::array<Rung, N>& ladder, Language language) {
    const Rung* rung = &ladder[0];
    for (const Rung& next : ladder) {
        if (std::abs(value) >= next.least) rung = &next;
    }
    return {readable(value / rung->divisor), Say{language}(rung->english, rung->chinese)};
}

constexpr std::array<Rung, 4> kSeconds = {{
    {0, 1e-3, "ms", "毫秒"},
    {1, 1, "s", "秒"},
    {120, 60, "min", "分钟"},
    {7200, 3600, "h", "小时"},
}};
constexpr std::array<Rung, 2> kMinutes = {{{0, 1, "min", "分钟"}, {300, 60, "h", "小时"}}};
constexpr std::array<Rung, 5> kBytes = {{
    {0, 1, "B", "B"},
    {1e3, 1e3, "kB", "kB"},
    {1e6, 1e6, "MB", "MB"},
    {1e9, 1e9, "GB", "GB"},
    {1e12, 1e12, "TB", "TB"},
}};
constexpr std::array<Rung, 3> kYuan = {{
    {0, 1, "CNY", "元"},
    {1e4, 1e4, "", "万元"},
    {1e8, 1e8, "", "亿元"},
}};
constexpr std::array<Rung, 3> kYuanEnglish = {{
    {0, 1, "CNY", "元"},
    {1e5, 1e3, "thousand CNY", ""},
    {1e6, 1e6, "million CNY", ""},
}};

}  // namespace

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string grouped(double value, int decimals) {
    if (!std::isfinite(value)) return kNone;
    const std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
    const bool is_zero = digits.find_first_not_of("0.") == std::string::npos;
    const std::size_t whole = std::min(digits.find('.'), digits.size());
    std::string out = value < 0 && !is_zero ? "−" : "";
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0) out += ',';
        out += digits[i];
    }
    return out;
}

std::string readable(double value) {
    const double size = std::abs(value);
    if (!std::isfinite(value)) return kNone;
    if (size >= 100 || value == std::round(value)) return grouped(value);
    if (size >= 10) return grouped(value, 1);
    if (size >= 1) return grouped(value, 2);
    if (size >= 1e-4) return grouped(value, 2 - static_cast<int>(std::floor(std::log10(size))));
    return fmt::format("{:.2e}", value);
}

std::string compact(double value, Language language) {
    const double size = std::abs(value);
    const auto scaled = [&](double unit, const char* name) {
        std::string text = fmt::format("{:.2f}", value / unit);
        text.erase(text.find_last_not_of('0') + 1);
        if (text.ends_with('.')) text.pop_back();
        return text + name;
    };
    if (language == Language::kChinese) {
        if (size >= 1e8) return scaled(1e8, "亿");
        if (size >= 1e4) return scaled(1e4, "万");
    } else {
        if (size >= 1e9) return scaled(1e9, "bn");
        if (size >= 1e6) return scaled(1e6, "M");
        if (size >= 1e4) return scaled(1e3, "k");
    }
    if (value == std::round(value)) return grouped(value);
    std::string text = fmt::format("{:.6g}", value);
    return text;
}

std::string axis_number(double value, double top, Language language) {
    if (top < 1000) return compact(value, language);
    if (top < 1e5) return grouped(value, value == std::round(value) ? 0 : 1);
    const bool is_chinese = language == Language::kChinese;
    const bool is_large = top >= (is_chinese ? 1e8 : 1e6);
    const double small_unit = is_chinese ? 1e4 : 1e3, large_unit = is_chinese ? 1e8 : 1e6;
    const char* name = is_chinese ? (is_large ? "亿" : "万") : (is_large ? "M" : "k");
    if (value == 0) return "0";
    return fmt::format("{:.6g}{}", value / (is_large ? large_unit : small_unit), name);
}

std::string signed_difference(double value, std::string_view unit, bool is_share,
                              Language language) {
    if (!std::isfinite(value)) return kNone;
    if (value == 0) return "±0";
    const std::string sign = value > 0 ? "+" : "−";
    if (!is_share) return sign + handy(std::abs(value), unit, false, language).text();
    const double points = std::abs(value) * 100;
    return (points < 0.01 ? "<0.01" : sign + readable(std::round(points * 100) / 100)) +
           Say{language}(" points", " 个百分点");
}

std::string clock_text(double seconds) {
    if (!std::isfinite(seconds)) return kNone;
    const auto minute = static_cast<std::int64_t>(std::floor(seconds / 60 + 1e-9));
    const std::int64_t day = minute >= 0 ? minute / 1440 : 0;
    const std::int64_t rest = minute - day * 1440;
    const std::string clock = fmt::format("{:02}:{:02}", rest / 60, rest % 60);
    return day == 0 ? clock : fmt::format("{} +{}", clock, day);
}

std::string percent(double share) {
    if (!std::isfinite(share)) return kNone;
    const double value = share * 100;
    if (share == 1) return "100 %";
    if (share == 0) return "0 %";
    if (std::abs(value) < 0.01) return "<0.01 %";
    if (std::abs(value) < 0.1) return fmt::format("{:.2g} %", value);
    if (value < 100 && value >= 99.95) {
        return fmt::format("{:.3f} %", std::floor(value * 1e3) / 1e3);
    }
    return fmt::format("{:.1f} %", value);
}

Quantity handy(double value, std::string_view unit, bool is_share, Language language) {
    const Say say{language};
    if (!std::isfinite(value)) return {kNone, ""};
    if (is_share) {
        const std::string text = percent(value);
        return {text.substr(0, text.size() - 2), "%"};
    }
    if (value == 0 && unit == "s") return {"0", say("s", "秒")};
    if (unit == "s") return climb(value, kSeconds, language);
    if (unit == "min") return climb(value, kMinutes, language);
    if (unit == "B" || unit == "bytes" || unit == "byte") return climb(value, kBytes, language);
    if (unit == "m/s") return {readable(value * 3.6), "km/h"};
    if (unit == "fen") {
        return language == Language::kEnglish ? climb(value / 100, kYuanEnglish, language)
                                              : climb(value / 100, kYuan, language);
    }
    if (unit == "1") return {readable(value), ""};
    if (unit == "km") return {readable(value), say("km", "公里")};
    return {readable(value), std::string(unit)};
}

}  // namespace jiahe::evaluation
