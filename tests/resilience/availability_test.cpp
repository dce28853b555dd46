#include "resilience/availability.h"

#include <cmath>
#include <vector>

using namespace jiahe::resilience;

TEST_CASE("2 of 3 parts at .99 are up for .999702, two in parallel at .99 for .9999") {
    // 3 * .99^2 * .01 + .99^3 = .029403 + .970299.
    const std::vector<double> three(3, .99), two(2, .99);
    CHECK(std::abs(k_of_n(2, three) - .999702) < 1e-12);
    CHECK(std::abs(in_parallel(two) - .9999) < 1e-12);
    CHECK(std::abs(k_of_n(1, two) - in_parallel(two)) < 1e-15);
    CHECK(std::abs(k_of_n(3, three) - in_series(three)) < 1e-15);
    CHECK(k_of_n(0, three) == doctest::Approx(1));
}

TEST_CASE("a mean of 8,760 h up and 4 h down is .99954359 or 239.9 min a year") {
    const double a = renewal_availability(8760, 4);
    CHECK(std::abs(a - .99954359) < 5e-9);
    CHECK(std::abs(downtime_minutes_per_year(a) - 239.9) < 0.05);
}

TEST_CASE("three to five nines in minutes a year") {
    CHECK(downtime_minutes_per_year(.999) == doctest::Approx(525.6));
    CHECK(downtime_minutes_per_year(.9995) == doctest::Approx(262.8));
    CHECK(downtime_minutes_per_year(.9999) == doctest::Approx(52.56));
    CHECK(downtime_minutes_per_year(.99999) == doctest::Approx(5.256));
}
