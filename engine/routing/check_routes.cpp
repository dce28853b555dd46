#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "routing/routes_file.h"

namespace jiahe::routing {
namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max() / 4;

// One stretch between two stands at a depot.
struct Trip {
    std::uint32_t from, to;  // depots
    std::vector<std::uint32_t> nodes;
};

class Judge {
  public:
    Judge(const Instance& instance, RoutesVerdict& verdict)
        : instance_(instance), verdict_(verdict), visits_(instance.at.size(), 0) {
        depot_.assign(instance.at.size(), false);
        for (const std::uint32_t depot : instance.depots)
            depot_[depot] = true;
    }

    void route(std::size_t k, const std::vector<std::uint32_t>& nodes) {
        if (nodes.empty()) return;
        name_ = fmt::format("route {}", k + 1);
        if (k >= instance_.vehicles.size()) {
            fault(fmt::format("only {} vehicles", instance_.vehicles.size()));
        }
        const InstanceVehicle& vehicle =
            instance_.vehicles[std::min(k, instance_.vehicles.size() - 1)];
        const std::vector<Trip> trips = split(vehicle, nodes);
        std::int64_t length = 0;
        for (const Trip& trip : trips) {
            length += length_of(trip);
            check_load(vehicle, trip);
        }
        verdict_.cost += vehicle.fixed_cost * static_cast<std::int64_t>(instance_.scale()) +
                         vehicle.unit_cost * length;
        check_times(vehicle, trips);
    }

    void visits() {
        for (std::uint32_t node = 0; node < visits_.size(); ++node) {
            if (depot_[node] || visits_[node] == 1) continue;
            verdict_.faults.push_back(
                fmt::format("stop {} is served {} times", node, visits_[node]));
        }
    }

  private:
    void fault(const std::string& what) { verdict_.faults.push_back(name_ + ": " + what); }

    std::vector<Trip> split(const InstanceVehicle& vehicle,
                            const std::vector<std::uint32_t>& nodes) {
        std::vector<Trip> trips{{vehicle.depot, vehicle.depot, {}}};
        for (const std::uint32_t node : nodes) {
            if (node >= instance_.at.size()) {
                fault(fmt::format("there is no node {}", node));
            } else if (depot_[node]) {
                const auto& allowed = vehicle.reload_depots;
                if (std::find(allowed.begin(), allowed.end(), node) == allowed.end()) {
                    fault(fmt::format("may not reload at {}", node));
                }
                trips.back().to = node;
                trips.push_back({node, vehicle.depot, {}});
            } else {
                trips.back().nodes.push_back(node);
                ++visits_[node];
            }
        }
        return trips;
    }

    // Written anew, not taken from euclidean.h.
    std::int64_t way(std::uint32_t a, std::uint32_t b) const {
        const double dx = instance_.at[a].x - instance_.at[b].x;
        const double dy = instance_.at[a].y - instance_.at[b].y;
        const double exact = std::sqrt(dx * dx + dy * dy);
        switch (instance_.rule) {
            case CostRule::kNearest:
                return std::llround(exact);
            case CostRule::kTenths:
                return static_cast<std::int64_t>(std::floor(exact * 10));
            case CostRule::kThousandths:
                return std::llround(exact * 1000);
            case CostRule::kExact:
                return std::llround(exact * 1e6);
        }
        return 0;
    }

    std::int64_t length_of(const Trip& trip) const {
        std::int64_t length = 0;
        std::uint32_t at = trip.from;
        for (const std::uint32_t node : trip.nodes) {
            length += way(at, node);
            at = node;
        }
        return length + (trip.nodes.empty() && trip.from == trip.to ? 0 : way(at, trip.to));
    }

    void check_load(const InstanceVehicle& vehicle, const Trip& trip) {
        std::int64_t load = 0;
        for (const std::uint32_t node : trip.nodes)
            load += instance_.demand[node];
        if (load <= vehicle.capacity) return;
        fault(fmt::format("loads {}, takes {}", load, vehicle.capacity));
    }

    std::int64_t time(const std::vector<double>& of, std::uint32_t node,
                      std::int64_t absent) const {
        return of.empty() ? absent : instance_.scaled(of[node]);
    }

    // Earliest end for a start at `clock`, -1 where a window is missed.
    std::int64_t drive(const InstanceVehicle& vehicle, const std::vector<Trip>& trips,
                       std::int64_t clock) const {
        for (const Trip& trip : trips) {
            for (const std::uint32_t node : trip.nodes)
                clock = std::max(clock, time(instance_.release, node, 0));
            std::uint32_t at = trip.from;
            for (const std::uint32_t node : trip.nodes) {
                clock = std::max(clock + way(at, node), time(instance_.open, node, 0));
                if (clock > time(instance_.close, node, kNever)) return -1;
                clock += time(instance_.service, node, 0);
                at = node;
            }
            clock += way(at, trip.to);
        }
        return clock > time(instance_.close, vehicle.depot, kNever) ? -1 : clock;
    }

    void check_times(const InstanceVehicle& vehicle, const std::vector<Trip>& trips) {
        const std::int64_t open = time(instance_.open, vehicle.depot, 0);
        const std::int64_t end = drive(vehicle, trips, open);
        if (end < 0) return fault("misses a window");
        if (vehicle.duration_most < 0) return;
        // The end never falls as the start grows, so the latest start with the same end is the
        // shortest tour: a later end costs as much as the later start saves.
        std::int64_t low = open, high = end;
        while (low < high) {
            const std::int64_t middle = low + (high - low + 1) / 2;
            if (drive(vehicle, trips, middle) == end) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        const std::int64_t most = instance_.scaled(vehicle.duration_most);
        if (end - low > most) fault(fmt::format("lasts {}, may last {}", end - low, most));
    }

    const Instance& instance_;
    RoutesVerdict& verdict_;
    std::vector<int> visits_;
    std::vector<bool> depot_;
    std::string name_;
};

}  // namespace

RoutesVerdict check_routes(const Instance& instance, const Routes& routes) {
    RoutesVerdict verdict;
    Judge judge(instance, verdict);
    for (std::size_t k = 0; k < routes.nodes.size(); ++k)
        judge.route(k, routes.nodes[k]);
    judge.visits();
    return verdict;
}

}  // namespace jiahe::routing
