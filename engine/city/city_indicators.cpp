#include "city/city_indicators.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "logistics/logistics_summary.h"
#include "telecom/telecom_summary.h"
#include "tolling/tolling_report.h"
#include "traffic/gridlock.h"
#include "traffic/traffic_indicators.h"

namespace jiahe::city {
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
    out.kpi("telecom.busiest_cell_load", "1", s.busiest_cell_load,
            "share of airtime, of a cell in a bin");
    out.kpi("telecom.mean_cell_load", "1", s.mean_cell_load, "share of airtime, all cells");
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
    out.kpi("logistics.van_hours", "h", s.van_hours, "hours out of the hub");
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

// Each paid toll is a message one second later.
void add_settlements(const telecom::TelecomSystem& telecom,
                     const tolling::TollingLedgerSink& ledger, SimTime now,
                     results::Indicators& out) {
    std::int64_t charged = 0;
    for (const auto& row : ledger.rows())
        charged += !row.missed() && row.time_us + telecom::kMessageDelay.us < now.us ? 1 : 0;
    const auto service = static_cast<std::size_t>(telecom::ServiceClass::kTransaction);
    out.audit("telecom.settlements", "tolls paid = payments sent over the network", charged,
              telecom::summarise(telecom, now).service[service].sent_messages);
}

}  // namespace

results::Indicators city_indicators(const CityParts& parts, SimTime now) {
    results::Indicators out;
    add_traffic(parts.traffic, out);
    add_tolling(parts.tolling, parts.ledger, now, out);
    add_telecom(parts.telecom, now, out);
    add_logistics(parts.logistics, parts.ledger, parts.traffic.trip_count(), now, out);
    add_settlements(parts.telecom, parts.ledger, now, out);
    return out;
}

}  // namespace jiahe::city
