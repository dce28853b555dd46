// Customisation: from a cost vector to the costs of all arcs of a contraction hierarchy.
#include <algorithm>

#include "base/check.h"
#include "roads/contraction_hierarchy.h"
#include "roads/contraction_index.h"
#include "roads/parallel_for.h"

namespace jiahe {

using Index = ContractionHierarchy::Index;
using Weights = ContractionHierarchy::Costs::Weights;

// One rank's arcs by the rank of their head, while they are shortened.
struct Weights::BasicRow {
    std::int64_t up_us, down_us;
    std::uint32_t up_via, down_via;
};

// The same after basic customisation.
struct Weights::PerfectRow {
    std::int64_t up_us, down_us;
};

// By arc: does a shortest path take it upwards, downwards?
struct Weights::Needed {
    std::vector<std::uint8_t> up, down;
};

Weights::Weights(const Index& index, std::span<const std::int64_t> link_costs_us,
                 std::span<const std::int64_t> turn_costs_us, int threads)
    : turn_us(turn_costs_us.begin(), turn_costs_us.end()) {
    JIAHE_CHECK(link_costs_us.size() == index.size(), "one cost for every link is needed");
    JIAHE_CHECK(turn_us.empty() || turn_us.size() == index.movement_arc.size(),
                "no turn costs, or one for every movement");
    link_us.reserve(link_costs_us.size());
    for (const std::int64_t cost : link_costs_us) {
        JIAHE_CHECK(cost >= 0, "a link cost is negative");
        link_us.push_back(cost >= kClosedLink_us ? kUnreachable : std::max<std::int64_t>(cost, 1));
    }
    for (const std::int64_t cost : turn_us)
        JIAHE_CHECK(cost >= 0, "a turn cost is negative");
    place_turns(index);
    customise_basic(index, threads);
    customise_perfect(index, threads);
}

std::int64_t Weights::step_us(const Index& index, std::uint32_t movement) const {
    const std::int64_t link = link_us[index.graph->movement_out_link[movement].index()];
    if (turn_us.empty()) return link;
    if (link >= kUnreachable || turn_us[movement] >= kClosedLink_us) return kUnreachable;
    return link + turn_us[movement];
}

void Weights::place_turns(const Index& index) {
    const std::size_t arcs = index.up_head.size();
    for (Direction* direction : {&up, &down}) {
        direction->cost_us.assign(arcs, kUnreachable);
        direction->via.assign(arcs, kDirect);
    }
    for (std::uint32_t m = 0; m < index.movement_arc.size(); ++m) {
        const Index::MovementArc place = index.movement_arc[m];
        if (place.arc == Index::kNone) continue;
        (place.up ? up : down).cost_us[place.arc] = step_us(index, m);
    }
}

// Shortens y's arcs by going down to x and up again, for the lower ends x in a part of y's list.
void Weights::pull_triangles(const Index& index, std::uint32_t low_begin, std::uint32_t low_end,
                             std::vector<BasicRow>& row) {
    for (std::uint32_t i = low_begin; i < low_end; ++i) {
        const std::uint32_t x = index.low_tail[i];
        const std::uint32_t low = index.low_arc[i];
        const std::int64_t to_x_us = down.cost_us[low];
        const std::int64_t from_x_us = up.cost_us[low];
        const std::uint32_t to_x_tie = down.via[low] & kTie;
        const std::uint32_t from_x_tie = up.via[low] & kTie;
        if (to_x_us >= kUnreachable && from_x_us >= kUnreachable) continue;
        for (std::uint32_t arc = low + 1; arc < index.up_first[x + 1]; ++arc) {
            BasicRow& at = row[index.up_head[arc]];
            const std::int64_t up_us = to_x_us + up.cost_us[arc];
            if (up_us <= at.up_us) {
                at.up_via =
                    up_us < at.up_us ? x | to_x_tie | (up.via[arc] & kTie) : at.up_via | kTie;
                at.up_us = up_us;
            }
            const std::int64_t down_us = down.cost_us[arc] + from_x_us;
            if (down_us <= at.down_us) {
                at.down_via = down_us < at.down_us ? x | from_x_tie | (down.via[arc] & kTie)
                                                   : at.down_via | kTie;
                at.down_us = down_us;
            }
        }
    }
}

void Weights::customise_basic(const Index& index, int threads) {
    std::vector<std::vector<BasicRow>> rows(static_cast<std::size_t>(threads));
    const auto relax = [&](std::uint32_t y, std::uint32_t low_begin, std::uint32_t low_end,
                           int thread) {
        if (low_begin == low_end) return;
        std::vector<BasicRow>& row = rows[static_cast<std::size_t>(thread)];
        row.resize(index.size());
        for (std::uint32_t arc = index.up_first[y]; arc < index.up_first[y + 1]; ++arc)
            row[index.up_head[arc]] = {up.cost_us[arc], down.cost_us[arc], up.via[arc],
                                       down.via[arc]};
        pull_triangles(index, low_begin, low_end, row);
        for (std::uint32_t arc = index.up_first[y]; arc < index.up_first[y + 1]; ++arc) {
            const BasicRow& at = row[index.up_head[arc]];
            up.cost_us[arc] = at.up_us;
            down.cost_us[arc] = at.down_us;
            up.via[arc] = at.up_via;
            down.via[arc] = at.down_via;
        }
    };
    for (std::size_t t = 0; t < index.tiers.size(); ++t) {
        const Index::Tier& tier = index.tiers[t];
        const std::uint32_t end =
            t + 1 < index.tiers.size() ? index.tiers[t + 1].begin : index.size();
        // Lower ends in lower tiers are done: every rank of this tier may look at them at once.
        const auto split = [&](std::uint32_t y) {
            const auto begin = index.low_tail.begin() + index.low_first[y];
            const auto last = index.low_tail.begin() + index.low_first[y + 1];
            return static_cast<std::uint32_t>(std::lower_bound(begin, last, tier.begin) -
                                              index.low_tail.begin());
        };
        if (t > 0) {
            parallel_for(end - tier.begin, threads, [&](std::size_t i, int thread) {
                const std::uint32_t y = tier.begin + static_cast<std::uint32_t>(i);
                relax(y, index.low_first[y], split(y), thread);
            });
        }
        parallel_for(tier.blocks.size(), threads, [&](std::size_t b, int thread) {
            for (std::uint32_t y = tier.blocks[b].begin; y < tier.blocks[b].end; ++y)
                relax(y, split(y), index.low_first[y + 1], thread);
        });
    }
}

// Arcs (y, z) between two heads of x hold shortest distances already; x's arcs get theirs. Then the
// arcs that cost more than that are left out of the queries.
void Weights::shorten_over_heads(const Index& index, std::uint32_t x, std::vector<PerfectRow>& row,
                                 Needed& needed) {
    const std::uint32_t first = index.up_first[x];
    const std::uint32_t last = index.up_first[x + 1];
    for (std::uint32_t arc = first; arc < last; ++arc)
        row[index.up_head[arc]] = {up.cost_us[arc], down.cost_us[arc]};
    for (std::uint32_t arc = first; arc < last; ++arc) {
        const std::uint32_t y = index.up_head[arc];
        PerfectRow at_y = row[y];
        std::uint32_t k = index.up_first[y];
        for (std::uint32_t higher = arc + 1; higher < last; ++higher) {
            const std::uint32_t z = index.up_head[higher];
            while (index.up_head[k] != z)
                ++k;
            PerfectRow& at_z = row[z];
            at_z.up_us = std::min(at_z.up_us, at_y.up_us + up.cost_us[k]);
            at_z.down_us = std::min(at_z.down_us, down.cost_us[k] + at_y.down_us);
            at_y.up_us = std::min(at_y.up_us, at_z.up_us + down.cost_us[k]);
            at_y.down_us = std::min(at_y.down_us, up.cost_us[k] + at_z.down_us);
        }
        row[y] = at_y;
    }
    for (std::uint32_t arc = first; arc < last; ++arc) {
        const PerfectRow& least = row[index.up_head[arc]];
        needed.up[arc] = up.cost_us[arc] < kFarthest && up.cost_us[arc] == least.up_us;
        needed.down[arc] = down.cost_us[arc] < kFarthest && down.cost_us[arc] == least.down_us;
        up.cost_us[arc] = least.up_us;
        down.cost_us[arc] = least.down_us;
    }
}

void Weights::gather_query_arcs(const Index& index, const Needed& needed) {
    query_first.assign(1, 0);
    const auto add = [&](std::uint32_t x, const Direction& direction,
                         const std::vector<std::uint8_t>& wanted) {
        for (std::uint32_t arc = index.up_first[x]; arc < index.up_first[x + 1]; ++arc) {
            if (wanted[arc] == 0) continue;
            query_arcs.emplace_back(direction.cost_us[arc], index.depth[index.up_head[arc]],
                                    direction.via[arc]);
        }
        query_first.push_back(static_cast<std::uint32_t>(query_arcs.size()));
    };
    for (std::uint32_t x = 0; x < index.size(); ++x) {
        add(x, up, needed.up);
        add(x, down, needed.down);
    }
}

void Weights::customise_perfect(const Index& index, int threads) {
    Needed needed;
    needed.up.resize(index.up_head.size());
    needed.down.resize(index.up_head.size());
    std::vector<std::vector<PerfectRow>> rows(static_cast<std::size_t>(threads));
    for (std::size_t t = index.tiers.size(); t-- > 0;) {
        const std::vector<Index::Block>& blocks = index.tiers[t].blocks;
        parallel_for(blocks.size(), threads, [&](std::size_t b, int thread) {
            std::vector<PerfectRow>& row = rows[static_cast<std::size_t>(thread)];
            row.resize(index.size());
            for (std::uint32_t x = blocks[b].end; x-- > blocks[b].begin;)
                shorten_over_heads(index, x, row, needed);
        });
    }
    gather_query_arcs(index, needed);
}

ContractionHierarchy::Costs ContractionHierarchy::customise(std::span<const std::int64_t> link_us,
                                                            std::span<const std::int64_t> turn_us,
                                                            int threads) const {
    return Costs(std::make_shared<const Weights>(*index_, link_us, turn_us, std::max(1, threads)));
}

std::size_t ContractionHierarchy::Costs::query_arc_count() const {
    return weights_->query_arcs.size();
}

}  // namespace jiahe
