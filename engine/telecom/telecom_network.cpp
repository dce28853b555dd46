#include "telecom/telecom_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/check.h"
#include "base/error.h"
#include "telecom/transfer_time.h"

namespace jiahe::telecom {
namespace {

[[noreturn]] void refuse(const char* code, const std::string& what, const std::string& hint) {
    throw InputError(InputFault{code, {"telecom", 0, 0, ""}, what, hint});
}

std::string link_name(std::string_view prefix, const std::string& name) {
    const std::string start = std::string(prefix) + "-";
    return name.starts_with(start) ? name : start + name;
}

// Groups for a range of `count` points: the split leaves whole groups on the low side.
void bisect(std::span<const PlanePoint> points, std::span<std::uint32_t> order, std::size_t groups,
            std::uint32_t first_group, std::vector<std::uint32_t>& group) {
    if (groups <= 1) {
        for (const std::uint32_t i : order)
            group[i] = first_group;
        return;
    }
    PlanePoint low = points[order[0]], high = low;
    for (const std::uint32_t i : order) {
        low = {std::min(low.x_m, points[i].x_m), std::min(low.y_m, points[i].y_m)};
        high = {std::max(high.x_m, points[i].x_m), std::max(high.y_m, points[i].y_m)};
    }
    const bool along_x = high.x_m - low.x_m >= high.y_m - low.y_m;
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        const PlanePoint p = points[a], q = points[b];
        return along_x ? std::tuple{p.x_m, p.y_m, a} < std::tuple{q.x_m, q.y_m, b}
                       : std::tuple{p.y_m, p.x_m, a} < std::tuple{q.y_m, q.x_m, b};
    });
    const std::size_t low_groups = groups / 2;
    const std::size_t low_count = order.size() * low_groups / groups;
    bisect(points, order.first(low_count), low_groups, first_group, group);
    bisect(points, order.subspan(low_count), groups - low_groups,
           first_group + static_cast<std::uint32_t>(low_groups), group);
}

std::vector<PlanePoint> centres(std::span<const PlanePoint> points,
                                std::span<const std::uint32_t> group, std::size_t group_count) {
    std::vector<PlanePoint> centre(group_count);
    std::vector<double> count(group_count, 0);
    for (std::size_t i = 0; i < points.size(); ++i) {
        centre[group[i]].x_m += points[i].x_m;
        centre[group[i]].y_m += points[i].y_m;
        count[group[i]] += 1;
    }
    for (std::size_t g = 0; g < group_count; ++g) {
        JIAHE_CHECK(count[g] > 0, "a group without points");
        centre[g] = {centre[g].x_m / count[g], centre[g].y_m / count[g]};
    }
    return centre;
}

std::size_t groups_of(std::span<const std::uint32_t> group) {
    return std::size_t{1} + *std::max_element(group.begin(), group.end());
}

}  // namespace

std::string_view site_kind_name(SiteKind kind) {
    switch (kind) {
        case SiteKind::kCell:
            return "cell";
        case SiteKind::kPlaza:
            return "plaza";
        case SiteKind::kGantry:
            return "gantry";
        case SiteKind::kHub:
            return "hub";
    }
    return "";
}

std::vector<std::uint32_t> bisect_points(std::span<const PlanePoint> points, std::size_t size) {
    JIAHE_CHECK(size >= 1 && !points.empty(), "nothing to bisect");
    std::vector<std::uint32_t> order(points.size()), group(points.size());
    std::iota(order.begin(), order.end(), 0u);
    bisect(points, order, (points.size() + size - 1) / size, 0, group);
    return group;
}

TelecomNetwork::TelecomNetwork(std::vector<SiteSpec> sites, NetworkOptions options)
    : sites_(std::move(sites)), options_(options) {
    check_and_sort();
    group_cells();
    attach_wired_sites();
    set_rates();
    set_latencies();
}

void TelecomNetwork::check_and_sort() {
    std::sort(sites_.begin(), sites_.end(), [](const SiteSpec& a, const SiteSpec& b) {
        return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
    });
    cell_count_ = 0;
    while (cell_count_ < sites_.size() && sites_[cell_count_].kind == SiteKind::kCell)
        ++cell_count_;
    if (cell_count_ == 0) refuse("E-TEL-001", "the network has no radio cell", "add cells");
    for (std::size_t i = 1; i < sites_.size(); ++i) {
        if (sites_[i].kind == sites_[i - 1].kind && sites_[i].name == sites_[i - 1].name) {
            refuse("E-TEL-002",
                   fmt::format("two sites of kind {} are named '{}'",
                               site_kind_name(sites_[i].kind), sites_[i].name),
                   "names must be unique");
        }
    }
    std::vector<LinkRate> rates(options_.access.begin(), options_.access.end());
    rates.insert(rates.end(), {options_.aggregation, options_.metro, options_.entry});
    for (const LinkRate& rate : rates) {
        if (!(rate.up_bps > 0 && rate.down_bps > 0)) {
            refuse("E-TEL-003", "a link's capacity is not positive", "");
        }
    }
    JIAHE_CHECK(options_.cells_per_aggregation >= 1 && options_.aggregations_per_metro >= 1 &&
                    options_.data_centre_count >= 1 && sites_.size() < (1u << 24),
                "options of the network out of range");
}

void TelecomNetwork::group_cells() {
    std::vector<PlanePoint> cells(cell_count_);
    for (std::size_t c = 0; c < cell_count_; ++c)
        cells[c] = sites_[c].position;
    site_domain_ = bisect_points(cells, options_.cells_per_aggregation);
    domain_position_ = centres(cells, site_domain_, groups_of(site_domain_));
    domain_metro_ = bisect_points(domain_position_, options_.aggregations_per_metro);
    metro_count_ = groups_of(domain_metro_);
    metro_position_ = centres(domain_position_, domain_metro_, metro_count_);
}

void TelecomNetwork::attach_wired_sites() {
    for (std::size_t s = cell_count_; s < sites_.size(); ++s) {
        site_domain_.push_back(site_domain_[nearest_cell(sites_[s].position)]);
    }
    domain_site_first_.assign(domain_count() + 1, 0);
    for (const std::uint32_t d : site_domain_)
        ++domain_site_first_[d + 1];
    std::partial_sum(domain_site_first_.begin(), domain_site_first_.end(),
                     domain_site_first_.begin());
    domain_site_.resize(sites_.size());
    std::vector<std::uint32_t> next(domain_site_first_.begin(), domain_site_first_.end() - 1);
    for (std::size_t s = 0; s < sites_.size(); ++s)
        domain_site_[next[site_domain_[s]]++] = at(s);
}

void TelecomNetwork::set_rates() {
    link_rate_.assign(link_count(), {});
    const auto usable = [&](LinkRate rate) {
        return LinkRate{rate.up_bps * options_.usable_share, rate.down_bps * options_.usable_share};
    };
    for (std::size_t s = 0; s < sites_.size(); ++s) {
        link_rate_[s] = usable(options_.access[static_cast<std::size_t>(sites_[s].kind)]);
    }
    for (std::size_t d = 0; d < domain_count(); ++d) {
        link_rate_[aggregation_link(d)] = usable(options_.aggregation);
    }
    for (std::size_t m = 0; m < metro_count_; ++m)
        link_rate_[metro_link(m)] = usable(options_.metro);
    for (std::size_t c = 0; c < data_centre_count(); ++c) {
        link_rate_[entry_link(c)] = usable(options_.entry);
    }
}

void TelecomNetwork::set_latencies() {
    PlanePoint middle{};
    for (const PlanePoint p : metro_position_) {
        middle.x_m += p.x_m / static_cast<double>(metro_count_);
        middle.y_m += p.y_m / static_cast<double>(metro_count_);
    }
    latency_s_.resize(sites_.size());
    for (std::size_t s = 0; s < sites_.size(); ++s) {
        const std::uint32_t domain = site_domain_[s];
        const std::uint32_t metro = domain_metro_[domain];
        const double way_m = distance_m(sites_[s].position, domain_position_[domain]) +
                             distance_m(domain_position_[domain], metro_position_[metro]) +
                             distance_m(metro_position_[metro], middle);
        latency_s_[s] = fibre_latency_s(way_m) + 3 * options_.equipment_latency_s +
                        (s < cell_count_ ? options_.radio_latency_s : 0);
    }
}

std::span<const std::uint32_t> TelecomNetwork::sites_of(std::uint32_t domain) const {
    return std::span(domain_site_)
        .subspan(domain_site_first_[domain],
                 domain_site_first_[domain + 1] - domain_site_first_[domain]);
}

std::uint32_t TelecomNetwork::nearest_cell(PlanePoint position) const {
    std::uint32_t best = 0;
    double best_m2 = 1e300;
    for (std::uint32_t c = 0; c < cell_count_; ++c) {
        const double dx = sites_[c].position.x_m - position.x_m;
        const double dy = sites_[c].position.y_m - position.y_m;
        const double m2 = dx * dx + dy * dy;
        if (m2 < best_m2) {
            best_m2 = m2;
            best = c;
        }
    }
    return best;
}

std::uint32_t TelecomNetwork::site_named(SiteKind kind, std::string_view name) const {
    const auto found = std::lower_bound(
        sites_.begin(), sites_.end(), std::pair{kind, name},
        [](const SiteSpec& site, const std::pair<SiteKind, std::string_view>& key) {
            return std::pair{site.kind, std::string_view(site.name)} < key;
        });
    JIAHE_CHECK(found != sites_.end() && found->kind == kind && found->name == name,
                "no site of this name");
    return at(static_cast<std::size_t>(found - sites_.begin()));
}

LinkKind TelecomNetwork::link_kind(std::uint32_t link) const {
    JIAHE_CHECK(link < link_count(), "unknown link");
    if (link < sites_.size()) return LinkKind::kAccess;
    if (link < aggregation_link(0)) return LinkKind::kRadio;
    if (link < metro_link(0)) return LinkKind::kAggregation;
    return link < entry_link(0) ? LinkKind::kMetro : LinkKind::kEntry;
}

std::uint32_t TelecomNetwork::owner_of_link(std::uint32_t link) const {
    switch (link_kind(link)) {
        case LinkKind::kAccess:
            return site_domain_[link];
        case LinkKind::kRadio:
            return site_domain_[link - radio_link(0)];
        case LinkKind::kAggregation:
            return link - aggregation_link(0);
        case LinkKind::kMetro:
            return at(domain_count()) + data_centre_of_metro(link - metro_link(0));
        case LinkKind::kEntry:
            return at(domain_count()) + (link - entry_link(0));
    }
    return 0;
}

std::vector<std::string> TelecomNetwork::cell_names() const {
    std::vector<std::string> names;
    for (std::size_t c = 0; c < cell_count_; ++c)
        names.push_back(sites_[c].name);
    return names;
}

std::vector<TelecomNetwork::NamedLink> TelecomNetwork::backhaul_names() const {
    std::vector<NamedLink> names;
    for (std::size_t s = 0; s < sites_.size(); ++s) {
        names.push_back({link_name(site_kind_name(sites_[s].kind), sites_[s].name), at(s)});
    }
    for (std::size_t d = 0; d < domain_count(); ++d) {
        names.push_back({fmt::format("aggregation-{}", d), aggregation_link(d)});
    }
    for (std::size_t m = 0; m < metro_count_; ++m) {
        names.push_back({fmt::format("metro-{}", m), metro_link(m)});
    }
    return names;
}

std::vector<std::string> TelecomNetwork::data_centre_names() const {
    std::vector<std::string> names;
    for (std::size_t c = 0; c < data_centre_count(); ++c) {
        names.push_back(fmt::format("data-centre-{}", c));
    }
    return names;
}

}  // namespace jiahe::telecom
