// What static assignment works on: links with volume-delay functions, and trips by origin.
//
// Load time; immutable once built. Nodes count from 0 (external number - 1), links from 0 in the
// file's order (external id - 1). Shapes: out_* and in_* are CSR over nodes, links ascending;
// origins ascend, the destinations of one ascend too; several rows of one pair are summed.
// Trips inside a zone use no link: they are counted and left out.
// Invariants: 1. a zone below first_thru_node is left only by its own trips (`may_leave`); 2. every
// trip's destination can be reached. Units: those of the file.
// Errors: InputError E-NET-142 a link's parameter that no volume-delay function has, naming the
// link; 143 a zone without a way to another to which trips go; 144 demand to an unknown zone.
#pragma once

#include <cstdint>
#include <vector>

#include "roads/import_tntp.h"
#include "roads/volume_delay.h"

namespace jiahe {

struct CostWeights {
    double toll = 0;      // time per unit of toll
    double distance = 0;  // time per unit of length
};

class AssignmentNetwork {
  public:
    struct Origin {
        std::uint32_t node = 0;
        std::uint32_t first = 0, last = 0;  // of destination and trips
    };

    AssignmentNetwork(const TntpNetwork& tntp, const std::vector<TntpDemand>& demand,
                      const CostWeights& weights);

    std::size_t link_count() const { return link_from.size(); }
    std::size_t node_count() const { return out_first.size() - 1; }
    // May a path that begins at `origin` go on from `node`?
    bool may_leave(std::uint32_t node, std::uint32_t origin) const {
        return node >= first_thru_node_ || node == origin;
    }

    // Per link.
    std::vector<std::uint32_t> link_from, link_to;
    std::vector<VolumeDelay> delay;
    // Per node.
    std::vector<std::uint32_t> out_first, out_link, in_first, in_link;
    // Demand.
    std::vector<Origin> origins;
    std::vector<std::uint32_t> destination;
    std::vector<double> trips;
    double assigned_trips = 0, intrazonal_trips = 0;
    std::size_t links_without_capacity = 0;  // with B > 0: taken as constant

  private:
    void add_links(const TntpNetwork& tntp, const CostWeights& weights);
    void add_demand(const TntpNetwork& tntp, const std::vector<TntpDemand>& demand);
    void check_reachable(const TntpNetwork& tntp) const;
    std::uint32_t first_thru_node_ = 0;
};

}  // namespace jiahe
