// Euclidean distances as integers, under the rounding rules of published instances.
//
// Pure functions. A rule is a scale and a rounding: CVRPLIB rounds to the nearest integer, VRPTW
// files truncate to 0.1 (so scale 10), others keep thousandths. std::sqrt is exact by IEEE 754.
// Oracle, (0,0)-(1,1): nearest 1; tenths truncated 14 (= 1.4); thousandths 1414.
// Source: logistics sheet, section 7.
#pragma once

#include <cmath>
#include <cstdint>

namespace jiahe::routing {

struct Position {
    double x = 0, y = 0;
};

enum class Rounding : std::uint8_t { kNearest, kDown };

inline std::int64_t euclidean(Position a, Position b, double scale = 1,
                              Rounding rounding = Rounding::kNearest) {
    const double dx = a.x - b.x, dy = a.y - b.y;
    const double d = std::sqrt(dx * dx + dy * dy) * scale;
    return static_cast<std::int64_t>(rounding == Rounding::kNearest ? d + 0.5 : d);  // d >= 0
}

}  // namespace jiahe::routing
