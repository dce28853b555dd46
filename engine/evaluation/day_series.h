// What a run's day looked like: series over time derived from its tables.
//
// Pure functions of RunRecord parts. Means of speed are space means (distance over time, of all
// vehicles that left a link in the bin); means of delay are weighted by passages. Sums run in fixed
// order. A value that does not exist (no vehicle, no parcel) is NaN. Units in the names.
// Cost: linear in the table. Edges: `edges_s` has one more entry than values of a span, as many as
// values of an instant.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "evaluation/run_record.h"

namespace jiahe::evaluation {

// Ratios of mean speed to free speed that part the classes of maps and charts, from free to jammed:
// >= 0.85, >= 0.65, >= 0.45, >= 0.25, below. Bands of congestion as in LOS tables of urban streets
// (HCM 6th ed., exhibit 16-3: 85, 67, 50, 40, 30 %), rounded and widened at the slow end.
inline constexpr std::array<double, 4> kSpeedClassFloors = {0.85, 0.65, 0.45, 0.25};
inline constexpr std::size_t kSpeedClassCount = 5;
std::size_t speed_class(double ratio);

// Begins of the bins and the end of the last.
std::vector<double> edges_of(const TimeBins& bins);

struct UnderWay {
    std::vector<double> at_s;        // instants
    std::vector<double> vehicles;    // departed and not arrived
    std::vector<double> departures;  // from each instant to the next, vehicles; the last is NaN
};
// `step_s` apart, from `from_s` to the first instant at or after `to_s`.
UnderWay vehicles_under_way(const TripsPart& trips, double from_s, double to_s, double step_s);

struct Movement {
    std::vector<double> vehicle_km;      // per bin
    std::vector<double> mean_speed_mps;  // per bin
    std::vector<double> free_speed_mps;  // per bin: the mean, had all driven freely
    std::array<std::vector<double>, kSpeedClassCount> share;  // of vehicle-km, per bin
};
Movement movement(const TrafficPart& traffic);
// Without the speeds and shares (NaN) of bins with less than kLeastTraffic of the busiest one's
// vehicle-km, where a few stragglers would pass for the city.
inline constexpr double kLeastTraffic = 0.01;
Movement without_quiet_bins(Movement day);

// Minutes from departure to arrival of trips that arrived: counts in classes of `width_min`, the
// last open.
std::vector<double> travel_minutes(const TripsPart& trips, double width_min, std::size_t classes);

// A width of whole minutes with which at least 98 % of arrived trips fall below the last class.
double class_width_min(const TripsPart& trips, std::size_t classes);

struct PlazaDay {
    std::vector<double> passages;      // per bin, all plazas
    std::vector<double> mean_delay_s;  // per bin, all plazas
    // At most 3 plazas, by the most vehicle-seconds spent in a bin: the longest queue (Little's
    // law).
    std::vector<std::size_t> slowest;
};
PlazaDay plaza_day(const TollingPart& tolling);
// Per bin, of one plaza.
std::vector<double> plaza_delay_s(const TollingPart& tolling, std::size_t plaza);

// The bin in which most vehicle-seconds were spent at a plaza. NaN where none passed.
struct PlazaPeak {
    double begin_s = 0, delay_s = 0;
};
PlazaPeak plaza_peak(const TollingPart& tolling, std::size_t plaza);
// Per bin: vehicles in a plaza on average, by Little's law from passages and their mean delay.
std::vector<double> vehicles_in_plaza(const TollingPart& tolling, std::size_t plaza);

struct PlazaRow {
    std::string name;
    double passages = 0, mean_delay_s = 0, peak_delay_s = 0, peak_s = 0;  // peak_s: its bin
};
// Ordered by passages, most first.
std::vector<PlazaRow> plaza_table(const TollingPart& tolling);

struct ParcelDay {
    std::vector<double> at_s;                                      // instants
    std::vector<double> ordered, promised, delivered;              // so many until then
    double delivered_count = 0, on_time_count = 0, due_count = 0;  // due: promised by the end
};
ParcelDay parcel_day(const LogisticsPart& logistics, double from_s, double to_s, double step_s);

struct LoadDay {
    std::vector<double> mean, high, most;  // per bin over cells: mean, 95th percentile, maximum
};
LoadDay load_day(const TelecomPart& telecom);

// How many cells had a load of [0, 0.1), [0.1, 0.2) ... [0.9, ...) at the end of the run.
std::vector<double> last_loads(const TelecomPart& telecom);

// The scenario's start and end; where it has none, what the tables cover; else 0 to 86400.
struct Span {
    double from_s = 0, to_s = 86400;
};
Span span_of(const RunRecord& run);

}  // namespace jiahe::evaluation
