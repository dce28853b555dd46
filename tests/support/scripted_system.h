// A system whose behaviour a test writes as lambdas; what is not given does nothing.
//
// For tests of the kernel only: lambdas may capture and are not saved with a snapshot, which no
// system of a city may do. Owners, channels and epochs are plain members, set before build().
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kernel/context.h"
#include "kernel/simulator.h"

namespace jiahe {

class ScriptedSystem : public kernel::System {
  public:
    explicit ScriptedSystem(std::uint32_t owners, std::string name = "scripted")
        : owners_(owners), name_(std::move(name)) {}

    std::function<void(kernel::ChannelList&)> on_channels;
    std::function<void(kernel::StateStore&)> on_allocate;
    std::function<void(kernel::EpochContext&)> on_start;
    std::function<void(kernel::Context&, const kernel::Event&)> on_handle;
    std::function<void(kernel::Context&, std::uint32_t)> on_decide;
    std::vector<kernel::EpochPlan> plans;
    std::function<void(std::size_t, kernel::EpochContext&)> on_publish, on_reduce, on_act;

    std::string_view name() const override { return name_; }
    std::uint32_t owner_count() const override { return owners_; }
    void channels(kernel::ChannelList& list) override { call(on_channels, list); }
    void allocate(kernel::StateStore& store) override { call(on_allocate, store); }
    void start(kernel::EpochContext& epoch) override { call(on_start, epoch); }
    void handle(kernel::Context& context, const kernel::Event& event) override {
        call(on_handle, context, event);
    }
    void decide(kernel::Context& context, std::uint32_t owner) override {
        call(on_decide, context, owner);
    }
    std::vector<kernel::EpochPlan> epochs() const override { return plans; }
    void publish(std::size_t plan, kernel::EpochContext& epoch) override {
        call(on_publish, plan, epoch);
    }
    void reduce(std::size_t plan, kernel::EpochContext& epoch) override {
        call(on_reduce, plan, epoch);
    }
    void act(std::size_t plan, kernel::EpochContext& epoch) override { call(on_act, plan, epoch); }

  private:
    template <class F, class... A>
    static void call(F& f, A&&... arguments) {
        if (f) f(arguments...);
    }
    std::uint32_t owners_;
    std::string name_;
};

}  // namespace jiahe
