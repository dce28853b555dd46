#include "routing/neighbours.h"

#include <algorithm>
#include <numeric>

namespace jiahe::routing {
namespace {

constexpr double kWaitWeight = 0.2;  // PyVRP's defaults
constexpr double kWarpWeight = 1.0;
constexpr std::size_t kLeaf = 12;      // points that a leaf of the tree holds at most
constexpr std::size_t kPrefilter = 2;  // candidates by position, times the list's length

struct Near {
    double key;
    std::uint32_t stop;
    bool operator<(const Near& other) const {
        return key != other.key ? key < other.key : stop < other.stop;
    }
};

// Median splits over an index array: the node of [first, last) is its middle.
class PointTree {
  public:
    explicit PointTree(std::span<const Position> points) : points_(points), order_(points.size()) {
        std::iota(order_.begin(), order_.end(), 0u);
        split(0, order_.size(), false);
    }
    // A heap of the nearest, largest first.
    void nearest(std::uint32_t self, std::size_t count, std::vector<Near>& heap) const {
        heap.clear();
        search(self, count, 0, order_.size(), false, heap);
    }

  private:
    double along(std::uint32_t point, bool by_y) const {
        return by_y ? points_[point].y : points_[point].x;
    }
    void split(std::size_t first, std::size_t last, bool by_y) {
        if (last - first <= kLeaf) return;
        const std::size_t middle = (first + last) / 2;
        const auto at = [&](std::size_t i) {
            return order_.begin() + static_cast<std::ptrdiff_t>(i);
        };
        std::nth_element(at(first), at(middle), at(last), [&](std::uint32_t a, std::uint32_t b) {
            const double u = along(a, by_y), v = along(b, by_y);
            return u != v ? u < v : a < b;
        });
        split(first, middle, !by_y);
        split(middle + 1, last, !by_y);
    }
    void offer(std::uint32_t self, std::uint32_t point, std::size_t count,
               std::vector<Near>& heap) const {
        if (point == self) return;
        const double dx = points_[point].x - points_[self].x;
        const double dy = points_[point].y - points_[self].y;
        const Near near{dx * dx + dy * dy, point};
        if (heap.size() == count) {
            if (!(near < heap.front())) return;
            std::pop_heap(heap.begin(), heap.end());
            heap.pop_back();
        }
        heap.push_back(near);
        std::push_heap(heap.begin(), heap.end());
    }
    void search(std::uint32_t self, std::size_t count, std::size_t first, std::size_t last,
                bool by_y, std::vector<Near>& heap) const {
        if (last - first <= kLeaf) {
            for (std::size_t i = first; i < last; ++i)
                offer(self, order_[i], count, heap);
            return;
        }
        const std::size_t middle = (first + last) / 2;
        const double gap = along(self, by_y) - along(order_[middle], by_y);
        offer(self, order_[middle], count, heap);
        const bool left_first = gap <= 0;
        for (const bool left : {left_first, !left_first}) {
            if (left != left_first && heap.size() == count && gap * gap > heap.front().key) return;
            search(self, count, left ? first : middle + 1, left ? middle : last, !by_y, heap);
        }
    }

    std::span<const Position> points_;
    std::vector<std::uint32_t> order_;
};

double one_way(const Problem& problem, std::uint32_t a, std::uint32_t b) {
    const Vehicle& vehicle = problem.vehicles().front();
    const Stop& from = problem.stops()[a];
    const Stop& to = problem.stops()[b];
    const Travel leg = problem.travel()(from.location, to.location);
    const double way = static_cast<double>(vehicle.cost_per_distance * leg.distance +
                                           vehicle.cost_per_time * leg.time);
    const std::int64_t ride = from.service + leg.time;
    const auto wait = static_cast<double>(std::max<std::int64_t>(0, to.open - (from.close + ride)));
    const auto warp = static_cast<double>(std::max<std::int64_t>(0, from.open + ride - to.close));
    const double weight = static_cast<double>(std::max<std::int64_t>(1, vehicle.cost_per_time));
    return way + weight * (kWaitWeight * wait + kWarpWeight * warp);
}

double proximity(const Problem& problem, std::uint32_t a, std::uint32_t b) {
    return std::min(one_way(problem, a, b), one_way(problem, b, a));
}

}  // namespace

std::vector<std::uint32_t> nearest_points(std::span<const Position> points, std::size_t count) {
    const PointTree tree(points);
    std::vector<std::uint32_t> nearest;
    nearest.reserve(points.size() * count);
    std::vector<Near> heap;
    for (std::uint32_t p = 0; p < points.size(); ++p) {
        tree.nearest(p, count, heap);
        std::sort_heap(heap.begin(), heap.end());
        for (const Near& near : heap)
            nearest.push_back(near.stop);
    }
    return nearest;
}

NeighbourLists::NeighbourLists(const Problem& problem, std::size_t count) {
    const auto n = static_cast<std::uint32_t>(problem.stop_count());
    count_ = problem.vehicle_count() == 0 || n == 0 ? 0 : std::min<std::size_t>(count, n - 1);
    if (count_ == 0) return;
    const std::size_t wanted = count_ * kPrefilter;
    std::vector<std::uint32_t> candidates;  // [stop * wanted + rank], or empty: all others
    if (!problem.positions().empty() && wanted < n - 1) {
        std::vector<Position> at;
        for (const Stop& stop : problem.stops())
            at.push_back(problem.positions()[stop.location]);
        candidates = nearest_points(at, wanted);
    }
    stop_.reserve(std::size_t{n} * count_);
    std::vector<Near> near;
    for (std::uint32_t s = 0; s < n; ++s) {
        near.clear();
        if (candidates.empty()) {
            for (std::uint32_t other = 0; other < n; ++other) {
                if (other != s) near.push_back({proximity(problem, s, other), other});
            }
        } else {
            for (std::size_t i = 0; i < wanted; ++i) {
                const std::uint32_t other = candidates[s * wanted + i];
                near.push_back({proximity(problem, s, other), other});
            }
        }
        std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(count_),
                          near.end());
        for (std::size_t i = 0; i < count_; ++i)
            stop_.push_back(near[i].stop);
    }
}

NeighbourLists NeighbourLists::shortened(std::size_t count) const {
    NeighbourLists lists;
    lists.count_ = std::min(count, count_);
    if (count_ == 0) return lists;
    const std::size_t stops = stop_.size() / count_;
    lists.stop_.reserve(stops * lists.count_);
    for (std::uint32_t s = 0; s < stops; ++s) {
        const auto list = of(s).first(lists.count_);
        lists.stop_.insert(lists.stop_.end(), list.begin(), list.end());
    }
    return lists;
}

}  // namespace jiahe::routing
