// What goes into a coupling comes out of it: its conservation law, by the rows of both sides. Where
// a coupling takes time, one side is read as it was that much earlier.
#include <numeric>

#include "logistics/logistics_state.h"
#include "support/whole_town.h"
#include "telecom/ports.h"
#include "telecom/site_specs.h"
#include "telecom/telecom_state.h"
#include "tolling/ports.h"
#include "tolling/tolling_state.h"
#include "traffic/ports.h"
#include "traffic/traffic_state.h"

namespace jiahe {
namespace {

// 06:50 to 07:10 the way of a plaza to its data centre is cut.
TownSettings cut_town() {
    TownSettings settings;
    settings.events =
        "  - {time: \"06:50\", until: \"07:10\", action: fail, target: {kind: backhaul, name: "
        "plaza-E1-west-entry}}\n";
    return settings;
}

std::int64_t offered(WholeTown& town, telecom::ServiceClass service) {
    const auto rows = town.rows<telecom::ClassState>("telecom.service");
    std::int64_t sum = 0;
    for (std::size_t i = static_cast<std::size_t>(service); i < rows.size();
         i += telecom::kServiceClassCount) {
        sum += rows[i].sent_messages;
    }
    return sum;
}

template <class Row, class Value>
std::int64_t sum_of(WholeTown& town, const std::string& array, Value Row::*field) {
    std::int64_t sum = 0;
    for (const Row& row : town.rows<Row>(array))
        sum += static_cast<std::int64_t>(row.*field);
    return sum;
}

const std::vector<SimTime>& times() {
    static const std::vector<SimTime> at = {minutes(17), minutes(33), minutes(61),
                                            minutes(95) + SimTime{123'457}};
    return at;
}

}  // namespace

TEST_CASE("vehicles inside the plazas are those inside the road's gates, one tick later") {
    WholeTown town(cut_town());
    std::int64_t most = 0;
    for (const SimTime at : times()) {
        town.run_until(at);
        const auto in_gates = sum_of(town, "traffic.node", &traffic::NodeState::in_gate);
        town.run_until(at + kTick);
        CHECK(sum_of(town, "tolling.plaza", &tolling::PlazaState::inside) == in_gates);
        most = std::max(most, in_gates);
    }
    CHECK(most > 0);
}

TEST_CASE("every vehicle that leaves an observed link passes its gantry, one tick later") {
    const auto city = town_city(cut_town());
    WholeTown town(cut_town());
    for (const SimTime at : times()) {
        town.run_until(at);
        std::int64_t left = 0;
        for (const LinkId link : city->gantry_link) {
            left += town.rows<traffic::LinkExit>("traffic.link_exit")[link.index()].left_count;
        }
        town.run_until(at + kTick);
        const auto counts = town.rows<tolling::SiteCount>("tolling.count");
        std::int64_t passed = 0;
        for (std::size_t site = city->plaza_link.size(); site < counts.size(); ++site) {
            for (const auto& by_class : counts[site].passage)
                passed = std::accumulate(std::begin(by_class), std::end(by_class), passed);
        }
        CHECK(passed == left);
        CHECK(passed > 0);
    }
}

TEST_CASE("records that toll sites hand over are the messages offered to the network, 1 s later") {
    WholeTown town(cut_town());
    for (const SimTime at : times()) {
        town.run_until(at);
        const auto handed =
            sum_of(town, "tolling.contact", &tolling::SiteContact::sent_records) +
            sum_of(town, "tolling.contact", &tolling::SiteContact::released_records);
        town.run_until(at + telecom::kMessageDelay);
        CHECK(offered(town, telecom::ServiceClass::kPassage) == handed);
        CHECK(handed > 0);
    }
    CHECK(sum_of(town, "tolling.contact", &tolling::SiteContact::released_records) > 0);
}

TEST_CASE("scans that the hub has told are the messages offered to the network, 1 s later") {
    WholeTown town(cut_town());
    std::int64_t most = 0;
    for (const SimTime at : times()) {
        town.run_until(at);
        const auto told = sum_of(town, "logistics.hub", &logistics::HubState::scans) -
                          sum_of(town, "logistics.hub", &logistics::HubState::scans_waiting);
        town.run_until(at + telecom::kMessageDelay);
        CHECK(offered(town, telecom::ServiceClass::kParcelScan) == told);
        most = std::max(most, told);
    }
    CHECK(most > 0);
}

TEST_CASE("vehicles over the cells are the vehicles over the links, as last published") {
    WholeTown town(cut_town());
    for (const std::int64_t minute : {10, 35, 70, 110}) {
        town.run_until(minutes(minute) + kTick);
        const auto counts = town.rows<std::uint32_t>("traffic.link_vehicle_count");
        const auto on_links = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
        CHECK(sum_of(town, "telecom.cell", &telecom::CellState::vehicles) == on_links);
        CHECK(on_links > 0);
    }
}

TEST_CASE("the path delay of a plaza is the network's last reply time, and 0 out of contact") {
    const auto city = town_city(cut_town());
    const telecom::TelecomNetwork network(telecom::site_specs(*city), {});
    const auto sites = telecom::plaza_sites(network, *city);
    WholeTown town(cut_town());
    const auto reply_us = [&](std::size_t p) {
        return town.rows<telecom::SiteState>("telecom.site")[sites[p]].reply_us;
    };
    // The couplings' epoch and the network's fall together; the network's is read as it was before.
    for (const std::int64_t minute : {10, 30, 50}) {
        town.run_until(minutes(minute));
        std::vector<std::int64_t> before;
        for (std::size_t p = 0; p < sites.size(); ++p)
            before.push_back(reply_us(p));
        town.run_until(minutes(minute) + kTick);
        const auto delay_s = town.rows<double>("coupling.toll_path_delay");
        std::size_t silent = 0;
        for (std::size_t p = 0; p < sites.size(); ++p) {
            const double expected_s = before[p] < 0 ? 0 : static_cast<double>(before[p]) * 1e-6;
            CHECK(delay_s[p] == expected_s);
            silent += delay_s[p] == 0 ? 1 : 0;
        }
        CHECK(silent == (minute == 30 ? 1 : 0));  // 07:00 is within the cut
    }
}

TEST_CASE(
    "a plaza loses its office 11 s after its link fails and has it again 4 s after its return") {
    // 10 s of silence until the network tells of it, 3 s until it is used again, 1 s to the plaza.
    const auto city = town_city(cut_town());
    WholeTown town(cut_town());
    std::size_t cut = 0;
    while (city->sites().plazas[cut].name != "E1-west-entry")
        ++cut;
    const auto contact = [&] { return town.rows<tolling::SiteContact>("tolling.contact"); };
    town.run_until(minutes(35));
    for (std::size_t site = 0; site < contact().size(); ++site)
        CHECK((contact()[site].lost != 0) == (site == cut));
    CHECK(contact()[cut].lost_us == (minutes(20) + whole_seconds(11)).us);
    town.run_until(minutes(50));
    CHECK(contact()[cut].lost == 0);
    CHECK(contact()[cut].offline_us == (minutes(20) + whole_seconds(4 - 11)).us);
}

TEST_CASE("a hub cut off from its office plans no tours until its link is back") {
    TownSettings settings;
    const auto city = town_city(settings);
    settings.events = fmt::format(
        "  - {{time: \"06:35\", until: \"07:20\", action: fail, target: {{kind: backhaul, name: "
        "{}}}}}\n",
        city->sites().hubs[0].name);
    WholeTown blind(settings), plain({});
    const auto hub = [](WholeTown& town) {
        return town.rows<logistics::HubState>("logistics.hub")[0];
    };
    blind.run_until(minutes(50));
    plain.run_until(minutes(50));
    CHECK(hub(plain).dispatches > 0);
    CHECK(hub(plain).postponed == 0);
    CHECK(hub(blind).dispatches == 0);
    CHECK(hub(blind).postponed > 0);
    blind.run_to_end();
    CHECK(hub(blind).dispatches > 0);
    blind.check_audits();
}

TEST_CASE("a van asked for rides a vehicle, and every ride that ends is told to its hub") {
    WholeTown town(cut_town());
    int under_way = 0;
    for (SimTime at = minutes(10); at < minutes(115); at += whole_seconds(37)) {
        town.run_until(at);
        const auto vans = town.rows<logistics::VanState>("logistics.van");
        const auto status = town.rows<std::uint8_t>("traffic.vehicle_status");
        const auto trips = town.rows<traffic::TripState>("traffic.trip");
        const std::size_t first = status.size() - vans.size();
        const auto is_recent = [&](std::int64_t us) { return at.us - us <= 2'000'000; };
        for (std::size_t v = 0; v < vans.size(); ++v) {
            const auto of_vehicle = static_cast<traffic::VehicleStatus>(status[first + v]);
            const bool rides = of_vehicle != traffic::VehicleStatus::kParked &&
                               of_vehicle != traffic::VehicleStatus::kArrived;
            const bool driving =
                static_cast<logistics::VanStatus>(vans[v].status) == logistics::VanStatus::kDriving;
            // Asking and telling take 2 s each.
            if (!driving) CHECK_FALSE(rides);
            if (driving && !is_recent(vans[v].since_us)) {
                CHECK((rides || is_recent(trips[first + v].arrived_us)));
            }
            under_way += driving && rides ? 1 : 0;
        }
    }
    CHECK(under_way > 0);
}

}  // namespace jiahe
