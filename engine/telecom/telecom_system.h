// TelecomSystem: bytes on their way from cells, plazas, gantries and hubs to the data centres.
//
// Everything that carries load is shared at epochs (link_sharing.h): every 10 s, for the period
// just past. Between them owners take messages in: up to 10 kB each, with a way through and nothing
// waiting, they take T0 + size / share last published + the server's time; all others join their
// site's queue and are delivered by the epochs, after an outage first in, first out. Links fail,
// return and are limited by events at their owner; what that means beyond a cut link travels for 1
// s. A site that stays without a way for the contact time-out is told as lost, and found again
// likewise.
//
// Partition-state lifecycle; owners: domains, then data centres (ports.h). Invariants: 1. per
// class, offered = delivered + dropped + queued bytes, exactly; 2. a message counts once as
// delivered or dropped; 3. contact is told alternately lost and regained.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "kernel/context.h"
#include "kernel/system.h"
#include "telecom/link_sharing.h"
#include "telecom/ports.h"
#include "telecom/radio_plan.h"
#include "telecom/telecom_state.h"

namespace jiahe::telecom {

class TelecomSystem final : public kernel::System {
  public:
    TelecomSystem(const TelecomNetwork& network, const TelecomOptions& options);
    ~TelecomSystem() override;

    std::string_view name() const override { return "telecom"; }
    std::uint32_t owner_count() const override;
    double owner_weight(std::uint32_t owner) const override;
    void channels(kernel::ChannelList& list) override;
    void allocate(kernel::StateStore& store) override;
    void start(kernel::EpochContext& epoch) override;
    void handle(kernel::Context& context, const kernel::Event& event) override;
    std::vector<kernel::EpochPlan> epochs() const override;
    void publish(std::size_t plan, kernel::EpochContext& epoch) override;
    void reduce(std::size_t plan, kernel::EpochContext& epoch) override;
    void act(std::size_t plan, kernel::EpochContext& epoch) override;

    const TelecomNetwork& network() const { return network_; }
    const TelecomOptions& options() const { return options_; }
    // Owners to whom events go.
    kernel::EntityId owner_of_site(std::uint32_t site) const {
        return entity(network_.domain_of_site(site));
    }
    kernel::EntityId owner_of_link(std::uint32_t link) const {
        return entity(network_.owner_of_link(link));
    }

    // Field needed: fills the vehicles in each cell, asked at every radio epoch.
    using VehicleCount = std::function<void(std::span<std::int64_t> vehicles_by_cell)>;
    void bind_vehicle_count(VehicleCount count) { vehicle_count_ = std::move(count); }

    // Fields owned, as last published (ports.h).
    double reply_time_s(std::uint32_t site) const;
    double cell_load(std::uint32_t cell) const { return rows_.cell[cell].load; }

    // Bins of results: loads are means over the radio epochs whose period began in the bin, NaN
    // where there was none.
    std::size_t bin_count() const { return rows_.bin_epochs.size(); }
    double mean_load(std::uint32_t cell, std::size_t bin) const;
    // Flows, one a site and class, that had bytes to carry in the last period.
    std::int64_t flows_under_way() const;

    // State, for results, indicators and tests; read it when the simulator stands still.
    const TelecomRows& rows() const { return rows_; }
    // Bytes of a site in one hour of the run; the last one may be open still.
    SiteHour bytes_in_hour(std::uint32_t site, std::size_t hour) const;

  private:
    void send_message(kernel::Context& context, const kernel::Event& event);
    void set_link(kernel::Context& context, const kernel::Event& event);
    void set_upstream(kernel::Context& context, bool up, std::int64_t cause_us);
    void tell_domains(kernel::Context& context, std::uint32_t link, bool was_open);
    void look_at_site(kernel::Context& context, std::uint32_t site, std::int64_t cause_us,
                      std::uint32_t cause_link);
    void check_contact(kernel::Context& context, std::uint32_t site, std::uint16_t version);
    void tell_delivered(kernel::Context& context, std::uint32_t site, std::uint32_t service);
    bool is_open(std::uint32_t link) const;
    bool has_way(std::uint32_t site) const;
    void update_radio(kernel::EpochContext& epoch);
    std::size_t bin_before(SimTime now) const;
    SiteHour bytes_so_far(std::uint32_t site) const;
    void close_hour(SimTime now);

    const TelecomNetwork& network_;
    TelecomOptions options_;
    RadioPlan radio_;
    TelecomRows rows_;
    std::unique_ptr<LinkSharing> sharing_;
    VehicleCount vehicle_count_;
};

}  // namespace jiahe::telecom
