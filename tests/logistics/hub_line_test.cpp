#include "logistics/hub_line.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

namespace jiahe::logistics {
namespace {

std::vector<std::uint32_t> items(std::uint32_t n) {
    std::vector<std::uint32_t> all(n);
    std::iota(all.begin(), all.end(), 0u);
    return all;
}

// Only what a test is about happens.
HubLine plain_line() {
    HubLine line;
    line.docks = 1000;
    line.gate = ReadModel({{1, 1}}, 1);
    line.blocked_share = 0;
    line.sort_accuracy = 1;
    return line;
}

}  // namespace

TEST_CASE("600 items at 2,000 an hour: the last is inducted after 1,080 s, in the mean 540.9 s") {
    HubLine line = plain_line();
    line.induction_per_h = 2000;
    const LineResult out = run_line(line, 1, 0, 0, items(600));
    // Unloading at 1000 docks takes 1.2 ms before the first.
    CHECK(static_cast<double>(out.inducted_us.back()) * 1e-6 ==
          doctest::Approx(1080).epsilon(1e-5));
    double sum = 0;
    for (const std::int64_t us : out.inducted_us)
        sum += static_cast<double>(us) * 1e-6;
    CHECK(sum / 600 == doctest::Approx(540.9).epsilon(1e-5));
    CHECK(sum / 600 == doctest::Approx(batch_sojourn(600, 2000 / 3600.0).mean_s).epsilon(1e-5));
    // Each then rides the loop once: 200 m / 3 m/s = 66.667 s.
    CHECK(static_cast<double>(out.out_us[0] - out.inducted_us[0]) * 1e-6 ==
          doctest::Approx(66.667).epsilon(1e-5));
    CHECK(out.passes == 600);
}

TEST_CASE("a loop whose chutes block sustains (1 - q) of its carriers") {
    // 5 carriers/s; lanes could do twice that. q = .1: 16,200/h; passes are cut at 50, so as good
    // as never by hand.
    for (const double q : {.02, .05, .1}) {
        HubLine line = plain_line();
        line.induction_per_h = 36'000;
        line.blocked_share = q;
        line.passes_max = 50;
        const LineResult out = run_line(line, 1, 0, 0, items(60'000));
        const double per_h = 60'000 * 3600e6 / static_cast<double>(out.inducted_us.back());
        CAPTURE(q);
        CHECK(per_h == doctest::Approx(sustainable_input_per_s(line.loop, q) * 3600).epsilon(.003));
        CHECK(static_cast<double>(out.passes) / 60'000 ==
              doctest::Approx(mean_passes(q)).epsilon(.003));
    }
}

TEST_CASE("docks bind when they are slower than the lanes") {
    HubLine line = plain_line();
    line.docks = 2;
    line.unload_per_h = 1000;
    const LineResult out = run_line(line, 1, 0, 0, items(500));
    // 500 at 2 * 1000/h = 900 s, and 0.6 s on the lane.
    CHECK(static_cast<double>(out.inducted_us.back()) * 1e-6 == doctest::Approx(900.6));
}

TEST_CASE("unread items wait for the exception lane: 40 s each, and a queue when it is short") {
    HubLine line = plain_line();
    line.gate = ReadModel({{1, 0}}, 1);  // nothing is ever read
    line.exception_workers = 1;
    const LineResult out = run_line(line, 1, 0, 0, items(2000));
    CHECK(out.misses == 2000);
    // One worker at 40 s: the last after 2000 * 40 s (sd of the sum 950 s).
    CHECK(static_cast<double>(*std::max_element(out.out_us.begin(), out.out_us.end())) * 1e-6 ==
          doctest::Approx(80'000).epsilon(.04));
    // Default mix, three reads: 1 % * .2^3 = 8e-5 of 10^6 items are 80 (sd 9).
    const LineResult mixed = run_line(HubLine{}, 1, 0, 0, items(1'000'000));
    CHECK(std::abs(static_cast<double>(mixed.misses) - 80) < 30);
    CHECK(static_cast<double>(mixed.missorted) == doctest::Approx(1000).epsilon(.1));
}

TEST_CASE("the next batch waits until the line is free, and everything comes out") {
    const HubLine line;
    const LineResult first = run_line(line, 1, 0, 0, items(1000));
    const LineResult second = run_line(line, 1, minutes(1).us, first.line_free_us, items(1000));
    CHECK(second.inducted_us.front() > first.inducted_us.back());
    CHECK(second.out_us.size() == 1000);
    for (std::size_t i = 0; i < 1000; ++i)
        REQUIRE(first.out_us[i] > first.inducted_us[i]);
}

}  // namespace jiahe::logistics
