#include "tolling/duration_distribution.h"

#include <doctest/doctest.h>

#include <cmath>

#include "base/error.h"

namespace jiahe::tolling {
namespace {

struct Sampled {
    double mean = 0, variance = 0, least = 1e9;
};

Sampled sample(const DurationDistribution& d, int n = 200'000) {
    Sampled s;
    double sum = 0, square = 0;
    for (int i = 0; i < n; ++i) {
        const double x = d.sample_s(Draw(5, 512, static_cast<std::uint64_t>(i), 0));
        sum += x;
        square += x * x;
        s.least = std::min(s.least, x);
    }
    s.mean = sum / n;
    s.variance = square / n - s.mean * s.mean;
    return s;
}

}  // namespace

TEST_CASE("a truncated normal has the mean and variance asked for, not its parent's") {
    // Yang's ETC service and move-up lie 1.6 and 1.8 deviations above the cut at 0.5 s; a parent
    // with these moments would be 0.15 s too slow once cut.
    for (const auto& [mean, variance] : {std::pair{2.56, 1.67}, {3.62, 2.94}, {14.1, 7.33}}) {
        const auto d = DurationDistribution::truncated_normal(mean, std::sqrt(variance));
        const Sampled s = sample(d);
        CAPTURE(mean);
        CHECK(s.mean == doctest::Approx(mean).epsilon(0.003));  // 3 sd / sqrt(n) = 0.0087 at most
        CHECK(s.variance == doctest::Approx(variance).epsilon(0.015));
        CHECK(s.least >= 0.5);
        CHECK(d.mean_s() == mean);
        CHECK(d.variance_s2() == doctest::Approx(variance));
    }
}

TEST_CASE("a lognormal has the mean and variance asked for") {
    const Sampled s = sample(DurationDistribution::lognormal(8.6, std::sqrt(5.5)));
    CHECK(s.mean == doctest::Approx(8.6).epsilon(0.003));
    CHECK(s.variance == doctest::Approx(5.5).epsilon(0.02));
    CHECK(s.least > 0);
}

TEST_CASE("Yang's histogram has the mean of its bars and stays within them") {
    // Sum over bars of weight * middle = 1.25 + 35 + 63 + 75 + 68 + 30 + 33 = 305.25, over 101.
    const auto d = yang_etc_histogram();
    CHECK(d.mean_s() == doctest::Approx(305.25 / 101).epsilon(1e-12));
    const Sampled s = sample(d);
    CHECK(s.mean == doctest::Approx(d.mean_s()).epsilon(0.005));
    CHECK(s.variance == doctest::Approx(d.variance_s2()).epsilon(0.02));
    CHECK(s.least >= 1.0);
}

TEST_CASE("moments that no cut normal can have are refused") {
    CHECK_THROWS_AS(DurationDistribution::truncated_normal(1, 0.6, 0.5), InputError);
    CHECK_THROWS_AS(DurationDistribution::truncated_normal(0.4, 0.1, 0.5), InputError);
    CHECK_THROWS_AS(DurationDistribution::truncated_normal(-1, 0.1), InputError);
    CHECK_THROWS_AS(DurationDistribution::lognormal(0, 1), InputError);
    const double one[] = {1.0};
    CHECK_THROWS_AS(DurationDistribution::histogram({2, 1}, one), InputError);
    CHECK(DurationDistribution::fixed(0).sample_s(Draw(1, 1, 1, 1)) == 0);
}

}  // namespace jiahe::tolling
