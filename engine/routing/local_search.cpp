#include "routing/local_search.h"

#include <algorithm>
#include <numeric>

namespace jiahe::routing {
namespace {

constexpr std::size_t kChainMost = 3;
constexpr std::size_t kSwapMost = 2;

void append(std::vector<std::uint32_t>& out, const std::vector<std::uint32_t>& stops,
            std::size_t first, std::size_t last, bool backwards = false) {
    const auto at = [&](std::size_t i) { return stops.begin() + static_cast<std::ptrdiff_t>(i); };
    out.insert(out.end(), at(first), at(last));
    if (backwards) std::reverse(out.end() - static_cast<std::ptrdiff_t>(last - first), out.end());
}

}  // namespace

LocalSearch::LocalSearch(RoutePlan& plan, const NeighbourLists& neighbours)
    : plan_(plan), neighbours_(neighbours), queued_(plan.problem().stop_count(), 0) {}

void LocalSearch::improve_all() {
    std::vector<std::uint32_t> all(plan_.problem().stop_count());
    std::iota(all.begin(), all.end(), 0u);
    improve(all);
}

void LocalSearch::improve(std::span<const std::uint32_t> stops) {
    queue_.clear();
    queue_head_ = 0;
    for (const std::uint32_t stop : stops)
        enqueue(stop);
    while (queue_head_ < queue_.size()) {
        const std::uint32_t stop = queue_[queue_head_++];
        queued_[stop] = 0;
        if (queue_head_ > 4096 && queue_head_ * 2 > queue_.size()) {
            queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(queue_head_));
            queue_head_ = 0;
        }
        while (plan_.route_of(stop) != kNone && improve_stop(stop)) {
        }
    }
}

void LocalSearch::enqueue(std::uint32_t stop) {
    if (queued_[stop] != 0) return;
    queued_[stop] = 1;
    queue_.push_back(stop);
}

void LocalSearch::touch(std::uint32_t route, std::size_t index) {
    const std::vector<std::uint32_t>& stops = plan_.route(route).stops;
    const std::size_t first = index > 0 ? index - 1 : 0;
    for (std::size_t i = first; i < stops.size() && i <= index + 1; ++i)
        enqueue(stops[i]);
}

LocalSearch::At LocalSearch::place(std::uint32_t stop) const {
    return {stop, plan_.route_of(stop), plan_.position_of(stop)};
}

Segment LocalSearch::chain(const RoutePlan::Route& route, std::size_t first, std::size_t count,
                           bool backwards) const {
    const auto at = [&](std::size_t i) -> const Segment& {
        return plan_.stop_segment(route.stops[backwards ? first + count - 1 - i : first + i]);
    };
    Segment segment = at(0);
    for (std::size_t i = 1; i < count; ++i)
        segment = plan_.joined(segment, at(i));
    return segment;
}

// The stops from `first` on of `owner`'s route, ending at `driver`'s depot.
Segment LocalSearch::tail(std::uint32_t driver, std::uint32_t owner, std::size_t first) const {
    const RoutePlan::Route& route = plan_.route(owner);
    const Vehicle& a = plan_.problem().vehicles()[driver];
    const Vehicle& b = plan_.problem().vehicles()[owner];
    if (a.depot == b.depot && a.shift_start == b.shift_start && a.shift_end == b.shift_end) {
        return route.from[first];
    }
    const Segment& home = plan_.route(driver).until.front();
    if (first == route.stops.size()) return home;
    return plan_.joined(chain(route, first, route.stops.size() - first, false), home);
}

std::int64_t LocalSearch::cost_or_nothing(std::uint32_t vehicle, const Segment& whole,
                                          std::size_t stops) const {
    return stops == 0 ? 0 : plan_.cost_of(vehicle, whole);
}

// Location of the k-th stop, k from 1; 0 and n + 1 are the depot.
std::uint32_t LocalSearch::location(std::uint32_t route, std::size_t one_based) const {
    const std::vector<std::uint32_t>& stops = plan_.route(route).stops;
    if (one_based == 0 || one_based > stops.size()) return plan_.problem().depot_location(route);
    return plan_.problem().stops()[stops[one_based - 1]].location;
}

std::int64_t LocalSearch::arc(std::uint32_t route, std::size_t from, std::size_t to) const {
    const Travel leg = plan_.problem().travel()(location(route, from), location(route, to));
    const Vehicle& vehicle = plan_.problem().vehicles()[route];
    return vehicle.cost_per_distance * leg.distance + vehicle.cost_per_time * leg.time;
}

// Puts new_a_ (and new_b_) in force.
void LocalSearch::commit(std::uint32_t a, std::uint32_t b) {
    const RoutePlan::NewRoute routes[] = {{a, new_a_}, {b, new_b_}};
    plan_.replace({routes, a == b ? 1u : 2u});
}

bool LocalSearch::improve_stop(std::uint32_t stop) {
    for (const std::uint32_t neighbour : neighbours_.of(stop)) {
        if (plan_.route_of(neighbour) == kNone) continue;
        const At u = place(stop), v = place(neighbour);
        if (!try_pair(u, v)) continue;
        touch(u.route, u.index);
        touch(v.route, v.index);
        for (const std::uint32_t moved : {stop, neighbour})
            touch(plan_.route_of(moved), plan_.position_of(moved));
        return true;
    }
    return try_empty_vehicles(place(stop));
}

bool LocalSearch::try_pair(const At& u, const At& v) {
    if (u.route == v.route) return try_inside(u, v);
    return try_relocate(u, v) || try_swap(u, v) || try_tails(u, v);
}

// A chain that begins with u goes next to v.
bool LocalSearch::try_relocate(const At& u, const At& v) {
    const RoutePlan::Route& a = plan_.route(u.route);
    const RoutePlan::Route& b = plan_.route(v.route);
    const std::int64_t now = a.cost + b.cost;
    const Load& load_b = b.until.back().load;
    for (std::size_t n = 1; n <= kChainMost && u.index + n <= a.stops.size(); ++n) {
        const Segment forward = chain(a, u.index, n, false);
        if (!plan_.fits(v.route, {load_b[0] + forward.load[0], load_b[1] + forward.load[1]})) break;
        const std::int64_t without = cost_or_nothing(
            u.route, plan_.joined(a.until[u.index], a.from[u.index + n]), a.stops.size() - n);
        if (without >= now) continue;
        for (int way = 0; way < (n == 1 ? 2 : 4); ++way) {
            const bool backwards = way >= 2;
            const std::size_t at = v.index + static_cast<std::size_t>(way & 1);
            const Segment part = backwards ? chain(a, u.index, n, true) : forward;
            const std::int64_t with =
                plan_.cost_of(v.route, plan_.joined(plan_.joined(b.until[at], part), b.from[at]));
            if (without + with >= now) continue;
            new_a_.clear();
            append(new_a_, a.stops, 0, u.index);
            append(new_a_, a.stops, u.index + n, a.stops.size());
            new_b_.clear();
            append(new_b_, b.stops, 0, at);
            append(new_b_, a.stops, u.index, u.index + n, backwards);
            append(new_b_, b.stops, at, b.stops.size());
            commit(u.route, v.route);
            return true;
        }
    }
    return false;
}

// A chain that begins with u changes places with one that follows or precedes v.
bool LocalSearch::try_swap(const At& u, const At& v) {
    const RoutePlan::Route& a = plan_.route(u.route);
    const RoutePlan::Route& b = plan_.route(v.route);
    const std::int64_t now = a.cost + b.cost;
    for (std::size_t n = 1; n <= kSwapMost && u.index + n <= a.stops.size(); ++n) {
        const Segment x = chain(a, u.index, n, false);
        for (std::size_t m = 1; m <= kSwapMost; ++m) {
            for (const bool after : {true, false}) {
                if (after ? v.index + 1 + m > b.stops.size() : v.index < m) continue;
                const std::size_t at = after ? v.index + 1 : v.index - m;
                const Segment y = chain(b, at, m, false);
                const std::int64_t cost_a = plan_.cost_of(
                    u.route, plan_.joined(plan_.joined(a.until[u.index], y), a.from[u.index + n]));
                if (cost_a >= now) continue;
                const std::int64_t cost_b = plan_.cost_of(
                    v.route, plan_.joined(plan_.joined(b.until[at], x), b.from[at + m]));
                if (cost_a + cost_b >= now) continue;
                new_a_.clear();
                append(new_a_, a.stops, 0, u.index);
                append(new_a_, b.stops, at, at + m);
                append(new_a_, a.stops, u.index + n, a.stops.size());
                new_b_.clear();
                append(new_b_, b.stops, 0, at);
                append(new_b_, a.stops, u.index, u.index + n);
                append(new_b_, b.stops, at + m, b.stops.size());
                commit(u.route, v.route);
                return true;
            }
        }
    }
    return false;
}

// The tails of two routes are exchanged so that u comes just before v.
bool LocalSearch::try_tails(const At& u, const At& v) {
    const RoutePlan::Route& a = plan_.route(u.route);
    const RoutePlan::Route& b = plan_.route(v.route);
    const std::size_t cut_a = u.index + 1, cut_b = v.index;
    const std::int64_t now = a.cost + b.cost;
    const std::int64_t cost_a =
        plan_.cost_of(u.route, plan_.joined(a.until[cut_a], tail(u.route, v.route, cut_b)));
    if (cost_a >= now) return false;
    const std::int64_t cost_b =
        cost_or_nothing(v.route, plan_.joined(b.until[cut_b], tail(v.route, u.route, cut_a)),
                        cut_b + a.stops.size() - cut_a);
    if (cost_a + cost_b >= now) return false;
    new_a_.clear();
    append(new_a_, a.stops, 0, cut_a);
    append(new_a_, b.stops, cut_b, b.stops.size());
    new_b_.clear();
    append(new_b_, b.stops, 0, cut_b);
    append(new_b_, a.stops, cut_a, a.stops.size());
    commit(u.route, v.route);
    return true;
}

// u and all after it go to a vehicle that stands idle: a tour is split or changes its vehicle.
bool LocalSearch::try_empty_vehicles(const At& u) {
    const RoutePlan::Route& a = plan_.route(u.route);
    const std::size_t groups = plan_.problem().vehicles_of_group().size();
    for (std::uint32_t g = 0; g < groups; ++g) {
        const std::uint32_t idle = plan_.empty_vehicle(g);
        if (idle == kNone) continue;
        if (u.index == 0 && g == plan_.problem().group_of_vehicle()[u.route]) continue;
        const std::int64_t head =
            cost_or_nothing(u.route, plan_.joined(a.until[u.index], a.until.front()), u.index);
        if (head >= a.cost) continue;
        const std::int64_t cost = plan_.cost_of(
            idle, plan_.joined(plan_.route(idle).until.front(), tail(idle, u.route, u.index)));
        if (head + cost >= a.cost) continue;
        new_a_.clear();
        append(new_a_, a.stops, 0, u.index);
        new_b_.clear();
        append(new_b_, a.stops, u.index, a.stops.size());
        commit(u.route, idle);
        touch(idle, 0);
        if (u.index > 0) touch(u.route, u.index - 1);
        return true;
    }
    return false;
}

// Takes new_a_ if the arcs that change promise a gain and the whole walk confirms it.
bool LocalSearch::try_sequence(std::uint32_t route, std::int64_t arcs_before,
                               std::int64_t arcs_after) {
    if (arcs_after >= arcs_before) return false;
    Segment whole = plan_.route(route).until.front();
    for (const std::uint32_t stop : new_a_)
        whole = plan_.joined(whole, plan_.stop_segment(stop));
    whole = plan_.joined(whole, plan_.route(route).until.front());
    if (plan_.cost_of(route, whole) >= plan_.route(route).cost) return false;
    commit(route, route);
    return true;
}

// Inside one route positions p, q count from 1; 0 is the depot.
bool LocalSearch::try_inside(const At& u, const At& v) {
    return try_chain_inside(u, v) || try_swap_inside(u, v) || try_two_opt(u, v);
}

// Or-opt: the chain of n stops from p on goes between `before` and its follower.
bool LocalSearch::try_chain_inside(const At& u, const At& v) {
    const std::uint32_t r = u.route;
    const std::vector<std::uint32_t>& stops = plan_.route(r).stops;
    const std::size_t p = u.index + 1, q = v.index + 1;
    for (std::size_t n = 1; n <= kChainMost && u.index + n <= stops.size(); ++n) {
        if (q >= p && q < p + n) break;  // v is in the chain
        const std::int64_t out = arc(r, p - 1, p) + arc(r, p + n - 1, p + n);
        const std::int64_t closed = arc(r, p - 1, p + n);
        for (int way = 0; way < (n == 1 ? 2 : 4); ++way) {
            const std::size_t before = q - 1 + static_cast<std::size_t>(way & 1);
            if (before + 1 >= p && before < p + n) continue;
            const bool backwards = way >= 2;
            const std::size_t head = backwards ? p + n - 1 : p, foot = backwards ? p : p + n - 1;
            const std::int64_t arcs_before = out + arc(r, before, before + 1);
            const std::int64_t arcs_after =
                arc(r, before, head) + arc(r, foot, before + 1) + closed;
            if (arcs_after >= arcs_before) continue;
            new_a_.clear();
            if (before < p) {
                append(new_a_, stops, 0, before);
                append(new_a_, stops, p - 1, p - 1 + n, backwards);
                append(new_a_, stops, before, p - 1);
                append(new_a_, stops, p - 1 + n, stops.size());
            } else {
                append(new_a_, stops, 0, p - 1);
                append(new_a_, stops, p - 1 + n, before);
                append(new_a_, stops, p - 1, p - 1 + n, backwards);
                append(new_a_, stops, before, stops.size());
            }
            if (try_sequence(r, arcs_before, arcs_after)) return true;
        }
    }
    return false;
}

bool LocalSearch::try_swap_inside(const At& u, const At& v) {
    const std::uint32_t r = u.route;
    const std::size_t low = std::min(u.index, v.index) + 1, high = std::max(u.index, v.index) + 1;
    if (high <= low + 1) return false;
    const std::int64_t before = arc(r, low - 1, low) + arc(r, low, low + 1) +
                                arc(r, high - 1, high) + arc(r, high, high + 1);
    const std::int64_t after = arc(r, low - 1, high) + arc(r, high, low + 1) +
                               arc(r, high - 1, low) + arc(r, low, high + 1);
    if (after >= before) return false;
    new_a_ = plan_.route(r).stops;
    std::swap(new_a_[low - 1], new_a_[high - 1]);
    return try_sequence(r, before, after);
}

// ... low, low+1 ... high, high+1 ... becomes ... low, high ... low+1, high+1 ...
bool LocalSearch::try_two_opt(const At& u, const At& v) {
    const std::uint32_t r = u.route;
    const std::size_t p = std::min(u.index, v.index) + 1, q = std::max(u.index, v.index) + 1;
    for (const std::size_t shift : {0u, 1u}) {  // u next to v behind, or before, the cuts
        const std::size_t low = p - shift, high = q - shift;
        const std::int64_t before = arc(r, low, low + 1) + arc(r, high, high + 1);
        const std::int64_t after = arc(r, low, high) + arc(r, low + 1, high + 1);
        if (high <= low || after >= before) continue;
        new_a_ = plan_.route(r).stops;
        std::reverse(new_a_.begin() + static_cast<std::ptrdiff_t>(low),
                     new_a_.begin() + static_cast<std::ptrdiff_t>(high));
        if (try_sequence(r, before, after)) return true;
    }
    return false;
}

}  // namespace jiahe::routing
