// Canal: boats pass a chain of locks, one boat at a time each; the system that a newcomer writes.
//
// An owner is a lock. Facts: a boat arrives, a chamber is done. Decision: an idle lock takes the
// next boat. Between locks lie 30 min of water, which is the channel's delay and the lookahead.
// Known answer: boat i enters at 4i min and a lock takes 10 min, so lock k lets it out at
// 10(i + 1) + 40k min. Conserved: boats arrived = boats waiting + in a chamber + passed.
#pragma once

#include "kernel/context.h"
#include "kernel/system.h"

namespace jiahe::canal {

enum class RecordKind : std::uint8_t { kBoatLeftLock };  // a = boat

struct LockState {
    std::uint64_t arrived, waiting, passed;  // boats are numbered by arrival, keep their order
    std::uint64_t busy;                      // 1: a boat in the chamber
};

class CanalSystem : public kernel::System {
  public:
    static constexpr SimTime kHeadway = minutes(4), kChamber = minutes(10), kWater = minutes(30);
    CanalSystem(std::uint32_t lock_count, std::uint32_t boat_count)
        : lock_count_(lock_count), boat_count_(boat_count) {}
    std::string_view name() const override { return "canal"; }
    std::uint32_t owner_count() const override { return lock_count_; }
    void channels(kernel::ChannelList& list) override;
    void allocate(kernel::StateStore& store) override;
    void start(kernel::EpochContext& epoch) override;
    void handle(kernel::Context& context, const kernel::Event& event) override;
    void decide(kernel::Context& context, std::uint32_t lock) override;
    const kernel::StateArray<LockState>& locks() const { return lock_; }

  private:
    std::uint32_t lock_count_, boat_count_;
    kernel::StateArray<LockState> lock_;
};

}  // namespace jiahe::canal
