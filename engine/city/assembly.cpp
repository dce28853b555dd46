#include "city/assembly.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/check.h"
#include "base/error.h"
#include "city/city_builder.h"
#include "city/city_indicators.h"
#include "city/incident_wiring.h"
#include "city/layers_writer.h"
#include "city/logistics_wiring.h"
#include "city/results_writer.h"
#include "city/system_registry.h"
#include "city/toll_wiring.h"
#include "coupling/lost_backhaul_degrades_toll_lanes.h"
#include "coupling/network_delay_slows_toll_replies.h"
#include "coupling/passages_load_the_network.h"
#include "coupling/tolls_are_settled_over_the_network.h"
#include "coupling/vehicles_load_cells.h"
#include "coupling/vehicles_pass_gantries.h"
#include "coupling/vehicles_pay_at_plazas.h"
#include "logistics/hub_travel.h"
#include "logistics/logistics_section.h"
#include "results/slot_bins.h"
#include "scenario/core_sections.h"
#include "scenario/unit.h"
#include "telecom/site_specs.h"
#include "telecom/telecom_section.h"
#include "telecom/telecom_system.h"
#include "tolling/tolling_ledger_sink.h"
#include "tolling/tolling_section.h"
#include "tolling/tolling_system.h"
#include "traffic/gridlock.h"
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
    void add_registered(const scenario::Scenario& scenario);
    ResultsClock clock() const;
    std::int64_t fleet_size() const;

    scenario::RunWindow window;
    scenario::OutputOptions output;
    std::vector<scenario::TimedEvent> events;
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
    std::unique_ptr<coupling::TollsAreSettledOverTheNetwork> settlements;
    std::unique_ptr<coupling::LostBackhaulDegradesTollLanes> lost_backhaul;
    std::unique_ptr<coupling::NetworkDelaySlowsTollReplies> toll_replies;
    std::unique_ptr<coupling::VehiclesLoadCells> vehicles_load;
    std::unique_ptr<IncidentWiring> incidents;

    logistics::ParcelOrders orders;
    std::vector<TravelMatrix> hub_travel;
    std::unique_ptr<logistics::LogisticsSystem> logistics;
    std::unique_ptr<LogisticsWiring> logistics_wiring;

    std::vector<AddedSystem> added;  // of the registry, in its order
};

Assembly::Impl::Impl(const scenario::Scenario& scenario, const AssemblyOptions& options)
    : window(scenario::read_window(scenario)),
      output(scenario::read_output(scenario)),
      traffic_config(traffic::read_traffic(scenario["traffic"], faults)),
      simulator({.seed = window.seed,
                 .threads = options.threads,
                 .partitions = options.partitions,
                 .parallel_events_min = options.parallel_events_min,
                 .queue = options.queue,
                 .checks = options.checks}) {
    faults.throw_if_any();
    events = scenario::read_events(scenario);
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
    add_registered(scenario);
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
                                                    city.graph().link_count(), output.bin_width,
                                                    window.duration);
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
    tolling_config.options.bin = output.bin_width;
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
    config.options.result_bin = output.bin_width;
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
    settlements = std::make_unique<coupling::TollsAreSettledOverTheNetwork>(
        coupling::TollsAreSettledOverTheNetwork::Options{tolling->id(), telecom->id(),
                                                         telecom->options().transaction_bytes,
                                                         toll_site, toll_site_owner});
    settlements->connect(simulator);
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

void Assembly::Impl::add_registered(const scenario::Scenario& scenario) {
    for (const SystemModule& module : system_registry()) {
        if (module.make == nullptr || !scenario.root().has(module.name)) continue;
        AddedSystem made = module.make(scenario, *built.city, faults);
        faults.throw_if_any();
        JIAHE_CHECK(made.system != nullptr,
                    fmt::format("{}: neither system nor fault", module.name));
        simulator.add_system(*made.system);
        built.notes.push_back(
            fmt::format("{}: {} owners", module.name, made.system->owner_count()));
        added.push_back(std::move(made));
    }
}

Assembly::Assembly(const scenario::Scenario& scenario, const AssemblyOptions& options)
    : impl_(std::make_unique<Impl>(scenario, options)) {}
Assembly::~Assembly() = default;

kernel::Simulator& Assembly::simulator() {
    return impl_->simulator;
}
const kernel::Simulator& Assembly::simulator() const {
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

const scenario::OutputOptions& Assembly::output() const {
    return impl_->output;
}

Forecast Assembly::forecast(int threads) const {
    const Impl& m = *impl_;
    return forecast_run({m.built.city->graph(), m.built.trips, m.simulator.bytes_in_use(),
                         m.telecom->rows().fluid.size(),
                         m.window.duration.us / m.telecom->options().sharing_period.us,
                         m.link_bins->grid().bins, threads});
}

UnderWay Assembly::under_way() const {
    UnderWay counts;
    const auto exits = impl_->traffic->link_exits();
    const auto entries = impl_->traffic->link_entries();
    for (std::size_t l = 0; l < exits.size(); ++l) {
        counts.crossings += exits[l].left_count;
        counts.vehicles += std::int64_t{entries[l].entered_count} - exits[l].left_count;
    }
    for (const auto& parcel : impl_->logistics->parcels()) {
        const auto status = static_cast<logistics::ParcelStatus>(parcel.status);
        counts.parcels += status == logistics::ParcelStatus::kOnVan ? 1 : 0;
    }
    counts.flows = impl_->telecom->flows_under_way();
    return counts;
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

results::Indicators Assembly::indicators() const {
    const Impl& m = *impl_;
    const SimTime now = m.simulator.now();
    auto all = city_indicators({*m.traffic, *m.tolling, *m.ledger, *m.telecom, *m.logistics}, now);
    for (const AddedSystem& each : m.added)
        each.report(now, all);
    return all;
}

ResultsClock Assembly::Impl::clock() const {
    return {window.start, simulator.now(), window.duration};
}

void Assembly::write_results(results::ResultsFile& file,
                             const results::Indicators& indicators) const {
    const Impl& m = *impl_;
    const ResultsClock clock = m.clock();
    file.attribute("/", "title", m.window.name);
    file.attribute("/", "reached", scenario::format_time_of_day((m.window.start + clock.now).us));
    write_links(file, *m.built.city, link_bins_so_far(*m.traffic, *m.link_bins, clock.now),
                m.link_bins->grid(), clock);
    if (m.output.trips) write_trips(file, *m.traffic, clock, m.built.trip_external_id);
    write_plazas(file, *m.built.city, *m.tolling, clock);
    if (m.output.passages) write_ledger(file, *m.ledger, clock);
    write_hubs(file, *m.built.city, *m.logistics, m.output.bin_width, clock);
    if (m.output.parcels) write_parcels(file, *m.logistics, clock);
    write_telecom(file, *m.built.city, *m.telecom, clock);
    write_resilience(file, m.events, *m.telecom, clock);
    for (const AddedSystem& each : m.added)
        each.write(clock.now, file);
    write_kpis(file, indicators.kpis);
}

void Assembly::write_layers(const std::string& path) const {
    const Impl& m = *impl_;
    const auto rows = link_bins_so_far(*m.traffic, *m.link_bins, m.simulator.now());
    write_layers_gpkg(path, {*m.built.city, rows, m.link_bins->grid(), *m.tolling, *m.logistics,
                             *m.telecom, m.clock(), m.window.date});
}

}  // namespace jiahe::city
