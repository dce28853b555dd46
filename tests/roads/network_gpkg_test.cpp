#include "roads/network_gpkg.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "geo/vector_file.h"
#include "roads/default_turns.h"
#include "roads/network_source.h"
#include "support/ascii_roads.h"
#include "support/shared_data.h"
#include "support/temporary_folder.h"

using namespace jiahe;

TEST_CASE("a network written to a GeoPackage and read again is equal row by row") {
    RoadGraphData data = ascii_roads("A--B-->C\n|  |\nD--E", {.cell_m = 120, .lane_count = 2});
    data.attribution = "nobody's map";
    link(data, "BC").name = "East Road";
    link(data, "AD").shape = {{120.7501, 30.7495}};
    data.movements = default_turns(data);
    node(data, 'B').control = NodeControl::kSignal;
    data.signals = {
        {node(data, 'B').id, 3.5, {{{data.movements.front().id}, 25, 5}, {{}, 20, 4.5}}}};
    const auto path = std::filesystem::temp_directory_path() / "jiahe-network-test.gpkg";
    write_network_gpkg(data, path);
    const RoadGraphData again = read_network_gpkg(path);
    REQUIRE(again.nodes.size() == data.nodes.size());
    REQUIRE(again.links.size() == data.links.size());
    REQUIRE(again.movements.size() == data.movements.size());
    for (std::size_t i = 0; i < data.nodes.size(); ++i) {
        CHECK(again.nodes[i].id == data.nodes[i].id);
        CHECK(again.nodes[i].lon_deg == data.nodes[i].lon_deg);
        CHECK(again.nodes[i].lat_deg == data.nodes[i].lat_deg);
        CHECK(again.nodes[i].control == data.nodes[i].control);
    }
    for (std::size_t i = 0; i < data.links.size(); ++i) {
        CHECK(again.links[i].id == data.links[i].id);
        CHECK(again.links[i].length_m == data.links[i].length_m);
        CHECK(again.links[i].free_speed_mps == data.links[i].free_speed_mps);
        CHECK(again.links[i].lane_count == data.links[i].lane_count);
        CHECK(again.links[i].capacity_pcuph == data.links[i].capacity_pcuph);
        CHECK(again.links[i].road_class == data.links[i].road_class);
        CHECK(again.links[i].name == data.links[i].name);
        CHECK(again.links[i].shape == data.links[i].shape);
    }
    for (std::size_t i = 0; i < data.movements.size(); ++i) {
        CHECK(again.movements[i].id == data.movements[i].id);
        CHECK(again.movements[i].turn == data.movements[i].turn);
        CHECK(again.movements[i].out_link_id == data.movements[i].out_link_id);
    }
    REQUIRE(again.signals.size() == 1);
    CHECK(again.signals[0].offset_s == 3.5);
    CHECK(again.signals[0].phases[0].green_movement_ids ==
          data.signals[0].phases[0].green_movement_ids);
    CHECK(again.signals[0].phases[1].clearance_s == 4.5);
    CHECK(again.attribution == data.attribution);
    std::filesystem::remove(path);
}

TEST_CASE("a file that is no GeoPackage is refused by name") {
    const auto path = std::filesystem::temp_directory_path() / "jiahe-not-a-network.gpkg";
    std::ofstream(path) << "not a database";
    CHECK_THROWS_AS(read_network_gpkg(path), InputError);
    std::filesystem::remove(path);
}

TEST_CASE("a real extract survives the file, and both graphs are equal") {
    if (!has_shared_data("osm/liechtenstein-latest.osm.pbf")) return;
    const TemporaryFolder folder;
    ImportReport report;
    const RoadGraphData data =
        load_network_data(shared_data("osm/liechtenstein-latest.osm.pbf"), {}, report);
    write_network_gpkg(data, folder / "li.gpkg");
    const RoadGraph first(data);
    const RoadGraph again = load_network(folder / "li.gpkg", {}, report);
    CHECK(again.node_external_id == first.node_external_id);
    CHECK(again.node_lon_deg == first.node_lon_deg);
    CHECK(again.node_control == first.node_control);
    CHECK(again.link_length_m == first.link_length_m);
    CHECK(again.link_capacity_pcuph == first.link_capacity_pcuph);
    CHECK(again.link_shape == first.link_shape);
    CHECK(again.link_name == first.link_name);
    CHECK(again.movement_out_link == first.movement_out_link);
    CHECK(again.movement_signalised == first.movement_signalised);
    CHECK(again.signals.size() == first.signals.size());
    CHECK(again.attribution == first.attribution);
}

TEST_CASE("a line that does not reach its node is refused with its layer and feature") {
    const TemporaryFolder folder;
    VectorWriter writer(folder / "bad.gpkg");
    writer.begin_layer({"network",
                        ShapeKind::kNone,
                        {{"format", ColumnKind::kInteger},
                         {"source", ColumnKind::kText},
                         {"attribution", ColumnKind::kText}}});
    writer.add({}, {std::int64_t{1}, std::string(), std::string()});
    writer.begin_layer({"nodes",
                        ShapeKind::kPoint,
                        {{"node_id", ColumnKind::kInteger}, {"control", ColumnKind::kText}}});
    writer.add({{120, 30}}, {std::int64_t{1}, std::string("none")});
    writer.begin_layer({"links",
                        ShapeKind::kLine,
                        {{"link_id", ColumnKind::kInteger},
                         {"from_node_id", ColumnKind::kInteger},
                         {"to_node_id", ColumnKind::kInteger},
                         {"length_m", ColumnKind::kReal},
                         {"free_speed_mps", ColumnKind::kReal},
                         {"lane_count", ColumnKind::kInteger},
                         {"capacity_pcuph", ColumnKind::kReal},
                         {"road_class", ColumnKind::kText},
                         {"name", ColumnKind::kText}}});
    writer.add({{120.1, 30}, {120.2, 30}},
               {std::int64_t{7}, std::int64_t{1}, std::int64_t{1}, 10.0, 10.0, std::int64_t{1}, 0.0,
                std::string("primary"), std::string()});
    writer.finish();
    try {
        read_network_gpkg(folder / "bad.gpkg");
        FAIL("accepted");
    } catch (const InputError& error) {
        CHECK(error.faults()[0].code == "E-NET-130");
        CHECK(error.faults()[0].place.feature == "layer links, feature 1");
    }
}
