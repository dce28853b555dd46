#include "tolling/tolling_section.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "scenario/core_sections.h"
#include "scenario/scenario.h"

namespace jiahe::tolling {
namespace {

scenario::Scenario load(const std::string& tolling) {
    scenario::Schema schema;
    scenario::declare_core(schema);
    declare_tolling(schema);
    const std::string text = "name: town\nstart: \"07:00\"\nend: \"09:00\"\n" + tolling;
    return scenario::Scenario::from_text(schema, text, "town.yaml", ".");
}

SiteLayers two_plazas() {
    SiteLayers layers;
    layers.plazas.push_back({"east", 0, 0, 1, 2, 1, 1, 40, 12'000});
    layers.plazas.push_back({"west", 0, 0, 2, 1, 1, 0, 20, 8'000});
    layers.gantries.push_back({"bridge", 0, 0, 3, 1'300});
    return layers;
}

struct Read {
    TollingConfig config;
    TollSites sites;
    std::vector<InputFault> faults;
};

Read read(const std::string& tolling) {
    const scenario::Scenario scenario = load(tolling);
    scenario::FaultList faults;
    Read result;
    result.config = read_tolling(scenario["tolling"], faults);
    result.sites = toll_sites_of(two_plazas(), result.config, faults);
    result.faults = faults.faults();
    result.config.plazas.clear();  // their values end with the scenario
    return result;
}

}  // namespace

TEST_CASE("the section's defaults are those of the code, figure by figure") {
    const Read from_scenario = read("");
    CHECK(from_scenario.faults.empty());
    const TollingOptions& read_options = from_scenario.config.options;
    const TollingOptions options;
    for (std::size_t p = 0; p < kPaymentCount; ++p) {
        for (std::size_t c = 0; c < kTollClassCount; ++c) {
            const auto same = [](const DurationDistribution& a, const DurationDistribution& b) {
                CHECK(a.mean_s() == doctest::Approx(b.mean_s()));
                CHECK(a.variance_s2() == doctest::Approx(b.variance_s2()).epsilon(1e-5));
                CHECK(a.shape() == b.shape());
            };
            same(read_options.service.service[p][c], options.service.service[p][c]);
            same(read_options.service.move_up[p][c], options.service.move_up[p][c]);
        }
    }
    const FailureRates& a = read_options.service.failures;
    const FailureRates b;
    CHECK(a.unread == b.unread);
    CHECK(a.retry_success == b.retry_success);
    CHECK(a.class_mismatch == b.class_mismatch);
    CHECK(a.blacklisted == b.blacklisted);
    CHECK(a.stray == b.stray);
    CHECK(a.retry_limit == b.retry_limit);
    CHECK(a.retry_s == b.retry_s);
    CHECK(a.handling_lowest_s == b.handling_lowest_s);
    CHECK(a.handling_highest_s == b.handling_highest_s);
    CHECK(read_options.etc_share == options.etc_share);
    CHECK(read_options.outage.offline_grace == options.outage.offline_grace);
    CHECK(read_options.outage.list_age_max == options.outage.list_age_max);
    CHECK(read_options.outage.list_age_at_start == options.outage.list_age_at_start);
    CHECK(read_options.outage.list_refresh == options.outage.list_refresh);
    CHECK(read_options.data.record_bytes == options.data.record_bytes);
    CHECK(read_options.data.image_bytes == options.data.image_bytes);
    CHECK(read_options.data.store_bytes == options.data.store_bytes);
    CHECK(read_options.gantry.night_begins == options.gantry.night_begins);
    CHECK(read_options.gantry.night_ends == options.gantry.night_ends);
    CHECK(read_options.service.back_office.reply_timeout_s ==
          options.service.back_office.reply_timeout_s);
    for (std::size_t c = 0; c < kTollClassCount; ++c) {
        CHECK(read_options.rates.fen_per_km[c] == doctest::Approx(options.rates.fen_per_km[c]));
    }
    CHECK(read_options.lane_choice == LaneChoice::kLeastWait);
    CHECK(read_options.bin == minutes(15));
}

TEST_CASE("the city's layers become plazas, gantries and one section a site") {
    const Read r = read("");
    REQUIRE(r.sites.plazas.size() == 2);
    REQUIRE(r.sites.gantries.size() == 1);
    using enum LaneKind;
    CHECK(r.sites.plazas[0].lanes == std::vector{kEtc, kEtc, kMixed, kManual});
    CHECK(r.sites.plazas[0].apron == 40);
    CHECK(r.sites.sections[2].name == "bridge");
    CHECK(r.sites.sections[2].charged_km == doctest::Approx(1.3));
    r.sites.validate();
    const Tariff tariff(r.sites.sections, r.config.options.rates, 1);
    CHECK(tariff.fee(SectionId(0), TollClass::kSmall) == Fen{420});  // 12 km * 35 fen
    CHECK(tariff.fee(SectionId(2), TollClass::kSmall) == Fen{46});   // 45.5, half up
}

TEST_CASE("a scenario may change one plaza, the tariff and the road owners") {
    const Read r = read(
        "tolling:\n"
        "  etc_share: 90 %\n"
        "  tariff: {small: 0.5 yuan/km, etc_discount: 10 %}\n"
        "  road_owners: {north: {weight: 3}, south: {}}\n"
        "  outage: {offline_grace: 3 min}\n"
        "  plazas:\n"
        "    west: {etc_lanes: 3, truck_lanes: 1, apron: 60, fee_small: 5 yuan, fee_large: 9 "
        "yuan,\n"
        "           fee_trailer: 12 yuan}\n");
    REQUIRE(r.faults.empty());
    using enum LaneKind;
    CHECK(r.sites.plazas[1].lanes == std::vector{kEtc, kEtc, kEtc, kTruck, kManual});
    CHECK(r.sites.plazas[1].apron == 60);
    CHECK(r.config.options.etc_share[0] == doctest::Approx(0.9));
    CHECK(r.config.options.outage.offline_grace == minutes(3));
    const Tariff tariff(r.sites.sections, r.config.options.rates, 2);
    CHECK(tariff.fee(SectionId(0), TollClass::kSmall) == Fen{600});
    CHECK(tariff.discount(SectionId(0), TollClass::kSmall) == Fen{60});
    CHECK(tariff.fee(SectionId(1), TollClass::kLarge) == Fen{900});
    CHECK(tariff.fee_shares(SectionId(0), TollClass::kSmall)[0] == Fen{450});
}

TEST_CASE("what a hand-over of passages sends stays below what a message can be") {
    CHECK_NOTHROW(read("tolling:\n  data: {record: 10 MB, image: 100 MB}\n"));
    CHECK_THROWS_AS(read("tolling:\n  data: {image: 2 TB}\n"), InputError);
    CHECK(4095LL * (10'000'000 + 2 * 100'000'000LL) < (1LL << 40));
}

TEST_CASE("settings that contradict each other or the city are located faults") {
    const auto only_fault = [](const std::string& tolling) {
        const Read r = read("tolling:\n  " + tolling + "\n");
        REQUIRE(r.faults.size() == 1);
        CHECK(r.faults[0].place.file == "town.yaml");
        CHECK(r.faults[0].place.line == 5);
        return r.faults[0];
    };
    CHECK(only_fault("service: {etc: {small: {time: 2 s, time_sd: 3 s}}}").code == "E-TOL-001");
    CHECK(only_fault("failures: {handling_least: 70 s}").code == "E-TOL-030");
    CHECK(only_fault("plazas: {west: {fee_small: 5 yuan}}").code == "E-TOL-030");
    const InputFault unknown = only_fault("plazas: {wst: {apron: 30}}");
    CHECK(unknown.code == "E-TOL-031");
    CHECK(unknown.hint.find("west") != std::string::npos);
    CHECK(only_fault("plazas: {west: {etc_lanes: 30}}").code == "E-TOL-032");
    CHECK(only_fault("plazas: {west: {etc_lanes: 0, mixed_lanes: 0, manual_lanes: 0}}").code ==
          "E-TOL-032");
    CHECK(only_fault("road_owners: {a: {weight: 0}}").code == "E-TOL-033");
}

}  // namespace jiahe::tolling
