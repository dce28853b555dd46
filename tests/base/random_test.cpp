#include "base/random.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <vector>

using jiahe::Draw;
using jiahe::philox4x32;

namespace {

constexpr int kDraws = 100000;
constexpr std::uint64_t kSeed = 20260601;
using Block = std::array<std::uint32_t, 4>;

std::vector<double> sample(const std::function<double(const Draw&)>& take) {
    std::vector<double> values;
    for (int i = 0; i < kDraws; ++i) {
        values.push_back(take(Draw(kSeed, 7, static_cast<std::uint64_t>(i), 3)));
    }
    return values;
}

double mean_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double v : values)
        sum += v;
    return sum / static_cast<double>(values.size());
}

double variance_of(const std::vector<double>& values) {
    const double mean = mean_of(values);
    double sum = 0;
    for (const double v : values)
        sum += (v - mean) * (v - mean);
    return sum / static_cast<double>(values.size() - 1);
}

// sqrt(n) times the largest distance between the sample's distribution function and `cdf`. Above
// 1.95 with probability 0.001 where cdf is continuous (Kolmogorov's limit), less often where not.
double kolmogorov_smirnov(std::vector<double> values, const std::function<double(double)>& cdf) {
    std::sort(values.begin(), values.end());
    const double n = static_cast<double>(values.size());
    double distance = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double expected = cdf(values[i]);
        const bool last_of_ties = i + 1 == values.size() || values[i + 1] > values[i];
        const bool first_of_ties = i == 0 || values[i - 1] < values[i];
        if (last_of_ties) {
            distance = std::max(distance, static_cast<double>(i + 1) / n - expected);
        }
        if (first_of_ties) {
            const double before = cdf(std::nextafter(values[i], -1e300));
            distance = std::max(distance, before - static_cast<double>(i) / n);
        }
    }
    return distance * std::sqrt(n);
}

constexpr double kKsLimit = 1.95;

}  // namespace

TEST_CASE("Philox 4x32-10 gives the known answers of Random123") {
    CHECK(philox4x32({0, 0, 0, 0}, {0, 0}) ==
          Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    constexpr std::uint32_t kOnes = 0xffffffff;
    CHECK(philox4x32({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}) ==
          Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    CHECK(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
          Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("a draw has the same number whenever and in whatever order it is asked for") {
    const Draw draw(1, 2, 3, 4);
    const std::uint64_t fifth = draw.bits(5);
    CHECK(draw.bits(0) != fifth);
    CHECK(Draw(1, 2, 3, 4).bits(5) == fifth);
}

TEST_CASE("a name is mixed as written down: seed keys the block of purpose and entity") {
    const std::uint64_t seed = 0x1111111122222222, entity = 0x3333333344444444;
    const Block mixed =
        philox4x32({0x44444444, 0x33333333, 9, 0x6e616d65}, {0x22222222, 0x11111111});
    const Block block = philox4x32({0x66666666, 0x55555555, 12, mixed[2]}, {mixed[0], mixed[1]});
    CHECK(Draw(seed, 9, entity, 0x5555555566666666).bits(12) ==
          ((std::uint64_t{block[0]} << 32) | block[1]));
}

TEST_CASE("names that differ in one bit of any part give different numbers") {
    // 64 seed bits, 16 purpose bits, 64 entity bits, 64 occasion bits, 32 index bits, for the
    // all-zero and the all-one name: 480 neighbours and 2 names, 482 different numbers.
    std::set<std::uint64_t> seen;
    for (const std::uint64_t all : {std::uint64_t{0}, ~std::uint64_t{0}}) {
        const auto purpose = static_cast<jiahe::Purpose>(all);
        const auto index = static_cast<std::uint32_t>(all);
        seen.insert(Draw(all, purpose, all, all).bits(index));
        for (int bit = 0; bit < 64; ++bit) {
            const std::uint64_t flip = std::uint64_t{1} << bit;
            seen.insert(Draw(all ^ flip, purpose, all, all).bits(index));
            seen.insert(Draw(all, purpose, all ^ flip, all).bits(index));
            seen.insert(Draw(all, purpose, all, all ^ flip).bits(index));
        }
        for (int bit = 0; bit < 16; ++bit) {
            const auto other = static_cast<jiahe::Purpose>(purpose ^ (1u << bit));
            seen.insert(Draw(all, other, all, all).bits(index));
        }
        for (int bit = 0; bit < 32; ++bit) {
            seen.insert(Draw(all, purpose, all, all).bits(index ^ (1u << bit)));
        }
    }
    CHECK(seen.size() == 482);
}

TEST_CASE("small neighbouring names never meet") {
    // 8 seeds x 8 purposes x 16 entities x 16 occasions x 8 indices = 131,072 names.
    std::vector<std::uint64_t> all;
    for (std::uint64_t seed = 0; seed < 8; ++seed)
        for (jiahe::Purpose purpose = 0; purpose < 8; ++purpose)
            for (std::uint64_t entity = 0; entity < 16; ++entity)
                for (std::uint64_t occasion = 0; occasion < 16; ++occasion)
                    for (std::uint32_t index = 0; index < 8; ++index)
                        all.push_back(
                            Draw(seed, purpose, entity << 28, occasion << 30).bits(index));
    std::sort(all.begin(), all.end());
    CHECK(std::adjacent_find(all.begin(), all.end()) == all.end());
}

TEST_CASE("neighbouring entities, occasions and indices are uncorrelated") {
    // The correlation of n independent pairs has deviation 1/sqrt(n) = 0.00316; limit 4 of them.
    const auto correlation = [](const std::function<double(int)>& x) {
        double sum = 0;
        for (int i = 0; i < kDraws; ++i)
            sum += (x(i) - 0.5) * (x(i + 1) - 0.5);
        return sum / kDraws * 12;
    };
    using U64 = std::uint64_t;
    CHECK(std::abs(correlation([](int i) { return Draw(1, 1, U64(i), 0).uniform(); })) < 0.0127);
    CHECK(std::abs(correlation([](int i) { return Draw(1, 1, 0, U64(i)).uniform(); })) < 0.0127);
    CHECK(std::abs(correlation([](int i) { return Draw(1, 1, 0, 0).uniform(std::uint32_t(i)); })) <
          0.0127);
}

TEST_CASE("uniform draws are uniform: mean 1/2, variance 1/12") {
    const auto values = sample([](const Draw& d) { return d.uniform(); });
    CHECK(*std::min_element(values.begin(), values.end()) > 0);
    CHECK(*std::max_element(values.begin(), values.end()) < 1);
    CHECK(mean_of(values) == doctest::Approx(0.5).epsilon(0.01));
    CHECK(variance_of(values) == doctest::Approx(1.0 / 12).epsilon(0.02));
    CHECK(kolmogorov_smirnov(values, [](double x) { return x; }) < kKsLimit);
}

TEST_CASE("below(n) covers 0 to n-1 evenly") {
    // 100,000 draws over 10 values: chi-square with 9 degrees exceeds 27.9 with probability 0.001.
    std::vector<int> counts(10);
    for (const double v : sample([](const Draw& d) { return double(d.below(10)); })) {
        counts.at(static_cast<std::size_t>(v)) += 1;
    }
    double chi_square = 0;
    for (const int count : counts)
        chi_square += (count - 1e4) * (count - 1e4) / 1e4;
    CHECK(chi_square < 27.9);
    CHECK(Draw(1, 1, 1, 1).below(1) == 0);
}

TEST_CASE("a coin with p = 0 never and with p = 1 always lands") {
    int heads = 0;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        CHECK_FALSE(Draw(1, 1, i, 1).bernoulli(0));
        CHECK(Draw(1, 1, i, 1).bernoulli(1));
        heads += Draw(1, 1, i, 1).bernoulli(0.3) ? 1 : 0;
    }
    CHECK(heads == doctest::Approx(300).epsilon(0.2));  // deviation 14.5, four of them
}

TEST_CASE("exponential draws: mean m, variance m squared") {
    const auto values = sample([](const Draw& d) { return d.exponential(20); });
    CHECK(mean_of(values) == doctest::Approx(20).epsilon(0.02));
    CHECK(variance_of(values) == doctest::Approx(400).epsilon(0.04));
    CHECK(kolmogorov_smirnov(values, [](double x) { return 1 - std::exp(-x / 20); }) < kKsLimit);
}

TEST_CASE("normal draws have their mean and deviation") {
    const auto values = sample([](const Draw& d) { return d.normal(6.18, 2.147); });
    CHECK(mean_of(values) == doctest::Approx(6.18).epsilon(0.005));
    CHECK(variance_of(values) == doctest::Approx(2.147 * 2.147).epsilon(0.02));
    CHECK(kolmogorov_smirnov(values, [](double x) {
              return 0.5 * std::erfc(-(x - 6.18) / 2.147 / std::sqrt(2.0));
          }) < kKsLimit);
}

TEST_CASE("truncated normal draws stay above the bound and follow the conditional law") {
    const auto values = sample([](const Draw& d) { return d.truncated_normal(1, 2, 0.5); });
    const double below = 0.5 * std::erfc(0.25 / std::sqrt(2.0));  // Phi((0.5 - 1) / 2)
    CHECK(*std::min_element(values.begin(), values.end()) >= 0.5);
    CHECK(kolmogorov_smirnov(values, [&](double x) {
              const double p = 0.5 * std::erfc(-(x - 1) / 2 / std::sqrt(2.0));
              return std::max(0.0, (p - below) / (1 - below));
          }) < kKsLimit);
}

TEST_CASE("a normal cut nine deviations above its mean still has a tail") {
    // Far out the excess over the bound is exponential with mean near sd/9 = 0.111, a little less.
    const auto values = sample([](const Draw& d) { return d.truncated_normal(0, 1, 9); });
    CHECK(mean_of(values) > 9.10);
    CHECK(mean_of(values) < 9.112);
}

TEST_CASE("log-logistic service times: mean 108.828 s and p90 187.2 s at the sheet's defaults") {
    // logistics.md: mean = alpha (pi/beta) / sin(pi/beta), p90 = alpha 9^(1/beta); alpha = 90 and
    // beta = 3 give 90 * 1.0471976/0.8660254 = 108.828 and 90 * 2.0800838 = 187.2.
    const auto values = sample([](const Draw& d) { return d.log_logistic(90, 3); });
    CHECK(mean_of(values) == doctest::Approx(108.828).epsilon(0.01));
    auto sorted = values;
    std::sort(sorted.begin(), sorted.end());
    CHECK(sorted[kDraws * 9 / 10] == doctest::Approx(187.2).epsilon(0.02));
    CHECK(kolmogorov_smirnov(values, [](double x) { return 1 / (1 + std::pow(x / 90, -3.0)); }) <
          kKsLimit);
}

TEST_CASE("lognormal draws: their logarithm is normal around the log of the median") {
    const auto values = sample([](const Draw& d) { return d.lognormal(3, 0.5); });
    CHECK(mean_of(values) == doctest::Approx(3 * std::exp(0.125)).epsilon(0.01));
    CHECK(kolmogorov_smirnov(values, [](double x) {
              return 0.5 * std::erfc(-std::log(x / 3) / 0.5 / std::sqrt(2.0));
          }) < kKsLimit);
}

TEST_CASE("geometric draws: mean m, second moment m(2m-1)") {
    const auto values = sample([](const Draw& d) { return double(d.geometric(2.5)); });
    double second = 0;
    for (const double v : values)
        second += v * v / kDraws;
    CHECK(*std::min_element(values.begin(), values.end()) == 1);
    CHECK(mean_of(values) == doctest::Approx(2.5).epsilon(0.02));
    CHECK(second == doctest::Approx(2.5 * 4).epsilon(0.04));
    CHECK(kolmogorov_smirnov(values, [](double x) { return 1 - std::pow(0.6, std::floor(x)); }) <
          kKsLimit);
    CHECK(Draw(1, 1, 1, 1).geometric(1) == 1);
}

TEST_CASE("Poisson counts: mean and variance equal, below and above the change of method") {
    for (const double mean : {0.2, 4.0, 60.0, 100.0, 250.0}) {
        const auto values = sample([&](const Draw& d) { return double(d.poisson(mean)); });
        CAPTURE(mean);
        CHECK(mean_of(values) == doctest::Approx(mean).epsilon(0.02));
        CHECK(variance_of(values) == doctest::Approx(mean).epsilon(0.03));
        CHECK(kolmogorov_smirnov(values, [&](double x) {
                  double sum = 0;
                  for (double k = 0; k <= x; k += 1) {
                      sum += std::exp(k * std::log(mean) - mean - std::lgamma(k + 1));
                  }
                  return sum;
              }) < kKsLimit);
    }
    CHECK(Draw(1, 1, 1, 1).poisson(0) == 0);
}
