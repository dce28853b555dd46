#include "roads/contraction_order.h"

#include <metis.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "base/check.h"
#include "base/error.h"

namespace jiahe {

namespace {

// Trials for each separator. More give little on street networks, fewer a tenth more arcs.
constexpr idx_t kSeparatorTrials = 8;
constexpr idx_t kRefinements = 20;

}  // namespace

TurnGraph turn_graph(const RoadGraph& graph) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
    edges.reserve(2 * graph.movement_count());
    for (std::size_t m = 0; m < graph.movement_count(); ++m) {
        const std::uint32_t in = graph.movement_in_link[m].value;
        const std::uint32_t out = graph.movement_out_link[m].value;
        if (in == out) continue;
        edges.emplace_back(in, out);
        edges.emplace_back(out, in);
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    TurnGraph turns;
    turns.first.assign(graph.link_count() + 1, 0);
    for (const auto& [link, other] : edges) {
        ++turns.first[link + 1];
        turns.neighbour.push_back(other);
    }
    std::partial_sum(turns.first.begin(), turns.first.end(), turns.first.begin());
    return turns;
}

std::vector<std::uint32_t> dissection_order(const TurnGraph& turns) {
    const std::size_t count = turns.first.size() - 1;
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0u);
    if (turns.neighbour.empty()) return order;  // METIS wants edges
    std::vector<idx_t> first(turns.first.begin(), turns.first.end());
    std::vector<idx_t> neighbour(turns.neighbour.begin(), turns.neighbour.end());
    std::vector<idx_t> link_at(count);
    std::vector<idx_t> place_of(count);
    std::array<idx_t, METIS_NOPTIONS> options{};
    METIS_SetDefaultOptions(options.data());
    options[METIS_OPTION_SEED] = 1;
    options[METIS_OPTION_NSEPS] = kSeparatorTrials;
    options[METIS_OPTION_NITER] = kRefinements;
    auto vertices = static_cast<idx_t>(count);
    const int status = METIS_NodeND(&vertices, first.data(), neighbour.data(), nullptr,
                                    options.data(), link_at.data(), place_of.data());
    if (status == METIS_ERROR_MEMORY) throw ResourceError("METIS: out of memory");
    JIAHE_CHECK(status == METIS_OK, "METIS refused the graph of turns");
    for (std::size_t place = 0; place < count; ++place)
        order[place] = static_cast<std::uint32_t>(link_at[place]);
    return order;
}

}  // namespace jiahe
