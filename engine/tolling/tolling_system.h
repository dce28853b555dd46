// TollingSystem: toll plazas with lanes, free-flow gantries, their contact and their sub-ledgers.
//
// A plaza's lane is one server: the head is at the booth for its service, waits in the lane until
// the road takes it, and only when it has left does the follower move up (TG) and be served (TS); a
// vehicle that finds its lane empty needs no moving up. Capacity 3600 / (TS + k TG) follows.
// Out of contact a site works from its list and stores records; when the grace or the list's age is
// over, a plaza's lanes serve by hand (traffic sheet, section 4). Gantries never stop anybody.
//
// Partition-state lifecycle; owners: plazas, then gantries (ports.h). Units: us, fen, bytes.
// Invariants: 1. entered = left + inside per plaza, inside <= apron; 2. a passage is charged once,
// when it is settled, by the rules at the beginning of its service; 3. draws are named by vehicle
// and the vehicle's passage; 4. vehicle accounts are written by the site that holds the vehicle.
// Errors: InputError from the constructor (sites, tariff); InternalError on broken promises.
#pragma once

#include <span>
#include <vector>

#include "kernel/context.h"
#include "kernel/system.h"
#include "tolling/ledger.h"
#include "tolling/ports.h"
#include "tolling/tariff.h"
#include "tolling/toll_sites.h"
#include "tolling/tolling_state.h"

namespace jiahe::tolling {

class TollingSystem final : public kernel::System {
  public:
    // `sites` must outlive the system.
    TollingSystem(const TollSites& sites, TollingOptions options);

    std::string_view name() const override { return "tolling"; }
    std::uint32_t owner_count() const override;
    double owner_weight(std::uint32_t owner) const override;
    void allocate(kernel::StateStore& store) override;
    void start(kernel::EpochContext&) override {}
    void handle(kernel::Context& context, const kernel::Event& event) override;
    void decide(kernel::Context& context, std::uint32_t plaza) override;

    // The field needed, indexed by plaza; empty = 0. The span must stay valid during the run.
    void bind_path_delay_s(std::span<const double> delay_s);

    const TollSites& sites() const { return sites_; }
    const Tariff& tariff() const { return tariff_; }
    const TollingOptions& options() const { return options_; }
    std::uint32_t plaza_count() const { return static_cast<std::uint32_t>(sites_.plazas.size()); }
    std::uint32_t plaza_owner(PlazaId plaza) const { return plaza.value; }
    std::uint32_t gantry_owner(GantryId gantry) const { return plaza_count() + gantry.value; }
    std::uint32_t bin_count() const { return bin_count_; }
    std::uint32_t lane_begin(std::uint32_t plaza) const { return first_lane_[plaza]; }
    std::uint32_t lane_end(std::uint32_t plaza) const { return first_lane_[plaza + 1]; }

    // State, for results and tests; read it when the simulator stands still.
    std::span<const PlazaState> plazas() const { return {plaza_.data(), plaza_.size()}; }
    std::span<const LaneState> lanes() const { return {lane_.data(), lane_.size()}; }
    std::span<const SiteContact> contacts() const { return {contact_.data(), contact_.size()}; }
    std::span<const SiteCount> counts() const { return {count_.data(), count_.size()}; }
    std::span<const SubLedger> sub_ledgers() const { return {ledger_.data(), ledger_.size()}; }
    std::span<const VehicleAccount> accounts() const { return {account_.data(), account_.size()}; }
    // [site * road owners + road owner], fen credited
    std::span<const std::int64_t> owner_credits_fen() const;
    std::span<const DelayBin> delay_bins(std::uint32_t plaza) const;
    std::span<const std::uint32_t> wait_histogram(std::uint32_t plaza) const;

  private:
    struct Passing;  // what is known of a vehicle at a site

    // plaza_lanes.cpp: queues and booths
    void enter_plaza(kernel::Context& context, const kernel::Event& event);
    void share_out_waiting(std::uint32_t plaza);
    std::uint32_t choose_lane(std::uint32_t plaza, const VehicleSlot& slot) const;
    void join_lane(std::uint32_t plaza, std::uint32_t lane, std::uint32_t slot);
    void insert_waiting(std::uint32_t plaza, std::uint32_t slot);
    void close_lane(kernel::Context& context, std::uint32_t plaza, std::uint32_t lane);
    void open_lane(std::uint32_t plaza, std::uint32_t lane);
    void set_limit(std::uint32_t plaza, const kernel::Event& event);
    void call_head(kernel::Context& context, std::uint32_t plaza, std::uint32_t lane);
    void begin_service(kernel::Context& context, std::uint32_t plaza, std::uint32_t lane);
    void end_service(kernel::Context& context, std::uint32_t plaza, std::uint32_t lane);
    void leave_lane(kernel::Context& context, std::uint32_t vehicle);
    void begin_phase(std::uint32_t lane, LanePhase phase, SimTime now);
    void note_queue(std::uint32_t plaza, SimTime now);
    std::uint32_t expected_headway_us(std::uint32_t plaza, std::uint32_t lane,
                                      const VehicleSlot& slot) const;
    double slowness(std::uint32_t plaza, std::uint32_t lane) const;
    ServiceMode mode_of(std::uint32_t plaza, std::uint32_t lane) const;
    ServiceRequest request_of(std::uint32_t plaza, std::uint32_t lane,
                              const VehicleSlot& slot) const;
    DelayBin& bin_at(std::uint32_t plaza, std::int64_t time_us) const;

    // site_contact.cpp: the chain of an outage, records kept and sent
    void lose_contact(kernel::Context& context, std::uint32_t site);
    void regain_contact(kernel::Context& context, std::uint32_t site);
    void degrade(kernel::Context& context, std::uint32_t plaza);
    void restore(kernel::Context& context, std::uint32_t plaza);
    void recount_work(std::uint32_t plaza);
    std::int64_t list_time_us(std::uint32_t site, SimTime now) const;
    bool keep_record(kernel::Context& context, std::uint32_t site, const Passing& passing);

    // passage.cpp: gantries, charging
    void pass_gantry(kernel::Context& context, const kernel::Event& event);
    Cause read_at_gantry(const kernel::Context& context, std::uint32_t site,
                         const Passing& passing) const;
    Passing admit(const kernel::Context& context, const kernel::Event& event);
    void settle(kernel::Context& context, std::uint32_t site, Passing passing);

    const TollSites& sites_;
    TollingOptions options_;
    Tariff tariff_;
    std::vector<std::uint32_t> first_lane_;  // [plaza + 1]
    std::vector<LaneKind> lane_kind_;        // [lane]
    std::vector<std::uint32_t> first_slot_;  // [plaza + 1]
    std::uint32_t bin_count_;
    std::span<const double> path_delay_s_;

    kernel::StateArray<PlazaState> plaza_;
    kernel::StateArray<LaneState> lane_;
    kernel::StateArray<VehicleSlot> slot_;
    kernel::StateArray<SiteContact> contact_;        // [site]
    kernel::StateArray<SiteCount> count_;            // [site]
    kernel::StateArray<SubLedger> ledger_;           // [site]
    kernel::StateArray<std::int64_t> owner_credit_;  // [site * road owners + owner]
    kernel::StateArray<VehicleAccount> account_;     // [vehicle]
    kernel::StateArray<DelayBin> delay_;             // [plaza * bins + bin]
    kernel::StateArray<std::uint32_t> wait_count_;   // [plaza * kWaitBins + bin]
};

// Purposes of this folder's draws (base/random.h).
inline constexpr Purpose kDrawDuration = 512;
inline constexpr Purpose kDrawOutcome = 513;
inline constexpr Purpose kDrawObu = 514;
inline constexpr Purpose kDrawStray = 515;
inline constexpr Purpose kDrawImages = 516;
inline constexpr Purpose kDrawGantry = 517;

struct TollingSystem::Passing {
    std::uint32_t vehicle = 0;
    std::uint32_t passage = 0;
    TollClass toll_class = TollClass::kSmall;
    Payment payment = Payment::kManual;
    Cause cause = Cause::kByHand;
};

}  // namespace jiahe::tolling
