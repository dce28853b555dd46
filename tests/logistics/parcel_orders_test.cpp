#include "logistics/parcel_orders.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "logistics/parcel_town.h"

namespace jiahe::logistics {
namespace {

std::uint32_t zone_total(const OrderOptions& options, std::uint64_t zone, double mean) {
    std::uint32_t total = 0;
    for (const std::uint32_t parcels : draw_zone_orders(options, zone, mean))
        total += parcels;
    return total;
}

}  // namespace

TEST_CASE("parcels of a zone-day are compound Poisson: variance 1.96 times the mean") {
    // M geometric with mean 1.48: dispersion 2 * 1.48 - 1 = 1.96; 733 a day: sd sqrt(1436.7)
    // = 37.9.
    const OrderOptions options;
    double sum = 0, squares = 0;
    constexpr std::uint64_t kDays = 20'000;
    for (std::uint64_t day = 0; day < kDays; ++day) {
        const double parcels = zone_total(options, day, 733);
        sum += parcels;
        squares += parcels * parcels;
    }
    const double mean = sum / kDays, variance = squares / kDays - mean * mean;
    CHECK(mean == doctest::Approx(733).epsilon(.0015));             // 3 sd of the mean: .8
    CHECK(variance / mean == doctest::Approx(1.96).epsilon(.035));  // sd of a variance: 1 %
    CHECK(std::sqrt(variance) == doctest::Approx(37.9).epsilon(.02));
}

TEST_CASE("zones superpose: 100 small zones together have the law of one large zone") {
    // Chi-square of two samples of 1,000 totals (10^5 zone-days in the first), eight bins.
    const OrderOptions options;
    constexpr std::uint32_t kBins = 8;
    std::array<double, kBins> many{}, one{};
    const auto bin = [](std::uint32_t parcels) {
        const std::uint32_t edges[] = {47, 52, 56, 60, 64, 68, 73};
        std::uint32_t b = 0;
        while (b < kBins - 1 && parcels > edges[b])
            ++b;
        return b;
    };
    for (std::uint64_t day = 0; day < 1000; ++day) {
        std::uint32_t total = 0;
        for (std::uint64_t z = 0; z < 100; ++z)
            total += zone_total(options, 1'000'000 + 100 * day + z, 0.6);
        ++many[bin(total)];
        ++one[bin(zone_total(options, 5'000'000 + day, 60))];
    }
    double chi2 = 0;
    for (std::uint32_t b = 0; b < kBins; ++b)
        chi2 += (many[b] - one[b]) * (many[b] - one[b]) / (many[b] + one[b]);
    CHECK(chi2 < 24.3);  // 7 degrees of freedom, 0.1 %
}

TEST_CASE("orders follow residents, waves, handover shares and the log-normal size") {
    const City city = parcel_city(4000);
    const ParcelOrders orders = draw_orders(city, parcel_options().orders);
    const auto n = static_cast<double>(orders.size());
    CHECK(n == doctest::Approx(72 * 4000 * 0.34).epsilon(.016));
    double morning = 0, stations = 0, log_volume = 0;
    for (std::size_t p = 0; p < orders.size(); ++p) {
        morning += orders.wave[p] == 0 ? 1 : 0;
        stations += orders.handover[p] == Handover::kStation ? 1 : 0;
        log_volume += std::log(orders.volume_ml[p]);
        if (p > 0 && orders.door[p] == orders.door[p - 1]) {
            REQUIRE(orders.node[p] == orders.node[p - 1]);
            REQUIRE(orders.handover[p] == orders.handover[p - 1]);
        }
    }
    CHECK(morning / n == doctest::Approx(.642).epsilon(.012));
    CHECK(stations / n == doctest::Approx(.5).epsilon(.015));
    CHECK(std::exp(log_volume / n) == doctest::Approx(1000 / 0.15).epsilon(.02));
    CHECK(orders.hub_first.back() == orders.size());
}

TEST_CASE("what one zone draws shifts nothing for another") {
    const City city = parcel_city(400);
    const OrderOptions options = parcel_options().orders;
    const ParcelOrders all = draw_orders(city, options);
    SiteLayers sites = city.sites();
    sites.zones[0].residents *= 20;
    const ParcelOrders more = draw_orders(City(RoadGraph(city.graph().to_data()), sites), options);
    const NodeId node = city.zone_node[5];
    const auto of_zone = [&](const ParcelOrders& orders) {
        std::vector<std::uint32_t> volumes;
        for (std::size_t p = 0; p < orders.size(); ++p) {
            if (orders.node[p] == node) volumes.push_back(orders.volume_ml[p]);
        }
        return volumes;
    };
    CHECK(more.size() > all.size());
    CHECK(of_zone(more) == of_zone(all));
}

}  // namespace jiahe::logistics
