#include "world/demand.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/check.h"
#include "base/portable_math.h"
#include "base/random.h"
#include "geo/lon_lat.h"

namespace jiahe {
namespace {

constexpr Purpose kDrawTrip = 2050;   // trip, 0 or the number of its echo in a surge
constexpr Purpose kDrawSurge = 2051;  // trip, 0
constexpr int kBalanceIterations = 8;
constexpr int kBetaIterations = 12;
constexpr double kLocalMeanLeast = 0.6;  // of the wanted mean distance

// Zones merged on a coarser and coarser grid until there are few enough.
struct Clusters {
    std::vector<std::vector<std::uint32_t>> members;
    std::vector<PlanePoint> centre;
    std::vector<double> residents, jobs;
};

Clusters cluster_zones(std::span<const Zone> zones, std::size_t most) {
    std::vector<LonLat> places;
    for (const Zone& z : zones)
        places.push_back({z.lon_deg, z.lat_deg});
    const LocalPlane plane = LocalPlane::about(places);
    for (double size_m = 300;; size_m *= 1.3) {
        std::map<std::pair<int, int>, std::vector<std::uint32_t>> cells;
        for (std::uint32_t z = 0; z < zones.size(); ++z) {
            const PlanePoint p = plane.to_plane(places[z]);
            cells[{static_cast<int>(std::floor(p.x_m / size_m)),
                   static_cast<int>(std::floor(p.y_m / size_m))}]
                .push_back(z);
        }
        if (cells.size() > most) continue;
        Clusters c;
        for (auto& [key, list] : cells) {
            double r = 0, j = 0, x = 0, y = 0;
            for (const std::uint32_t z : list) {
                const PlanePoint p = plane.to_plane(places[z]);
                r += zones[z].residents;
                j += zones[z].jobs;
                x += p.x_m;
                y += p.y_m;
            }
            const auto n = static_cast<double>(list.size());
            c.centre.push_back({x / n, y / n});
            c.residents.push_back(std::max(r, 1e-6));
            c.jobs.push_back(std::max(j, 1e-6));
            c.members.push_back(std::move(list));
        }
        return c;
    }
}

double distance_between(const Clusters& c, std::size_t i, std::size_t j) {
    // Within a cluster trips still have a length: a third of the way to a neighbour, at least 700
    // m.
    return std::max(700.0, distance_m(c.centre[i], c.centre[j]));
}

std::vector<double> gravity(const Clusters& c, double beta_m, double& mean_m) {
    const std::size_t n = c.members.size();
    const double residents = std::accumulate(c.residents.begin(), c.residents.end(), 0.0);
    const double jobs = std::accumulate(c.jobs.begin(), c.jobs.end(), 0.0);
    std::vector<double> rows(n), columns(n), flow(n * n);
    for (std::size_t i = 0; i < n; ++i) {
        rows[i] = c.residents[i] / residents;
        columns[i] = c.jobs[i] / jobs;
        for (std::size_t j = 0; j < n; ++j) {
            flow[i * n + j] = portable_exp(-distance_between(c, i, j) / beta_m);
        }
    }
    balance(flow, rows, columns, kBalanceIterations);
    double sum = 0, moment = 0;
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            sum += flow[i * n + j];
            moment += flow[i * n + j] * distance_between(c, i, j);
        }
    }
    mean_m = moment / sum;
    return flow;
}

// Running sums of a row-major matrix, for drawing a cell by one uniform number.
std::vector<double> running_sum(const std::vector<double>& values) {
    std::vector<double> sum(values.size());
    std::partial_sum(values.begin(), values.end(), sum.begin());
    return sum;
}

std::size_t pick(const std::vector<double>& cumulative, double u) {
    const auto it = std::upper_bound(cumulative.begin(), cumulative.end(), u * cumulative.back());
    return std::min(static_cast<std::size_t>(it - cumulative.begin()), cumulative.size() - 1);
}

enum class Leg : std::uint8_t { kToWork, kHome, kOther };

class Generator {
  public:
    Generator(std::span<const Zone> zones, std::span<const NodeId> zone_node,
              const DemandOptions& options)
        : zones_(zones),
          zone_node_(zone_node),
          options_(options),
          clusters_(cluster_zones(zones, options.cluster_max)) {
        choose_long_share();
        const double wanted_m =
            (options.mean_distance_m - long_share_ * free_mean_m_) / (1 - long_share_);
        double low_m = 300, high_m = 60'000, mean_m = 0;
        std::vector<double> flow;
        for (int k = 0; k < kBetaIterations; ++k) {
            beta_m_ = std::sqrt(low_m * high_m);
            flow = gravity(clusters_, beta_m_, mean_m);
            (mean_m < wanted_m ? low_m : high_m) = beta_m_;
        }
        mean_m_ = (1 - long_share_) * mean_m + long_share_ * free_mean_m_;
        pair_sum_ = running_sum(flow);
        for (const auto& list : clusters_.members) {
            std::vector<double> residents, jobs;
            for (const std::uint32_t z : list) {
                residents.push_back(zones[z].residents + 1e-9);
                jobs.push_back(zones[z].jobs + 1e-9);
            }
            by_residents_.push_back(running_sum(residents));
            by_jobs_.push_back(running_sum(jobs));
        }
        std::vector<double> residents, jobs;
        for (const Zone& z : zones) {
            residents.push_back(z.residents + 1e-9);
            jobs.push_back(z.jobs + 1e-9);
        }
        all_by_residents_ = running_sum(residents);
        all_by_jobs_ = running_sum(jobs);
    }

    GeneratedTrips run() const {
        GeneratedTrips trips;
        trips.mean_distance_m = mean_m_;
        trips.beta_m = beta_m_;
        trips.long_share = long_share_;
        const std::size_t rows = (options_.trip_count + options_.stride - 1) / options_.stride;
        trips.departure_us.reserve(rows);
        trips.origin.reserve(rows);
        trips.destination.reserve(rows);
        trips.is_truck.reserve(rows);
        for (std::size_t i = 0; i < options_.trip_count; i += options_.stride)
            add(i, 0, {}, trips);
        add_surges(trips);
        return trips;
    }

  private:
    // Where even trips without deterrence are hardly longer than wanted, few or none are long: the
    // others keep at least kLocalMeanLeast of the wanted mean.
    void choose_long_share() {
        const Clusters& c = clusters_;
        double sum = 0, moment = 0;
        for (std::size_t i = 0; i < c.members.size(); ++i) {
            for (std::size_t j = 0; j < c.members.size(); ++j) {
                const double flow = c.residents[i] * c.jobs[j];
                sum += flow;
                moment += flow * distance_between(c, i, j);
            }
        }
        free_mean_m_ = moment / sum;
        const double wanted_m = options_.mean_distance_m;
        const double spare_m = free_mean_m_ - kLocalMeanLeast * wanted_m;
        const double most =
            free_mean_m_ > 2 * wanted_m ? (1 - kLocalMeanLeast) * wanted_m / spare_m : 0.0;
        long_share_ = std::min(options_.long_share, most);
    }

    // A trip that departs while surges hold is joined by others at the same time, as many as the
    // product of their factors asks for beyond one; what it asks for by halves, a draw decides.
    void add_surges(GeneratedTrips& trips) const {
        if (options_.surges.empty() || options_.stride > 1) return;
        for (std::size_t i = 0; i < options_.trip_count; ++i) {
            const SimTime at{trips.departure_us[i]};
            double factor = 1;
            for (const auto& s : options_.surges)
                factor *= s.from <= at && at < s.until ? s.factor : 1;
            const double more = factor - 1;
            auto count = static_cast<std::uint64_t>(std::max(0.0, more));
            const double rest = more - static_cast<double>(count);
            count += Draw(options_.seed, kDrawSurge, i, 0).bernoulli(rest) ? 1 : 0;
            for (std::uint64_t k = 1; k <= count; ++k)
                add(i, k, at, trips);
        }
    }

    std::int64_t departure_us(const Draw& draw, Leg leg) const {
        double time_s = 0;
        switch (leg) {
            case Leg::kToWork:
                time_s = draw.normal(7.75 * 3600, 60 * 60, 5);
                break;
            case Leg::kHome:
                time_s = draw.normal(17.75 * 3600, 75 * 60, 5);
                break;
            case Leg::kOther:
                time_s = draw.normal(13.5 * 3600, 4 * 3600, 5);
                break;
        }
        const double low = options_.day_begins.seconds(), high = options_.day_ends.seconds();
        // Out of the day: drawn anew, evenly over it.
        if (time_s < low || time_s > high) time_s = low + draw.uniform(7) * (high - low);
        return static_cast<std::int64_t>(time_s * 1e6);
    }

    // Zones of the home and of the job.
    std::pair<std::uint32_t, std::uint32_t> draw_zones(const Draw& draw) const {
        if (draw.bernoulli(long_share_, 12)) {
            return {static_cast<std::uint32_t>(pick(all_by_residents_, draw.uniform(2))),
                    static_cast<std::uint32_t>(pick(all_by_jobs_, draw.uniform(3)))};
        }
        const std::size_t n = clusters_.members.size();
        const std::size_t pair = pick(pair_sum_, draw.uniform(1));
        const std::size_t from = pair / n, to = pair % n;
        return {clusters_.members[from][pick(by_residents_[from], draw.uniform(2))],
                clusters_.members[to][pick(by_jobs_[to], draw.uniform(3))]};
    }

    // The trip itself (echo 0), or one that a surge adds to it.
    void add(std::size_t trip, std::uint64_t echo, SimTime echo_departure,
             GeneratedTrips& trips) const {
        const Draw draw(options_.seed, kDrawTrip, trip, echo);
        const double u = draw.uniform(0);
        const Leg leg = u < options_.commute_share       ? Leg::kToWork
                        : u < 2 * options_.commute_share ? Leg::kHome
                                                         : Leg::kOther;
        auto [home, work] = draw_zones(draw);
        const bool back = leg == Leg::kHome || (leg == Leg::kOther && draw.bernoulli(0.5, 4));
        if (back) std::swap(home, work);
        NodeId a = zone_node_[home], b = zone_node_[work];
        for (std::size_t k = 1; a == b; ++k)
            b = zone_node_[(work + k) % zones_.size()];
        double truck_share = options_.truck_share;
        if (!options_.gates.empty() && draw.bernoulli(options_.gate_share, 9)) {
            truck_share = options_.gate_truck_share;
            // One end is outside; who lives or works there matters as little as where exactly.
            const NodeId gate = options_.gates[draw.below(options_.gates.size(), 10)];
            (draw.bernoulli(0.5, 11) ? a : b) = gate;
        }
        trips.origin.push_back(a);
        trips.destination.push_back(b);
        trips.departure_us.push_back(echo == 0 ? departure_us(draw, leg) : echo_departure.us);
        trips.is_truck.push_back(draw.bernoulli(truck_share, 8) ? 1 : 0);
    }

    std::span<const Zone> zones_;
    std::span<const NodeId> zone_node_;
    const DemandOptions& options_;
    Clusters clusters_;
    double beta_m_ = 0, mean_m_ = 0, free_mean_m_ = 0, long_share_ = 0;
    std::vector<double> pair_sum_, all_by_residents_, all_by_jobs_;
    std::vector<std::vector<double>> by_residents_, by_jobs_;
};

}  // namespace

double balance(std::vector<double>& matrix, std::span<const double> rows,
               std::span<const double> columns, int iterations) {
    const std::size_t n = rows.size(), m = columns.size();
    JIAHE_CHECK(matrix.size() == n * m, "margins do not fit the matrix");
    const auto row_sum = [&](std::size_t i) {
        double sum = 0;
        for (std::size_t j = 0; j < m; ++j)
            sum += matrix[i * m + j];
        return sum;
    };
    std::vector<double> column_sum(m);
    for (int k = 0; k < iterations; ++k) {
        std::fill(column_sum.begin(), column_sum.end(), 0.0);
        for (std::size_t i = 0; i < n; ++i) {
            const double factor = rows[i] / row_sum(i);
            for (std::size_t j = 0; j < m; ++j) {
                matrix[i * m + j] *= factor;
                column_sum[j] += matrix[i * m + j];
            }
        }
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j < m; ++j)
                matrix[i * m + j] *= columns[j] / column_sum[j];
        }
    }
    double worst = 0;
    for (std::size_t i = 0; i < n; ++i) {
        worst = std::max(worst, std::abs(row_sum(i) - rows[i]) / rows[i]);
    }
    return worst;
}

GeneratedTrips generate_trips(std::span<const Zone> zones, std::span<const NodeId> zone_node,
                              const DemandOptions& options) {
    JIAHE_CHECK(zones.size() == zone_node.size(), "one node a zone");
    JIAHE_CHECK(options.stride > 0, "a stride of nothing");
    JIAHE_CHECK(std::any_of(zone_node.begin(), zone_node.end(),
                            [&](NodeId n) { return n != zone_node.front(); }),
                "trips need two places");
    return Generator(zones, zone_node, options).run();
}

}  // namespace jiahe
