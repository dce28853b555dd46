#include "roads/import_tntp.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <numbers>

#include "base/error.h"
#include "geo/vector_layer.h"
#include "roads/data_index.h"
#include "roads/road_class_defaults.h"
#include "roads/tntp_text.h"

namespace jiahe {

namespace {

constexpr double kMetresPerMile = 1609.344;
constexpr double kFallbackSpeed_mps = 50 / 3.6;
constexpr double kLaneCapacity_pcuph = 1900;  // A

struct TntpUnits {
    double length_m = kMetresPerMile;
    double time_s = 60;
};

// "Length (ft)  Free Flow Time (min)": the unit in the brackets that follow the word.
std::string unit_after(std::string_view header, std::string_view word) {
    const std::size_t at = header.find(word);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = header.substr(at + word.size());
    const std::size_t open = rest.find('(');
    const std::size_t close = rest.find(')');
    if (open == std::string_view::npos || close == std::string_view::npos || open > 8) return {};
    return std::string(rest.substr(open + 1, close - open - 1));
}

TntpUnits units_of(std::string header, ImportReport& report) {
    for (char& c : header)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    TntpUnits units;
    const std::string length = unit_after(header, "length");
    std::string time = unit_after(header, "free flow time");
    if (time.empty()) time = unit_after(header, "fftt");
    if (length == "ft") units.length_m = 0.3048;
    if (length == "km") units.length_m = 1000;
    if (length == "m") units.length_m = 1;
    if (time == "h") units.time_s = 3600;
    if (time == "s") units.time_s = 1;
    if (length.empty()) report.remark("assumed: lengths in miles", "the header names no unit");
    if (time.empty()) report.remark("assumed: times in minutes", "the header names no unit");
    return units;
}

std::filesystem::path sibling(const std::filesystem::path& net_file, const std::string& ending) {
    std::string name = net_file.filename().string();
    if (!name.ends_with("_net.tntp")) return {};
    name.resize(name.size() - std::string("_net.tntp").size());
    for (const std::string& stem : {name, [&] {  // anaheim_nodes.geojson beside Anaheim_net.tntp
                                        std::string lower = name;
                                        for (char& c : lower)
                                            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32)
                                                                     : c;
                                        return lower;
                                    }()}) {
        const auto path = net_file.parent_path() / (stem + ending);
        if (std::filesystem::exists(path)) return path;
    }
    return {};
}

std::string read_net(const std::filesystem::path& path, TntpNetwork& network) {
    TntpText text(path);
    const TntpMetadata metadata = text.metadata();
    if (!metadata.contains("NUMBER OF NODES") && !metadata.contains("NUMBER OF LINKS")) {
        text.fail("not a network: the metadata state neither nodes nor links",
                  "expected *_net.tntp");
    }
    network.zone_count = text.metadata_count(metadata, "NUMBER OF ZONES");
    network.node_count = text.metadata_count(metadata, "NUMBER OF NODES");
    network.first_thru_node = text.metadata_count(metadata, "FIRST THRU NODE");
    const std::int64_t link_count = text.metadata_count(metadata, "NUMBER OF LINKS");
    while (text.next()) {
        text.need_fields(10);
        TntpLink link;
        link.from_node = text.node(0, network.node_count);
        link.to_node = text.node(1, network.node_count);
        link.capacity = text.not_negative(2);
        link.length = text.not_negative(3);
        link.free_flow_time = text.not_negative(4);
        link.b = text.not_negative(5);
        link.power = text.not_negative(6);
        link.speed = text.not_negative(7);
        link.toll = text.not_negative(8);
        link.link_type = static_cast<int>(text.integer(9, -1'000'000, 1'000'000));
        network.links.push_back(link);
    }
    if (static_cast<std::int64_t>(network.links.size()) != link_count) {
        text.fail(fmt::format("{} links, the metadata state {}", network.links.size(), link_count));
    }
    if (network.node_count > 2 * link_count) {  // memory must follow the file's size
        text.fail(fmt::format("{} nodes for {} links", network.node_count, link_count),
                  "links cannot have more than two nodes each");
    }
    if (network.zone_count > network.node_count) {
        text.fail(fmt::format("{} zones among {} nodes", network.zone_count, network.node_count),
                  "zones are the first nodes");
    }
    const auto header = metadata.find("ORIGINAL HEADER");
    return header == metadata.end() ? std::string{} : header->second.text;
}

struct Position {
    bool known = false;
    double x = 0, y = 0;
};

std::vector<Position> read_places(const std::filesystem::path& net_file,
                                  const TntpNetwork& network) {
    std::vector<Position> places(static_cast<std::size_t>(network.node_count));
    if (const auto path = sibling(net_file, "_node.tntp"); !path.empty()) {
        TntpText text(path);
        text.skip_header_row();
        while (text.next()) {
            text.need_fields(3);
            const std::int64_t node = text.node(0, network.node_count);
            places[static_cast<std::size_t>(node - 1)] = {true, text.number(1), text.number(2)};
        }
    } else if (const auto layer_path = sibling(net_file, "_nodes.geojson"); !layer_path.empty()) {
        const VectorLayer layer = read_layer(layer_path);
        const std::size_t id = layer.field("id");
        for (const Feature& row : layer.features) {
            const std::int64_t node = layer.integer(row, id);
            if (row.points.size() != 1 || node < 1 || node > network.node_count) {
                throw InputError(
                    InputFault{"E-NET-141",
                               {layer.source, 0, 0, fmt::format("feature {}", row.id)},
                               fmt::format("no point of a node '{}'", node),
                               fmt::format("the network has nodes 1..{}", network.node_count)});
            }
            places[static_cast<std::size_t>(node - 1)] = {true, row.points[0].lon_deg,
                                                          row.points[0].lat_deg};
        }
    }
    return places;
}

// Metres per unit of a plane, from the median ratio of length to distance.
double plane_scale(const TntpNetwork& network, const std::vector<Position>& places,
                   double length_m) {
    std::vector<double> ratios;
    for (const TntpLink& link : network.links) {
        const Position& a = places[static_cast<std::size_t>(link.from_node - 1)];
        const Position& b = places[static_cast<std::size_t>(link.to_node - 1)];
        const double distance = std::hypot(a.x - b.x, a.y - b.y);
        if (distance > 0 && link.length > 0) ratios.push_back(link.length * length_m / distance);
    }
    if (ratios.empty()) return 1;
    const auto middle = ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2);
    std::nth_element(ratios.begin(), middle, ratios.end());
    return *middle;
}

// Positions in the system that the user named, as degrees.
void transform_places(std::vector<Position>& places, const CoordinateSystem& crs,
                      const std::filesystem::path& net_file) {
    for (std::size_t n = 0; n < places.size(); ++n) {
        const auto at = crs.to_wgs84(places[n].x, places[n].y);
        if (!at) {
            throw InputError(InputFault{"E-NET-140",
                                        {net_file.string(), 0, 0, fmt::format("node {}", n + 1)},
                                        fmt::format("({}, {}) is no place on earth in {}",
                                                    places[n].x, places[n].y, crs.name()),
                                        "expected the coordinate system of its node table"});
        }
        places[n] = {true, at->lon_deg, at->lat_deg};
    }
}

void add_nodes(const std::filesystem::path& net_file, const CoordinateSystem& crs, double length_m,
               TntpNetwork& network, ImportReport& report) {
    std::vector<Position> places = read_places(net_file, network);
    const bool known =
        std::all_of(places.begin(), places.end(), [](const Position& p) { return p.known; });
    if (known && !crs.is_wgs84()) transform_places(places, crs, net_file);
    if (!known) {
        report.remark("assumed: node positions on a circle", net_file.filename().string());
        for (std::size_t n = 0; n < places.size(); ++n) {
            const double angle =
                2 * std::numbers::pi * static_cast<double>(n) / static_cast<double>(places.size());
            places[n] = {true, 0.05 * std::cos(angle), 0.05 * std::sin(angle)};
        }
    }
    const bool degrees = std::all_of(places.begin(), places.end(), [](const Position& p) {
        return is_valid({p.x, p.y});
    });
    const double scale = degrees ? 1 : plane_scale(network, places, length_m);
    if (!degrees) report.remark("assumed: a plane about (0, 0)", net_file.filename().string());
    double mid_x = 0, mid_y = 0;
    for (const Position& p : places) {
        mid_x += p.x / static_cast<double>(places.size());
        mid_y += p.y / static_cast<double>(places.size());
    }
    const LocalPlane plane(LonLat{0, 0});
    for (std::size_t n = 0; n < places.size(); ++n) {
        LonLat at{places[n].x, places[n].y};
        if (!degrees)
            at = plane.to_lon_lat({scale * (at.lon_deg - mid_x), scale * (at.lat_deg - mid_y)});
        network.graph.nodes.push_back(
            {static_cast<std::int64_t>(n) + 1, at.lon_deg, at.lat_deg, NodeControl::kNone});
    }
}

void add_links(const TntpUnits& units, TntpNetwork& network, ImportReport& report) {
    for (std::size_t i = 0; i < network.links.size(); ++i) {
        const TntpLink& row = network.links[i];
        const double length_m = row.length * units.length_m;
        const double time_s = row.free_flow_time * units.time_s;
        RoadGraphData::Link link;
        link.id = static_cast<std::int64_t>(i) + 1;
        link.from_node_id = row.from_node;
        link.to_node_id = row.to_node;
        link.length_m = std::max(length_m, 1.0);
        link.free_speed_mps = kFallbackSpeed_mps;
        if (length_m > 0 && time_s > 0) {
            link.free_speed_mps = length_m / time_s;
        } else {
            report.count("links without length or time, given 50 km/h");
        }
        const double lanes = std::round(row.capacity / kLaneCapacity_pcuph);
        link.lane_count = static_cast<int>(std::clamp(lanes, 1.0, 255.0));
        link.capacity_pcuph = row.capacity > 0 ? row.capacity : 0;
        link.road_class = class_of_speed(link.free_speed_mps);
        network.graph.links.push_back(std::move(link));
    }
}

// All turns but U-turns, none through a zone; a dead end turns back.
void add_movements(TntpNetwork& network) {
    const DataIndex index(network.graph);
    auto& movements = network.graph.movements;
    const auto add = [&](const RoadGraphData::Link& in, const RoadGraphData::Link& out,
                         TurnType turn) {
        const auto id = static_cast<std::int64_t>(movements.size()) + 1;
        movements.push_back({id, in.id, out.id, turn, 0, 0, false});
    };
    for (const auto& in : network.graph.links) {
        if (in.to_node_id < network.first_thru_node) continue;
        const std::size_t before = movements.size();
        const auto outs = index.out_links(index.node_row(in.to_node_id));
        for (const std::uint32_t row : outs) {
            const auto& out = network.graph.links[row];
            if (out.to_node_id != in.from_node_id) add(in, out, TurnType::kThru);
        }
        if (movements.size() > before) continue;
        for (const std::uint32_t row : outs)
            add(in, network.graph.links[row], TurnType::kUturn);
    }
}

}  // namespace

std::filesystem::path tntp_trips_beside(const std::filesystem::path& net_file) {
    return sibling(net_file, "_trips.tntp");
}

TntpNetwork read_tntp_links(const std::filesystem::path& net_file, std::string* header) {
    TntpNetwork network;
    network.graph.source = net_file.string();
    network.graph.attribution =
        "Transportation Networks for Research Core Team, Transportation Networks for Research";
    const std::string original_header = read_net(net_file, network);
    if (header != nullptr) *header = original_header;
    return network;
}

TntpNetwork import_tntp(const std::filesystem::path& net_file, ImportReport& report,
                        const CoordinateSystem& crs) {
    std::string header;
    TntpNetwork network = read_tntp_links(net_file, &header);
    network.graph.source = net_file.filename().string();
    const TntpUnits units = units_of(header, report);
    if (const auto trips = tntp_trips_beside(net_file); !trips.empty()) {
        read_tntp_trips(trips, network);
    }
    add_nodes(net_file, crs, units.length_m, network, report);
    add_links(units, network, report);
    add_movements(network);
    report.count("zones", network.zone_count);
    report.count("nodes", network.node_count);
    report.count("links", static_cast<std::int64_t>(network.links.size()));
    return network;
}

void read_tntp_trips(const std::filesystem::path& trips_file, TntpNetwork& network) {
    network.demand = read_tntp_trips(trips_file, network.zone_count);
}

std::vector<TntpDemand> read_tntp_trips(const std::filesystem::path& path,
                                        std::int64_t zones_at_most) {
    TntpText text(path);
    const TntpMetadata metadata = text.metadata();
    const std::int64_t zone_count =
        std::min(zones_at_most, text.metadata_count(metadata, "NUMBER OF ZONES"));
    std::vector<TntpDemand> demand;
    std::int64_t origin = 0;
    double total = 0;
    while (text.next()) {
        if (text.field(0) == "Origin") {
            text.need_fields(2);
            origin = text.node(1, zone_count);
            continue;
        }
        if (origin == 0) text.fail("a destination before the first 'Origin'");
        for (std::size_t i = 0; i < text.field_count(); i += 3) {
            if (i + 2 >= text.field_count() || text.field(i + 1) != ":") {
                text.fail_field(i, "expected 'destination : trips;' in turn");
            }
            const std::int64_t destination = text.node(i, zone_count);
            const double trips = text.not_negative(i + 2);
            total += trips;
            if (trips > 0) demand.push_back({origin, destination, trips});
        }
    }
    constexpr double kTolerance = 1e-3;  // of sums that were rounded to print them
    if (const auto stated = metadata.find("TOTAL OD FLOW"); stated != metadata.end()) {
        const double flow = std::strtod(stated->second.text.c_str(), nullptr);
        if (std::abs(flow - total) > kTolerance * std::max(flow, total)) {
            text.fail(fmt::format("the trips sum to {}", total),
                      fmt::format("the metadata state {}; is the file cut off?", flow));
        }
    }
    return demand;
}

}  // namespace jiahe
