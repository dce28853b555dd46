#include "base/portable_math.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

using namespace jiahe;

namespace {

double relative_error(double found, double expected) {
    return expected == 0 ? std::abs(found) : std::abs(found / expected - 1);
}

constexpr double kTwoUnits = 4.5e-16;

}  // namespace

TEST_CASE("log and exp agree with the C library to two units in the last place") {
    for (double x = 1e-300; x < 1e300; x *= 1.37) {
        CHECK(relative_error(portable_log(x), std::log(x)) < kTwoUnits);
    }
    for (double x = 0.5; x < 2; x += 0.00137) {
        CHECK(std::abs(portable_log(x) - std::log(x)) < kTwoUnits);
        CHECK(relative_error(portable_log1p(x - 1), std::log1p(x - 1)) < 2 * kTwoUnits);
    }
    for (double x = -700; x < 700; x += 0.713) {
        CHECK(relative_error(portable_exp(x), std::exp(x)) < kTwoUnits);
    }
    CHECK(portable_log1p(-1e-12) == doctest::Approx(-1e-12).epsilon(1e-12));
}

TEST_CASE("powers agree with the C library to 1e-13") {
    for (double x = 1e-3; x < 1e4; x *= 1.7) {
        for (double y = -4; y < 5; y += 0.25) {
            CHECK(relative_error(portable_pow(x, y), std::pow(x, y)) < 1e-13);
        }
    }
    CHECK(portable_pow(0, 2) == 0);
    CHECK(portable_pow(7, 0) == 1);
    CHECK(std::isinf(portable_pow(0, -1)));
}

TEST_CASE("special values: zero, negative, overflow, underflow") {
    CHECK(portable_log(0) == -std::numeric_limits<double>::infinity());
    CHECK(std::isnan(portable_log(-1)));
    CHECK(portable_log(1) == 0);
    CHECK(portable_exp(0) == 1);
    CHECK(std::isinf(portable_exp(710)));
    CHECK(portable_exp(-746) == 0);
    CHECK(portable_exp(-740) > 0);  // a subnormal number
    CHECK(std::isnan(portable_exp(std::nan(""))));
}

TEST_CASE("logarithms of many are those of each, to the bit") {
    std::vector<double> x = {0, -1, 5e-324, 1e-310, INFINITY, 1, 0.5, 0.70710678118654752, 3};
    for (double v = 1e-308; v < 1e308; v *= 1.0371)
        x.push_back(v);
    for (double v = 0.0001; v < 1; v += 0.000173)
        x.push_back(v);
    for (const std::size_t first : {0, 1, 2, 3, 9}) {
        std::vector<double> many(x.size() - first);
        portable_log({x.data() + first, many.size()}, many.data());
        for (std::size_t i = 0; i < many.size(); ++i) {
            const double one = portable_log(x[first + i]);
            const bool same =
                std::bit_cast<std::uint64_t>(one) == std::bit_cast<std::uint64_t>(many[i]) ||
                (std::isnan(one) && std::isnan(many[i]));
            REQUIRE(same);
        }
    }
}

// frexp parted mantissa and exponent until the bits did.
TEST_CASE("the logarithm of subnormal numbers is that of their normal multiples") {
    for (double v = 5e-324; v < 2e-308; v *= 3) {
        const double scaled = portable_log(v * 0x1.0p60) - 60 * std::log(2.0);
        CHECK(portable_log(v) == doctest::Approx(scaled).epsilon(1e-14));
    }
}

TEST_CASE("bits are pinned: a change of these constants changes every hash") {
    CHECK(portable_log(10) == 0x1.26bb1bbb55516p+1);
    CHECK(portable_exp(1) == 0x1.5bf0a8b14576ap+1);  // one unit above the nearest double
    CHECK(portable_log(2) == 0x1.62e42fefa39efp-1);
}

TEST_CASE("the normal distribution function agrees with erfc, far tails included") {
    for (double x = -12; x <= 12; x += 0.0625) {
        CHECK(std::abs(normal_cdf(x) - 0.5 * std::erfc(-x / std::sqrt(2.0))) < 1e-14);
    }
    // Phi(-10) = 7.61985302416e-24 (Abramowitz and Stegun, table 26.2).
    CHECK(relative_error(normal_cdf(-10), 7.61985302416e-24) < 1e-11);
}

TEST_CASE("the quantile inverts the distribution function within 1.2e-9") {
    for (double p = 0.0005; p < 1; p += 0.0005) {
        CHECK(normal_cdf(normal_quantile(p)) == doctest::Approx(p).epsilon(5e-9));
    }
    CHECK(normal_quantile(0.975) == doctest::Approx(1.959963984540054).epsilon(2e-9));
    CHECK(normal_quantile(0.5) == 0);
}
