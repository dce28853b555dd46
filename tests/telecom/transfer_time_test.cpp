#include "telecom/transfer_time.h"

#include <cmath>

using namespace jiahe;
using namespace jiahe::telecom;

TEST_CASE("slow start of 10 segments takes .7575, 2.983, 6.1305, 9.4338 round trips") {
    const double sizes[] = {1e4, 1e5, 1e6, 1e7};
    const double round_trips[] = {0.7575, 2.9830, 6.1305, 9.4338};
    for (int i = 0; i < 4; ++i) {
        // One-way latency .5 s: a round trip is 1 s.
        CHECK(std::abs(start_up_delay_s(StartUp::kIw10, .5, sizes[i]) - round_trips[i]) < 0.00006);
    }
    CHECK(start_up_delay_s(StartUp::kLv08, .010, 1e6) == doctest::Approx(.1301));
    CHECK(start_up_delay_s(StartUp::kNone, .010, 1e6) == 0);
}

TEST_CASE("a transfer takes its start-up and its bytes at the share, rounded up") {
    // 10 ms latency, 10 kB at 1 Mbit/s: .1301 + .08 s.
    CHECK(transfer_time(StartUp::kLv08, .010, 10'000, 1e6) == SimTime{210'100});
    // No share at all counts as the least share: 1000 B at 1 kbit/s take 8 s.
    CHECK(transfer_time(StartUp::kNone, .010, 1000, 0) == whole_seconds(8));
}

TEST_CASE("more load never makes a message faster") {
    SimTime before{0};
    for (double share = 20e6; share > 100; share /= 2) {
        const SimTime now = transfer_time(StartUp::kLv08, .005, 1500, share);
        CHECK(now >= before);
        before = now;
    }
}

TEST_CASE("100 km of fibre take 0.7 ms") {
    CHECK(fibre_latency_s(100e3) == doctest::Approx(0.0007));  // 5 us/km * 1.4
}
