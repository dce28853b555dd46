#include "telecom/link_sharing.h"

#include <cmath>

#include "telecom/small_network.h"

using namespace jiahe;
using namespace jiahe::telecom;

TEST_CASE("cameras and a fluid of as many members get the same bytes") {
    // Four cells with 1, 2, 3 and 4 cameras of 10 Mbit/s (weight 1 each) on a trunk of 20 Mbit/s:
    // each camera gets 2 Mbit/s whatever fluid it is part of.
    auto sites = small_sites(2, 0, 0);
    for (std::size_t c = 0; c < 4; ++c)
        sites[c].cameras = static_cast<std::int64_t>(c) + 1;
    NetworkOptions network;
    network.usable_share = 1;
    network.aggregation = {20e6, 20e6};
    TelecomOptions options;
    options.camera_bps = 10'000'000;
    options.heartbeat_bytes = 0;
    Town town(sites, network, options);
    town.simulator.build();
    town.simulator.run_until(minutes(10) + kTick);
    for (std::uint32_t c = 0; c < 4; ++c) {
        const double bytes = static_cast<double>(town.fluid(c, kCameraSlot).delivered_bytes);
        CHECK(bytes == doctest::Approx((c + 1) * 2e6 / 8 * 600).epsilon(1e-7));
    }
    CHECK(town.telecom.rows().link[town.network.aggregation_link(0)].carried_up_bytes <=
          20'000'000LL / 8 * 600);
}

TEST_CASE("a cut link shared among domains gives what one exact domain gives") {
    // The same 16 cells behind one metro link of 40 Mbit/s, once as one aggregation tree (exact)
    // and once as four that the metro link cuts. Every camera asks for 4 Mbit/s: 80 Mbit/s in all.
    std::vector<std::int64_t> bytes[2];
    for (const std::size_t trees : {1, 4}) {
        auto sites = small_sites(4, 0, 0);
        for (std::size_t c = 0; c < 16; ++c)
            sites[c].cameras = c < 4 ? 2 : 1;
        NetworkOptions network;
        network.usable_share = 1;
        network.cells_per_aggregation = 16 / trees;
        network.metro = {40e6, 40e6};
        TelecomOptions options;
        options.heartbeat_bytes = 0;
        Town town(sites, network, options);
        REQUIRE(town.network.domain_count() == trees);
        town.simulator.build();
        town.simulator.run_until(minutes(10) + kTick);
        for (std::uint32_t c = 0; c < 16; ++c) {
            bytes[trees == 4].push_back(town.fluid(c, kCameraSlot).delivered_bytes);
        }
    }
    for (std::size_t c = 0; c < 16; ++c) {
        const double exact = static_cast<double>(bytes[0][c]);
        CHECK(exact == doctest::Approx((c < 4 ? 2 : 1) * 2e6 / 8 * 600).epsilon(1e-6));
        CHECK(static_cast<double>(bytes[1][c]) == doctest::Approx(exact).epsilon(1e-6));
    }
}

TEST_CASE("a link limited to a quarter for half of an epoch carries five eighths of it") {
    auto sites = small_sites(2, 0, 0);
    sites[0].cameras = 10;  // 40 Mbit/s
    NetworkOptions network;
    network.usable_share = 1;
    network.access[0] = {40e6, 40e6};
    TelecomOptions options;
    options.heartbeat_bytes = 0;
    Town town(sites, network, options);
    town.change(15, EventKind::kLimitLink, town.network.access_link(0), 250);
    town.simulator.build();
    town.simulator.run_until(whole_seconds(20) + kTick);
    const FluidState& camera = town.fluid(0, kCameraSlot);
    // First period whole: 50 MB; second: 25 + 25 / 4 MB.
    CHECK(std::llabs(camera.delivered_bytes - 81'250'000) <= 1);
    CHECK(camera.dropped_bytes + camera.delivered_bytes == 100'000'000);
}
