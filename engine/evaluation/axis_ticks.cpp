#include "evaluation/axis_ticks.h"

#include <cmath>
#include <vector>

#include "base/check.h"

namespace jiahe::evaluation {

std::vector<double> value_ticks(double top, int wanted) {
    JIAHE_CHECK(std::isfinite(top) && top > 0 && wanted >= 1, "an axis needs a positive top");
    const double raw = top / wanted;
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    double step = 10 * power;
    for (const double nice : {1.0, 2.0, 2.5, 5.0}) {
        if (nice * power >= raw * (1 - 1e-9)) {
            step = nice * power;
            break;
        }
    }
    std::vector<double> ticks;
    const auto count = static_cast<int>(std::ceil(top / step - 1e-9));
    for (int i = 0; i <= count; ++i)
        ticks.push_back(i * step);
    return ticks;
}

std::vector<double> clock_ticks(double from_s, double to_s, int most) {
    JIAHE_CHECK(from_s < to_s && most >= 2, "a time axis needs a length");
    double step = 6 * 3600;
    for (const double candidate : {300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 10800.0}) {
        if ((to_s - from_s) / candidate + 1 <= most) {
            step = candidate;
            break;
        }
    }
    std::vector<double> ticks;
    for (double t = std::ceil(from_s / step - 1e-9) * step; t <= to_s + 1e-6; t += step) {
        ticks.push_back(t);
    }
    return ticks;
}

}  // namespace jiahe::evaluation
