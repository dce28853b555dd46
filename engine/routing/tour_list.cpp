#include "routing/tour_list.h"

#include <algorithm>

namespace jiahe::routing {
TourList::TourList(const Problem& problem, const Solution& solution)
    : problem_(problem),
      stop_count_(static_cast<std::uint32_t>(problem.stop_count())),
      times_(problem),
      tours_(problem.vehicle_count()),
      idle_(problem.vehicles_of_group().size()),
      idle_rank_(problem.vehicle_count(), kNone),
      unassigned_rank_(problem.stop_count(), 0),
      is_changed_(problem.vehicle_count(), 0) {
    for (const Stop& stop : problem.stops()) {
        nodes_.push_back({kNone, kNone, kNone, stop.location, 0, 0});
        demand_.push_back(stop.demand);
        total_ += stop.prize;
    }
    for (std::uint32_t v = 0; v < problem.vehicle_count(); ++v) {
        const std::uint32_t n = depot_node(v);
        const Vehicle& vehicle = problem.vehicles()[v];
        nodes_.push_back({n, n, v, problem.depot_location(v), 0, 0});
        tours_[v].room = vehicle.capacity;
        tours_[v].cost_per_distance = vehicle.cost_per_distance;
        least_cost_per_distance_ = std::min(least_cost_per_distance_, vehicle.cost_per_distance);
    }
    for (std::size_t v = problem.vehicle_count(); v-- > 0;) {  // the first on top
        std::vector<std::uint32_t>& idle = idle_[problem.group_of_vehicle()[v]];
        idle_rank_[v] = static_cast<std::uint32_t>(idle.size());
        idle.push_back(static_cast<std::uint32_t>(v));
    }
    longest_.assign(nodes_.size(), 0);
    for (std::uint32_t s = 0; s < stop_count_; ++s) {
        unassigned_rank_[s] = s;
        unassigned_.push_back(s);
    }
    for (const routing::Tour& tour : solution.tours) {
        std::uint32_t prev = depot_node(tour.vehicle);
        for (const std::uint32_t stop : tour.stops) {
            link(stop, prev);
            prev = stop;
        }
        settle(tour.vehicle);
    }
    keep();
}

// Adds what an idle vehicle's first stop and time cost.
std::int64_t TourList::full_insertion_cost(std::uint32_t stop, std::uint32_t prev,
                                           std::int64_t way_cost, std::int64_t most) const {
    const std::uint32_t v = nodes_[prev].vehicle;
    const Vehicle& vehicle = problem_.vehicles()[v];
    std::int64_t cost = way_cost;
    if (tours_[v].size == 0) cost += vehicle.fixed_cost;
    if (cost >= most) return kNoPlace;
    if (is_timed()) {
        const std::int64_t duration = times_.duration_with(nodes_, stop, prev);
        if (duration == TourTimes::kUnfit) return kNoPlace;
        cost += vehicle.cost_per_time * (duration - tours_[v].duration);
    }
    return cost < most ? cost : kNoPlace;
}

std::int64_t TourList::saving_of(std::uint32_t stop) const {
    const Node& n = nodes_[stop];
    const Tour& tour = tours_[n.vehicle];
    if (tour.size == 1) return tour.cost;
    const std::int64_t saving =
        tour.cost_per_distance * (n.to_prev + n.to_next - way(n.prev, n.next));
    return saving + problem_.vehicles()[n.vehicle].cost_per_time *
                        (tour.duration - times_.duration_without(nodes_, stop));
}

std::int64_t TourList::cost_if_driven_by(std::uint32_t from, std::uint32_t to) const {
    const Tour& tour = tours_[from];
    const Vehicle& other = problem_.vehicles()[to];
    const Load& capacity = problem_.vehicles()[from].capacity;
    for (std::size_t d = 0; d < capacity.size(); ++d) {
        if (capacity[d] - tour.room[d] > other.capacity[d]) return kNoPlace;
    }
    const std::uint32_t home = depot_node(to);
    const Node& old_home = nodes_[depot_node(from)];
    const std::uint32_t first = old_home.next, last = old_home.prev;
    std::int64_t cost =
        other.fixed_cost +
        other.cost_per_distance * (tour.distance - old_home.to_next - old_home.to_prev +
                                   way(home, first) + way(last, home));
    if (!is_timed()) return cost;
    const std::int64_t duration = times_.duration_if_driven_by(nodes_, from, to);
    return duration == TourTimes::kUnfit ? kNoPlace : cost + other.cost_per_time * duration;
}

void TourList::link(std::uint32_t stop, std::uint32_t prev) {
    Node& n = nodes_[stop];
    Node& p = nodes_[prev];
    const std::uint32_t next = p.next, vehicle = p.vehicle;
    Tour& tour = tours_[vehicle];
    if (tour.size++ == 0) forget_idle(vehicle);
    n.prev = prev;
    n.next = next;
    n.vehicle = vehicle;
    n.to_prev = way(prev, stop);
    n.to_next = way(stop, next);
    tour.distance += n.to_prev + n.to_next - p.to_next;
    p.next = stop;
    p.to_next = n.to_prev;
    nodes_[next].prev = stop;
    nodes_[next].to_prev = n.to_next;
    measure(prev);
    measure(stop);
    measure(next);
    for (std::size_t d = 0; d < tour.room.size(); ++d)
        tour.room[d] -= demand_[stop][d];
    const std::uint32_t hole = unassigned_rank_[stop];
    unassigned_[hole] = unassigned_.back();
    unassigned_rank_[unassigned_[hole]] = hole;
    unassigned_.pop_back();
    total_ -= problem_.stops()[stop].prize;
    note(vehicle);
}

void TourList::unlink(std::uint32_t stop) {
    Node& n = nodes_[stop];
    const std::uint32_t vehicle = n.vehicle;
    Tour& tour = tours_[vehicle];
    const std::int64_t closed = --tour.size == 0 ? 0 : way(n.prev, n.next);
    tour.distance += closed - n.to_prev - n.to_next;
    nodes_[n.prev].next = n.next;
    nodes_[n.prev].to_next = closed;
    nodes_[n.next].prev = n.prev;
    nodes_[n.next].to_prev = closed;
    n.vehicle = kNone;
    measure(n.prev);
    measure(n.next);
    longest_[stop] = 0;
    for (std::size_t d = 0; d < tour.room.size(); ++d)
        tour.room[d] += demand_[stop][d];
    unassigned_rank_[stop] = static_cast<std::uint32_t>(unassigned_.size());
    unassigned_.push_back(stop);
    total_ += problem_.stops()[stop].prize;
    note(vehicle);
    if (tour.size > 0) return;
    std::vector<std::uint32_t>& idle = idle_[problem_.group_of_vehicle()[vehicle]];
    idle_rank_[vehicle] = static_cast<std::uint32_t>(idle.size());
    idle.push_back(vehicle);
    --used_count_;
}

void TourList::measure(std::uint32_t n) {
    const Node& node = nodes_[n];
    const std::int64_t longest = std::max(node.to_prev, node.to_next);
    longest_[n] = is_depot(node.prev) || is_depot(node.next) || longest >= kAnyLength
                      ? kAnyLength
                      : static_cast<std::uint32_t>(longest);
}

void TourList::forget_idle(std::uint32_t vehicle) {
    std::vector<std::uint32_t>& idle = idle_[problem_.group_of_vehicle()[vehicle]];
    const std::uint32_t hole = idle_rank_[vehicle];
    idle[hole] = idle.back();
    idle_rank_[idle[hole]] = hole;
    idle.pop_back();
    ++used_count_;
}

void TourList::note(std::uint32_t vehicle) {
    if (is_changed_[vehicle] != 0) return;
    is_changed_[vehicle] = 1;
    changed_.push_back(vehicle);
}

void TourList::insert(std::uint32_t stop, std::uint32_t prev) {
    link(stop, prev);
    const std::uint32_t vehicle = nodes_[stop].vehicle;
    steps_.push_back({stop, kNone, vehicle});
    times_.spread(nodes_, stop);
    reprice(vehicle);
}

void TourList::take_out(std::uint32_t stop) {
    steps_.push_back({stop, nodes_[stop].prev, nodes_[stop].vehicle});
    unlink(stop);
}

void TourList::settle(std::uint32_t vehicle) {
    times_.settle(nodes_, vehicle);
    reprice(vehicle);
}

void TourList::reprice(std::uint32_t vehicle) {
    Tour& tour = tours_[vehicle];
    total_ -= tour.cost;
    tour.cost = tour.duration = 0;
    if (tour.size > 0) {
        const Vehicle& v = problem_.vehicles()[vehicle];
        tour.duration = times_.duration_of(nodes_, vehicle);
        tour.cost =
            v.fixed_cost + v.cost_per_distance * tour.distance + v.cost_per_time * tour.duration;
    }
    total_ += tour.cost;
}

void TourList::exchange(std::uint32_t a, std::uint32_t b) {
    const std::vector<std::uint32_t> old_a = stops_of(a), old_b = stops_of(b);
    for (const std::vector<std::uint32_t>* stops : {&old_a, &old_b}) {
        for (const std::uint32_t stop : *stops)
            take_out(stop);
    }
    const auto fill = [&](std::uint32_t vehicle, const std::vector<std::uint32_t>& stops) {
        std::uint32_t prev = depot_node(vehicle);
        for (const std::uint32_t stop : stops) {
            link(stop, prev);
            steps_.push_back({stop, kNone, vehicle});
            prev = stop;
        }
        settle(vehicle);
    };
    fill(a, old_b);
    fill(b, old_a);
}

void TourList::keep() {
    for (const std::uint32_t vehicle : changed_)
        is_changed_[vehicle] = 0;
    changed_.clear();
    steps_.clear();
}

void TourList::undo() {
    for (std::size_t i = steps_.size(); i-- > 0;) {
        const Step step = steps_[i];
        if (step.prev == kNone) {
            unlink(step.stop);
        } else {
            link(step.stop, step.prev);
        }
    }
    for (const std::uint32_t vehicle : changed_)
        settle(vehicle);
    keep();
}

std::vector<std::uint32_t> TourList::stops_of(std::uint32_t vehicle) const {
    std::vector<std::uint32_t> stops;
    for (std::uint32_t n = nodes_[depot_node(vehicle)].next; !is_depot(n); n = nodes_[n].next)
        stops.push_back(n);
    return stops;
}

}  // namespace jiahe::routing
