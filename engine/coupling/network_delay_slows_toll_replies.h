// Network delay slows toll replies: an online lane waits for the back office as long as the path
// says.
//
// Direction: telecom -> tolling, a field: reply time by site -> path delay by plaza. Published
// every 60 s; readers see the last published. A system without owners: it only has an epoch.
// Conservation: none (a field). Test: tests/coupling/conservation_test.cpp.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "kernel/context.h"
#include "kernel/system.h"

namespace jiahe::coupling {

class NetworkDelaySlowsTollReplies final : public kernel::System {
  public:
    // reply_time_s(plaza): as last published by the network; not finite where out of contact.
    using ReplyTime = std::function<double(std::uint32_t plaza)>;
    NetworkDelaySlowsTollReplies(std::uint32_t plaza_count, ReplyTime reply_time)
        : plaza_count_(plaza_count), reply_time_(std::move(reply_time)) {}

    std::string_view name() const override { return "network_delay_slows_toll_replies"; }
    std::uint32_t owner_count() const override { return 0; }
    void allocate(kernel::StateStore& store) override;
    void start(kernel::EpochContext&) override {}
    void handle(kernel::Context&, const kernel::Event&) override {}
    std::vector<kernel::EpochPlan> epochs() const override {
        return {{whole_seconds(60), whole_seconds(60)}};
    }
    void publish(std::size_t plan, kernel::EpochContext& epoch) override;
    // By plaza; valid after build().
    std::span<const double> path_delay_s() const { return {delay_s_.data(), delay_s_.size()}; }

  private:
    std::uint32_t plaza_count_;
    ReplyTime reply_time_;
    kernel::StateArray<double> delay_s_;
};

}  // namespace jiahe::coupling
