#include "roads/travel_matrix.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>
#include <thread>

#include "base/check.h"

namespace jiahe {
namespace {

// Scratch of one thread: a search from one node over all links.
class NodeSearch {
  public:
    NodeSearch(const RoadGraph& graph, std::span<const std::int64_t> link_us)
        : graph_(graph),
          link_us_(link_us),
          time_us_(graph.node_count()),
          length_m_(graph.node_count()),
          is_settled_(graph.node_count()) {}

    void run(NodeId from, const std::vector<std::uint8_t>& is_place, std::size_t place_count) {
        std::fill(time_us_.begin(), time_us_.end(), kFar_us);
        std::fill(is_settled_.begin(), is_settled_.end(), 0);
        heap_ = {};
        time_us_[from.index()] = 0;
        length_m_[from.index()] = 0;
        heap_.push({0, from.value});
        std::size_t reached = 0;
        while (!heap_.empty() && reached < place_count) {
            const auto [time_us, node] = heap_.top();
            heap_.pop();
            if (is_settled_[node] != 0) continue;
            is_settled_[node] = 1;
            reached += is_place[node];
            relax(NodeId(node));
        }
    }

    bool is_settled(NodeId node) const { return is_settled_[node.index()] != 0; }
    std::int64_t time_us(NodeId node) const { return time_us_[node.index()]; }
    double length_m(NodeId node) const { return length_m_[node.index()]; }

  private:
    static constexpr std::int64_t kFar_us = std::numeric_limits<std::int64_t>::max();
    using Entry = std::pair<std::int64_t, std::uint32_t>;  // time, node

    void relax(NodeId node) {
        for (const LinkId link : graph_.out_links(node)) {
            const std::size_t to = graph_.link_to[link.index()].index();
            const std::int64_t there_us = time_us_[node.index()] + link_us_[link.index()];
            if (there_us >= time_us_[to]) continue;
            time_us_[to] = there_us;
            length_m_[to] = length_m_[node.index()] + graph_.link_length_m[link.index()];
            heap_.push({there_us, static_cast<std::uint32_t>(to)});
        }
    }

    const RoadGraph& graph_;
    std::span<const std::int64_t> link_us_;
    std::vector<std::int64_t> time_us_;
    std::vector<double> length_m_;
    std::vector<std::uint8_t> is_settled_;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap_;
};

void fill_row(TravelMatrix& matrix, std::size_t row, const NodeSearch& search) {
    for (std::size_t column = 0; column < matrix.count(); ++column) {
        const NodeId to = matrix.place[column];
        if (!search.is_settled(to)) continue;
        const std::size_t cell = row * matrix.count() + column;
        const std::int64_t ms = (search.time_us(to) + 999) / 1000;
        matrix.time_ms[cell] = static_cast<std::int32_t>(
            std::min<std::int64_t>(ms, TravelMatrix::kUnreachable_ms - 1));
        matrix.length_m[cell] = static_cast<std::int32_t>(std::llround(search.length_m(to)));
    }
}

// Mean over the turns of a link of the wait for green.
double mean_wait_s(const RoadGraph& graph, LinkId link, const SignalPlan& plan) {
    const auto [first, last] = graph.movements_of(link);
    const double cycle_s = plan.cycle_s();
    double sum_s = 0;
    int turns = 0;
    for (std::size_t m = first.index(); m < last.index(); ++m) {
        ++turns;
        if (graph.movement_signalised[m] == 0) continue;
        double green_s = 0;
        for (const SignalPhase& phase : plan.phases) {
            const auto& ids = phase.green_movement_ids;
            const std::int64_t id = graph.movement_external_id[m];
            if (std::find(ids.begin(), ids.end(), id) != ids.end()) green_s += phase.green_s;
        }
        const double red_s = std::max(0.0, cycle_s - green_s);
        sum_s += red_s * red_s / (2 * cycle_s);
    }
    return turns > 0 ? sum_s / turns : 0;
}

}  // namespace

std::size_t TravelMatrix::row_of(NodeId node) const {
    const auto it = std::lower_bound(place.begin(), place.end(), node);
    JIAHE_CHECK(it != place.end() && *it == node, "a node that is no place of the travel matrix");
    return static_cast<std::size_t>(it - place.begin());
}

TravelMatrix make_travel_matrix(const RoadGraph& graph, std::span<const std::int64_t> link_us,
                                std::vector<NodeId> places, int threads) {
    JIAHE_CHECK(link_us.size() == graph.link_count(), "one time for every link is needed");
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    TravelMatrix matrix;
    matrix.place = std::move(places);
    const std::size_t cells = matrix.count() * matrix.count();
    matrix.time_ms.assign(cells, TravelMatrix::kUnreachable_ms);
    matrix.length_m.assign(cells, 0);
    std::vector<std::uint8_t> is_place(graph.node_count(), 0);
    for (const NodeId node : matrix.place)
        is_place[node.index()] = 1;
    const auto rows_from = [&](std::size_t first, std::size_t step) {
        NodeSearch search(graph, link_us);
        for (std::size_t row = first; row < matrix.count(); row += step) {
            search.run(matrix.place[row], is_place, matrix.count());
            fill_row(matrix, row, search);
        }
    };
    std::vector<std::thread> others;
    const auto step = static_cast<std::size_t>(std::max(threads, 1));
    for (std::size_t t = 1; t < step; ++t)
        others.emplace_back(rows_from, t, step);
    rows_from(0, step);
    for (std::thread& thread : others)
        thread.join();
    return matrix;
}

std::vector<std::int64_t> expected_link_us(const RoadGraph& graph, double speed_most_mps) {
    std::vector<std::int64_t> link_us;
    link_us.reserve(graph.link_count());
    for (std::size_t l = 0; l < graph.link_count(); ++l) {
        double time_s =
            graph.link_length_m[l] / std::min(graph.link_free_speed_mps[l], speed_most_mps);
        const std::int32_t signal = graph.node_signal[graph.link_to[l].index()];
        if (signal >= 0) {
            time_s +=
                mean_wait_s(graph, LinkId(l), graph.signals[static_cast<std::size_t>(signal)]);
        }
        link_us.push_back(static_cast<std::int64_t>(std::ceil(time_s * 1e6)));
    }
    return link_us;
}

}  // namespace jiahe
