#include "canal/canal_system.h"

namespace jiahe::canal {
namespace {

enum class EventKind : std::uint8_t { kArriveAtLock, kOpenGate };

}  // namespace

void CanalSystem::channels(kernel::ChannelList& list) {
    for (std::uint32_t k = 0; k + 1 < lock_count_; ++k)
        list.add(entity(k), entity(k + 1), kWater);
}

void CanalSystem::allocate(kernel::StateStore& store) {
    lock_ = store.create<LockState>("canal.lock", lock_count_);
}

void CanalSystem::start(kernel::EpochContext& epoch) {
    constexpr auto kArrive = static_cast<std::uint8_t>(EventKind::kArriveAtLock);
    for (std::uint32_t i = 0; i < boat_count_; ++i)
        epoch.post(entity(0), kHeadway * i, kArrive);
}

void CanalSystem::handle(kernel::Context& context, const kernel::Event& event) {
    const std::uint32_t k = event.owner_index();
    LockState& lock = lock_[k];
    switch (static_cast<EventKind>(event.own_kind())) {
        case EventKind::kArriveAtLock:
            ++lock.arrived;
            ++lock.waiting;
            break;
        case EventKind::kOpenGate:
            lock.busy = 0;
            context.record(static_cast<std::uint8_t>(RecordKind::kBoatLeftLock),
                           static_cast<std::uint32_t>(lock.passed++));
            if (k + 1 < lock_count_) {
                context.send(entity(k + 1), context.now() + kWater,
                             static_cast<std::uint8_t>(EventKind::kArriveAtLock));
            }
            break;
    }
    context.request_decision();
}

void CanalSystem::decide(kernel::Context& context, std::uint32_t k) {
    LockState& lock = lock_[k];
    if (lock.busy != 0 || lock.waiting == 0) return;
    --lock.waiting;
    lock.busy = 1;
    context.schedule(context.now() + kChamber, static_cast<std::uint8_t>(EventKind::kOpenGate));
}

}  // namespace jiahe::canal
