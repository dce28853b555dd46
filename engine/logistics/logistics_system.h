// LogisticsSystem: parcels from the line haul through the hub onto vans and to the door.
//
// A wave's trucks arrive, the line sorts (hub_line.h), at the wave's dispatch and every hour after
// it the hub plans tours for what is ready (tour_planner.h); vans load at a few bays, drive on
// somebody else's roads (ports.h), serve calls door by door, bring failures back for another
// attempt, three at most; a failed door may be diverted to the pick-up station. A hub out of
// contact puts its dispatch off and keeps its scans; drivers keep their plan. What vans find on the
// road slows the next plan.
//
// Partition-state lifecycle; owners are the hubs. Invariants: 1. per hub, parcels = expected + in
// hub + on vans + delivered + returned; 2. a van has at most one tour; 3. draws are named by parcel
// and attempt; 4. scans made = told + waiting. Planning is arithmetic inside the dispatch event;
// its answer takes `planning_time`.
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
    CallTimes times;
    SimTime planning_time = minutes(5);  // A
    SimTime load_per_parcel = whole_seconds(3);
    int loading_bays = 8;           // A: of a hub; vans wait for one, those of long tours first
    SimTime redispatch = hours(1);  // A: idle vans and ready parcels are looked at again
    SimTime last_start;             // no tour is planned after, since the run's start
    SimTime shift_end;              // vans are to be back, since the run's start
    SimTime put_off = minutes(5);   // A: a blind dispatcher waits
    int put_off_max = 12;           // then plans on paper
    double first_success = 0.956;   // at a door; C china-orders: 4.4 % re-delivery
    double diversion = 0.5;         // A: of failed doors, to the station with the next attempt
    int attempts_max = 3;
    SimTime told_window;  // customers are told their planned time and this; 0: only the promise
    std::int64_t scan_bytes = 500;
    std::int64_t position_bytes = 97;
    SimTime position_period = whole_seconds(10);
};

class LogisticsSystem final : public kernel::System {
  public:
    // `travel` is [hub], with its hub and the nodes of its parcels as places. All three must
    // outlive the system.
    LogisticsSystem(const City& city, const ParcelOrders& orders,
                    const std::vector<TravelMatrix>& travel, LogisticsOptions options);

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
    // As last told to the customer.
    SimTime promise(std::uint32_t parcel) const {
        const SimTime of_wave = options_.orders.waves[orders_.wave[parcel]].promise;
        const std::int64_t told_us = parcel_[parcel].told_us;
        return {told_us != 0 && told_us < of_wave.us ? told_us : of_wave.us};
    }
    // How a parcel is to be handed over next.
    Handover handover(std::uint32_t parcel) const {
        return parcel_[parcel].diverted != 0 ? Handover::kStation : orders_.handover[parcel];
    }

    std::span<const ParcelState> parcels() const { return {parcel_.data(), parcel_.size()}; }
    std::span<const VanState> vans() const { return {van_.data(), van_.size()}; }
    std::span<const HubState> hubs() const { return {hub_.data(), hub_.size()}; }
    std::span<const PlanCall> calls() const { return {call_.data(), call_.size()}; }
    std::span<const std::uint32_t> planned_parcels() const {
        return {planned_.data(), planned_.size()};
    }
    // Counts of |arrival - plan| at calls, all hubs in a row: [hub * kEtaBins + minutes].
    std::span<const std::uint32_t> eta_errors() const {
        return {eta_error_.data(), eta_error_.size()};
    }
    std::uint32_t van_begin(std::uint32_t hub) const { return van_first_[hub]; }
    std::uint32_t van_end(std::uint32_t hub) const { return van_first_[hub + 1]; }
    std::uint32_t parcel_begin(std::uint32_t hub) const { return orders_.hub_first[hub]; }
    std::uint32_t parcel_end(std::uint32_t hub) const { return orders_.hub_first[hub + 1]; }

  private:
    void receive_line_haul(kernel::Context& context, std::uint32_t hub, std::uint32_t wave);
    void dispatch(kernel::Context& context, std::uint32_t hub, std::uint32_t put_off);
    void book_tour(kernel::Context& context, std::uint32_t hub, std::uint32_t van,
                   const VanTour& tour, double slowness);
    void tell_customers(const Call& call, SimTime arrival);
    SimTime load(std::uint32_t hub, SimTime from, std::int64_t parcels);
    double recent_slowness(std::uint32_t hub);
    void regain_contact(kernel::Context& context, std::uint32_t hub);
    void scan(kernel::Context& context, std::uint32_t hub, std::uint32_t place, std::int64_t count);

    // van_tours.cpp
    void start_van(kernel::Context& context, std::uint32_t hub, std::uint32_t van);
    void drive_on(kernel::Context& context, std::uint32_t hub, std::uint32_t van);
    void van_arrived(kernel::Context& context, std::uint32_t hub, std::uint32_t van);
    template <class HandOver>
    SimTime serve(const kernel::Context& context, const PlanCall& call, HandOver&& hand_over) const;
    void finish_call(kernel::Context& context, std::uint32_t hub, std::uint32_t van);
    void attempt(kernel::Context& context, std::uint32_t hub, std::uint32_t parcel, SimTime at);
    void come_home(kernel::Context& context, std::uint32_t hub, std::uint32_t van);

    const City& city_;
    const ParcelOrders& orders_;
    const std::vector<TravelMatrix>& travel_;
    LogisticsOptions options_;
    std::vector<std::uint32_t> van_first_;  // [hub + 1]
    std::vector<std::uint32_t> van_hub_;    // [van]

    kernel::StateArray<HubState> hub_;
    kernel::StateArray<std::int64_t> bay_free_us_;  // [hub * loading_bays + bay]
    kernel::StateArray<VanState> van_;
    kernel::StateArray<ParcelState> parcel_;
    kernel::StateArray<PlanCall> call_;            // attempts_max slots a parcel, by hub
    kernel::StateArray<std::uint32_t> planned_;    // parcels of calls, likewise
    kernel::StateArray<std::uint32_t> eta_error_;  // [hub * kEtaBins + bin]
};

}  // namespace jiahe::logistics
