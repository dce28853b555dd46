#include "geo/vector_layer.h"

#include <doctest/doctest.h>

#include <fstream>

#include "base/error.h"
#include "support/temporary_folder.h"

using namespace jiahe;

namespace {

VectorLayer sample() {
    VectorLayer layer;
    layer.name = "things";
    layer.kind = GeometryKind::kLine;
    layer.add_field("id", FieldKind::kInteger);
    layer.add_field("length_m", FieldKind::kReal);
    layer.add_field("name", FieldKind::kText);
    Feature road;
    road.lines = {{{120.123456789012, 30.1}, {120.2, 30.2}}};
    road.values = {std::int64_t{9007199254740993}, 0.1, std::string("Straße 嘉禾")};
    layer.features.push_back(road);
    Feature other;
    other.lines = {{{1, 2}, {3, 4}, {5, 6}}};
    other.values = {std::int64_t{-1}, std::monostate{}, std::string{}};
    layer.features.push_back(other);
    return layer;
}

void write(const std::string& path, const std::string& text) {
    std::ofstream(path) << text;
}

std::string code_of(const std::string& path, const ReadLayerOptions& options = {}) {
    try {
        read_layer(path, options);
    } catch (const InputError& error) {
        return error.faults()[0].code;
    }
    return "read";
}

std::string geojson(const std::string& geometry) {
    return R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},)"
           R"("geometry":)" +
           geometry + "}]}";
}

}  // namespace

TEST_CASE("what is written comes back, to the last bit and 64 bits wide") {
    for (const char* name : {"a.gpkg", "a.geojson", "a.fgb"}) {
        const TemporaryFolder folder;
        CAPTURE(name);
        write_layers(folder / name, {sample()});
        const VectorLayer layer = read_layer(folder / name);
        REQUIRE(layer.features.size() == 2);
        // FlatGeobuf orders by place; the others keep the order.
        for (const Feature& feature : layer.features) {
            const bool first = layer.integer(feature, layer.field("id")) != -1;
            const Feature expected = sample().features[first ? 0 : 1];
            REQUIRE(feature.lines.size() == 1);
            CHECK(feature.lines == expected.lines);
            CHECK(feature.values[layer.field("id")] == expected.values[0]);
            CHECK(feature.values[layer.field("length_m")] == expected.values[1]);
            if (first) CHECK(layer.text(feature, layer.field("name")) == "Straße 嘉禾");
        }
    }
}

TEST_CASE("a GeoPackage holds several layers, also without geometry") {
    const TemporaryFolder folder;
    VectorLayer rows;
    rows.name = "rows";
    rows.add_field("n", FieldKind::kInteger);
    rows.features.push_back({0, {}, {}, {}, {std::int64_t{7}}});
    VectorLayer areas;
    areas.name = "areas";
    areas.kind = GeometryKind::kPolygon;
    Feature area;
    area.polygons = {{{{0, 0}, {4, 0}, {4, 4}, {0, 0}}, {{{1, 0.5}, {2, 0.5}, {2, 1}, {1, 0.5}}}}};
    areas.features.push_back(area);
    write_layers(folder / "all.gpkg", {sample(), rows, areas});
    CHECK(layer_names(folder / "all.gpkg") == std::vector<std::string>{"things", "areas", "rows"});
    const VectorLayer back = read_layer(folder / "all.gpkg", {.layer = "rows"});
    CHECK(back.integer(back.features[0], back.field("n")) == 7);
    const VectorLayer shapes = read_layer(folder / "all.gpkg", {.layer = "areas"});
    REQUIRE(shapes.features[0].polygons.size() == 1);
    CHECK(shapes.features[0].polygons[0].holes.size() == 1);
    CHECK(code_of(folder / "all.gpkg", {.layer = "row"}) == "E-GEO-004");
}

TEST_CASE("other reference systems arrive as longitude and latitude") {
    const TemporaryFolder folder;
    // EPSG:3857 of 120 E 30 N: x = R lambda = 13358338.895, y = R ln tan(pi/4 + phi/2) =
    // 3503549.844.
    write(folder / "m.geojson",
          R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},)"
          R"("features":[{"type":"Feature","properties":{},"geometry":{"type":"Point",)"
          R"("coordinates":[13358338.895192828,3503549.843504374]}}]})");
    const VectorLayer layer = read_layer(folder / "m.geojson");
    REQUIRE(layer.features[0].points.size() == 1);
    CHECK(layer.features[0].points[0].lon_deg == doctest::Approx(120).epsilon(1e-9));
    CHECK(layer.features[0].points[0].lat_deg == doctest::Approx(30).epsilon(1e-9));
}

TEST_CASE("a declared Chinese datum is turned into WGS 84") {
    const TemporaryFolder folder;
    write(folder / "p.geojson", geojson(R"({"type":"Point","coordinates":[120.75,30.75]})"));
    const VectorLayer layer =
        read_layer(folder / "p.geojson", {.crs = CoordinateSystem::of("gcj02", {})});
    const LonLat expected = gcj02_to_wgs84({120.75, 30.75});
    CHECK(haversine_m(layer.features[0].points[0], expected) < 1e-6);
    // GeoJSON says WGS 84; another EPSG code contradicts it.
    CHECK(code_of(folder / "p.geojson", {.crs = CoordinateSystem::of("EPSG:32651", {})}) ==
          "E-GEO-011");
}

TEST_CASE("virtual files, commands, URLs, unknown kinds and disguises are refused") {
    const TemporaryFolder folder;
    CHECK(code_of("/vsimem/x.gpkg") == "E-GEO-001");
    CHECK(code_of("/vsizip/x.geojson") == "E-GEO-001");
    CHECK(code_of("GPKG:x.gpkg") == "E-GEO-001");
    CHECK(code_of("https://example.org/x.geojson") == "E-GEO-001");
    CHECK(code_of(folder / "none.gpkg") == "E-GEO-001");
    CHECK(code_of(folder / "") == "E-GEO-002");
    write(folder / "x.vrt", "<OGRVRTDataSource/>");
    CHECK(code_of(folder / "x.vrt") == "E-GEO-002");
    write(folder / "x.gpkg", "<OGRVRTDataSource/>");
    CHECK(code_of(folder / "x.gpkg") == "E-GEO-003");
    write(folder / "y.gpkg", geojson(R"({"type":"Point","coordinates":[1,2]})"));
    CHECK(code_of(folder / "y.gpkg") == "E-GEO-003");
    write(folder / "broken.geojson", R"({"type":"FeatureCollection","features":[{"type")");
    CHECK(code_of(folder / "broken.geojson") == "E-GEO-003");
    std::filesystem::create_directory(folder / "d.gpkg");
    CHECK(code_of(folder / "d.gpkg") == "E-GEO-001");
}

TEST_CASE("coordinates off the earth and too many features are refused with their place") {
    const TemporaryFolder folder;
    write(folder / "far.geojson", geojson(R"({"type":"Point","coordinates":[200,95]})"));
    CHECK(code_of(folder / "far.geojson") == "E-GEO-006");
    write(folder / "huge.geojson",
          R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},)"
          R"("features":[{"type":"Feature","properties":{},"geometry":{"type":"Point",)"
          R"("coordinates":[1e300,1e300]}}]})");
    CHECK(code_of(folder / "huge.geojson") == "E-GEO-006");
    write_layers(folder / "a.gpkg", {sample()});
    CHECK(code_of(folder / "a.gpkg", {.max_features = 1}) == "E-GEO-005");
}

TEST_CASE("a missing field is named with its neighbour, a bad value with its feature") {
    const TemporaryFolder folder;
    write_layers(folder / "a.gpkg", {sample()});
    const VectorLayer layer = read_layer(folder / "a.gpkg");
    try {
        layer.field("lenght_m");
        FAIL("found");
    } catch (const InputError& error) {
        CHECK(error.faults()[0].code == "E-GEO-008");
        CHECK(error.faults()[0].hint.find("length_m") != std::string::npos);
    }
    CHECK_THROWS_AS(layer.integer(layer.features[0], layer.field("name")), InputError);
    CHECK_THROWS_AS(layer.real(layer.features[1], layer.field("length_m")), InputError);
}

TEST_CASE("writing where nothing can be written is an error of the disk") {
    CHECK_THROWS_AS(write_layers("/nowhere/at/all/x.gpkg", {sample()}), IoError);
}
