// The city's communication network: sites on access links, aggregation trees, metros, data centres.
//
//   site --access--> aggregation --> metro --> data centre        radio cells are sites too: their
//                                                                 users share the cell's airtime
// City lifecycle: built once from the sites, immutable. Cells are grouped by recursive bisection of
// the plane into aggregations and these into metros; every wired site (plaza, gantry, hub) has an
// access link of its own to the aggregation of the nearest cell. Metro m ends at data centre
// m mod data_centre_count.
//
// Sites are ordered: cells first, then the others, each by name; so rows may come in any order.
// Links: [0, sites) access; then the radios of the cells; aggregations; metros; entries of the data
// centres. Every link has a name that the scenario can use: "cell-NAME", "plaza-NAME",
// "aggregation-3", "metro-1" (a name that already begins so is kept); a radio has its cell's name,
// an entry its data centre's. Units: m, bit/s, s.
//
// Errors: InputError E-TEL-001 (no cells), -002 (a name twice), -003 (a capacity that is not
// positive). Invariants: 1. every site hangs on exactly one domain; 2. domains are numbered by
// position, not by the order of rows.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/lon_lat.h"
#include "telecom/diurnal_profile.h"
#include "telecom/radio.h"

namespace jiahe::telecom {

enum class SiteKind : std::uint8_t { kCell, kPlaza, kGantry, kHub };
inline constexpr std::size_t kSiteKindCount = 4;
std::string_view site_kind_name(SiteKind kind);

struct SiteSpec {
    std::string name;
    SiteKind kind = SiteKind::kCell;
    PlanePoint position;
    std::int64_t cameras = 0;                         // wired to this site's access link
    std::array<std::int64_t, kLandUseCount> users{};  // of a cell: people served, by land use
};

// Both ways of a link.
struct LinkRate {
    double up_bps = 0;
    double down_bps = 0;
};

struct NetworkOptions {
    std::size_t cells_per_aggregation = 20;
    std::size_t aggregations_per_metro = 10;
    std::size_t data_centre_count = 1;
    std::array<LinkRate, kSiteKindCount> access = {
        {{1e9, 1e9}, {100e6, 100e6}, {20e6, 20e6}, {1e9, 1e9}}};  // A, by SiteKind
    LinkRate aggregation{10e9, 10e9};
    LinkRate metro{100e9, 100e9};
    LinkRate entry{400e9, 400e9};
    double usable_share = 0.97;
    double radio_latency_s = 0.010;       // A, one way
    double equipment_latency_s = 0.0005;  // A, a hop
};

enum class LinkKind : std::uint8_t { kAccess, kRadio, kAggregation, kMetro, kEntry };

class TelecomNetwork {
  public:
    TelecomNetwork(std::vector<SiteSpec> sites, NetworkOptions options);

    const NetworkOptions& options() const { return options_; }
    std::span<const SiteSpec> sites() const { return sites_; }
    std::size_t site_count() const { return sites_.size(); }
    std::size_t cell_count() const { return cell_count_; }
    std::size_t domain_count() const { return domain_metro_.size(); }
    std::size_t metro_count() const { return metro_count_; }
    std::size_t data_centre_count() const { return options_.data_centre_count; }
    std::size_t link_count() const { return entry_link(data_centre_count()); }

    std::uint32_t domain_of_site(std::uint32_t site) const { return site_domain_[site]; }
    std::uint32_t metro_of_domain(std::uint32_t domain) const { return domain_metro_[domain]; }
    std::uint32_t data_centre_of_metro(std::uint32_t metro) const {
        return metro % static_cast<std::uint32_t>(options_.data_centre_count);
    }
    // Sites of a domain, ascending.
    std::span<const std::uint32_t> sites_of(std::uint32_t domain) const;
    // Cell whose base station is nearest; ties by index.
    std::uint32_t nearest_cell(PlanePoint position) const;
    // REQUIRES: there is such a site.
    std::uint32_t site_named(SiteKind kind, std::string_view name) const;
    // One-way latency from the site to its data centre.
    double latency_s(std::uint32_t site) const { return latency_s_[site]; }

    std::uint32_t access_link(std::size_t site) const { return static_cast<std::uint32_t>(site); }
    std::uint32_t radio_link(std::size_t cell) const { return at(sites_.size() + cell); }
    std::uint32_t aggregation_link(std::size_t domain) const {
        return at(sites_.size() + cell_count_ + domain);
    }
    std::uint32_t metro_link(std::size_t metro) const {
        return at(sites_.size() + cell_count_ + domain_metro_.size() + metro);
    }
    std::uint32_t entry_link(std::size_t centre) const { return metro_link(metro_count_ + centre); }
    LinkKind link_kind(std::uint32_t link) const;
    // Usable capacity; of a radio: 0, its capacity follows from the load (radio_plan.h).
    LinkRate link_rate(std::uint32_t link) const { return link_rate_[link]; }
    // Owner index within the system: a domain, or domain_count() + data centre.
    std::uint32_t owner_of_link(std::uint32_t link) const;

    // Names for the scenario's events, in the order of ids.
    std::vector<std::string> cell_names() const;
    // Access, aggregation and metro links with their link index.
    struct NamedLink {
        std::string name;
        std::uint32_t link;
    };
    std::vector<NamedLink> backhaul_names() const;
    std::vector<std::string> data_centre_names() const;

  private:
    static std::uint32_t at(std::size_t i) { return static_cast<std::uint32_t>(i); }
    void check_and_sort();
    void group_cells();
    void attach_wired_sites();
    void set_rates();
    void set_latencies();

    std::vector<SiteSpec> sites_;
    NetworkOptions options_;
    std::size_t cell_count_ = 0;
    std::size_t metro_count_ = 0;
    std::vector<std::uint32_t> site_domain_, domain_metro_;
    std::vector<std::uint32_t> domain_site_first_, domain_site_;
    std::vector<PlanePoint> domain_position_, metro_position_;
    std::vector<double> latency_s_;
    std::vector<LinkRate> link_rate_;
};

// Splits points into groups of at most `size` by recursive bisection along the longer side; returns
// each point's group. Groups are numbered from the low corner upwards.
std::vector<std::uint32_t> bisect_points(std::span<const PlanePoint> points, std::size_t size);

}  // namespace jiahe::telecom
