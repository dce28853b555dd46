// Transcendental functions with pinned results: the same bits on every machine and C library.
//
// std::log, exp and pow differ in the last place between C libraries, and glibc picks another
// variant where the processor has FMA; one such bit in a travel time parts two state hashes. These
// use + - * / and sqrt only, which IEEE 754 fixes (with -ffp-contract=off, as JiaheCompiler.cmake
// sets). Whatever reaches simulated time, money or a state row goes through them; reports and
// indicators may use <cmath>.
//
// Pure functions. Accuracy: log, log1p, exp within 2 units in the last place; pow within 1e-13
// relative for results between 1e-100 and 1e100; the normal distribution function within 1e-14
// absolute. Special values: log(0) = -inf, log(x < 0) = NaN, exp overflows to inf, underflows to 0.
// Sources: argument reduction by ln 2 in two parts (Cody and Waite 1980); Phi by its Taylor series
// (Marsaglia, J. Stat. Softw. 11(4), 2004) and, beyond 5, Laplace's continued fraction.
#pragma once

#include <span>

namespace jiahe {

double portable_log(double x);
// The same of each: out[i] = portable_log(x[i]), several at a time.
void portable_log(std::span<const double> x, double* out);
// log(1 + x) without loss for small x.
double portable_log1p(double x);
double portable_exp(double x);
// x to the power y. REQUIRES: x >= 0.
double portable_pow(double x, double y);

// Standard normal distribution function.
double normal_cdf(double x);
// Its inverse by Acklam's rational approximation, relative error < 1.2e-9. REQUIRES: 0 < p < 1.
double normal_quantile(double p);

}  // namespace jiahe
