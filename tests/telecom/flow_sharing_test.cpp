#include "telecom/flow_sharing.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/random.h"

using namespace jiahe;
using namespace jiahe::telecom;

namespace {

constexpr Purpose kDraw = 9001;
constexpr std::uint32_t kHops = 4;

struct Kept {
    std::uint32_t slot;
    std::vector<std::uint32_t> path;
    double weight, cap;
};

// Random flows over `links` links, kept beside the incremental shares.
class Rig {
  public:
    Rig(std::uint64_t seed, std::uint32_t links) : draw_(seed, kDraw, 0, 0) {
        for (std::uint32_t l = 0; l < links; ++l)
            capacity_.push_back(1 + 99 * draw_.uniform(next_++));
        sharing_.emplace(capacity_, kHops);
    }

    void step() {
        const bool leaves = !flows_.empty() && draw_.uniform(next_++) < 0.45;
        if (leaves) {
            const std::size_t victim = index(flows_.size());
            sharing_->remove(flows_[victim].slot);
            flows_.erase(flows_.begin() + static_cast<std::ptrdiff_t>(victim));
            return;
        }
        Kept flow;
        const std::size_t hops = 1 + index(kHops);
        while (flow.path.size() < std::min(hops, capacity_.size())) {
            const auto link = static_cast<std::uint32_t>(index(capacity_.size()));
            if (std::find(flow.path.begin(), flow.path.end(), link) == flow.path.end())
                flow.path.push_back(link);
        }
        flow.weight = draw_.uniform(next_++) < 0.5 ? 1 : 0.5 + 3 * draw_.uniform(next_++);
        flow.cap = draw_.uniform(next_++) < 0.7 ? kNoCap : 20 * draw_.uniform(next_++);
        flow.slot = sharing_->add(flow.path, flow.weight, flow.cap);
        flows_.push_back(flow);
    }

    double largest_error() const {
        SharingProblem problem;
        for (const double c : capacity_)
            problem.add_link(c);
        for (const Kept& flow : flows_)
            problem.add_flow(flow.path, flow.weight, flow.cap);
        MaxMinSolver solver;
        const auto shares = solver.solve(problem);
        double worst = 0;
        for (std::size_t f = 0; f < flows_.size(); ++f) {
            const double mine = sharing_->rate(flows_[f].slot);
            worst = std::max(
                worst, std::abs(mine - shares.flow_rate[f]) / std::max(shares.flow_rate[f], 1e-3));
        }
        return worst;
    }
    std::size_t flow_count() const { return flows_.size(); }

  private:
    std::size_t index(std::size_t n) {
        return static_cast<std::size_t>(draw_.uniform(next_++) * static_cast<double>(n));
    }
    Draw draw_;
    std::uint32_t next_ = 0;
    std::vector<double> capacity_;
    std::optional<FlowSharing> sharing_;
    std::vector<Kept> flows_;
};

}  // namespace

TEST_CASE("a flow that comes halves its rival, one that goes gives back") {
    const std::vector<double> capacity{10};
    const std::vector<std::uint32_t> path{0};
    FlowSharing sharing(capacity, 1);
    const auto a = sharing.add(path);
    CHECK(sharing.rate(a) == 10);
    const auto b = sharing.add(path);
    CHECK(sharing.rate(a) == 5);
    CHECK(sharing.rate(b) == 5);
    CHECK(sharing.changed().size() == 2);
    sharing.remove(a);
    CHECK(sharing.rate(b) == 10);
    CHECK(sharing.changed().size() == 1);
}

TEST_CASE("a flow on links with room to spare changes nobody") {
    // A carries one flow held to 3 by its cap; the newcomer finds 7 of 10 and is alone to change.
    const std::vector<double> capacity{10, 100};
    const std::vector<std::uint32_t> first{0, 1};
    FlowSharing sharing(capacity, 2);
    const auto capped = sharing.add(first, 1, 3);
    const auto newcomer = sharing.add(first);
    CHECK(sharing.rate(capped) == 3);
    CHECK(sharing.rate(newcomer) == 7);
    CHECK(sharing.changed().size() == 1);
}

TEST_CASE("a departure moves flows two bottlenecks away") {
    // A = 10 with f1 and f12, B = 12 with f12 and f2, all uncapped: 5, 5 and 7. Without f1, f12 is
    // held back by B: 6 and 6.
    const std::vector<double> capacity{10, 12};
    FlowSharing sharing(capacity, 2);
    const std::vector<std::uint32_t> a{0}, ab{0, 1}, b{1};
    const auto f1 = sharing.add(a), f12 = sharing.add(ab), f2 = sharing.add(b);
    CHECK(sharing.rate(f1) == 5);
    CHECK(sharing.rate(f12) == 5);
    CHECK(sharing.rate(f2) == 7);
    sharing.remove(f1);
    CHECK(sharing.rate(f12) == 6);
    CHECK(sharing.rate(f2) == 6);
}

TEST_CASE("a newcomer takes from a flow that had more than the level of its own bottleneck") {
    // f1 holds all of A (B is wide). The newcomer on A alone: both are at 5, though A was the
    // bottleneck of f1 at 10.
    const std::vector<double> capacity{10, 50};
    FlowSharing sharing(capacity, 2);
    const std::vector<std::uint32_t> ab{0, 1}, a{0};
    const auto f1 = sharing.add(ab), f2 = sharing.add(a);
    CHECK(sharing.rate(f1) == 5);
    CHECK(sharing.rate(f2) == 5);
}

TEST_CASE("after any sequence of arrivals and departures the rates are those of the full solver") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Rig rig(seed, 2 + static_cast<std::uint32_t>(seed) % 25);
        std::size_t most = 0;
        for (int i = 0; i < 250; ++i) {
            rig.step();
            most = std::max(most, rig.flow_count());
            const double error = rig.largest_error();
            INFO("seed " << seed << " step " << i << " flows " << rig.flow_count());
            REQUIRE(error < 1e-9);
        }
        CHECK(most > 10);
    }
}
