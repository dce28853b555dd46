// Axis ticks at numbers that people count in: 1, 2, 2.5 or 5 times a power of ten, and whole hours.
//
// Pure functions, no units. Invariants: 1. ticks are evenly spaced and ascending; 2. the last value
// tick is not below `top`; 3. clock ticks are multiples of their step within [from, to].
// Cost: as many steps as ticks.
#pragma once

#include <vector>

namespace jiahe::evaluation {

// From 0 to the first multiple of the step at or above `top`, about `wanted` steps.
// REQUIRES: top is finite and > 0; wanted >= 1.
std::vector<double> value_ticks(double top, int wanted = 5);

// Seconds since midnight: whole multiples of 5 min ... 6 h, at most `most` of them.
// REQUIRES: from < to.
std::vector<double> clock_ticks(double from_s, double to_s, int most = 13);

}  // namespace jiahe::evaluation
