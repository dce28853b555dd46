// Every kind of event at every kind of target, in a run of a whole town: what the target passes
// while the event holds and after it, against the same half hour without the event.
#include <algorithm>
#include <functional>

#include "base/error.h"
#include "scenario/core_sections.h"
#include "support/whole_town.h"
#include "telecom/site_specs.h"
#include "telecom/telecom_state.h"
#include "tolling/tolling_state.h"
#include "traffic/traffic_state.h"

namespace jiahe {
namespace {

// Seconds since 06:30: the event holds from 07:00 to 07:30. Who is at a booth at 07:00 is served.
constexpr double kFrom_s = 1800, kUntil_s = 3600, kEnd_s = 5400;
constexpr double kSettled_s = 120;

using Passed = std::function<std::int64_t(WholeTown&)>;

struct Target {
    std::string kind;
    std::string where;  // of the target, as in the scenario
    double limit;       // a share that binds
    Passed passed;      // since the start
};

TownSettings town_with(const std::string& events) {
    TownSettings settings;
    settings.end = "08:00";
    settings.events = events;
    return settings;
}

template <class Row>
Passed counter(const std::string& array, std::size_t row, std::uint32_t Row::*count) {
    return [=](WholeTown& town) { return std::int64_t{town.rows<Row>(array)[row].*count}; };
}

Passed carried(std::uint32_t link) {
    return [link](WholeTown& town) {
        const auto& state = town.rows<telecom::LinkState>("telecom.link")[link];
        return state.carried_up_bytes + state.carried_down_bytes;
    };
}

Passed carried_by_all(std::size_t sites) {
    return [sites](WholeTown& town) {
        std::int64_t sum = 0;
        for (std::uint32_t s = 0; s < sites; ++s)
            sum += carried(s)(town);
        return sum;
    };
}

template <class Row>
std::size_t busiest(WholeTown& town, const std::string& array, std::uint32_t Row::*count,
                    std::size_t first, std::size_t last) {
    const auto rows = town.rows<Row>(array);
    std::size_t best = first;
    for (std::size_t i = first; i < std::min(last, rows.size()); ++i) {
        if (rows[i].*count > rows[best].*count) best = i;
    }
    return best;
}

std::vector<Target> targets() {
    const TownSettings settings = town_with("");
    const auto city = town_city(settings);
    const telecom::TelecomNetwork network(telecom::site_specs(*city), {});
    WholeTown town(settings);
    town.run_until_s(kUntil_s);
    constexpr std::size_t kAll = static_cast<std::size_t>(-1);
    const auto link =
        busiest(town, "traffic.link_entry", &traffic::LinkEntry::entered_count, 0, kAll);
    const auto plaza = busiest(town, "tolling.plaza", &tolling::PlazaState::left_count, 0, kAll);
    std::size_t first_lane = 0;
    const auto lanes_of = [&](std::size_t p) {
        const PlazaSite& site = city->sites().plazas[p];
        return static_cast<std::size_t>(site.etc_lanes + site.mixed_lanes + site.manual_lanes);
    };
    for (std::size_t p = 0; p < plaza; ++p)
        first_lane += lanes_of(p);
    const auto lane = busiest(town, "tolling.lane", &tolling::LaneState::served_count, first_lane,
                              first_lane + lanes_of(plaza));
    const std::string plaza_name = city->sites().plazas[plaza].name;
    const std::string link_name = fmt::format("\"{}\"", city->graph().link_external_id[link]);
    const std::string cell_name = network.cell_names()[2];
    const auto on_link = counter("traffic.link_entry", link, &traffic::LinkEntry::entered_count);
    return {
        {"link", "name: " + link_name, 0.01, on_link},
        {"road", "name: " + link_name, 0.01, on_link},
        // Whoever is at the booth when the limit ends is served at its pace: not too slow a one.
        {"lane", fmt::format("name: {}, lane: {}", plaza_name, lane - first_lane), 0.1,
         counter("tolling.lane", lane, &tolling::LaneState::served_count)},
        {"plaza", "name: " + plaza_name, 0.02,
         counter("tolling.plaza", plaza, &tolling::PlazaState::left_count)},
        {"cell", "name: " + cell_name, 0.001, carried(network.radio_link(2))},
        {"backhaul", "name: " + cell_name, 0.001, carried(network.access_link(2))},
        {"data_centre", "name: data-centre-0", 0.0005, carried_by_all(network.site_count())},
    };
}

struct Flow {
    std::int64_t during = 0, after = 0;
};

Flow flow(const Target& target, const std::string& events) {
    WholeTown town(town_with(events));
    const auto between = [&](double from_s, double until_s) {
        town.run_until_s(from_s);
        const std::int64_t before = target.passed(town);
        town.run_until_s(until_s);
        return target.passed(town) - before;
    };
    Flow f;
    f.during = between(kFrom_s + kSettled_s, kUntil_s);
    f.after = between(kUntil_s + kSettled_s, kEnd_s);
    town.check_audits();
    return f;
}

// The event with an end of its own, or ended by a restore.
std::string script(const Target& target, const std::string& action, bool restored) {
    const std::string at = fmt::format("target: {{kind: {}, {}}}", target.kind, target.where);
    const std::string factor =
        action == "limit" ? fmt::format(", factor: {}", target.limit) : std::string();
    const std::string until = restored ? "" : ", until: \"07:30\"";
    std::string events =
        fmt::format("  - {{time: \"07:00\"{}, action: {}{}, {}}}\n", until, action, factor, at);
    if (restored) {
        events += fmt::format("  - {{time: \"07:30\", action: restore, {}}}\n", at);
    }
    return events;
}

}  // namespace

TEST_CASE("what fails or is closed passes nothing, what is limited less, what is restored again") {
    for (const Target& target : targets()) {
        const Flow plain = flow(target, "");
        CAPTURE(target.kind);
        CAPTURE(target.where);
        REQUIRE(plain.during >= 10);
        REQUIRE(plain.after >= 10);
        std::vector<std::string> actions = {"fail", "limit"};
        const bool closes = target.kind == "link" || target.kind == "road" ||
                            target.kind == "lane" || target.kind == "plaza";
        if (closes) actions.push_back("close");
        for (const std::string& action : actions) {
            for (const bool restored : {false, true}) {
                const Flow f = flow(target, script(target, action, restored));
                CAPTURE(action);
                CAPTURE(restored);
                CHECK(f.after > plain.after / 4);
                if (action == "limit") {
                    CHECK(3 * f.during < 2 * plain.during);
                    // Vehicles choose another lane than one that is slow.
                    if (target.kind != "lane") CHECK(f.during > 0);
                } else {
                    CHECK(f.during == 0);
                }
            }
        }
    }
}

TEST_CASE("a surge multiplies the trips that depart while it lasts, and no others") {
    const auto departures = [](const std::string& events) {
        WholeTown town(town_with(events));
        std::array<int, 3> count{};  // before, during, after
        for (const auto& trip : town.rows<traffic::TripState>("traffic.trip")) {
            const double at_s = static_cast<double>(trip.departed_us) * 1e-6;
            if (at_s < 0) continue;  // a van
            ++count[at_s < kFrom_s ? 0 : (at_s < kUntil_s ? 1 : 2)];
        }
        return count;
    };
    const auto plain = departures("");
    const auto surge = departures(
        "  - {time: \"07:00\", until: \"07:30\", action: surge, factor: 1.5, target: {kind: "
        "demand}}\n");
    CHECK(surge[0] == plain[0]);
    CHECK(surge[2] == plain[2]);
    CHECK(surge[1] == doctest::Approx(1.5 * plain[1]).epsilon(0.03));
}

TEST_CASE("a surge of demand that is not generated is refused") {
    TownSettings settings = town_with(
        "  - {time: \"07:00\", until: \"07:30\", action: surge, factor: 1.5, target: {kind: "
        "demand}}\n");
    settings.source = "none";
    try {
        WholeTown town(settings);
        FAIL("accepted");
    } catch (const InputError& error) {
        CHECK(error.faults().front().code == "E-RES-002");
        CHECK(error.faults().front().place.line == 15);
    }
}

TEST_CASE("a link that fails while its road is closed opens when the later of the two ends") {
    const Target link = targets().front();
    const std::string at = "target: {kind: link, " + link.where + "}";
    const std::string road = "target: {kind: road, " + link.where + "}";
    const Flow f =
        flow(link, "  - {time: \"06:50\", until: \"07:10\", action: fail, " + at +
                       "}\n  - {time: \"06:55\", until: \"07:30\", action: close, " + road + "}\n");
    CHECK(f.during == 0);
    CHECK(f.after >= 10);
}

TEST_CASE("a name that the city does not have is refused at its place, with the nearest one") {
    for (const Target& target : targets()) {
        CAPTURE(target.kind);
        std::string where = target.where;  // the name with one letter too many
        const std::size_t name = where.find_first_not_of('"', where.find(' ') + 1);
        where.insert(name, "x");
        Target wrong = target;
        wrong.where = where;
        const std::size_t end = target.where.find_first_of("\",", name);
        const std::string right = target.where.substr(name, end - name);
        try {
            WholeTown town(town_with(script(wrong, "fail", false)));
            FAIL("accepted " << where);
        } catch (const InputError& error) {
            REQUIRE(error.faults().size() == 1);
            const InputFault& fault = error.faults().front();
            CHECK(fault.code == "E-RES-001");
            CHECK(fault.place.file == "town.yaml");
            CHECK(fault.place.line == 15);
            CHECK(fault.hint.find(right) != std::string::npos);
        }
    }
}

}  // namespace jiahe
