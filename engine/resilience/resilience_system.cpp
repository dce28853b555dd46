#include "resilience/resilience_system.h"

#include <algorithm>

#include "base/check.h"

namespace jiahe::resilience {

ResilienceSystem::ResilienceSystem(std::vector<ScriptedOrder> orders, SimTime notice)
    : orders_(std::move(orders)), notice_(notice) {
    JIAHE_CHECK(notice_ >= whole_seconds(1), "an order travels for a second at least");
    JIAHE_CHECK(std::is_sorted(orders_.begin(), orders_.end()), "orders ascend");
}

void ResilienceSystem::allocate(kernel::StateStore& store) {
    state_ = store.create<State>("resilience.script", 1);
}

SimTime ResilienceSystem::issue_time(const ScriptedOrder& order) const {
    return std::max(SimTime{0}, order.at - notice_);
}

void ResilienceSystem::start(kernel::EpochContext& epoch) {
    if (orders_.empty()) return;
    epoch.post(owner(), issue_time(orders_.front()),
               static_cast<std::uint8_t>(EventKind::kReadScript), 0);
}

void ResilienceSystem::handle(kernel::Context& context, const kernel::Event& event) {
    switch (static_cast<EventKind>(event.own_kind())) {
        case EventKind::kReadScript:
            break;
    }
    auto next = static_cast<std::size_t>(event.payload);
    JIAHE_CHECK(next == issued_count(), "the script is read in order");
    for (; next < orders_.size() && issue_time(orders_[next]) <= context.now(); ++next) {
        const ScriptedOrder& order = orders_[next];
        const SimTime effect = std::max(order.at, context.now() + notice_);
        context.record(static_cast<std::uint8_t>(order.kind), order.target, order.per_mille,
                       effect.us, pack_order(order.order, order.lane));
    }
    state_[0].next = static_cast<std::int64_t>(next);
    if (next == orders_.size()) return;
    context.schedule(issue_time(orders_[next]), static_cast<std::uint8_t>(EventKind::kReadScript),
                     next);
}

std::vector<std::uint32_t> ResilienceSystem::targets(RecordKind kind) const {
    std::vector<std::uint32_t> found;
    for (const ScriptedOrder& order : orders_) {
        if (order.kind == kind) found.push_back(order.target);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

}  // namespace jiahe::resilience
