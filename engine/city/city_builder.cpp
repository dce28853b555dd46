#include "city/city_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "roads/gmns_demand.h"
#include "roads/network_source.h"
#include "roads/od_table.h"
#include "scenario/core_sections.h"
#include "world/city_generator.h"
#include "world/city_section.h"
#include "world/demand.h"
#include "world/lay_sites.h"
#include "world/plaza_fit.h"
#include "world/signal_fit.h"
#include "world/zone_layers.h"

namespace jiahe::city {
namespace {

using traffic::DemandSource;
using traffic::TripTable;

constexpr std::size_t kDesignTrips = 50'000;  // of the design day are routed, at most about
constexpr double kPeakHourShare = 0.11;       // of a generated day's trips; A
constexpr double kDetour = 1.32;              // of streets against the straight line; A

enum class GeneratorKind : std::uint8_t { kGrid, kRegion };

class Builder {
  public:
    Builder(const scenario::Scenario& scenario, const traffic::TrafficConfig& traffic)
        : scenario_(scenario),
          traffic_(traffic),
          window_(scenario::read_window(scenario)),
          lay_(read_city_sites(scenario["city"], window_.seed)),
          layers_(read_zone_layers(scenario["city"])) {}

    BuiltCity build() {
        refuse_what_is_not_read();
        if (scenario_["city"].has("network")) {
            from_file();
        } else {
            generate();
        }
        make_trips();
        route_design_day();
        if (is_generated()) fit_plazas();
        if (traffic_.signal_plans == traffic::SignalPlans::kFitted) fit_plans();
        built_.notes.push_back(
            fmt::format("sites: {} plazas, {} gantries, {} cells, {} cameras, {} hubs, {} zones",
                        city().sites().plazas.size(), city().sites().gantries.size(),
                        city().sites().cells.size(), city().sites().cameras.size(),
                        city().sites().hubs.size(), city().sites().zones.size()));
        return std::move(built_);
    }

  private:
    City& city() { return *built_.city; }

    void refuse_what_is_not_read() const {
        for (const scenario::Value& file : scenario_["city"]["data"].items()) {
            throw InputError(file.fault("E-WLD-025", "no system asks for this file",
                                        "networks, layers and demand have keys of their own"));
        }
    }

    void note_network(const RoadGraph& graph) {
        built_.notes.push_back(fmt::format(
            "network: {} nodes, {} links, {} turns, {} signals ({})", graph.node_count(),
            graph.link_count(), graph.movement_count(), graph.signals.size(), graph.source));
    }

    void generate() {
        const auto generator = scenario_["city"]["generator"];
        GeneratedCity made;
        if (generator["kind"].choice<GeneratorKind>() == GeneratorKind::kRegion) {
            RegionOptions options;
            options.seed = 1;  // the region's shape is the same for every seed of the run
            options.links = static_cast<std::size_t>(generator["links"].integer());
            made = generate_region(read_region_facts(generator["facts"].file()), options);
        } else {
            TownOptions options;
            options.rows = static_cast<int>(generator["rows"].integer());
            options.columns = static_cast<int>(generator["columns"].integer());
            options.block_m = generator["block"].length_m();
            options.lanes = static_cast<int>(generator["lanes"].integer());
            options.speed_mps = generator["speed_limit"].speed_mps();
            options.residents = lay_.residents;
            made = generate_town(options);
        }
        RoadGraph graph(std::move(made.roads));
        note_network(graph);
        SiteLayers sites;
        // Parcels go by districts: one hub a unit, unless layers bring zones of their own.
        if (!layers_.any()) sites.zone_hub = std::move(made.zone_unit);
        sites.zones = zones(graph, std::move(made.zones));
        sites.plazas = std::move(made.plazas);
        sites.gantries = std::move(made.gantries);
        sites.cells = make_cells(sites.zones, lay_.cells, 1);
        sites.cameras = make_cameras(graph, lay_.cameras);
        sites.hubs = generated_hubs(made, graph);
        for (const GateSite& gate : made.gates)
            gates_.push_back(graph.find_node(gate.node_id));
        read_trips_table(graph);
        built_.city = std::make_unique<City>(std::move(graph), std::move(sites));
    }

    std::vector<Zone> zones(const RoadGraph& graph, std::vector<Zone> streets) {
        if (!layers_.any()) return streets;
        return zones_of_layers(layers_, graph, streets, lay_.jobs_share, built_.notes);
    }

    std::vector<HubSite> generated_hubs(const GeneratedCity& made, const RoadGraph& graph) const {
        double residents = 0;
        for (const double r : made.hub_residents)
            residents += r;
        std::vector<HubSite> hubs;
        for (std::size_t h = 0; h < made.hub_node_id.size(); ++h) {
            const std::size_t n = graph.find_node(made.hub_node_id[h]).index();
            const double share = made.hub_residents[h] / residents;
            hubs.push_back({made.hub_name[h], graph.node_lon_deg[n], graph.node_lat_deg[n],
                            made.hub_node_id[h], made.hub_residents[h],
                            std::max(1, static_cast<int>(share * lay_.vans + 0.5))});
        }
        return hubs;
    }

    void from_file() {
        const auto network = scenario_["city"]["network"];
        NetworkSourceOptions options;
        options.format = network["format"].choice<NetworkFormat>();
        options.keep_largest_part = network["keep_largest_part"].boolean();
        options.crs = crs_of(network, scenario_["city"]);
        ImportReport report;
        RoadGraphData data = load_network_data(network["file"].file(), options, report);
        for (const std::string& line : report.lines())
            built_.notes.push_back("import: " + line);
        LinkVolumes volumes;
        if (traffic_.demand.source == DemandSource::kTripsTable) {
            const RoadGraph plain(data);
            read_trips_table(plain);
            volumes = hourly_volumes(plain);
        }
        const std::vector<PlazaSite> plazas = insert_plazas(data, lay_, volumes, split_);
        RoadGraph graph(std::move(data));
        note_network(graph);
        SiteLayers sites = lay_sites(graph, lay_, zones(graph, make_zones(graph, lay_)));
        sites.plazas = plazas;
        built_.city = std::make_unique<City>(std::move(graph), std::move(sites));
    }

    // Links and nodes are kept by external id, for plazas still split links.
    void read_trips_table(const RoadGraph& graph) {
        if (traffic_.demand.source != DemandSource::kTripsTable) return;
        demand_ = read_gmns_demand(graph, *traffic_.demand.trips_file, traffic_.demand.routes_file);
        for (const LinkId link : demand_.route_links)
            route_link_id_.push_back(graph.link_external_id[link.index()]);
        for (std::size_t t = 0; t < demand_.trip_route.size(); ++t) {
            trip_ends_.emplace_back(graph.node_external_id[demand_.trip_origin[t].index()],
                                    graph.node_external_id[demand_.trip_destination[t].index()]);
        }
    }

    LinkVolumes hourly_volumes(const RoadGraph& graph) const {
        double last_s = 0;
        std::vector<std::uint32_t> users(demand_.route_offset.size() - 1, 0);
        for (std::size_t t = 0; t < demand_.trip_route.size(); ++t) {
            if (demand_.trip_route[t] == GmnsDemand::kNoRoute) continue;
            ++users[demand_.trip_route[t]];
            last_s = std::max(last_s, demand_.trip_departure_s[t]);
        }
        const double duration_h = std::max(1.0, last_s / 3600);
        LinkVolumes volumes;
        for (std::size_t r = 0; r < users.size(); ++r) {
            for (std::uint64_t i = demand_.route_offset[r]; i < demand_.route_offset[r + 1]; ++i) {
                volumes[graph.link_external_id[demand_.route_links[i].index()]] +=
                    users[r] / duration_h;
            }
        }
        return volumes;
    }

    void make_trips() {
        switch (traffic_.demand.source) {
            case DemandSource::kGenerated:
                generated_trips();
                break;
            case DemandSource::kTripsTable:
                tabled_trips();
                break;
            case DemandSource::kOdTable:
                od_trips();
                break;
            case DemandSource::kNone:
                break;
        }
        built_.notes.push_back(fmt::format("demand: {} vehicle trips, {} routes given",
                                           built_.trips.size(), built_.trips.route_count()));
        const auto late =
            std::count_if(built_.trips.departure_us.begin(), built_.trips.departure_us.end(),
                          [&](std::int64_t at_us) { return at_us >= window_.duration.us; });
        if (late > 0)
            built_.notes.push_back(fmt::format("demand: {} trips depart after the end", late));
    }

    void add_trip(std::int64_t id, std::int64_t departure_us, NodeId origin, NodeId destination,
                  std::uint8_t vclass, std::uint32_t route) {
        built_.trip_external_id.push_back(id);
        built_.trips.departure_us.push_back(departure_us);
        built_.trips.origin.push_back(origin);
        built_.trips.destination.push_back(destination);
        built_.trips.vehicle_class.push_back(vclass);
        built_.trips.route.push_back(route);
    }

    bool is_generated() const {
        return traffic_.demand.source == DemandSource::kGenerated && traffic_.demand.trip_count > 0;
    }

    DemandOptions demand_options() const {
        DemandOptions options;
        options.trip_count = static_cast<std::size_t>(traffic_.demand.trip_count);
        options.mean_distance_m = traffic_.demand.mean_trip_length_m / kDetour;
        options.truck_share = traffic_.demand.truck_share;
        options.gates = gates_;
        options.gate_share = traffic_.demand.outside_share;
        options.gate_truck_share = traffic_.demand.outside_truck_share;
        return options;
    }

    void generated_trips() {
        if (!is_generated()) return;
        DemandOptions options = demand_options();
        options.seed = window_.seed;
        for (const auto& event : scenario::read_events(scenario_)) {
            if (event.action != scenario::Action::kSurge) continue;
            const SimTime until = std::min(event.until, window_.duration);
            options.surges.push_back(
                {window_.start + event.time, window_.start + until, event.factor});
        }
        const GeneratedTrips trips =
            generate_trips(city().sites().zones, city().zone_node, options);
        for (std::size_t t = 0; t < trips.origin.size(); ++t) {
            const std::int64_t at_us = trips.departure_us[t] - window_.start.us;
            if (at_us < 0 || at_us >= window_.duration.us) continue;
            add_trip(static_cast<std::int64_t>(t), at_us, trips.origin[t], trips.destination[t],
                     trips.is_truck[t] != 0 ? traffic::kTruckClass : traffic::kCarClass,
                     TripTable::kNoRoute);
        }
    }

    // Routes name links of the file; a link that a plaza splits is followed by its second part.
    void tabled_trips() {
        const RoadGraph& graph = city().graph();
        TripTable& trips = built_.trips;
        for (std::size_t r = 0; r + 1 < demand_.route_offset.size(); ++r) {
            for (std::uint64_t i = demand_.route_offset[r]; i < demand_.route_offset[r + 1]; ++i) {
                trips.route_links.push_back(graph.find_link(route_link_id_[i]));
                const auto second = split_.find(route_link_id_[i]);
                if (second != split_.end())
                    trips.route_links.push_back(graph.find_link(second->second));
            }
            trips.route_offset.push_back(trips.route_links.size());
        }
        for (std::size_t t = 0; t < demand_.trip_route.size(); ++t) {
            const std::uint32_t r = demand_.trip_route[t];
            add_trip(demand_.trip_external_id[t], ceil_seconds(demand_.trip_departure_s[t]).us,
                     graph.find_node(trip_ends_[t].first), graph.find_node(trip_ends_[t].second),
                     demand_.trip_is_truck[t] != 0 ? traffic::kTruckClass : traffic::kCarClass,
                     r == GmnsDemand::kNoRoute ? TripTable::kNoRoute : r);
        }
    }

    void od_trips() {
        OdOptions options;
        options.seed = window_.seed;
        options.scale = traffic_.demand.od_scale;
        for (const auto& slice : traffic_.demand.od_profile)
            options.slices.push_back({slice.from.seconds(), slice.until.seconds(), slice.share});
        if (options.slices.empty()) options.slices.push_back({0, window_.duration.seconds(), 1});
        const OdDemand table = read_od_table(city().graph(), *traffic_.demand.od_file, options);
        for (std::size_t t = 0; t < table.trips.size(); ++t) {
            const OdTrip& trip = table.trips[t];
            add_trip(static_cast<std::int64_t>(t), trip.departure_us, trip.origin, trip.destination,
                     trip.is_truck ? traffic::kTruckClass : traffic::kCarClass,
                     TripTable::kNoRoute);
        }
        built_.notes.push_back(
            fmt::format("OD table: {:.6g} trips asked for, {:.6g} from a node to itself left out",
                        table.requested, table.within_a_node));
    }

    // Volumes of a peak hour from fixed routes, or from those of the design day.
    void fit_plans() {
        const RoadGraph& graph = city().graph();
        const TripTable& trips = built_.trips;
        std::vector<double> volume;
        if (trips.route_count() > 0) {
            std::vector<std::uint32_t> users(trips.route_count(), 0);
            std::int64_t last_us = 0;
            for (std::size_t t = 0; t < trips.size(); ++t) {
                if (trips.route[t] == TripTable::kNoRoute) continue;
                ++users[trips.route[t]];
                last_us = std::max(last_us, trips.departure_us[t]);
            }
            const double duration_h = std::max(1.0, static_cast<double>(last_us) / 3600e6);
            volume = count_movement_volumes(graph, trips.route_offset, trips.route_links, users,
                                            duration_h);
        } else {
            const std::vector<std::uint32_t> users(design_offset_.size() - 1, design_stride_);
            volume =
                count_movement_volumes(graph, design_offset_, design_links_, users, design_hours());
        }
        SignalFitOptions options;
        options.start_up_loss_s = traffic_.network.start_up_loss_s;
        const auto before = count_oversaturated(graph, graph.signals, volume, options);
        auto plans = fit_signals(graph, volume, options);
        const auto after = count_oversaturated(graph, plans, volume, options);
        built_.city->set_signals(std::move(plans));
        built_.notes.push_back(
            fmt::format("signals: plans fitted (Webster); movements asked for more than they can "
                        "pass: {} before, "
                        "{} after",
                        before, after));
    }

    // What signals and plazas are built for: an ordinary day that no seed or surge of a run
    // changes, or the day of an OD table. A sample of its trips goes the quickest way over empty
    // roads.
    void route_design_day() {
        if (is_generated()) {
            DemandOptions options = demand_options();
            options.stride = std::max<std::size_t>(1, options.trip_count / kDesignTrips);
            design_stride_ = static_cast<std::uint32_t>(options.stride);
            const auto trips = generate_trips(city().sites().zones, city().zone_node, options);
            route_sample(trips.origin, trips.destination, 1);
        } else if (traffic_.demand.source == DemandSource::kOdTable) {
            const std::size_t stride = std::max<std::size_t>(1, built_.trips.size() / kDesignTrips);
            design_stride_ = static_cast<std::uint32_t>(stride);
            route_sample(built_.trips.origin, built_.trips.destination, stride);
        }
    }

    void route_sample(const std::vector<NodeId>& origin, const std::vector<NodeId>& destination,
                      std::size_t stride) {
        const Router router(city().graph());
        const auto free_us = router.free_flow_us();
        const LinkCosts costs = router.costs(free_us);
        Router::Query query(router);
        Path path;
        for (std::size_t t = 0; t < origin.size(); t += stride) {
            query.node_to_node(origin[t], destination[t], costs, path);
            design_links_.insert(design_links_.end(), path.links.begin(), path.links.end());
            design_offset_.push_back(design_links_.size());
        }
    }

    // Hours of average flow that make the design day's trips a peak hour's volume: those of a
    // generated day, or the time over which an OD table's trips depart where that is shorter.
    double design_hours() const {
        const double day_h = 1 / kPeakHourShare;
        if (is_generated() || built_.trips.size() == 0) return day_h;
        const auto [first, last] =
            std::minmax_element(built_.trips.departure_us.begin(), built_.trips.departure_us.end());
        return std::min(day_h, std::max(1.0, static_cast<double>(*last - *first) / 3600e6));
    }

    void fit_plazas() {
        std::vector<double> volume_vph(city().graph().link_count(), 0);
        const double per_trip_vph = design_stride_ / design_hours();
        for (const LinkId link : design_links_)
            volume_vph[link.index()] += per_trip_vph;
        std::vector<PlazaSite> plazas = city().sites().plazas;
        for (std::size_t p = 0; p < plazas.size(); ++p)
            fit_plaza_lanes(plazas[p], volume_vph[city().plaza_link[p].index()], lay_.etc_share);
        city().set_plazas(std::move(plazas));
    }

    const scenario::Scenario& scenario_;
    const traffic::TrafficConfig& traffic_;
    scenario::RunWindow window_;
    LayOptions lay_;
    ZoneLayers layers_;
    SplitLinks split_;
    GmnsDemand demand_;
    std::vector<NodeId> gates_;  // where trips come from and go to outside
    std::uint32_t design_stride_ = 1;
    std::vector<std::uint64_t> design_offset_ = {0};
    std::vector<LinkId> design_links_;
    std::vector<std::pair<std::int64_t, std::int64_t>> trip_ends_;  // external ids, [trip]
    std::vector<std::int64_t> route_link_id_;
    BuiltCity built_;
};

}  // namespace

BuiltCity build_city(const scenario::Scenario& scenario, const traffic::TrafficConfig& traffic) {
    return Builder(scenario, traffic).build();
}

}  // namespace jiahe::city
