#include "resilience/resilience_system.h"

#include "kernel/simulator.h"
#include "support/scripted_system.h"

using namespace jiahe;
using namespace jiahe::resilience;

namespace {

// Sends each order on to a target system, as a coupling does.
class Coupling final : public kernel::RecordListener {
  public:
    Coupling(const ResilienceSystem& script, const kernel::System& target)
        : script_(script), target_(target) {}
    void on_record(kernel::Context& context, const kernel::Record& record) override {
        CHECK(record.c >= record.time_us + script_.notice().us);
        context.send(target_.entity(record.a), {record.c}, 0, 0, record.aux);
    }

  private:
    const ResilienceSystem& script_;
    const kernel::System& target_;
};

}  // namespace

TEST_CASE("orders reach their targets at their exact times over a channel of `notice`") {
    const auto kind = RecordKind::kBackhaulOrdered;
    ResilienceSystem script({{whole_seconds(2), kind, 1, 0, Order::kFail, 1000},
                             {whole_seconds(60), kind, 0, 0, Order::kFail, 1000},
                             {whole_seconds(60), kind, 2, 0, Order::kLimit, 500},
                             {SimTime{90'000'001}, kind, 0, 0, Order::kRestore, 1000}},
                            whole_seconds(5));
    CHECK(script.targets(kind) == std::vector<std::uint32_t>{0, 1, 2});
    CHECK(script.targets(RecordKind::kLaneOrdered).empty());
    for (const int partitions : {1, 4}) {
        ResilienceSystem system({script.orders().begin(), script.orders().end()}, script.notice());
        ScriptedSystem target(3, "target");
        struct Got {
            std::int64_t time_us;
            Order order;
        };
        std::vector<std::vector<Got>> got(3);
        target.on_handle = [&](kernel::Context& context, const kernel::Event& event) {
            got[event.owner_index()].push_back({context.now().us, order_of(event.aux)});
        };
        kernel::Simulator simulator({.seed = 1, .threads = 1, .partitions = partitions});
        simulator.add_system(system);
        simulator.add_system(target);
        Coupling coupling(system, target);
        simulator.add_listener(system.id(), static_cast<std::uint8_t>(kind), coupling);
        for (std::uint32_t t = 0; t < 3; ++t) {
            simulator.add_channel(system.owner(), target.entity(t), system.notice());
        }
        simulator.build();
        simulator.run_until(minutes(5));
        CHECK(system.issued_count() == 4);
        REQUIRE(got[0].size() == 2);
        CHECK(got[0][0].time_us == 60'000'000);
        CHECK(got[0][1].time_us == 90'000'001);
        CHECK(got[0][1].order == Order::kRestore);
        REQUIRE(got[1].size() == 1);
        CHECK(got[1][0].time_us == 5'000'000);  // in the first `notice` of the run: at its end
        REQUIRE(got[2].size() == 1);
        CHECK(got[2][0].order == Order::kLimit);
    }
}
