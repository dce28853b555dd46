#include <limits>

#include "city/results_writer.h"
#include "telecom/telecom_summary.h"

namespace jiahe::city {

void write_resilience(results::ResultsFile& file, std::span<const scenario::TimedEvent> events,
                      const telecom::TelecomSystem& telecom, const ResultsClock& clock) {
    const std::string group = "/resilience";
    std::vector<std::int64_t> index;
    std::vector<double> time, until, factor;
    std::vector<std::string> action, kind, name;
    for (const scenario::TimedEvent& event : events) {
        index.push_back(static_cast<std::int64_t>(index.size()));
        time.push_back(clock.of_day_s(event.time.us));
        until.push_back(event.until < kNever ? clock.of_day_s(event.until.us)
                                             : std::numeric_limits<double>::quiet_NaN());
        factor.push_back(event.factor);
        action.emplace_back(scenario::action_name(event.action));
        kind.emplace_back(scenario::target_kind_name(event.target));
        name.push_back(event.name);
    }
    file.scale(group, {"event", {}, "1", "number of the scenario's event, by time"}, index);
    file.dataset(group, {"time_s", {"event"}, "s", "when it happens, since midnight"}, time);
    file.dataset(group, {"until_s", {"event"}, "s", "when it is undone, since midnight; NaN never"},
                 until);
    file.dataset(group, {"action", {"event"}, "1", "what happens"}, action);
    file.dataset(group, {"target_kind", {"event"}, "1", "kind of the target"}, kind);
    file.dataset(group, {"target", {"event"}, "1", "name of the target"}, name);
    file.dataset(group, {"factor", {"event"}, "1", "share of capacity left, multiple of demand"},
                 factor);

    const std::string sites = "/resilience/sites";
    std::vector<std::int64_t> site, lost;
    std::vector<std::string> site_name;
    std::vector<double> outage;
    for (std::uint32_t s = 0; s < telecom.network().site_count(); ++s) {
        site.push_back(s);
        site_name.push_back(telecom.network().sites()[s].name);
        outage.push_back(telecom::outage_s(telecom, s, clock.now));
        lost.push_back(telecom.rows().site[s].lost_count);
    }
    file.scale(sites, {"site", {}, "1", "number of the network site"}, site);
    file.dataset(sites, {"site_name", {"site"}, "1", "cell, plaza, gantry or hub"}, site_name);
    file.dataset(sites, {"outage_s", {"site"}, "s", "time without a way to the data centre"},
                 outage);
    file.dataset(sites, {"contacts_lost", {"site"}, "1", "losses of contact told"}, lost);
}

void write_kpis(results::ResultsFile& file, const std::vector<results::Kpi>& kpis) {
    std::vector<std::int64_t> index;
    std::vector<std::string> name, unit, meaning;
    std::vector<double> value;
    for (const results::Kpi& kpi : kpis) {
        index.push_back(static_cast<std::int64_t>(index.size()));
        name.push_back(kpi.name);
        unit.push_back(kpi.unit);
        value.push_back(kpi.value);
        meaning.push_back(kpi.long_name);
    }
    file.scale("/kpi", {"kpi", {}, "1", "number of the indicator"}, index);
    file.dataset("/kpi", {"name", {"kpi"}, "1", "stable name"}, name);
    file.dataset("/kpi", {"unit", {"kpi"}, "1", "unit of the value"}, unit);
    file.dataset("/kpi", {"value", {"kpi"}, "as in unit", "value of the indicator"}, value);
    file.dataset("/kpi", {"meaning", {"kpi"}, "1", "what the indicator tells"}, meaning);
}

}  // namespace jiahe::city
