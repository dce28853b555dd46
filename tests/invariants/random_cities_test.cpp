// Laws that hold in any city: random small towns, with and without random incidents of every kind.
//
// Conservation: all books balance at any time, not only at the end. Same bits: one hash for any
// threads and partitions. Symmetry: what changes nothing in the world changes no bit. Monotony:
// under common random numbers more of one thing never gives less of another.
#include <algorithm>
#include <array>
#include <numeric>

#include "base/random.h"
#include "support/whole_town.h"
#include "telecom/site_specs.h"
#include "telecom/telecom_state.h"
#include "tolling/ledger.h"
#include "traffic/traffic_state.h"

namespace jiahe {
namespace {

constexpr Purpose kTown = 9300, kIncident = 9301;
constexpr int kCities = 12;
constexpr int kMatrixCities = 6;  // of them run in ten configurations
constexpr int kIncidents = 8;     // one of each kind of target

TownSettings random_town(std::uint64_t seed) {
    const Draw d(seed, kTown, 0, 0);
    const auto between = [&](int low, int high, std::uint32_t index) {
        return low + static_cast<int>(d.below(static_cast<std::uint64_t>(high - low + 1), index));
    };
    TownSettings s;
    s.seed = seed;
    s.rows = between(3, 8, 0);
    s.columns = between(3, 8, 1);
    s.lanes = between(1, 3, 2);
    s.cells = between(1, 12, 3);
    s.cameras = between(0, 40, 4);
    s.vans = between(1, 8, 5);
    s.residents = between(500, 30'000, 6);
    s.trips = between(500, 40'000, 7);
    s.end = "07:30";
    s.more = fmt::format(
        "tolling: {{etc_share: {} %, outage: {{offline_grace: {} min}}}}\n"
        "telecom:\n  network:\n    cells_per_aggregation: {}\n    aggregations_per_metro: {}\n"
        "    data_centres: {}\n    links: {{aggregation: {{up: {} Mbit/s, down: {} Mbit/s}}}}\n",
        between(0, 100, 8), between(0, 20, 9), between(1, 6, 10), between(1, 3, 11),
        between(1, 2, 12), between(20, 500, 13), between(20, 500, 14));
    return s;
}

// What the city has to fail.
struct Names {
    std::unique_ptr<City> city;
    std::vector<std::string> cells, backhaul;
};

Names names_of(const TownSettings& settings) {
    Names names{town_city(settings), {}, {}};
    const telecom::TelecomNetwork network(telecom::site_specs(*names.city), {});
    names.cells = network.cell_names();
    // Sites only: how many aggregations there are is the scenario's to say.
    for (std::size_t s = 0; s < network.site_count(); ++s)
        names.backhaul.push_back(network.backhaul_names()[s].name);
    return names;
}

std::string clock(std::int64_t second_after_start) {
    const std::int64_t s = 6 * 3600 + 1800 + second_after_start;
    return fmt::format("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60);
}

std::string target(const Names& names, int kind, const Draw& d) {
    const auto pick = [&](std::size_t count) { return d.below(count, 1); };
    const auto& graph = names.city->graph();
    const auto& plazas = names.city->sites().plazas;
    switch (kind) {
        case 0:
        case 1:
            return fmt::format("kind: {}, name: \"{}\"", kind == 0 ? "link" : "road",
                               graph.link_external_id[pick(graph.link_count())]);
        case 2: {
            const PlazaSite& plaza = plazas[pick(plazas.size())];
            const int lanes = plaza.etc_lanes + plaza.mixed_lanes + plaza.manual_lanes;
            return fmt::format("kind: lane, name: {}, lane: {}", plaza.name,
                               d.below(static_cast<std::uint64_t>(lanes), 2));
        }
        case 3:
            return "kind: plaza, name: " + plazas[pick(plazas.size())].name;
        case 4:
            return "kind: cell, name: " + names.cells[pick(names.cells.size())];
        case 5:
            return "kind: backhaul, name: " + names.backhaul[pick(names.backhaul.size())];
        case 6:
            return "kind: data_centre, name: data-centre-0";
        default:
            return "kind: demand";
    }
}

std::string random_incident(const Names& names, int kind, const Draw& d) {
    const std::int64_t from = static_cast<std::int64_t>(d.below(3000, 3));
    const std::int64_t until = from + 1 + static_cast<std::int64_t>(d.below(1500, 4));
    std::string action = d.bernoulli(0.4, 5) ? fmt::format("limit, factor: {:.3f}", d.uniform(6))
                         : kind < 4 && d.bernoulli(0.5, 7) ? "close"
                                                           : "fail";
    if (kind == 7) action = fmt::format("surge, factor: {:.2f}", 1 + d.uniform(6));
    const std::string end =
        d.bernoulli(0.8, 8) ? fmt::format(", until: \"{}\"", clock(until)) : std::string();
    return fmt::format("  - {{time: \"{}\"{}, action: {}, target: {{{}}}}}\n", clock(from), end,
                       action, target(names, kind, d));
}

std::vector<std::string> random_incidents(const TownSettings& settings) {
    const Names names = names_of(settings);
    std::vector<std::string> incidents;
    for (int kind = 0; kind < kIncidents; ++kind) {
        for (std::uint64_t i = 0; i < 2; ++i) {
            incidents.push_back(random_incident(
                names, kind, Draw(settings.seed, kIncident, static_cast<std::uint64_t>(kind), i)));
        }
    }
    return incidents;
}

std::string joined(const std::vector<std::string>& incidents) {
    return std::accumulate(incidents.begin(), incidents.end(), std::string());
}

std::string hash_of(const TownSettings& settings, int threads = 1, int partitions = 1) {
    WholeTown town(settings, threads, partitions);
    town.run_to_end();
    return town.simulator().state_hash().to_hex();
}

std::int64_t delivered_bytes(WholeTown& town) {
    std::int64_t sum = 0;
    for (const auto& fluid : town.rows<telecom::FluidState>("telecom.fluid"))
        sum += fluid.delivered_bytes;
    return sum;
}

}  // namespace

TEST_CASE("vehicles, parcels, fen and bytes are conserved at any time, whatever fails") {
    std::int64_t arrived = 0, lost = 0;
    for (std::uint64_t seed = 1; seed <= kCities; ++seed) {
        for (const bool incidents : {false, true}) {
            TownSettings settings = random_town(seed);
            if (incidents) settings.events = joined(random_incidents(settings));
            CAPTURE(seed);
            CAPTURE(settings.events);
            WholeTown town(settings);
            const Draw times(seed, kTown, 1, 0);
            std::int64_t at_us = 0;
            for (std::uint32_t i = 0; at_us < minutes(60).us; ++i) {
                at_us =
                    std::min(minutes(60).us,
                             at_us + 1 + static_cast<std::int64_t>(times.below(700'000'000, i)));
                town.run_until({at_us});
                town.check_audits();
            }
            for (const auto status : town.rows<std::uint8_t>("traffic.vehicle_status")) {
                arrived += status == static_cast<std::uint8_t>(traffic::VehicleStatus::kArrived);
            }
            for (const auto& fluid : town.rows<telecom::FluidState>("telecom.fluid"))
                lost += fluid.dropped_bytes;
        }
    }
    CHECK(arrived > 10'000);
    CHECK(lost > 0);
}

TEST_CASE("one hash for any threads and partitions, whatever fails") {
    for (std::uint64_t seed = 1; seed <= kMatrixCities; ++seed) {
        TownSettings settings = random_town(seed);
        settings.events = joined(random_incidents(settings));
        const std::string plain = hash_of(settings);
        CAPTURE(seed);
        CAPTURE(settings.events);
        for (const int threads : {1, 2, 8}) {
            for (const int partitions : {1, 3, 16})
                CHECK(hash_of(settings, threads, partitions) == plain);
        }
    }
}

TEST_CASE("the order in which a file lists its events changes no bit") {
    for (std::uint64_t seed = 1; seed <= kCities; ++seed) {
        TownSettings settings = random_town(seed);
        std::vector<std::string> incidents = random_incidents(settings);
        settings.events = joined(incidents);
        const std::string plain = hash_of(settings);
        std::reverse(incidents.begin(), incidents.end());
        settings.events = joined(incidents);
        CAPTURE(seed);
        CHECK(hash_of(settings) == plain);
    }
}

TEST_CASE("restoring what is whole, limiting to the whole and surging by one change no bit") {
    TownSettings settings = random_town(1);
    const std::string plain = hash_of(settings);
    settings.events =
        "  - {time: \"06:40\", action: restore, target: {kind: plaza, name: E1-west-entry}}\n"
        "  - {time: \"06:45\", action: limit, factor: 1, target: {kind: data_centre, name: "
        "data-centre-0}}\n"
        "  - {time: \"06:50\", until: \"07:00\", action: surge, factor: 1, target: {kind: "
        "demand}}\n";
    CHECK(hash_of(settings) == plain);
    settings.events =
        "  - {time: \"06:40\", action: close, target: {kind: plaza, name: E1-west-entry}}\n";
    CHECK(hash_of(settings) != plain);
}

TEST_CASE("a link that carries less delivers no more bytes") {
    for (std::uint64_t seed = 1; seed <= kCities; ++seed) {
        TownSettings settings = random_town(seed);
        const std::string cell = names_of(settings).cells[0];
        std::int64_t before = -1;
        CAPTURE(seed);
        for (const double factor : {0.0, 0.001, 0.01, 1.0}) {
            settings.events = fmt::format(
                "  - {{time: \"06:31\", action: limit, factor: {}, target: {{kind: backhaul, name: "
                "{}}}}}\n",
                factor, cell);
            WholeTown town(settings);
            town.run_to_end();
            const std::int64_t now = delivered_bytes(town);
            CHECK(now >= before);
            before = now;
        }
    }
}

TEST_CASE("who has a unit at a lower share has one at a higher") {
    const auto fen_by_vehicle = [](int share) {
        TownSettings settings;
        settings.end = "07:30";
        settings.more =
            fmt::format("tolling: {{etc_share: {} %, etc_share_large: {} %}}\n", share, share);
        WholeTown town(settings);
        town.run_to_end();
        std::vector<std::array<std::int64_t, 2>> by_vehicle(
            town.rows<tolling::VehicleAccount>("tolling.account").size());
        for (const auto& row : town.rows<tolling::TollTransaction>("tolling.transaction")) {
            by_vehicle[row.vehicle][row.payment] += row.fee_fen;
        }
        return by_vehicle;
    };
    const auto low = fen_by_vehicle(30), high = fen_by_vehicle(60);
    constexpr auto kEtc = static_cast<std::size_t>(tolling::Payment::kEtc),
                   kManual = static_cast<std::size_t>(tolling::Payment::kManual);
    std::int64_t changed = 0;
    for (std::size_t v = 0; v < low.size(); ++v) {
        if (low[v][kEtc] > 0) CHECK(high[v][kManual] == 0);
        changed += low[v][kManual] > 0 && high[v][kEtc] > 0 ? 1 : 0;
    }
    CHECK(changed > 50);
}

}  // namespace jiahe
