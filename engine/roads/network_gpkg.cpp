#include "roads/network_gpkg.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/error.h"
#include "geo/vector_file.h"
#include "geo/vector_layer.h"
#include "roads/data_index.h"

namespace jiahe {

namespace {

constexpr std::int64_t kFormat = 1;

constexpr ColumnKind kInt = ColumnKind::kInteger;
constexpr ColumnKind kReal = ColumnKind::kReal;
constexpr ColumnKind kText = ColumnKind::kText;

Cell whole(std::int64_t value) {
    return value;
}

Cell word(std::string_view value) {
    return std::string(value);
}

void write_network(const RoadGraphData& data, VectorWriter& writer) {
    writer.begin_layer({"network",
                        ShapeKind::kNone,
                        {{"format", kInt}, {"source", kText}, {"attribution", kText}}});
    writer.add({}, {whole(kFormat), data.source, data.attribution});
}

void write_nodes(const RoadGraphData& data, VectorWriter& writer) {
    writer.begin_layer({"nodes", ShapeKind::kPoint, {{"node_id", kInt}, {"control", kText}}});
    for (const auto& node : data.nodes) {
        writer.add({{node.lon_deg, node.lat_deg}}, {whole(node.id), word(to_string(node.control))});
    }
}

void write_links(const RoadGraphData& data, VectorWriter& writer) {
    writer.begin_layer({"links",
                        ShapeKind::kLine,
                        {{"link_id", kInt},
                         {"from_node_id", kInt},
                         {"to_node_id", kInt},
                         {"length_m", kReal},
                         {"free_speed_mps", kReal},
                         {"lane_count", kInt},
                         {"capacity_pcuph", kReal},
                         {"road_class", kText},
                         {"name", kText}}});
    const DataIndex index(data);
    for (const auto& link : data.links) {
        const auto& from = data.nodes[index.node_row(link.from_node_id)];
        const auto& to = data.nodes[index.node_row(link.to_node_id)];
        std::vector<LonLat> line{{from.lon_deg, from.lat_deg}};
        for (const auto& [lon, lat] : link.shape)
            line.push_back({lon, lat});
        line.push_back({to.lon_deg, to.lat_deg});
        writer.add(line, {whole(link.id), whole(link.from_node_id), whole(link.to_node_id),
                          link.length_m, link.free_speed_mps, whole(link.lane_count),
                          link.capacity_pcuph, word(to_string(link.road_class)), link.name});
    }
}

void write_movements(const RoadGraphData& data, VectorWriter& writer) {
    writer.begin_layer({"movements",
                        ShapeKind::kNone,
                        {{"movement_id", kInt},
                         {"in_link_id", kInt},
                         {"out_link_id", kInt},
                         {"turn", kText},
                         {"first_lane", kInt},
                         {"last_lane", kInt},
                         {"signalised", kInt}}});
    for (const auto& m : data.movements) {
        writer.add({},
                   {whole(m.id), whole(m.in_link_id), whole(m.out_link_id), word(to_string(m.turn)),
                    whole(m.first_lane), whole(m.last_lane), whole(m.signalised ? 1 : 0)});
    }
}

void write_signals(const RoadGraphData& data, VectorWriter& writer) {
    writer.begin_layer({"signals",
                        ShapeKind::kNone,
                        {{"node_id", kInt},
                         {"phase", kInt},
                         {"offset_s", kReal},
                         {"green_s", kReal},
                         {"clearance_s", kReal},
                         {"green_movement_ids", kText}}});
    for (const SignalPlan& plan : data.signals) {
        std::int64_t number = 0;
        for (const SignalPhase& phase : plan.phases) {
            std::string ids;
            for (const std::int64_t id : phase.green_movement_ids) {
                ids += (ids.empty() ? "" : ";") + std::to_string(id);
            }
            writer.add({}, {whole(plan.node_id), whole(++number), plan.offset_s, phase.green_s,
                            phase.clearance_s, ids});
        }
    }
}

// A layer with its fields looked up once.
class Rows {
  public:
    Rows(const std::filesystem::path& path, const char* layer,
         std::initializer_list<const char*> fields, const CoordinateSystem& crs = {})
        : layer_(read_layer(path, {.layer = layer, .crs = crs})) {
        for (const char* field : fields)
            index_.push_back(layer_.field(field));
        if (layer_.kind == GeometryKind::kNone || !layer_.crs_assumed || !crs.is_wgs84()) return;
        throw InputError(InputFault{"E-GEO-007",
                                    {layer_.source, 0, 0, "layer " + layer_.name},
                                    "the layer does not say its coordinate system",
                                    "name it with crs, such as EPSG:3857"});
    }
    const std::vector<Feature>& features() const { return layer_.features; }
    std::int64_t integer(const Feature& row, std::size_t i) const {
        return layer_.integer(row, index_[i]);
    }
    int small(const Feature& row, std::size_t i) const {
        const std::int64_t value = integer(row, i);
        if (value < 0 || value > 255) fail(row, fmt::format("{} is not in 0..255", value));
        return static_cast<int>(value);
    }
    double real(const Feature& row, std::size_t i) const { return layer_.real(row, index_[i]); }
    std::string text(const Feature& row, std::size_t i) const {
        return layer_.text(row, index_[i]);
    }
    template <class Value>
    Value word(const Feature& row, std::size_t i, std::optional<Value> (*parse)(std::string_view),
               const std::vector<std::string>& words) const {
        const std::string found = text(row, i);
        const auto value = parse(found);
        if (!value) {
            fail(row, fmt::format("'{}' is no {}", found, layer_.fields[index_[i]].name),
                 did_you_mean(found, words));
        }
        return *value;
    }
    [[noreturn]] void fail(const Feature& row, std::string what, std::string hint = {}) const {
        throw InputError(InputFault{
            "E-NET-130",
            {layer_.source, 0, 0, fmt::format("layer {}, feature {}", layer_.name, row.id)},
            std::move(what),
            std::move(hint)});
    }

  private:
    VectorLayer layer_;
    std::vector<std::size_t> index_;
};

// Every word of an enumeration whose last value is this.
template <class Value>
std::vector<std::string> words_of(Value last) {
    std::vector<std::string> words;
    for (int i = 0; i <= static_cast<int>(last); ++i)
        words.emplace_back(to_string(static_cast<Value>(i)));
    return words;
}

void read_network(const std::filesystem::path& path, RoadGraphData& data) {
    const Rows rows(path, "network", {"format", "source", "attribution"});
    if (rows.features().size() != 1 || rows.integer(rows.features()[0], 0) != kFormat) {
        throw InputError(InputFault{"E-NET-130",
                                    {path.string(), 0, 0, "layer network"},
                                    "not version 1 of the network format",
                                    "expected one row with format 1"});
    }
    data.source = rows.text(rows.features()[0], 1);
    data.attribution = rows.text(rows.features()[0], 2);
}

void read_nodes(const std::filesystem::path& path, const CoordinateSystem& crs,
                RoadGraphData& data) {
    const Rows rows(path, "nodes", {"node_id", "control"}, crs);
    const auto controls = words_of(NodeControl::kRoundabout);
    for (const Feature& row : rows.features()) {
        if (row.points.size() != 1) rows.fail(row, "not a single point");
        data.nodes.push_back({rows.integer(row, 0), row.points[0].lon_deg, row.points[0].lat_deg,
                              rows.word<NodeControl>(row, 1, node_control_of, controls)});
    }
}

void read_links(const std::filesystem::path& path, const CoordinateSystem& crs,
                RoadGraphData& data) {
    constexpr double kTolerance_deg = 1e-6;  // 0.1 m
    const DataIndex index(data);             // of the nodes
    const auto check_end = [&](const Rows& rows, const Feature& row, std::int64_t node_id,
                               LonLat end) {
        const std::uint32_t found = index.node_row(node_id);
        if (found == DataIndex::kNone) return;  // RoadGraph names it
        const auto& node = data.nodes[found];
        if (std::abs(node.lon_deg - end.lon_deg) <= kTolerance_deg &&
            std::abs(node.lat_deg - end.lat_deg) <= kTolerance_deg) {
            return;
        }
        rows.fail(row, fmt::format("the line does not reach node {}", node_id));
    };
    const Rows rows(path, "links",
                    {"link_id", "from_node_id", "to_node_id", "length_m", "free_speed_mps",
                     "lane_count", "capacity_pcuph", "road_class", "name"},
                    crs);
    const auto classes = words_of(RoadClass::kService);
    for (const Feature& row : rows.features()) {
        if (row.lines.size() != 1 || row.lines[0].size() < 2) rows.fail(row, "not a single line");
        check_end(rows, row, rows.integer(row, 1), row.lines[0].front());
        check_end(rows, row, rows.integer(row, 2), row.lines[0].back());
        RoadGraphData::Link link;
        link.id = rows.integer(row, 0);
        link.from_node_id = rows.integer(row, 1);
        link.to_node_id = rows.integer(row, 2);
        link.length_m = rows.real(row, 3);
        link.free_speed_mps = rows.real(row, 4);
        link.lane_count = rows.small(row, 5);
        link.capacity_pcuph = rows.real(row, 6);
        link.road_class = rows.word<RoadClass>(row, 7, road_class_of, classes);
        link.name = rows.text(row, 8);
        for (std::size_t i = 1; i + 1 < row.lines[0].size(); ++i) {
            link.shape.emplace_back(row.lines[0][i].lon_deg, row.lines[0][i].lat_deg);
        }
        data.links.push_back(std::move(link));
    }
}

void read_movements(const std::filesystem::path& path, RoadGraphData& data) {
    const Rows rows(path, "movements",
                    {"movement_id", "in_link_id", "out_link_id", "turn", "first_lane", "last_lane",
                     "signalised"});
    const auto turns = words_of(TurnType::kUturn);
    for (const Feature& row : rows.features()) {
        data.movements.push_back({rows.integer(row, 0), rows.integer(row, 1), rows.integer(row, 2),
                                  rows.word<TurnType>(row, 3, turn_type_of, turns),
                                  rows.small(row, 4), rows.small(row, 5),
                                  rows.integer(row, 6) != 0});
    }
}

std::vector<std::int64_t> split_ids(const Rows& rows, const Feature& row, const std::string& text) {
    std::vector<std::int64_t> ids;
    const char* at = text.data();
    const char* const last = text.data() + text.size();
    while (at != last) {
        std::int64_t id = 0;
        const auto [end, error] = std::from_chars(at, last, id);
        if (error != std::errc() || (end != last && *end != ';')) {
            rows.fail(row, "green_movement_ids are not numbers with ';' between");
        }
        ids.push_back(id);
        at = end == last ? last : end + 1;
    }
    return ids;
}

void read_signals(const std::filesystem::path& path, RoadGraphData& data) {
    const Rows rows(
        path, "signals",
        {"node_id", "phase", "offset_s", "green_s", "clearance_s", "green_movement_ids"});
    std::vector<const Feature*> order;
    for (const Feature& row : rows.features())
        order.push_back(&row);
    std::stable_sort(order.begin(), order.end(), [&](const Feature* a, const Feature* b) {
        return std::pair(rows.integer(*a, 0), rows.integer(*a, 1)) <
               std::pair(rows.integer(*b, 0), rows.integer(*b, 1));
    });
    for (const Feature* row : order) {
        const std::int64_t node_id = rows.integer(*row, 0);
        if (data.signals.empty() || data.signals.back().node_id != node_id) {
            data.signals.push_back({node_id, rows.real(*row, 2), {}});
        }
        data.signals.back().phases.push_back(
            {split_ids(rows, *row, rows.text(*row, 5)), rows.real(*row, 3), rows.real(*row, 4)});
    }
}

}  // namespace

void write_network_gpkg(const RoadGraphData& data, const std::filesystem::path& path) {
    if (path.extension() != ".gpkg") {
        throw InputError(InputFault{"E-GEO-002",
                                    {path.string(), 0, 0, ""},
                                    "networks are written as GeoPackage",
                                    "expected *.gpkg"});
    }
    VectorWriter writer(path);
    write_network(data, writer);
    write_nodes(data, writer);
    write_links(data, writer);
    write_movements(data, writer);
    write_signals(data, writer);
    writer.finish();
}

RoadGraphData read_network_gpkg(const std::filesystem::path& path, const CoordinateSystem& crs) {
    RoadGraphData data;
    read_network(path, data);
    read_nodes(path, crs, data);
    read_links(path, crs, data);
    read_movements(path, data);
    read_signals(path, data);
    return data;
}

}  // namespace jiahe
