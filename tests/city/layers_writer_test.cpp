// layers.gpkg of a run of the small town, read back as a GIS does.
#include "city/layers_writer.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "city/run.h"
#include "geo/vector_layer.h"
#include "support/temporary_folder.h"

namespace jiahe::city {
namespace {

namespace fs = std::filesystem;

double kpi(const RunOutcome& outcome, const std::string& name) {
    for (const auto& each : outcome.indicators.kpis) {
        if (each.name == name) return each.value;
    }
    FAIL("no indicator " << name);
    return 0;
}

double sum_of(const VectorLayer& layer, const std::string& column) {
    double sum = 0;
    for (const Feature& feature : layer.features)
        sum += layer.real(feature, layer.field(column));
    return sum;
}

RunOutcome run_town(const TemporaryFolder& folder) {
    RunOptions options;
    options.scenario = fs::path(JIAHE_SOURCE_DIR) / "scenarios" / "town" / "morning.yaml";
    options.out = folder / "run";
    return run_scenario(options);
}

}  // namespace

TEST_CASE("an hour since the first midnight is a datetime, beyond the day and the year too") {
    CHECK(datetime_of_hour("2024-05-06", 7) == "2024-05-06T07:00:00Z");
    CHECK(datetime_of_hour("2024-05-06", 25) == "2024-05-07T01:00:00Z");
    CHECK(datetime_of_hour("2024-02-28", 24) == "2024-02-29T00:00:00Z");
    CHECK(datetime_of_hour("2023-12-31", 47) == "2024-01-01T23:00:00Z");
}

TEST_CASE("the map has every thing once and hourly rows that sum up to the run's indicators") {
    const TemporaryFolder folder;
    const RunOutcome outcome = run_town(folder);
    const fs::path map = outcome.folder / "layers.gpkg";
    const auto names = layer_names(map);
    for (const char* name : {"links", "link_hours", "plazas", "plaza_hours", "hubs", "hub_hours",
                             "cells", "cell_hours"}) {
        INFO(name);
        REQUIRE(std::find(names.begin(), names.end(), name) != names.end());
        const VectorLayer layer = read_layer(map, {.layer = name});
        const bool is_link = std::string(name).substr(0, 4) == "link";
        CHECK(layer.kind == (is_link ? GeometryKind::kLine : GeometryKind::kPoint));
        CHECK(layer.features.size() > 0);
        CHECK_FALSE(layer.crs_assumed);
        for (const Feature& feature : layer.features)
            REQUIRE((is_link ? feature.lines.size() : feature.points.size()) == 1);
    }
    const auto read = [&](const char* name) { return read_layer(map, {.layer = name}); };
    CHECK(sum_of(read("link_hours"), "flow_veh") == kpi(outcome, "traffic.link_crossings"));
    CHECK(sum_of(read("plaza_hours"), "passages") == sum_of(read("plazas"), "passages"));
    CHECK(sum_of(read("hub_hours"), "delivered") == kpi(outcome, "logistics.delivered"));
    const VectorLayer cells = read("cell_hours");
    CHECK(cells.features.size() == 24 * 4);  // cells, hours
    for (const Feature& feature : cells.features) {
        const double load = cells.real(feature, cells.field("load"));
        CHECK((load > 0 && load < 1));
    }
}

TEST_CASE("hours have a start and an end; those not reached have no row") {
    const TemporaryFolder folder;
    RunOptions options;
    options.scenario = fs::path(JIAHE_SOURCE_DIR) / "scenarios" / "town" / "morning.yaml";
    options.out = folder / "run";
    options.until = hours(7) + minutes(30);
    const fs::path map = run_scenario(options).folder / "layers.gpkg";
    for (const char* name : {"link_hours", "plaza_hours", "cell_hours"}) {
        const VectorLayer layer = read_layer(map, {.layer = name});
        std::vector<std::string> starts;
        for (const Feature& feature : layer.features) {
            starts.push_back(layer.text(feature, layer.field("start")).substr(0, 13));
            CHECK(layer.text(feature, layer.field("end")) >
                  layer.text(feature, layer.field("start")));
        }
        std::sort(starts.begin(), starts.end());
        INFO(name << " " << starts.front() << " " << starts.back());
        // GDAL shows its datetimes with slashes.
        CHECK(starts.front() == "2024/05/06 06");
        CHECK(starts.back() == "2024/05/06 07");
    }
}

}  // namespace jiahe::city
