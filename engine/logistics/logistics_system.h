// LogisticsSystem: parcels from the line haul through the hub onto vans and to the door.
//
// A wave's trucks arrive, the line sorts (hub_line.h), at the wave's dispatch and every hour after
// it the hub plans tours for what is ready (tour_planner.h); vans load, drive on somebody else's
// roads (ports.h), serve calls door by door, bring failures back for another attempt, three at
// most. A hub out of contact puts its dispatch off: drivers keep their plan, the office is blind.
//
// Partition-state lifecycle; owners are the hubs. Invariants: 1. per hub, parcels = expected + in
// hub
// + on vans + delivered + returned; 2. a van has at most one tour; 3. draws are named by parcel and
// attempt. Planning is arithmetic inside the dispatch event; its answer takes `planning_time`.
#pragma once

#include <span>
#include <vector>

#include "kernel/context.h"
#include "kernel/system.h"
#include "logistics/hub_line.h"
#include "logistics/logistics_state.h"
#include "logistics/parcel_orders.h"
#include "logistics/ports.h"
#include "logistics/tour_planner.h"
#include "world/city.h"

namespace jiahe::logistics {

struct LogisticsOptions {
    OrderOptions orders;
    HubLine line;
    PlannerOptions planner;
    SimTime planning_time = minutes(5);  // A
    SimTime load_per_parcel = whole_seconds(3);
    SimTime redispatch = hours(1);  // A: idle vans and ready parcels are looked at again
    SimTime last_start;             // no tour is planned after, since the run's start
    SimTime shift_end;              // vans are to be back, since the run's start
    SimTime put_off = minutes(5);   // A: a blind dispatcher waits
    int put_off_max = 12;           // then plans on paper
    double first_success = 0.956;   // C china-orders: 4.4 % re-delivery
    int attempts_max = 3;
    double door_median_s = 90, door_shape = 3;  // log-logistic (A)
    std::int64_t scan_bytes = 500;
    std::int64_t position_bytes = 97;
    SimTime position_period = whole_seconds(10);
};

class LogisticsSystem final : public kernel::System {
  public:
    // `city` and `orders` must outlive the system.
    LogisticsSystem(const City& city, const ParcelOrders& orders, LogisticsOptions options);

    std::string_view name() const override { return "logistics"; }
    std::uint32_t owner_count() const override;
    double owner_weight(std::uint32_t hub) const override;
    void allocate(kernel::StateStore& store) override;
    void start(kernel::EpochContext& epoch) override;
    void handle(kernel::Context& context, const kernel::Event& event) override;

    const ParcelOrders& orders() const { return orders_; }
    const LogisticsOptions& options() const { return options_; }
    std::uint32_t van_count() const { return van_first_.back(); }
    std::uint32_t hub_of_van(std::uint32_t van) const { return van_hub_[van]; }
    SimTime promise(std::uint32_t parcel) const {
        return options_.orders.waves[orders_.wave[parcel]].promise;
    }

    std::span<const ParcelState> parcels() const { return {parcel_.data(), parcel_.size()}; }
    std::span<const VanState> vans() const { return {van_.data(), van_.size()}; }
    std::span<const HubState> hubs() const { return {hub_.data(), hub_.size()}; }
    std::uint32_t parcel_begin(std::uint32_t hub) const { return orders_.hub_first[hub]; }
    std::uint32_t parcel_end(std::uint32_t hub) const { return orders_.hub_first[hub + 1]; }

  private:
    void receive_line_haul(kernel::Context& context, std::uint32_t hub, std::uint32_t wave);
    void dispatch(kernel::Context& context, std::uint32_t hub, std::uint32_t put_off);
    void book_tour(kernel::Context& context, std::uint32_t hub, std::uint32_t van,
                   const VanTour& tour);
    void start_van(kernel::Context& context, std::uint32_t van);
    void van_arrived(kernel::Context& context, std::uint32_t hub, std::uint32_t van);
    void finish_call(kernel::Context& context, std::uint32_t hub, std::uint32_t van);
    void attempt(kernel::Context& context, std::uint32_t parcel);
    void come_home(kernel::Context& context, std::uint32_t van);
    void drive_on(kernel::Context& context, std::uint32_t hub, std::uint32_t van);
    SimTime call_duration(kernel::Context& context, const PlanCall& call, std::uint32_t van) const;
    void scan(kernel::Context& context, std::uint32_t hub, std::uint32_t place, std::int64_t count);

    const City& city_;
    const ParcelOrders& orders_;
    LogisticsOptions options_;
    std::vector<std::uint32_t> van_first_;  // [hub + 1]
    std::vector<std::uint32_t> van_hub_;    // [van]

    kernel::StateArray<HubState> hub_;
    kernel::StateArray<VanState> van_;
    kernel::StateArray<ParcelState> parcel_;
    kernel::StateArray<PlanCall> call_;          // attempts_max slots a parcel, by hub
    kernel::StateArray<std::uint32_t> planned_;  // parcels of calls, likewise
};

}  // namespace jiahe::logistics
