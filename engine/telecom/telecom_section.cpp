#include "telecom/telecom_section.h"

#include <cmath>

namespace jiahe::telecom {
namespace {

void declare_link(scenario::Setting& links, const char* key, const char* help, const char* up,
                  const char* down) {
    auto& link = links.section(key, help);
    link.rate("up", "Capacity towards the data centre.")
        .range("1 kbit/s", "100 Tbit/s")
        .by_default(up)
        .source("A");
    link.rate("down", "Capacity towards the site.")
        .range("1 kbit/s", "100 Tbit/s")
        .by_default(down)
        .source("A");
}

void declare_network(scenario::Setting& telecom) {
    auto& network = telecom.section("network", "The backhaul tree, generated over the sites.");
    network.integer("cells_per_aggregation", "Cells behind one aggregation node, at most.")
        .range("1", "1000")
        .by_default("20")
        .source("A");
    network.integer("aggregations_per_metro", "Aggregation nodes behind one metro node, at most.")
        .range("1", "1000")
        .by_default("10")
        .source("A");
    network.integer("data_centres", "Data centres; metro m uses number m mod this.")
        .range("1", "16")
        .by_default("1");
    network.fraction("usable_share", "Share of a link's capacity left for payload.")
        .range("50 %", "100 %")
        .by_default("97 %")
        .source("C SimGrid LV08");
    network.duration("radio_latency", "One way over the air.")
        .range("0 s", "1 s")
        .by_default("10 ms")
        .source("A");
    network.duration("equipment_latency", "One way through one node.")
        .range("0 s", "1 s")
        .by_default("500 us")
        .source("A");
    auto& links = network.section("links", "Capacities of links, both ways.");
    declare_link(links, "cell", "Backhaul of a radio cell.", "1 Gbit/s", "1 Gbit/s");
    declare_link(links, "plaza", "Access link of a toll plaza.", "100 Mbit/s", "100 Mbit/s");
    declare_link(links, "gantry", "Access link of a gantry.", "20 Mbit/s", "20 Mbit/s");
    declare_link(links, "hub", "Access link of a parcel hub.", "1 Gbit/s", "1 Gbit/s");
    declare_link(links, "aggregation", "Aggregation node to metro node.", "10 Gbit/s", "10 Gbit/s");
    declare_link(links, "metro", "Metro node to data centre.", "100 Gbit/s", "100 Gbit/s");
    declare_link(links, "data_centre", "Entry of a data centre.", "400 Gbit/s", "400 Gbit/s");
}

void declare_radio(scenario::Setting& telecom) {
    auto& radio = telecom.section("radio", "Radio cells.");
    radio
        .choice("environment", "Path loss of TR 38.901: UMa or UMi.",
                {"urban_macro", "urban_micro"})
        .by_default("urban_macro");
    radio.quantity("frequency", "Carrier frequency.", scenario::Dimension::kFrequency)
        .range("0.5 GHz", "6 GHz")
        .by_default("2.6 GHz")
        .unit("GHz")
        .source("A");
    radio.quantity("bandwidth", "Bandwidth of a sector.", scenario::Dimension::kFrequency)
        .range("1.4 MHz", "400 MHz")
        .by_default("100 MHz")
        .unit("MHz")
        .source("A");
    radio.fraction("down_share", "Share of time that goes down (TDD 3:1).")
        .range("5 %", "95 %")
        .by_default("75 %")
        .source("A");
    radio.integer("sectors", "Sectors of a base station.").range("1", "12").by_default("3");
    radio.integer("layers", "Spatial layers.").range("1", "8").by_default("2").source("A");
    auto& budget = radio.section("budget", "What stations and terminals radiate; dBm and dB.");
    const auto decibel = [&](const char* key, const char* help, const char* value) {
        budget.number(key, help).range("-50", "100").by_default(value).source("A");
    };
    decibel("station_power", "Power of a sector, dBm.", "46");
    decibel("station_gain", "Gain of its antenna, dB.", "16");
    decibel("terminal_power", "Power of a terminal, dBm.", "23");
    decibel("terminal_noise_figure", "Noise figure of a terminal, dB.", "9");
    decibel("station_noise_figure", "Noise figure of a station, dB.", "5");
    decibel("uplink_rise_over_noise", "Interference of other cells' terminals over noise, dB.",
            "6");
}

void declare_sources(scenario::Setting& telecom) {
    auto& sources = telecom.section("sources", "Who sends how much.");
    sources.rate("camera", "Video of one camera.")
        .range("10 kbit/s", "100 Mbit/s")
        .by_default("4 Mbit/s")
        .source("A");
    sources.bytes("citizen_hour", "Data of one person in a mean hour.")
        .range("0 B", "100 GB")
        .by_default("25 MB")
        .source("A");
    sources.fraction("citizen_up", "Share of it that goes up.").by_default("15 %").source("A");
    sources.fraction("citizen_active", "Share of people who share a link at one time.")
        .by_default("10 %")
        .source("A");
    sources.fraction("probe_share", "Share of vehicles in traffic that report positions.")
        .by_default("100 %")
        .source("A");
    sources.bytes("probe", "One position report with its reply.")
        .range("1 B", "1 MB")
        .by_default("200 B")
        .source("C JT/T 808 example");
    sources.duration("probe_every", "Time between a vehicle's reports.")
        .range("1 s", "1 h")
        .by_default("10 s")
        .source("A");
    sources.bytes("heartbeat", "One heartbeat of a site.").range("0 B", "1 MB").by_default("200 B");
    sources.duration("heartbeat_every", "Time between heartbeats.")
        .range("1 s", "24 h")
        .by_default("60 s")
        .source("A");
    sources.bytes("transaction", "Settlement of one toll with the back office.")
        .range("1 B", "10 kB")
        .by_default("1 kB")
        .source("A");
    sources.bytes("acknowledgement", "Answer to a transaction or scan.")
        .range("0 B", "1 MB")
        .by_default("200 B")
        .source("A");
    sources.file("profiles",
                 "Daily shapes: hour,residential,office,transport,entertainment (CSV); by default "
                 "smooth shapes with published peaks and sums.");
}

void declare_servers(scenario::Setting& telecom) {
    auto& servers = telecom.section("servers", "What a data centre does with a request.");
    servers
        .choice("model", "unbounded: overload makes requests wait; limited: M/M/c/K refuses them.",
                {"unbounded", "limited"})
        .by_default("unbounded");
    servers.integer("cores", "Cores of a data centre for these services.")
        .range("1", "100000")
        .by_default("64")
        .source("A");
    servers.integer("places", "Requests at most, waiting or served (limited).")
        .range("1", "1000000")
        .by_default("4096")
        .source("A");
    servers.duration("service_time", "Mean time of one core for a request.")
        .range("10 us", "60 s")
        .by_default("5 ms")
        .source("A");
}

LinkRate read_link(const scenario::Value& link) {
    return {link["up"].rate_bps(), link["down"].rate_bps()};
}

NetworkOptions read_network(const scenario::Value& network) {
    NetworkOptions options;
    options.cells_per_aggregation =
        static_cast<std::size_t>(network["cells_per_aggregation"].integer());
    options.aggregations_per_metro =
        static_cast<std::size_t>(network["aggregations_per_metro"].integer());
    options.data_centre_count = static_cast<std::size_t>(network["data_centres"].integer());
    options.usable_share = network["usable_share"].fraction();
    options.radio_latency_s = network["radio_latency"].duration().seconds();
    options.equipment_latency_s = network["equipment_latency"].duration().seconds();
    const scenario::Value links = network["links"];
    options.access = {read_link(links["cell"]), read_link(links["plaza"]),
                      read_link(links["gantry"]), read_link(links["hub"])};
    options.aggregation = read_link(links["aggregation"]);
    options.metro = read_link(links["metro"]);
    options.entry = read_link(links["data_centre"]);
    return options;
}

void read_sources(const scenario::Value& sources, TelecomOptions& options) {
    options.camera_bps = std::llround(sources["camera"].rate_bps());
    options.citizen_bytes_per_hour = sources["citizen_hour"].bytes();
    options.citizen_up_share = sources["citizen_up"].fraction();
    options.citizen_active_share = sources["citizen_active"].fraction();
    options.probe_share = sources["probe_share"].fraction();
    options.probe_bytes = sources["probe"].bytes();
    options.probe_period = sources["probe_every"].duration();
    options.heartbeat_bytes = sources["heartbeat"].bytes();
    options.heartbeat_period = sources["heartbeat_every"].duration();
    options.transaction_bytes = sources["transaction"].bytes();
    options.ack_bytes = sources["acknowledgement"].bytes();
    if (sources.has("profiles")) options.profiles = load_profiles(sources["profiles"].file());
}

RadioOptions read_radio(const scenario::Value& radio) {
    RadioOptions options;
    options.environment = radio["environment"].choice<RadioEnvironment>();
    options.frequency_ghz = radio["frequency"].frequency_per_s() / 1e9;
    options.bandwidth_hz = radio["bandwidth"].frequency_per_s();
    options.down_share = radio["down_share"].fraction();
    options.sectors = static_cast<int>(radio["sectors"].integer());
    options.layers = static_cast<int>(radio["layers"].integer());
    const scenario::Value budget = radio["budget"];
    options.budget = {
        budget["station_power"].number(),        budget["station_gain"].number(),
        budget["terminal_power"].number(),       budget["terminal_noise_figure"].number(),
        budget["station_noise_figure"].number(), budget["uplink_rise_over_noise"].number()};
    return options;
}

}  // namespace

void declare_telecom(scenario::Schema& schema) {
    auto& telecom = schema.section("telecom", "Communication network and its load.");
    declare_network(telecom);
    declare_radio(telecom);
    declare_sources(telecom);
    declare_servers(telecom);
    telecom.duration("sharing_epoch", "Time between sharings of the links; must divide one hour.")
        .range("2 s", "10 min")
        .by_default("10 s");
    telecom.duration("radio_epoch", "Time between updates of interference; a multiple of it.")
        .range("2 s", "1 h")
        .by_default("60 s");
    telecom.choice("start_up", "Start-up delay of a transfer.", {"none", "lv08", "iw10"})
        .by_default("lv08");
    telecom.bytes("store", "What a site can store of one class while out of contact.")
        .range("0 B", "100000 GB")
        .by_default("64 GB")
        .source("A");
    telecom.duration("contact_timeout", "Silence after which a site counts as lost.")
        .range("1 s", "1 h")
        .by_default("10 s")
        .source("A");
    telecom.duration("contact_return", "Time from the link's return until contact is used again.")
        .range("1 s", "1 h")
        .by_default("3 s")
        .source("A");
}

TelecomConfig read_telecom(const scenario::Value& telecom, scenario::FaultList& faults) {
    TelecomConfig config;
    config.network = read_network(telecom["network"]);
    TelecomOptions& options = config.options;
    options.radio = read_radio(telecom["radio"]);
    try {
        read_sources(telecom["sources"], options);
    } catch (const InputError& error) {
        for (const InputFault& fault : error.faults())
            faults.add(fault);
    }
    const scenario::Value servers = telecom["servers"];
    options.server.model = servers["model"].choice<ServerModel>();
    options.server.cores = static_cast<int>(servers["cores"].integer());
    options.server.places = static_cast<int>(servers["places"].integer());
    options.server.service = servers["service_time"].duration();
    if (options.server.model == ServerModel::kLimited &&
        options.server.places < options.server.cores) {
        faults.add(servers["places"].fault("E-TEL-012", "fewer places than cores",
                                           "places count those in service too"));
    }
    options.sharing_period = telecom["sharing_epoch"].duration();
    options.radio_period = telecom["radio_epoch"].duration();
    if (hours(1).us % options.sharing_period.us != 0) {
        faults.add(telecom["sharing_epoch"].fault("E-TEL-011", "does not divide one hour"));
    } else if (options.radio_period.us % options.sharing_period.us != 0) {
        faults.add(telecom["radio_epoch"].fault("E-TEL-011", "is no multiple of sharing_epoch"));
    }
    options.start_up = telecom["start_up"].choice<StartUp>();
    options.store_bytes = telecom["store"].bytes();
    options.contact_timeout = telecom["contact_timeout"].duration();
    options.contact_return = telecom["contact_return"].duration();
    return config;
}

}  // namespace jiahe::telecom
