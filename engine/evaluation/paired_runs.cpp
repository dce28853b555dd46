#include "evaluation/paired_runs.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "evaluation/day_series.h"

namespace jiahe::evaluation {

bool have_same_trips(const RunRecord& a, const RunRecord& b) {
    return !a.trips.is_empty() && a.trips.departure_s == b.trips.departure_s &&
           a.trips.vehicle_class == b.trips.vehicle_class;
}

bool have_same_parcels(const RunRecord& a, const RunRecord& b) {
    const LogisticsPart &x = a.logistics, &y = b.logistics;
    return !x.ordered_s.empty() && x.ordered_s == y.ordered_s && x.promised_s == y.promised_s;
}

PairedTrips paired_trips(const RunRecord& a, const RunRecord& b) {
    PairedTrips out;
    double sum = 0;
    for (std::size_t i = 0; i < a.trips.arrival_s.size(); ++i) {
        const double first = a.trips.arrival_s[i], second = b.trips.arrival_s[i];
        if (std::isfinite(first) && std::isfinite(second)) {
            ++out.both;
            sum += second - first;
            if (second - first > kNoticed_s) ++out.slower;
            if (first - second > kNoticed_s) ++out.faster;
        } else if (std::isfinite(first)) {
            ++out.only_first;
        } else if (std::isfinite(second)) {
            ++out.only_second;
        }
    }
    out.mean_difference_s = out.both > 0 ? sum / static_cast<double>(out.both)
                                         : std::numeric_limits<double>::quiet_NaN();
    return out;
}

PairedParcels paired_parcels(const RunRecord& a, const RunRecord& b) {
    PairedParcels out;
    const double end_s = std::min(span_of(a).to_s, span_of(b).to_s);
    for (std::size_t i = 0; i < a.logistics.ordered_s.size(); ++i) {
        const double promise = a.logistics.promised_s[i];
        if (!(promise <= end_s)) continue;
        ++out.due;
        const bool first = a.logistics.delivered_s[i] <= promise;
        const bool second = b.logistics.delivered_s[i] <= promise;
        if (first && !second) ++out.lost;
        if (!first && second) ++out.won;
    }
    return out;
}

std::vector<SettingDifference> differing_settings(const RunRecord& a, const RunRecord& b) {
    std::map<std::string, std::pair<std::string, std::string>> all;
    for (const Setting& entry : a.settings)
        all[entry.path].first = entry.value;
    for (const Setting& entry : b.settings)
        all[entry.path].second = entry.value;
    std::vector<SettingDifference> out;
    for (const auto& [path, values] : all) {
        if (values.first != values.second) out.push_back({path, values.first, values.second});
    }
    return out;
}

}  // namespace jiahe::evaluation
