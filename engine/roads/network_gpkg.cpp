#include "roads/network_gpkg.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/error.h"
#include "geo/vector_file.h"

namespace jiahe {
namespace {

constexpr int kRoadClasses = 14, kControls = 5, kTurns = 4;

LayerSpec nodes_spec() {
    return {"nodes",
            ShapeKind::kPoint,
            {{"node_id", ColumnKind::kInteger}, {"control", ColumnKind::kText}}};
}
LayerSpec links_spec() {
    return {"links",
            ShapeKind::kLine,
            {{"link_id", ColumnKind::kInteger},
             {"from_node_id", ColumnKind::kInteger},
             {"to_node_id", ColumnKind::kInteger},
             {"length_m", ColumnKind::kReal},
             {"free_speed_mps", ColumnKind::kReal},
             {"lanes", ColumnKind::kInteger},
             {"capacity_pcuph", ColumnKind::kReal},
             {"road_class", ColumnKind::kText},
             {"name", ColumnKind::kText}}};
}
LayerSpec movements_spec() {
    return {"movements",
            ShapeKind::kNone,
            {{"movement_id", ColumnKind::kInteger},
             {"in_link_id", ColumnKind::kInteger},
             {"out_link_id", ColumnKind::kInteger},
             {"turn", ColumnKind::kText},
             {"first_lane", ColumnKind::kInteger},
             {"last_lane", ColumnKind::kInteger},
             {"signalised", ColumnKind::kInteger}}};
}
LayerSpec phases_spec() {
    return {"signal_phases",
            ShapeKind::kNone,
            {{"node_id", ColumnKind::kInteger},
             {"phase", ColumnKind::kInteger},
             {"offset_s", ColumnKind::kReal},
             {"green_s", ColumnKind::kReal},
             {"clearance_s", ColumnKind::kReal},
             {"green_movement_ids", ColumnKind::kText}}};
}
LayerSpec about_spec() {
    return {"about",
            ShapeKind::kNone,
            {{"source", ColumnKind::kText}, {"attribution", ColumnKind::kText}}};
}

std::int64_t whole(const Feature& f, std::size_t c) {
    return std::get<std::int64_t>(f.cells[c]);
}
double real(const Feature& f, std::size_t c) {
    return std::get<double>(f.cells[c]);
}
const std::string& text(const Feature& f, std::size_t c) {
    return std::get<std::string>(f.cells[c]);
}

// The enum value whose name the text is.
template <class E>
E named(const std::string& value, int count, const std::filesystem::path& path,
        const std::string& layer) {
    std::vector<std::string> names;
    for (int k = 0; k < count; ++k) {
        names.emplace_back(to_string(static_cast<E>(k)));
        if (names.back() == value) return static_cast<E>(k);
    }
    throw InputError(InputFault{"E-NET-130",
                                {path.string(), 0, 0, "layer " + layer},
                                fmt::format("found '{}'", value),
                                did_you_mean(value, names)});
}

std::string join(const std::vector<std::int64_t>& ids) {
    std::string joined;
    for (const std::int64_t id : ids)
        joined += fmt::format("{}{}", joined.empty() ? "" : ";", id);
    return joined;
}

std::vector<std::int64_t> split(const std::string& joined, const std::filesystem::path& path) {
    std::vector<std::int64_t> ids;
    const char* at = joined.data();
    const char* last = at + joined.size();
    while (at != last) {
        std::int64_t id = 0;
        const auto [end, error] = std::from_chars(at, last, id);
        if (error != std::errc() || (end != last && *end != ';')) {
            throw InputError(InputFault{"E-NET-130",
                                        {path.string(), 0, 0, "layer signal_phases"},
                                        fmt::format("found '{}'", joined),
                                        "expected ids with ';' between"});
        }
        ids.push_back(id);
        at = end == last ? last : end + 1;
    }
    return ids;
}

void write_links(VectorWriter& writer, const RoadGraphData& data) {
    std::map<std::int64_t, LonLat> place;
    for (const auto& n : data.nodes)
        place[n.id] = {n.lon_deg, n.lat_deg};
    writer.begin_layer(links_spec());
    for (const auto& l : data.links) {
        std::vector<LonLat> shape = {place[l.from_node_id]};
        for (const auto& [lon, lat] : l.shape)
            shape.push_back({lon, lat});
        shape.push_back(place[l.to_node_id]);
        writer.add(shape, {l.id, l.from_node_id, l.to_node_id, l.length_m, l.free_speed_mps,
                           static_cast<std::int64_t>(l.lane_count), l.capacity_pcuph,
                           std::string(to_string(l.road_class)), l.name});
    }
}

}  // namespace

void write_network_gpkg(const RoadGraphData& data, const std::filesystem::path& path) {
    VectorWriter writer(path);
    writer.begin_layer(nodes_spec());
    for (const auto& n : data.nodes) {
        writer.add({{n.lon_deg, n.lat_deg}}, {n.id, std::string(to_string(n.control))});
    }
    write_links(writer, data);
    writer.begin_layer(movements_spec());
    for (const auto& m : data.movements) {
        writer.add({},
                   {m.id, m.in_link_id, m.out_link_id, std::string(to_string(m.turn)),
                    static_cast<std::int64_t>(m.first_lane), static_cast<std::int64_t>(m.last_lane),
                    static_cast<std::int64_t>(m.signalised ? 1 : 0)});
    }
    writer.begin_layer(phases_spec());
    for (const SignalPlan& plan : data.signals) {
        for (std::size_t k = 0; k < plan.phases.size(); ++k) {
            const SignalPhase& phase = plan.phases[k];
            writer.add({}, {plan.node_id, static_cast<std::int64_t>(k), plan.offset_s,
                            phase.green_s, phase.clearance_s, join(phase.green_movement_ids)});
        }
    }
    writer.begin_layer(about_spec());
    writer.add({}, {data.source, data.attribution});
    writer.finish();
}

RoadGraphData read_network_gpkg(const std::filesystem::path& path) {
    RoadGraphData data;
    for (const Feature& f : read_layer(path, nodes_spec())) {
        if (f.shape.empty()) continue;
        data.nodes.push_back({whole(f, 0), f.shape[0].lon_deg, f.shape[0].lat_deg,
                              named<NodeControl>(text(f, 1), kControls, path, "nodes")});
    }
    for (const Feature& f : read_layer(path, links_spec())) {
        RoadGraphData::Link l;
        l.id = whole(f, 0);
        l.from_node_id = whole(f, 1);
        l.to_node_id = whole(f, 2);
        l.length_m = real(f, 3);
        l.free_speed_mps = real(f, 4);
        l.lane_count = static_cast<int>(std::clamp<std::int64_t>(whole(f, 5), -1, 1000));
        l.capacity_pcuph = real(f, 6);
        l.road_class = named<RoadClass>(text(f, 7), kRoadClasses, path, "links");
        l.name = text(f, 8);
        for (std::size_t i = 1; i + 1 < f.shape.size(); ++i) {
            l.shape.emplace_back(f.shape[i].lon_deg, f.shape[i].lat_deg);
        }
        data.links.push_back(std::move(l));
    }
    for (const Feature& f : read_layer(path, movements_spec())) {
        data.movements.push_back({whole(f, 0), whole(f, 1), whole(f, 2),
                                  named<TurnType>(text(f, 3), kTurns, path, "movements"),
                                  static_cast<int>(whole(f, 4)), static_cast<int>(whole(f, 5)),
                                  whole(f, 6) != 0});
    }
    std::map<std::int64_t, SignalPlan> plans;
    for (const Feature& f : read_layer(path, phases_spec())) {
        SignalPlan& plan = plans[whole(f, 0)];
        plan.node_id = whole(f, 0);
        plan.offset_s = real(f, 2);
        plan.phases.push_back({split(text(f, 5), path), real(f, 3), real(f, 4)});
    }
    for (auto& [node, plan] : plans)
        data.signals.push_back(std::move(plan));
    for (const Feature& f : read_layer(path, about_spec())) {
        data.source = text(f, 0);
        data.attribution = text(f, 1);
    }
    return data;
}

}  // namespace jiahe
