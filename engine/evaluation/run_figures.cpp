#include "evaluation/run_figures.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string>
#include <string_view>

#include "evaluation/day_series.h"
#include "evaluation/kpi_labels.h"

namespace jiahe::evaluation {
namespace {

// A KPI and the KPI that counts what it is a mean or share of.
struct Base {
    std::string_view name, count;
};
constexpr auto kBases = std::to_array<Base>({
    {"traffic.mean_travel_time", "traffic.trips_arrived"},
    {"traffic.p95_travel_time", "traffic.trips_arrived"},
    {"traffic.mean_delay", "traffic.trips_arrived"},
    {"traffic.mean_distance", "traffic.trips_arrived"},
    {"traffic.arrived_share", "traffic.trips_planned"},
    {"tolling.etc_share", "tolling.passages"},
    {"tolling.mean_plaza_delay", "tolling.passages"},
    {"tolling.mean_plaza_wait", "tolling.passages"},
    {"logistics.first_attempt_success", "logistics.delivered"},
    {"logistics.parcels_per_van_hour", "logistics.van_hours"},
    {"telecom.unserved_share", "telecom.offered"},
});

// Of "telecom.payment.mean_latency": bytes offered by the class; -1 where it is none of a class.
double offered_by_class(const RunRecord& run, std::string_view name) {
    const TelecomPart& t = run.telecom;
    if (kpi_system(name) != "telecom") return -1;
    name.remove_prefix(std::string_view("telecom.").size());
    const std::string_view service = name.substr(0, name.find('.'));
    for (std::size_t c = 0; c < t.class_name.size(); ++c) {
        if (service == t.class_name[c]) return t.offered_bytes[c];
    }
    return -1;
}

double parcels_due(const RunRecord& run) {
    const Span span = span_of(run);
    return parcel_day(run.logistics, span.from_s, span.to_s, 3600).due_count;
}

}  // namespace

const results::Kpi* find_kpi(const RunRecord& run, std::string_view name) {
    for (const results::Kpi& kpi : run.kpis) {
        if (kpi.name == name) return &kpi;
    }
    return nullptr;
}

Arrivals arrivals(const RunRecord& run) {
    const results::Kpi* planned = find_kpi(run, "traffic.trips_planned");
    const results::Kpi* arrived = find_kpi(run, "traffic.trips_arrived");
    if (planned != nullptr && arrived != nullptr) return {arrived->value, planned->value};
    Arrivals out;
    for (const double t : run.trips.arrival_s) {
        out.planned += 1;
        if (std::isfinite(t)) out.arrived += 1;
    }
    return out;
}

bool has_meaning(const RunRecord& run, const results::Kpi& kpi) {
    if (!std::isfinite(kpi.value)) return false;
    for (const Base& base : kBases) {
        if (kpi.name != base.name) continue;
        const results::Kpi* count = find_kpi(run, base.count);
        return count == nullptr || count->value > 0;
    }
    if (kpi.name == "logistics.on_time_share" && !run.logistics.ordered_s.empty()) {
        return parcels_due(run) > 0;
    }
    return offered_by_class(run, kpi.name) != 0;
}

Quantity shown_kpi(const RunRecord& run, const results::Kpi& kpi, Language language) {
    if (!has_meaning(run, kpi)) return {"–", ""};
    return handy(kpi.value, kpi.unit, is_share(kpi.name), language);
}

std::string shown_name(const RunRecord& run) {
    std::string name = run.name.empty() ? run.folder.filename().string() : run.name;
    std::replace(name.begin(), name.end(), '-', ' ');
    std::replace(name.begin(), name.end(), '_', ' ');
    if (name.starts_with("osm ")) return "OSM " + name.substr(4);
    if (!name.empty()) {
        name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(name[0])));
    }
    return name;
}

std::string shown_attribution(const RunRecord& run) {
    const std::size_t at = run.attribution.find("(c)");
    if (at == std::string::npos) return run.attribution;
    return run.attribution.substr(0, at) + "©" + run.attribution.substr(at + 3);
}

}  // namespace jiahe::evaluation
