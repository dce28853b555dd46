// One sharing epoch: what came in the period just past, shared over the links as they then were.
//
// For each domain: continuous sources are added to what messages brought; demands meet the links'
// capacities (their integral over the period, failures to the microsecond). Where every link
// carries its demand, all is delivered; else weighted max-min over the domain's fluids. Metro links
// and entries are cut links: domains state a wish, the cut links are shared among domains by
// max-min with the wishes as caps, and a domain that got less shares again within its grant. What a
// site's next transfer would find is published with it.
//
// Works on the system's rows at epochs, when everything stands still; wish() and settle() of
// different domains may run side by side. Scratch vectors hold nothing from one epoch to the next.
// Invariants: 1. a link carries no more than its capacity of the period; 2. bytes are conserved
// class by class. Cost: O(fluids) where nothing is full.
#pragma once

#include <span>
#include <vector>

#include "telecom/max_min.h"
#include "telecom/telecom_options.h"
#include "telecom/telecom_state.h"

namespace jiahe::telecom {

class LinkSharing {
  public:
    LinkSharing(const TelecomNetwork& network, const TelecomOptions& options, TelecomRows& rows);

    // Publishes what an idle network offers. Before the first period.
    void publish_idle();
    // The steps of the epoch that ends the period [from, now).
    void begin(SimTime from, SimTime now);
    void wish(std::uint32_t domain);
    void grant();
    void settle(std::uint32_t domain);

  private:
    struct Cut {  // both ways of a cut link or of a domain's part of it, bytes a period
        double up = 0, down = 0;
    };
    // Four links a site (access up and down, radio up and down), then aggregation, then the grant.
    struct DomainScratch {
        std::vector<double> capacity, load, level;
        Cut wish, weight, granted;
        SharingProblem problem;
        MaxMinSolver solver;
        std::vector<std::uint32_t> fluids;  // of the problem's flows
    };

    double period_bytes(double bps, std::uint32_t link);
    void set_capacities(std::uint32_t domain);
    void offer_sources(std::uint32_t domain);
    void add_demand(std::uint32_t domain);
    double weight(std::uint32_t site, const FluidSlot& slot) const;
    void share(std::uint32_t domain, std::size_t first, std::size_t last);
    static bool is_over(const DomainScratch& scratch, std::size_t first, std::size_t count);
    void share_cut(bool down);
    void settle_site(std::uint32_t domain, std::size_t position);
    void deliver(std::uint32_t domain, std::uint32_t site, std::size_t slot);
    void depart(std::uint32_t domain, std::uint32_t site, std::size_t slot, const Departure& left);
    void publish_site(std::uint32_t domain, std::size_t position);
    std::size_t slot_count(std::uint32_t site) const;
    double newcomer_bps(const DomainScratch& scratch, std::size_t link) const;

    const TelecomNetwork& network_;
    const TelecomOptions& options_;
    TelecomRows& rows_;
    SimTime from_, now_;
    std::vector<DomainScratch> domain_;
    std::vector<std::int64_t> grant_;  // [fluid]
    std::vector<double> open_;         // [metro, then centre], byte a period for 1 bit/s
    std::vector<Cut> cut_share_;       // [metro], for one more transfer
    std::array<std::int64_t, kLandUseCount> share_from_{}, share_until_{};
};

}  // namespace jiahe::telecom
