// PHOLD: the classic load of parallel discrete-event kernels, here with named draws.
//
// `lps` owners share lps * population messages for ever. A message that arrives is held for
// lookahead + Exp(mean) and then goes, with probability `remote`, to another owner: any of them,
// uniformly drawn, or where `neighbours` is given to one of so many drawn once; else to the owner
// itself. Partition-state lifecycle. One unit of PHOLD time is 10 s unless told otherwise, so that
// its usual lookahead of 0.1 is the shortest channel that a simulator cuts by default. With
// `batched`, messages are taken many at a time: the same bits.
//
// Known answers: 1. the count of messages never changes; 2. holds are independent, so the events
// before T are a sum of renewal counts (Cox 1962, Renewal Theory, section 4.2): with mu = lookahead
// + mean and sigma = mean, each message has E N(T) = T/mu + (sigma^2 - mu^2)/(2 mu^2) + o(1) and
// Var N(T) = T sigma^2/mu^3 + o(T).
#pragma once

#include <algorithm>
#include <array>
#include <span>

#include "base/random.h"
#include "kernel/context.h"
#include "kernel/system.h"

namespace jiahe::toys {

struct PholdOptions {
    std::uint32_t lps = 64;
    std::uint32_t population = 16;
    double remote = 0.25;
    double lookahead = 0.1;        // in units
    double mean = 1.0;             // in units
    std::uint32_t neighbours = 0;  // 0: all others
    SimTime unit = whole_seconds(10);
    bool batched = false;
};

class Phold : public kernel::System {
  public:
    static constexpr std::uint64_t kWiringSeed = 1;

    struct Row {
        std::uint64_t received;
        std::uint64_t checksum;  // depends on the order of events
    };

    explicit Phold(const PholdOptions& options)
        : o_(options),
          lookahead_us_(units(o_.lookahead).us),
          mean_us_(o_.mean * static_cast<double>(o_.unit.us)) {}
    std::string_view name() const override { return "phold"; }
    std::uint32_t owner_count() const override { return o_.lps; }
    SimTime units(double u) const { return ceil_seconds(u * o_.unit.seconds()); }

    void channels(kernel::ChannelList& list) override {
        const SimTime delay = std::max(kTick, units(o_.lookahead));
        if (o_.neighbours == 0) list.add_open(id(), id(), delay);
        for (std::uint32_t lp = 0; lp < o_.lps; ++lp) {
            for (std::uint32_t k = 0; k < o_.neighbours; ++k)
                list.add(entity(lp), entity(neighbour(lp, k)), delay);
        }
    }
    void allocate(kernel::StateStore& store) override {
        row_ = store.create<Row>("phold.row", o_.lps);
        target_ = store.create<std::uint32_t>("phold.target", o_.lps * o_.neighbours);
        name_ = store.create<DrawName>("phold.name", o_.lps, kernel::HashRole::kDerived);
    }
    void start(kernel::EpochContext& epoch) override {
        for (std::uint32_t lp = 0; lp < o_.lps; ++lp) {
            name_[lp] = epoch.draw_name(kHold, lp);
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
        const auto [hold, way] = receive(event);
        pass_on(context, event.owner_index(), portable_log(Draw::to_uniform(hold)), way);
    }
    bool batches(std::uint8_t) const override { return o_.batched; }
    SimTime batch_delay() const override { return {lookahead_us_ + 1}; }
    // In three rounds over a few messages, each without a chain from one to the next.
    void handle_batch(kernel::Context& context, std::span<const kernel::Event> events) override {
        constexpr std::size_t kRound = 32;
        double hold[kRound];
        std::uint64_t way[kRound];
        for (std::size_t first = 0; first < events.size(); first += kRound) {
            const std::size_t n = std::min(kRound, events.size() - first);
            for (std::size_t i = 0; i < n; ++i) {
                const auto bits = receive(events[first + i]);
                hold[i] = Draw::to_uniform(bits[0]);
                way[i] = bits[1];
            }
            portable_log({hold, n}, hold);
            for (std::size_t i = 0; i < n; ++i) {
                context.turn_to(events[first + i]);
                pass_on(context, events[first + i].owner_index(), hold[i], way[i]);
            }
        }
    }
    void prefetch(const kernel::Event& event, bool near) const override {
        if (near) return;
        __builtin_prefetch(row_.data() + event.owner_index(), 1);
        __builtin_prefetch(name_.data() + event.owner_index());
    }

    std::uint64_t received() const {
        std::uint64_t sum = 0;
        for (const Row& row : row_)
            sum += row.received;
        return sum;
    }

  private:
    enum Purposes : Purpose { kStart = 256, kHold, kWiring };
    // Bits for the hold and for the way.
    std::array<std::uint64_t, 2> receive(const kernel::Event& event) {
        Row& row = row_[event.owner_index()];
        row.checksum = row.checksum * 0x9E3779B97F4A7C15ull + event.sequence + event.sender;
        return Draw(name_[event.owner_index()], row.received++).both_bits();
    }
    void pass_on(kernel::Context& context, std::uint32_t lp, double log_u,
                 std::uint64_t way) const {
        const double wait_us = -mean_us_ * log_u;
        const SimTime at{context.now().us + lookahead_us_ + 1 + static_cast<std::int64_t>(wait_us)};
        const double w = Draw::to_uniform(way);  // says whether it leaves and, where so, whither
        if (w >= o_.remote || o_.lps == 1) {
            context.schedule(at, 0);
        } else {
            context.send(entity(receiver(lp, w / o_.remote)), at, 0);
        }
    }
    std::uint32_t receiver(std::uint32_t lp, double u) const {
        if (o_.neighbours > 0) {
            return target_[lp * o_.neighbours + static_cast<std::uint32_t>(u * o_.neighbours)];
        }
        const auto other = std::min(static_cast<std::uint32_t>(u * (o_.lps - 1)), o_.lps - 2);
        return other < lp ? other : other + 1;
    }
    std::uint32_t neighbour(std::uint32_t lp, std::uint32_t k) const {
        return static_cast<std::uint32_t>(Draw(kWiringSeed, kWiring, lp, k).below(o_.lps));
    }
    PholdOptions o_;
    std::int64_t lookahead_us_;
    double mean_us_;
    kernel::StateArray<Row> row_;
    kernel::StateArray<DrawName> name_;
    kernel::StateArray<std::uint32_t> target_;
};

}  // namespace jiahe::toys
