#include "roads/network_gpkg.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "roads/default_turns.h"
#include "support/ascii_roads.h"

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
