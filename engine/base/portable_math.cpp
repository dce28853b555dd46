#include "base/portable_math.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace jiahe {
namespace {

constexpr double kLn2High = 6.93147180369123816490e-01;  // the upper 32 bits of ln 2
constexpr double kLn2Low = 1.90821492927058770002e-10;   // ln 2 - kLn2High
constexpr double kInvLn2 = 1.44269504088896338700;
constexpr double kSqrtHalf = 0.70710678118654752440;
constexpr double kInvSqrt2Pi = 0.39894228040143267794;

// 2 atanh(s) = 2 (s + s^3/3 + s^5/5 + ...). REQUIRES: |s| <= 0.18: 12 terms reach 1e-18.
constexpr double kOdd[] = {1.0 / 25, 1.0 / 23, 1.0 / 21, 1.0 / 19, 1.0 / 17, 1.0 / 15,
                           1.0 / 13, 1.0 / 11, 1.0 / 9,  1.0 / 7,  1.0 / 5,  1.0 / 3};
double twice_atanh(double s) {
    const double square = s * s;
    double sum = 0;
#pragma GCC unroll 12
    for (const double coefficient : kOdd)
        sum = square * (coefficient + sum);
    return 2 * s + 2 * s * sum;
}

// Four numbers side by side, in whatever registers the processor has: each lane gets the same
// operations in the same order as one number does.
using FourDoubles [[gnu::vector_size(32)]] = double;
using FourWords [[gnu::vector_size(32)]] = std::int64_t;

// portable_log() of four positive normal numbers.
void log_of_four(const double* in, double* out) {
    FourDoubles x;
    std::memcpy(&x, in, sizeof x);
    const auto bits = reinterpret_cast<FourWords>(x);
    const auto m =
        reinterpret_cast<FourDoubles>((bits & 0x000FFFFFFFFFFFFFll) | 0x3FE0000000000000ll);
    const auto small = reinterpret_cast<FourDoubles>((m < kSqrtHalf) & 0x3FF0000000000000ll);
    const FourDoubles mantissa = m * (1 + small);
    // 2^52 + the biased exponent, as the bits of a double.
    const FourDoubles exponent =
        reinterpret_cast<FourDoubles>((bits >> 52) | 0x4330000000000000ll) - (0x1.0p52 + 1022) -
        small;
    const FourDoubles s = (mantissa - 1) / (mantissa + 1);
    const FourDoubles square = s * s;
    FourDoubles sum = {};
#pragma GCC unroll 12
    for (const double coefficient : kOdd)
        sum = square * (coefficient + sum);
    const FourDoubles part = 2 * s + 2 * s * sum;
    x = exponent * kLn2High + (part + exponent * kLn2Low);
    std::memcpy(out, &x, sizeof x);
}

// The part of Phi right of x > 0: phi(x) / (x + 1/(x + 2/(x + 3/(x + ...)))).
double upper_tail(double x) {
    double fraction = x;
    for (int k = 60; k >= 1; --k)
        fraction = x + k / fraction;
    return kInvSqrt2Pi * portable_exp(-0.5 * x * x) / fraction;
}

}  // namespace

double portable_log(double x) {
    // Exponent and mantissa in [1/2, 1) as of frexp, read off the bits of a normal number.
    const auto bits = std::bit_cast<std::uint64_t>(x);
    int exponent = static_cast<int>(bits >> 52) - 1022;
    double mantissa = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFull) | 0x3FE0000000000000ull);
    if (bits - 0x0010000000000000ull >= 0x7FE0000000000000ull) [[unlikely]] {
        // Zero, subnormal, infinite, negative or no number.
        if (std::isnan(x) || x < 0) return std::numeric_limits<double>::quiet_NaN();
        if (x == 0) return -std::numeric_limits<double>::infinity();
        if (std::isinf(x)) return x;
        mantissa = std::frexp(x, &exponent);
    }
    const bool small = mantissa < kSqrtHalf;  // no branch: a coin toss for random x
    mantissa *= 1.0 + static_cast<double>(small);
    exponent -= static_cast<int>(small);
    const double part = twice_atanh((mantissa - 1) / (mantissa + 1));
    return exponent * kLn2High + (part + exponent * kLn2Low);
}

void portable_log(std::span<const double> x, double* out) {
    std::size_t first = 0;
    for (; first + 4 <= x.size(); first += 4) {
        bool normal = true;
        for (std::size_t i = first; i < first + 4; ++i)
            normal &= x[i] >= std::numeric_limits<double>::min() && x[i] < HUGE_VAL;
        if (!normal) {
            for (std::size_t i = first; i < first + 4; ++i)
                out[i] = portable_log(x[i]);
            continue;
        }
        log_of_four(&x[first], &out[first]);
    }
    for (; first < x.size(); ++first)
        out[first] = portable_log(x[first]);
}

double portable_log1p(double x) {
    if (x > -0.25 && x < 0.4) return twice_atanh(x / (2 + x));
    return portable_log(1 + x);
}

double portable_exp(double x) {
    if (std::isnan(x)) return x;
    if (x > 709.8) return std::numeric_limits<double>::infinity();
    if (x < -745.2) return 0;
    const double multiple = std::floor(x * kInvLn2 + 0.5);
    const double high = x - multiple * kLn2High;
    const double rest = high - multiple * kLn2Low;  // |rest| <= ln 2 / 2: 14 terms reach 1e-18
    static constexpr double kInverseFactorial[] = {
        1.0 / 87178291200, 1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800,
        1.0 / 362880,      1.0 / 40320,      1.0 / 5040,      1.0 / 720,      1.0 / 120,
        1.0 / 24,          1.0 / 6,          1.0 / 2};
    double sum = 0;  // (exp(rest) - 1 - rest) / rest
    for (const double coefficient : kInverseFactorial)
        sum = rest * (coefficient + sum);
    return std::ldexp(1 + (rest + rest * sum), static_cast<int>(multiple));
}

double portable_pow(double x, double y) {
    if (y == 0 || x == 1) return 1;
    if (x == 0) return y > 0 ? 0 : std::numeric_limits<double>::infinity();
    return portable_exp(y * portable_log(x));
}

double normal_cdf(double x) {
    if (x > 5) return 1 - upper_tail(x);
    if (x < -5) return upper_tail(-x);
    double term = x;
    double sum = x;
    for (int k = 3; k < 200 && sum + term != sum; k += 2) {
        term = term * x * x / k;
        sum += term;
    }
    return 0.5 + kInvSqrt2Pi * portable_exp(-0.5 * x * x) * sum;
}

double normal_quantile(double p) {
    static constexpr double a[] = {-3.969683028665376e+01, 2.209460984245205e+02,
                                   -2.759285104469687e+02, 1.383577518672690e+02,
                                   -3.066479806614716e+01, 2.506628277459239e+00};
    static constexpr double b[] = {-5.447609879822406e+01, 1.615858368580409e+02,
                                   -1.556989798598866e+02, 6.680131188771972e+01,
                                   -1.328068155288572e+01};
    static constexpr double c[] = {-7.784894002430293e-03, -3.223964580411365e-01,
                                   -2.400758277161838e+00, -2.549732539343734e+00,
                                   4.374664141464968e+00,  2.938163982698783e+00};
    static constexpr double d[] = {7.784695709041462e-03, 3.224671290700398e-01,
                                   2.445134137142996e+00, 3.754408661907416e+00};
    constexpr double kTail = 0.02425;
    const bool upper = p > 0.5;
    const double q = upper ? 1 - p : p;
    if (q < kTail) {
        const double r = std::sqrt(-2 * portable_log(q));
        const double x = (((((c[0] * r + c[1]) * r + c[2]) * r + c[3]) * r + c[4]) * r + c[5]) /
                         ((((d[0] * r + d[1]) * r + d[2]) * r + d[3]) * r + 1);
        return upper ? -x : x;
    }
    const double s = p - 0.5;
    const double r = s * s;
    return (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * s /
           (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
}

}  // namespace jiahe
