#include "city/assembly.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/error.h"
#include "city/city_builder.h"
#include "city/incident_wiring.h"
#include "city/layers_writer.h"
#include "city/logistics_wiring.h"
#include "city/results_writer.h"
#include "city/toll_wiring.h"
#include "coupling/lost_backhaul_degrades_toll_lanes.h"
#include "coupling/network_delay_slows_toll_replies.h"
#include "coupling/passages_load_the_network.h"
#include "coupling/vehicles_load_cells.h"
#include "coupling/vehicles_pass_gantries.h"
#include "coupling/vehicles_pay_at_plazas.h"
#include "logistics/hub_travel.h"
#include "logistics/logistics_section.h"
#include "logistics/logistics_summary.h"
#include "results/slot_bins.h"
#include "scenario/core_sections.h"
#include "telecom/site_specs.h"
#include "telecom/telecom_section.h"
#include "telecom/telecom_summary.h"
#include "telecom/telecom_system.h"
#include "tolling/tolling_ledger_sink.h"
#include "tolling/tolling_report.h"
#include "tolling/tolling_section.h"
#include "tolling/tolling_system.h"
#include "traffic/gridlock.h"
#include "traffic/traffic_indicators.h"
#include "traffic/traffic_section.h"
#include "traffic/traffic_system.h"

namespace jiahe::city {
namespace {

constexpr std::size_t kPassagesPerVehicle = 24;  // bound of the ledger's rows

template <class Kind>
std::uint8_t own(Kind kind) {
    return static_cast<std::uint8_t>(kind);
}

}  // namespace

struct Assembly::Impl {
    Impl(const scenario::Scenario& scenario, const AssemblyOptions& options);

    void read_toll_sites(const scenario::Scenario& scenario);
    void build_traffic();
    void build_tolling();
    void build_telecom(const scenario::Scenario& scenario);
    void build_logistics(const scenario::Scenario& scenario, int threads);
    void connect();
    std::int64_t fleet_size() const;

    scenario::RunWindow window;
    scenario::FaultList faults;
    traffic::TrafficConfig traffic_config;
    BuiltCity built;
    kernel::Simulator simulator;

    std::unique_ptr<traffic::TrafficNetwork> traffic_network;
    std::unique_ptr<traffic::TrafficSystem> traffic;
    std::unique_ptr<results::SlotBins> link_bins;

    tolling::TollingConfig tolling_config;
    tolling::TollSites toll_sites;
    std::unique_ptr<tolling::TollingSystem> tolling;
    std::unique_ptr<tolling::TollingLedgerSink> ledger;

    std::unique_ptr<telecom::TelecomNetwork> network;
    std::unique_ptr<telecom::TelecomSystem> telecom;

    std::unique_ptr<coupling::VehiclesPayAtPlazas> pay_at_plazas;
    std::unique_ptr<coupling::VehiclesPassGantries> pass_gantries;
    std::unique_ptr<coupling::PassagesLoadTheNetwork> passages_load;
    std::unique_ptr<coupling::LostBackhaulDegradesTollLanes> lost_backhaul;
    std::unique_ptr<coupling::NetworkDelaySlowsTollReplies> toll_replies;
    std::unique_ptr<coupling::VehiclesLoadCells> vehicles_load;
    std::unique_ptr<IncidentWiring> incidents;

    logistics::ParcelOrders orders;
    std::vector<TravelMatrix> hub_travel;
    std::unique_ptr<logistics::LogisticsSystem> logistics;
    std::unique_ptr<LogisticsWiring> logistics_wiring;
};

Assembly::Impl::Impl(const scenario::Scenario& scenario, const AssemblyOptions& options)
    : window(scenario::read_window(scenario)),
      traffic_config(traffic::read_traffic(scenario["traffic"], faults)),
      simulator({window.seed, options.threads, options.partitions, options.parallel_events_min}) {
    faults.throw_if_any();
    built = build_city(scenario, traffic_config);
    read_toll_sites(scenario);
    build_traffic();
    build_tolling();
    build_telecom(scenario);
    build_logistics(scenario, options.threads);
    faults.throw_if_any();
    connect();
    incidents = std::make_unique<IncidentWiring>(scenario, faults, *built.city, *traffic, *tolling,
                                                 *telecom, simulator);
    simulator.build();
    tolling->bind_path_delay_s(toll_replies->path_delay_s());
    built.notes.push_back(fmt::format(
        "kernel: {} partitions, least lookahead between them {:.3f} s", simulator.partition_count(),
        simulator.smallest_lookahead() < kNever ? simulator.smallest_lookahead().seconds() : 0.0));
}

std::int64_t Assembly::Impl::fleet_size() const {
    std::int64_t vans = 0;
    for (const HubSite& hub : built.city->sites().hubs)
        vans += hub.vans;
    return vans;
}

void Assembly::Impl::build_traffic() {
    const City& city = *built.city;
    for (std::size_t p = 0; p < city.plaza_link.size(); ++p) {
        traffic_config.network.gates.push_back({city.plaza_link[p], toll_sites.plazas[p].apron});
    }
    traffic_config.network.detectors = city.gantry_link;
    traffic_config.options.fleet_size = static_cast<std::uint32_t>(fleet_size());
    traffic_network =
        std::make_unique<traffic::TrafficNetwork>(city.graph(), traffic_config.network);
    if (traffic_network->limited_capacity_count > 0) {
        built.notes.push_back(
            fmt::format("traffic: capacity of {} links lowered so that backward "
                        "waves stay at or below {:.0f} km/h",
                        traffic_network->limited_capacity_count,
                        traffic_config.network.wave_speed_max_mps * 3.6));
    }
    traffic = std::make_unique<traffic::TrafficSystem>(*traffic_network, built.trips,
                                                       traffic_config.options);
    simulator.add_system(*traffic);
    link_bins = std::make_unique<results::SlotBins>(simulator.store(), "results.link_bins",
                                                    city.graph().link_count(),
                                                    traffic_config.bin_width, window.duration);
    simulator.add_listener(traffic->id(), own(traffic::RecordKind::kVehicleLeftLink), *link_bins);
}

void Assembly::Impl::read_toll_sites(const scenario::Scenario& scenario) {
    tolling_config = tolling::read_tolling(scenario["tolling"], faults);
    toll_sites = tolling::toll_sites_of(built.city->sites(), tolling_config, faults);
    faults.throw_if_any();
}

void Assembly::Impl::build_tolling() {
    tolling_config.options.vehicle_count = traffic->vehicle_count();
    tolling_config.options.horizon = window.duration;
    tolling_config.options.start_of_day = window.start;
    tolling = std::make_unique<tolling::TollingSystem>(toll_sites, tolling_config.options);
    simulator.add_system(*tolling);
    ledger = std::make_unique<tolling::TollingLedgerSink>(
        simulator.store(), std::size_t{traffic->vehicle_count()} * kPassagesPerVehicle + 1024);
    simulator.add_sink(tolling->id(), own(tolling::RecordKind::kTollCharged), *ledger);
}

void Assembly::Impl::build_telecom(const scenario::Scenario& scenario) {
    telecom::TelecomConfig config = telecom::read_telecom(scenario["telecom"], faults);
    faults.throw_if_any();
    config.options.start_of_day = window.start;
    config.options.duration = window.duration;
    network =
        std::make_unique<telecom::TelecomNetwork>(telecom::site_specs(*built.city), config.network);
    telecom = std::make_unique<telecom::TelecomSystem>(*network, config.options);
    simulator.add_system(*telecom);
}

void Assembly::Impl::build_logistics(const scenario::Scenario& scenario, int threads) {
    auto options = logistics::read_logistics(scenario["logistics"], window.seed, faults);
    faults.throw_if_any();
    orders = logistics::draw_orders(*built.city, options.orders);
    hub_travel = logistics::travel_of_hubs(
        *built.city, orders, traffic_config.network.classes[traffic::kVanClass].speed_max_mps,
        threads);
    logistics =
        std::make_unique<logistics::LogisticsSystem>(*built.city, orders, hub_travel, options);
    simulator.add_system(*logistics);
    built.notes.push_back(
        fmt::format("logistics: {} parcels, {} vans", orders.size(), fleet_size()));
}

void Assembly::Impl::connect() {
    const City& city = *built.city;
    pay_at_plazas =
        std::make_unique<coupling::VehiclesPayAtPlazas>(plaza_options(city, *traffic, *tolling));
    pay_at_plazas->connect(simulator);
    pass_gantries = std::make_unique<coupling::VehiclesPassGantries>(
        gantry_options(city, *traffic, *tolling), city.graph().link_count());
    pass_gantries->connect(simulator);

    const std::vector<std::uint32_t> toll_site = toll_network_sites(*network, city);
    const std::vector<kernel::EntityId> toll_site_owner = owners_of_sites(*telecom, toll_site);
    passages_load = std::make_unique<coupling::PassagesLoadTheNetwork>(
        coupling::PassagesLoadTheNetwork::Options{tolling->id(), telecom->id(), toll_site,
                                                  toll_site_owner});
    passages_load->connect(simulator);
    coupling::LostBackhaulDegradesTollLanes::Options lost;
    lost.telecom = telecom->id();
    lost.tolling = tolling->id();
    lost.plaza_count = tolling->plaza_count();
    lost.site = toll_site;
    lost.site_owner = toll_site_owner;
    lost.site_count = network->site_count();
    lost_backhaul = std::make_unique<coupling::LostBackhaulDegradesTollLanes>(std::move(lost));
    lost_backhaul->connect(simulator);
    toll_replies = std::make_unique<coupling::NetworkDelaySlowsTollReplies>(
        tolling->plaza_count(),
        [this, toll_site](std::uint32_t plaza) { return telecom->reply_time_s(toll_site[plaza]); });
    simulator.add_system(*toll_replies);

    const std::vector<std::uint32_t> cell_site = telecom::cell_sites(*network, city);
    std::vector<std::uint32_t> link_site;
    for (const std::uint32_t cell : city.link_cell)
        link_site.push_back(cell_site[cell]);
    logistics_wiring = std::make_unique<LogisticsWiring>(city, *logistics, *traffic, *tolling,
                                                         *telecom, link_site, simulator);
    vehicles_load = std::make_unique<coupling::VehiclesLoadCells>(std::move(link_site));
    telecom->bind_vehicle_count([this](std::span<std::int64_t> by_cell) {
        vehicles_load->count(traffic->link_vehicle_count(), by_cell);
    });
}

Assembly::Assembly(const scenario::Scenario& scenario, const AssemblyOptions& options)
    : impl_(std::make_unique<Impl>(scenario, options)) {}
Assembly::~Assembly() = default;

kernel::Simulator& Assembly::simulator() {
    return impl_->simulator;
}
SimTime Assembly::start() const {
    return impl_->window.start;
}
SimTime Assembly::duration() const {
    return impl_->window.duration;
}
const std::vector<std::string>& Assembly::notes() const {
    return impl_->built.notes;
}
std::string Assembly::attribution() const {
    return impl_->built.city->graph().attribution;
}

std::size_t Assembly::memory_forecast_bytes() const {
    // State, and about as much again for the city, routes and results.
    return impl_->simulator.bytes_in_use() + std::size_t{impl_->traffic->trip_count()} * 700 +
           impl_->built.city->graph().link_count() * 1200;
}

void Assembly::fill(Progress& progress) const {
    std::uint64_t crossings = 0;
    std::int64_t under_way = 0;
    const auto exits = impl_->traffic->link_exits();
    const auto entries = impl_->traffic->link_entries();
    for (std::size_t l = 0; l < exits.size(); ++l) {
        crossings += exits[l].left_count;
        under_way += std::int64_t{entries[l].entered_count} - exits[l].left_count;
    }
    progress.crossings = crossings;
    progress.vehicles_under_way = under_way;
    std::int64_t on_vans = 0;
    for (const auto& parcel : impl_->logistics->parcels()) {
        on_vans +=
            parcel.status == static_cast<std::uint8_t>(logistics::ParcelStatus::kOnVan) ? 1 : 0;
    }
    progress.parcels_under_way = on_vans;
}

std::vector<StragglerRow> Assembly::stragglers() const {
    const auto gridlock = traffic::find_gridlock(*impl_->traffic);
    std::vector<StragglerRow> rows;
    for (const auto& s : traffic::find_stragglers(*impl_->traffic, gridlock)) {
        StragglerRow row;
        row.trip = impl_->built.trip_external_id[s.vehicle.index()];
        if (s.link.valid()) {
            row.link =
                fmt::format("{}", impl_->built.city->graph().link_external_id[s.link.index()]);
        }
        row.cause = s.cause;
        rows.push_back(std::move(row));
    }
    return rows;
}

namespace {

void add_traffic(const traffic::TrafficSystem& traffic, results::Indicators& out) {
    const traffic::TrafficSummary s = traffic::summarise(traffic);
    const auto gridlock = traffic::find_gridlock(traffic);
    const auto number = [](std::int64_t n) { return static_cast<double>(n); };
    out.kpi("traffic.trips_planned", "1", number(s.planned), "vehicle trips planned");
    out.kpi("traffic.trips_arrived", "1", number(s.arrived), "vehicle trips that arrived");
    out.kpi("traffic.arrived_share", "1", s.planned > 0 ? number(s.arrived) / number(s.planned) : 1,
            "share of trips that arrived");
    out.kpi("traffic.mean_travel_time", "s", s.mean_travel_time_s, "departure to arrival");
    out.kpi("traffic.p95_travel_time", "s", s.p95_travel_time_s, "95th percentile");
    out.kpi("traffic.mean_delay", "s", s.mean_delay_s,
            "travel time beyond free flow, waits at origin and plazas included");
    out.kpi("traffic.mean_wait_to_enter", "s", s.mean_wait_to_enter_s, "departure to first link");
    out.kpi("traffic.mean_distance", "km", s.mean_distance_m * 1e-3, "distance of arrived trips");
    out.kpi("traffic.vehicle_km", "km", s.vehicle_km, "vehicle kilometres");
    out.kpi("traffic.link_crossings", "1", number(s.link_crossings), "links left by a vehicle");
    out.kpi("traffic.reroutes", "1", number(s.reroutes), "routes changed under way");
    out.kpi("traffic.gridlocked_links", "1", static_cast<double>(gridlock.links.size()),
            "full links in knots at the end");
    out.kpi("traffic.gridlocked_vehicles", "1", static_cast<double>(gridlock.vehicle_count),
            "vehicles in knots at the end");
    out.audit("traffic.trips",
              "planned = arrived + on the road + at origin + in a plaza + no route + not departed",
              s.planned,
              s.arrived + s.on_road + s.at_origin + s.in_gate + s.no_route + s.not_departed);
    out.audit("traffic.links", "vehicles entered - left = vehicles between the ends of links",
              s.entered_minus_left, s.on_road + s.fleet_on_links);
    out.audit("traffic.storage", "links over their storage = 0", s.storage_holds ? 0 : 1, 0);
}

void add_tolling(const tolling::TollingSystem& tolling, const tolling::TollingLedgerSink& ledger,
                 SimTime now, results::Indicators& out) {
    const tolling::TollingKpis k = tolling::tolling_kpis(tolling, std::max(now, kTick));
    out.kpi("tolling.passages", "1", static_cast<double>(k.passage_count),
            "plaza and gantry passages");
    out.kpi("tolling.etc_share", "1", k.etc_share, "share of passages paid by on-board unit");
    out.kpi("tolling.revenue", "fen", static_cast<double>(k.revenue_total.value),
            "fees less discounts");
    out.kpi("tolling.mean_plaza_delay", "s", k.delay_mean_s, "entry to leaving a plaza");
    out.kpi("tolling.mean_plaza_wait", "s", k.wait_mean_s, "entry to own service");
    out.kpi("tolling.degraded_time", "min", k.degraded_plaza_min,
            "plaza minutes served by hand only");
    out.kpi("tolling.backlog_records", "1", static_cast<double>(k.backlog_records),
            "records not yet sent");
    std::uint64_t entered = 0, left = 0, inside = 0;
    for (const auto& p : k.plazas) {
        entered += p.entered;
        left += p.left;
        inside += p.inside;
    }
    out.audit("tolling.vehicles", "entered plazas = left + inside",
              static_cast<std::int64_t>(entered), static_cast<std::int64_t>(left + inside));
    std::int64_t rows = 0, paid = 0;
    for (const auto& row : ledger.rows())
        rows += row.missed() ? 0 : row.paid_fen();
    for (const auto& account : tolling.accounts())
        paid += account.paid_fen;
    out.audit("tolling.fen", "fen paid by vehicles = fen in the ledger's rows", paid, rows);
    out.audit("tolling.laws", "broken laws of the ledger = 0",
              static_cast<std::int64_t>(tolling::audit_tolling(tolling, ledger.rows()).size()), 0);
}

}  // namespace

namespace {

void add_telecom(const telecom::TelecomSystem& telecom, SimTime now, results::Indicators& out) {
    const telecom::TelecomSummary s = telecom::summarise(telecom, now);
    constexpr double kGigabyte = 1e9;
    out.kpi("telecom.offered", "GB", static_cast<double>(s.offered_bytes) / kGigabyte,
            "bytes offered");
    out.kpi("telecom.delivered", "GB", static_cast<double>(s.delivered_bytes) / kGigabyte,
            "bytes delivered");
    out.kpi("telecom.unserved_share", "1", s.unserved_share,
            "dropped or still queued of those offered");
    out.kpi("telecom.outage", "min", s.outage_minutes,
            "site minutes without a way to the data centre");
    out.kpi("telecom.contacts_lost", "1", static_cast<double>(s.contacts_lost),
            "losses of contact told");
    out.kpi("telecom.busiest_cell_load", "1", s.busiest_cell_load, "share of airtime, last epoch");
    for (std::size_t c = 0; c < telecom::kMessageClassCount; ++c) {
        const std::string name(telecom::service_class_name(static_cast<telecom::ServiceClass>(c)));
        out.kpi("telecom." + name + ".mean_latency", "s", s.service[c].mean_latency_s,
                "of delivered messages");
        out.kpi("telecom." + name + ".p99_latency", "s", s.service[c].p99_latency_s,
                "of delivered messages");
        out.kpi("telecom." + name + ".lost_share", "1", s.service[c].lost_share,
                "bytes dropped of those offered");
    }
    for (const auto& line : telecom::audit(s))
        out.audit("telecom." + line.name, line.claim, line.left, line.right);
}

void add_logistics(const logistics::LogisticsSystem& logistics,
                   const tolling::TollingLedgerSink& ledger, std::uint32_t first_fleet_vehicle,
                   SimTime now, results::Indicators& out) {
    const logistics::LogisticsSummary s = logistics::summarise(logistics, now);
    const auto number = [](std::int64_t n) { return static_cast<double>(n); };
    const auto share = [&](std::int64_t a, std::int64_t b) {
        return b > 0 ? number(a) / number(b) : 1.0;
    };
    out.kpi("logistics.parcels", "1", number(s.parcels), "parcels of the run");
    out.kpi("logistics.delivered", "1", number(s.delivered), "parcels delivered");
    out.kpi("logistics.on_time_share", "1", share(s.on_time, s.due),
            "delivered by their promise, of those due");
    out.kpi("logistics.late", "1", number(s.late), "due and not delivered in time");
    out.kpi("logistics.first_attempt_success", "1",
            share(s.first_attempts - s.first_failures, s.first_attempts),
            "first attempts that succeeded");
    out.kpi("logistics.tours", "1", number(s.tours), "tours driven");
    out.kpi("logistics.parcels_per_van_hour", "1/h", s.parcels_per_van_hour,
            "delivered per hour out of the hub");
    out.kpi("logistics.van_hours", "h", s.van_hours, "hours out of the hub, to the end of the run");
    out.kpi("logistics.tolls", "fen", number(s.toll_fen), "tolls booked on tours");
    out.kpi("logistics.scans", "1", number(s.scans), "scans made");
    out.kpi("logistics.dispatches_put_off", "1", number(s.dispatches_put_off),
            "dispatches put off without contact");
    out.audit("logistics.parcels", "parcels = expected + in hub + on vans + delivered + returned",
              s.parcels, s.expected + s.in_hub + s.on_van + s.delivered + s.returned);
    // A booking is under way for one second: entries of the last instants may be on their way.
    std::int64_t charged = 0;
    for (const auto& row : ledger.rows()) {
        const bool arrived = row.time_us + logistics::kNoticeDelay.us < now.us;
        if (row.vehicle >= first_fleet_vehicle && !row.missed() && arrived)
            charged += row.paid_fen();
    }
    out.audit("logistics.tolls", "fen charged to vans = fen booked on tours", charged, s.toll_fen);
}

}  // namespace

results::Indicators Assembly::indicators() const {
    results::Indicators out;
    add_traffic(*impl_->traffic, out);
    add_tolling(*impl_->tolling, *impl_->ledger, impl_->simulator.now(), out);
    add_telecom(*impl_->telecom, impl_->simulator.now(), out);
    add_logistics(*impl_->logistics, *impl_->ledger, impl_->traffic->trip_count(),
                  impl_->simulator.now(), out);
    return out;
}

void Assembly::write_results(results::ResultsFile& file) const {
    file.attribute("/", "title", impl_->window.name);
    file.attribute("/", "Conventions", "CF-1.8");
    write_traffic(file, *impl_->built.city, *impl_->traffic, *impl_->link_bins, impl_->window.start,
                  impl_->built.trip_external_id);
    write_tolling(file, *impl_->built.city, *impl_->tolling, *impl_->ledger, impl_->window.start);
    write_telecom(file, *impl_->built.city, *impl_->telecom);
    write_logistics(file, *impl_->built.city, *impl_->logistics, impl_->window.start);
}

void Assembly::write_layers(const std::string& path) const {
    write_layers_gpkg(path, *impl_->built.city, *impl_->link_bins, *impl_->tolling,
                      impl_->window.start, impl_->window.date);
}

}  // namespace jiahe::city
