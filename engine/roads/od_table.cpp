#include "roads/od_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/error.h"
#include "base/random.h"
#include "base/sim_time.h"
#include "roads/csv_table.h"
#include "roads/import_tntp.h"

namespace jiahe {
namespace {

constexpr Purpose kDrawOdStep = 2080;  // origin, destination, row of the pair
constexpr double kTimeMax_s = 48 * 3600;
constexpr double kTripsMax = 1e7;  // of one row
constexpr double kAllTripsMax = 5e7;

struct OdRow {
    NodeId origin, destination;
    double trips = 0;
    bool has_window = false;
    double start_s = 0, end_s = 0;
    bool is_truck = false;
    auto key() const {
        return std::tuple(origin.value, destination.value, has_window, start_s, end_s, is_truck,
                          trips);
    }
};

NodeId node_of(const RoadGraph& graph, const CsvTable& table, std::size_t column) {
    const NodeId node = graph.find_node(table.id(column));
    if (!node.valid()) table.fail(column, "the id of a node of the network");
    return node;
}

std::vector<OdRow> read_csv(const RoadGraph& graph, const std::filesystem::path& path) {
    enum Column : std::size_t { kOrigin, kDestination, kTrips, kStart, kEnd, kClass };
    CsvTable table(path, {"o_node_id", "d_node_id", "trips"}, {"start_s", "end_s", "class"});
    std::vector<OdRow> rows;
    while (table.next()) {
        OdRow row;
        row.origin = node_of(graph, table, kOrigin);
        row.destination = node_of(graph, table, kDestination);
        row.trips = table.number(kTrips, 0, kTripsMax);
        row.has_window = !table.text(kStart).empty() || !table.text(kEnd).empty();
        if (row.has_window) {
            row.start_s = table.number(kStart, 0, kTimeMax_s);
            row.end_s = table.number(kEnd, row.start_s, kTimeMax_s);
        }
        const std::string& kind = table.text(kClass);
        if (!kind.empty() && kind != "car" && kind != "truck") table.fail(kClass, "car or truck");
        row.is_truck = kind == "truck";
        rows.push_back(row);
    }
    return rows;
}

std::vector<OdRow> read_tntp(const RoadGraph& graph, const std::filesystem::path& path) {
    std::vector<OdRow> rows;
    for (const TntpDemand& demand : read_tntp_trips(path)) {
        OdRow row;
        row.trips = demand.trips;
        for (const auto& [zone, node] : {std::pair{demand.origin, &row.origin},
                                         std::pair{demand.destination, &row.destination}}) {
            *node = graph.find_node(zone);
            if (node->valid()) continue;
            throw InputError(
                InputFault{"E-NET-141",
                           {path.string(), 0, 0,
                            fmt::format("trips from {} to {}", demand.origin, demand.destination)},
                           fmt::format("zone {} is no node of the network", zone),
                           "are trips and network of one set?"});
        }
        rows.push_back(row);
    }
    return rows;
}

// The time by which a share of the trips has departed, along the slices.
double time_of_share(const std::vector<OdSlice>& slices, double share) {
    for (const OdSlice& slice : slices) {
        if (share <= slice.share && slice.share > 0) {
            return slice.from_s + (slice.until_s - slice.from_s) * share / slice.share;
        }
        share -= slice.share;
    }
    return slices.back().until_s;
}

void add_trips(const OdRow& row, std::int64_t count, std::uint32_t number_in_pair,
               const RoadGraph& graph, const OdOptions& options, std::vector<OdTrip>& trips) {
    const auto id = [&](NodeId node) {
        return static_cast<std::uint64_t>(graph.node_external_id[node.index()]);
    };
    const double phase = Draw(options.seed, kDrawOdStep, id(row.origin), id(row.destination))
                             .uniform(number_in_pair);
    const std::vector<OdSlice> own = {{row.start_s, row.end_s, 1}};
    for (std::int64_t k = 0; k < count; ++k) {
        const double share = (static_cast<double>(k) + phase) / static_cast<double>(count);
        const double at_s = time_of_share(row.has_window ? own : options.slices, share);
        trips.push_back({row.origin, row.destination, ceil_seconds(at_s).us, row.is_truck});
    }
}

}  // namespace

OdDemand read_od_table(const RoadGraph& graph, const std::filesystem::path& path,
                       const OdOptions& options) {
    std::vector<OdRow> rows =
        path.extension() == ".tntp" ? read_tntp(graph, path) : read_csv(graph, path);
    std::sort(rows.begin(), rows.end(),
              [](const OdRow& a, const OdRow& b) { return a.key() < b.key(); });
    OdDemand demand;
    double sum = 0;  // of the rows that become trips
    std::uint32_t number_in_pair = 0;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const OdRow& row = rows[r];
        const bool same_pair =
            r > 0 && rows[r - 1].origin == row.origin && rows[r - 1].destination == row.destination;
        number_in_pair = same_pair ? number_in_pair + 1 : 0;
        const double scaled = row.trips * options.scale;
        demand.requested += scaled;
        if (row.origin == row.destination) {
            demand.within_a_node += scaled;
            continue;
        }
        if (sum + scaled > kAllTripsMax) {
            throw InputError(InputFault{"E-NET-150",
                                        {path.string(), 0, 0, ""},
                                        fmt::format("more than {:.0f} trips", kAllTripsMax),
                                        "scale the table down"});
        }
        const double before = std::floor(sum + 0.5);
        sum += scaled;
        const auto count = static_cast<std::int64_t>(std::floor(sum + 0.5) - before);
        add_trips(row, count, number_in_pair, graph, options, demand.trips);
    }
    return demand;
}

}  // namespace jiahe
