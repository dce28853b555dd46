// PHOLD: the classic load of parallel discrete-event kernels, here with named draws.
//
// `lps` owners share lps * population messages for ever. A message that arrives is held for
// lookahead + Exp(mean) and then goes, with probability `remote`, to one of the owner's
// `neighbours` (drawn once, uniformly: no partitioner can keep them near), else to the owner
// itself. Partition-state lifecycle. One unit of PHOLD time is kUnit = 10 s, so that its usual
// lookahead of 0.1 is the kernel's shortest channel between partitions.
//
// Known answers: 1. the count of messages never changes; 2. holds are independent, so the events
// before T are a sum of renewal counts (Cox 1962, Renewal Theory, section 4.2): with mu = lookahead
// + mean and sigma = mean, each message has E N(T) = T/mu + (sigma^2 - mu^2)/(2 mu^2) + o(1) and
// Var N(T) = T sigma^2/mu^3 + o(T).
#pragma once

#include "base/random.h"
#include "kernel/context.h"
#include "kernel/system.h"

namespace jiahe::toys {

struct PholdOptions {
    std::uint32_t lps = 64;
    std::uint32_t population = 16;
    double remote = 0.25;
    double lookahead = 0.1;  // in units
    double mean = 1.0;       // in units
    std::uint32_t neighbours = 8;
};

class Phold : public kernel::System {
  public:
    static constexpr SimTime kUnit = whole_seconds(10);
    static constexpr std::uint64_t kWiringSeed = 1;

    struct Row {
        std::uint64_t received;
        std::uint64_t checksum;  // depends on the order of events
    };

    explicit Phold(const PholdOptions& options) : o_(options) {}
    std::string_view name() const override { return "phold"; }
    std::uint32_t owner_count() const override { return o_.lps; }

    void channels(kernel::ChannelList& list) override {
        for (std::uint32_t lp = 0; lp < o_.lps; ++lp) {
            for (std::uint32_t k = 0; k < o_.neighbours; ++k) {
                list.add(entity(lp), entity(neighbour(lp, k)), units(o_.lookahead));
            }
        }
    }
    void allocate(kernel::StateStore& store) override {
        row_ = store.create<Row>("phold.row", o_.lps);
        target_ = store.create<std::uint32_t>("phold.target", o_.lps * o_.neighbours);
    }
    void start(kernel::EpochContext& epoch) override {
        for (std::uint32_t lp = 0; lp < o_.lps; ++lp) {
            for (std::uint32_t k = 0; k < o_.neighbours; ++k) {
                target_[lp * o_.neighbours + k] = neighbour(lp, k);
            }
            for (std::uint32_t i = 0; i < o_.population; ++i) {
                const Draw draw = epoch.draw(kStart, lp, i);
                epoch.post(entity(lp), units(o_.lookahead + draw.exponential(o_.mean)), 0);
            }
        }
    }
    void handle(kernel::Context& context, const kernel::Event& event) override {
        const std::uint32_t lp = event.owner_index();
        Row& row = row_[lp];
        const Draw draw = context.draw(kHold, lp, row.received++);
        row.checksum = row.checksum * 0x9E3779B97F4A7C15ull + event.sequence + event.sender;
        const SimTime at = context.now() + units(o_.lookahead + draw.exponential(o_.mean, 0));
        const double u = draw.uniform(1);  // says whether it leaves and, where so, whither
        if (u < o_.remote) {
            const auto k = static_cast<std::uint32_t>(u / o_.remote * o_.neighbours);
            context.send(entity(target_[lp * o_.neighbours + k]), at, 0);
        } else {
            context.schedule(at, 0);
        }
    }
    void prefetch(const kernel::Event& event, bool near) const override {
        if (!near) __builtin_prefetch(row_.data() + event.owner_index(), 1);
    }

    std::uint64_t received() const {
        std::uint64_t sum = 0;
        for (const Row& row : row_)
            sum += row.received;
        return sum;
    }
    static SimTime units(double u) { return ceil_seconds(u * kUnit.seconds()); }

  private:
    enum Purposes : Purpose { kStart = 256, kHold, kWiring };
    std::uint32_t neighbour(std::uint32_t lp, std::uint32_t k) const {
        return static_cast<std::uint32_t>(Draw(kWiringSeed, kWiring, lp, k).below(o_.lps));
    }
    PholdOptions o_;
    kernel::StateArray<Row> row_;
    kernel::StateArray<std::uint32_t> target_;
};

}  // namespace jiahe::toys
