// The system as a whole: conservation on random cities, same bits for any cut, snapshots, bad
// input.
#include <doctest/doctest.h>

#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/error.h"
#include "toll_town.h"

namespace jiahe::tolling {
namespace {

struct RandomCity {
    TollSites sites;
    std::vector<Feed> feeds;
    std::vector<Order> orders;
};

constexpr std::int64_t kRunMinutes = 120;

void add_outages(RandomCity& city, std::uint32_t site, bool plaza, const Draw& draw) {
    const std::int64_t from = static_cast<std::int64_t>(draw.below(90, 40));
    const std::int64_t to = from + 1 + static_cast<std::int64_t>(draw.below(60, 41));
    city.orders.push_back({minutes(from), site,
                           plaza ? EventKind::kLosePlazaContact : EventKind::kLoseGantryContact});
    city.orders.push_back(
        {minutes(to), site,
         plaza ? EventKind::kRegainPlazaContact : EventKind::kRegainGantryContact});
    if (!plaza || !draw.bernoulli(0.5, 42)) return;
    const bool whole = draw.bernoulli(0.3, 43);
    const std::int64_t shut = static_cast<std::int64_t>(draw.below(90, 44));
    city.orders.push_back(
        {minutes(shut), site, whole ? EventKind::kClosePlaza : EventKind::kCloseLane, 0});
    city.orders.push_back(
        {minutes(shut + 7), site, whole ? EventKind::kOpenPlaza : EventKind::kOpenLane, 0});
}

RandomCity random_city(std::uint64_t seed) {
    RandomCity city;
    const Draw size(seed, 9200, 0, 0);
    const std::uint64_t plazas = 1 + size.below(5, 0);
    const std::uint64_t gantries = size.below(5, 1);
    city.sites.road_owners = {"north", "south", "bridge"};
    for (std::uint64_t s = 0; s < 6; ++s) {
        const Draw d(seed, 9201, s, 0);
        city.sites.sections.push_back({"s" + std::to_string(s), 30 * d.uniform(0), {}, {}});
        for (std::uint32_t o = 0; o < d.below(4, 1); ++o) {
            city.sites.sections.back().owners.push_back(
                {RoadOwnerId(o), 1 + static_cast<std::int64_t>(d.below(1000, 2 + o))});
        }
    }
    for (std::uint32_t i = 0; i < plazas + gantries; ++i) {
        const Draw d(seed, 9202, i, 0);
        const SectionId section = d.bernoulli(0.1, 0) ? SectionId() : SectionId(d.below(6, 1));
        Feed feed{0.02 + 0.25 * d.uniform(2),
                  static_cast<std::uint32_t>(200 + d.below(800, 3)),
                  -1,
                  0.3 * d.uniform(4),
                  ceil_seconds(4 * d.uniform(5)),
                  static_cast<std::uint32_t>(d.below(4, 9))};
        if (i < plazas) {
            PlazaSpec plaza{"p" + std::to_string(i), {}, 0, section};
            for (std::uint32_t l = 0; l <= d.below(6, 6); ++l) {
                plaza.lanes.push_back(static_cast<LaneKind>(d.below(kLaneKindCount, 10 + l)));
            }
            plaza.apron = static_cast<std::uint32_t>(plaza.lanes.size() * (1 + d.below(10, 7)));
            city.sites.plazas.push_back(plaza);
        } else {
            city.sites.gantries.push_back({"g" + std::to_string(i), section});
        }
        city.feeds.push_back(feed);
        if (d.bernoulli(0.7, 8)) add_outages(city, i, i < plazas, d);
    }
    return city;
}

TollTown town_of(const RandomCity& city, kernel::SimulatorOptions run) {
    TollingOptions options;
    options.data.store_bytes = 20'000'000;
    return TollTown(city.sites, options, city.feeds, {run, city.orders, {}});
}

kernel::StateHash hash_of(const RandomCity& city, kernel::SimulatorOptions run) {
    TollTown town = town_of(city, run);
    town.run(minutes(kRunMinutes));
    return town.simulator.state_hash();
}

}  // namespace

TEST_CASE("on 200 random cities with outages and closures nothing and no fen is lost") {
    std::uint64_t degraded = 0, missed = 0, rows = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const RandomCity city = random_city(seed);
        TollTown town = town_of(city, {seed, 1, 1});
        for (const std::int64_t until : {kRunMinutes / 3, kRunMinutes}) {
            town.run(minutes(until));
            const auto faults = town.audit();
            CAPTURE(seed);
            if (!faults.empty()) FAIL_CHECK(faults.front());
        }
        const TollingKpis kpis = town.kpis();
        degraded += kpis.causes[index_of(Cause::kDegraded)];
        missed += kpis.causes[index_of(Cause::kMissed)];
        rows += town.ledger.rows().size();
    }
    MESSAGE(rows << " charged passages, " << degraded << " degraded, " << missed << " missed");
    CHECK(degraded > 0);
    CHECK(missed > 0);
}

TEST_CASE("the hash is the same for any number of threads and partitions") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const RandomCity city = random_city(seed);
        const kernel::StateHash one = hash_of(city, {seed, 1, 1});
        for (const int threads : {1, 2, 8}) {
            for (const int partitions : {1, 3, 16}) {
                CAPTURE(threads);
                CAPTURE(partitions);
                CHECK(hash_of(city, {seed, threads, partitions}) == one);
            }
        }
        CHECK_FALSE(hash_of(city, {seed + 100, 1, 1}) == one);
    }
}

TEST_CASE("a busy ring of 24 sites has one hash on any number of threads") {
    // 24 sites, vehicles pass eight of them in turn: their accounts are written by owners of
    // different partitions, always by the one that holds the vehicle.
    RandomCity city;
    city.sites.sections.push_back({"section", 10, {}, {}});
    for (int i = 0; i < 16; ++i) {
        city.sites.plazas.push_back({"p" + std::to_string(i),
                                     {LaneKind::kEtc, LaneKind::kMixed, LaneKind::kManual},
                                     30,
                                     SectionId(0)});
    }
    for (int i = 0; i < 8; ++i) {
        city.sites.gantries.push_back({"g" + std::to_string(i), SectionId(0)});
    }
    for (std::uint32_t i = 0; i < 24; ++i) {
        city.feeds.push_back({0.5, 2500, -1, 0.1, {}, 7});
        city.orders.push_back(
            {minutes(5 + i), i,
             i < 16 ? EventKind::kLosePlazaContact : EventKind::kLoseGantryContact});
    }
    kernel::StateHash first;
    for (const int threads : {1, 2, 8}) {
        TollTown town = town_of(city, {9, threads, threads == 1 ? 1 : 12});
        town.run(minutes(kRunMinutes));
        CHECK(town.audit().empty());
        if (threads == 1) first = town.simulator.state_hash();
        if (threads > 1) CHECK(town.simulator.partition_count() > 4);
        CHECK(town.simulator.state_hash() == first);
    }
}

TEST_CASE("a run cut in half, saved, loaded and run on gives the same hash and ledger") {
    const RandomCity city = random_city(4);
    const kernel::SimulatorOptions options{4, 1, 1};
    TollTown whole = town_of(city, options);
    whole.run(minutes(kRunMinutes));
    const std::string path =
        (std::filesystem::temp_directory_path() / "jiahe_tolling_test.snapshot").string();
    TollTown half = town_of(city, options);
    half.run(minutes(kRunMinutes / 2));
    half.simulator.save(path, "city");
    TollTown rest = town_of(city, options);
    rest.simulator.load(path, "city");
    std::remove(path.c_str());
    rest.run(minutes(kRunMinutes));
    CHECK(rest.simulator.state_hash() == whole.simulator.state_hash());
    CHECK(rest.ledger.rows().size() == whole.ledger.rows().size());
    CHECK(rest.audit().empty());
}

TEST_CASE("an outage changes nothing before it begins") {
    // Common random numbers: the rows before the loss of contact are the same, those after differ.
    RandomCity city = random_city(5);
    city.orders.clear();
    TollTown calm = town_of(city, {5, 1, 1});
    calm.run(minutes(kRunMinutes));
    for (std::uint32_t p = 0; p < city.sites.plazas.size(); ++p) {
        city.orders.push_back({minutes(30), p, EventKind::kLosePlazaContact});
    }
    TollTown cut = town_of(city, {5, 1, 1});
    cut.run(minutes(kRunMinutes));
    const auto before = [](const TollTown& town) {
        std::size_t n = 0;
        while (n < town.ledger.rows().size() && town.ledger.rows()[n].time_us < minutes(30).us)
            ++n;
        return n;
    };
    const std::size_t n = before(calm);
    REQUIRE(n > 50);
    CHECK(before(cut) == n);
    CHECK(std::memcmp(calm.ledger.rows().data(), cut.ledger.rows().data(),
                      n * sizeof(TollTransaction)) == 0);
    CHECK(cut.kpis().delay_mean_s > calm.kpis().delay_mean_s);
}

TEST_CASE("an outage raises the delay of its plaza in the time bins after it") {
    TollSites sites = one_plaza(2, LaneKind::kMixed, 60);
    const Feed feed{600.0 / 3600, 1800, 0.9, 0, {}};
    const auto delay_s = [&](std::vector<Order> orders, SimTime from, SimTime to) {
        TollTown town(sites, {}, {feed}, {{}, std::move(orders), {}});
        town.run(hours(4));
        return mean_delay_s(town.tolling, PlazaId(0), from, to);
    };
    const std::vector<Order> orders{{minutes(60), 0, EventKind::kLosePlazaContact},
                                    {minutes(120), 0, EventKind::kRegainPlazaContact}};
    CHECK(delay_s(orders, minutes(75), minutes(120)) > delay_s({}, minutes(75), minutes(120)) + 30);
    CHECK(delay_s(orders, minutes(0), minutes(45)) == delay_s({}, minutes(0), minutes(45)));
}

TEST_CASE("plazas without lanes, with too small an apron or an unknown section are refused") {
    TollSites sites = one_plaza(2, LaneKind::kEtc, 1);
    sites.plazas.push_back({"empty", {}, 5, SectionId(7)});
    try {
        const TollingSystem tolling(sites, {});
        FAIL("accepted");
    } catch (const InputError& error) {
        REQUIRE(error.faults().size() == 3);
        CHECK(error.faults()[0].code == "E-TOL-021");
        CHECK(error.faults()[1].code == "E-TOL-020");
        CHECK(error.faults()[2].code == "E-TOL-022");
        CHECK(error.faults()[0].place.feature == "plaza plaza");
    }
}

}  // namespace jiahe::tolling
