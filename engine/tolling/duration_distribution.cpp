#include "tolling/duration_distribution.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "base/error.h"
#include "base/portable_math.h"

namespace jiahe::tolling {
namespace {

constexpr double kInverseSqrtTwoPi = 0.39894228040143267794;
// Standardised cut of the parent normal: beyond these the shape is a plain normal or nearly an
// exponential, and neither is meant.
constexpr double kCutLowest = -30;
constexpr double kCutHighest = 5;

// phi(a) / (1 - Phi(a)), the mean of a standard normal above a.
double mean_above(double a) {
    return kInverseSqrtTwoPi * portable_exp(-a * a / 2) / normal_cdf(-a);
}

// Squared coefficient of variation of (X - a) given X > a; rises with a from 0 towards 1.
double squared_variation(double a) {
    const double m = mean_above(a);
    return (1 + a * m - m * m) / ((m - a) * (m - a));
}

[[noreturn]] void refuse(const std::string& what, const std::string& hint) {
    throw InputError(InputFault{"E-TOL-001", {}, what, hint});
}

void require_positive(double mean_s, double sd_s) {
    if (!(mean_s > 0 && mean_s < 1e6) || !(sd_s >= 0 && sd_s < 1e6)) {
        refuse(fmt::format("a duration of mean {} s and deviation {} s", mean_s, sd_s),
               "expected a positive mean and a deviation of 0 or more");
    }
}

}  // namespace

DurationDistribution DurationDistribution::fixed(double mean_s) {
    if (mean_s != 0) require_positive(mean_s, 0);
    DurationDistribution d;
    d.mean_s_ = mean_s;
    return d;
}

DurationDistribution DurationDistribution::truncated_normal(double mean_s, double sd_s,
                                                            double lowest_s) {
    require_positive(mean_s, sd_s);
    if (sd_s == 0) return fixed(mean_s);
    const double above_s = mean_s - lowest_s;
    const double wanted = above_s > 0 ? (sd_s / above_s) * (sd_s / above_s) : 2;
    if (wanted >= squared_variation(kCutHighest)) {
        refuse(fmt::format("no normal cut at {} s has mean {} s and deviation {} s", lowest_s,
                           mean_s, sd_s),
               "lower the deviation or choose the lognormal shape");
    }
    double low = kCutLowest;
    double high = kCutHighest;
    for (int i = 0; i < 100; ++i) {
        const double middle = (low + high) / 2;
        (squared_variation(middle) < wanted ? low : high) = middle;
    }
    const double cut = (low + high) / 2;
    DurationDistribution d;
    d.shape_ = DurationShape::kTruncatedNormal;
    d.mean_s_ = mean_s;
    d.variance_s2_ = sd_s * sd_s;
    // Far from the cut the ratio loses its digits, and the parent is the distribution itself.
    const bool plain = above_s > 8 * sd_s;
    d.scale_ = plain ? sd_s : above_s / (mean_above(cut) - cut);
    d.location_ = plain ? mean_s : lowest_s - cut * d.scale_;
    d.lowest_s_ = lowest_s;
    return d;
}

DurationDistribution DurationDistribution::lognormal(double mean_s, double sd_s) {
    require_positive(mean_s, sd_s);
    if (sd_s == 0) return fixed(mean_s);
    DurationDistribution d;
    d.shape_ = DurationShape::kLognormal;
    d.mean_s_ = mean_s;
    d.variance_s2_ = sd_s * sd_s;
    const double squared = portable_log1p(d.variance_s2_ / (mean_s * mean_s));
    d.scale_ = std::sqrt(squared);
    d.location_ = mean_s * portable_exp(-squared / 2);
    return d;
}

DurationDistribution DurationDistribution::histogram(std::vector<double> edges_s,
                                                     std::span<const double> weight) {
    bool ascending = edges_s.size() == weight.size() + 1 && !weight.empty() && edges_s[0] >= 0;
    for (std::size_t i = 0; ascending && i < weight.size(); ++i) {
        ascending = edges_s[i] < edges_s[i + 1] && weight[i] >= 0;
    }
    double sum = 0;
    for (const double w : weight)
        sum += w;
    if (!ascending || !(sum > 0)) {
        refuse("a histogram of durations with edges out of order or weights below 0",
               "give n + 1 ascending edges for n weights, not all 0");
    }
    DurationDistribution d;
    d.shape_ = DurationShape::kHistogram;
    double so_far = 0;
    double square = 0;
    for (std::size_t i = 0; i < weight.size(); ++i) {
        const double share = weight[i] / sum;
        const double a = edges_s[i];
        const double b = edges_s[i + 1];
        so_far += share;
        d.cumulative_.push_back(so_far);
        d.mean_s_ += share * (a + b) / 2;
        square += share * (a * a + a * b + b * b) / 3;
    }
    d.cumulative_.back() = 1;
    d.variance_s2_ = square - d.mean_s_ * d.mean_s_;
    d.edge_s_ = std::move(edges_s);
    return d;
}

DurationDistribution DurationDistribution::of_shape(DurationShape shape, double mean_s,
                                                    double sd_s) {
    switch (shape) {
        case DurationShape::kTruncatedNormal:
            return truncated_normal(mean_s, sd_s);
        case DurationShape::kLognormal:
            return lognormal(mean_s, sd_s);
        case DurationShape::kFixed:
            return fixed(mean_s);
        case DurationShape::kHistogram:
            break;
    }
    refuse("a histogram is not made from a mean and a deviation", "give its bins");
}

double DurationDistribution::sample_s(const Draw& draw, std::uint32_t index) const {
    switch (shape_) {
        case DurationShape::kFixed:
            return mean_s_;
        case DurationShape::kTruncatedNormal:
            return draw.truncated_normal(location_, scale_, lowest_s_, index);
        case DurationShape::kLognormal:
            return draw.lognormal(location_, scale_, index);
        case DurationShape::kHistogram:
            break;
    }
    const double u = draw.uniform(index);
    std::size_t bin = 0;
    while (u >= cumulative_[bin])
        ++bin;
    const double before = bin == 0 ? 0 : cumulative_[bin - 1];
    const double within = (u - before) / (cumulative_[bin] - before);
    return edge_s_[bin] + within * (edge_s_[bin + 1] - edge_s_[bin]);
}

DurationDistribution yang_etc_histogram() {
    static constexpr std::array kWeight{1.0, 20.0, 28.0, 25.0, 17.0, 6.0, 0.0, 4.0};
    return DurationDistribution::histogram({1.0, 1.5, 2.0, 2.5, 3.5, 4.5, 5.5, 6.5, 10.0}, kWeight);
}

}  // namespace jiahe::tolling
