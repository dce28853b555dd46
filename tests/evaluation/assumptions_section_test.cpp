#include "evaluation/assumptions_section.h"

#include <doctest/doctest.h>

#include <string>

#include "well_formed.h"

namespace jiahe::evaluation {
namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("assumptions are told from the settings that a scenario has") {
    RunRecord run;
    run.settings = {{"city.generator.facts", "jiaxing"},
                    {"city.generator.kind", "region"},
                    {"traffic.rerouting.period", "5 min"},
                    {"traffic.rerouting.share", "0.2"}};
    const std::string html = assumptions_section(run, Language::kEnglish);
    CHECK(markup_fault(html) == "");
    CHECK(has(html, "one run with one seed (n = 1)"));
    CHECK(has(html, "published facts (jiaxing), but no single street is a real one"));
    CHECK(has(html, "20.0 % of drivers look for a faster route every 5 min."));
    CHECK_FALSE(has(html, "{}"));
    CHECK_FALSE(has(html, "parcels"));
    CHECK(assumptions_section(RunRecord{}, Language::kEnglish) == "");
}

TEST_CASE("a network that was read is not called generated") {
    RunRecord run;
    run.settings = {{"city.network.file", "nanchang"},
                    {"traffic.demand.source", "trips_table"},
                    {"traffic.demand.trips_file", "nanchang/trips.csv.gz"}};
    const std::string html = assumptions_section(run, Language::kEnglish);
    CHECK(has(html, "Roads were read from nanchang;"));
    CHECK(has(html, "Trips were read from nanchang/trips.csv.gz."));
    CHECK_FALSE(has(html, "generated"));
    CHECK(has(assumptions_section(run, Language::kChinese), "路网读自 nanchang"));
}

}  // namespace jiahe::evaluation
