// Look-up of RoadGraphData by external id: nodes, links and the links at each node.
//
// Load time only, private to engine/roads. Holds row numbers, so the data must neither move nor
// grow while an index is in use. Invariants: 1. in_links and out_links of a node ascend by link id;
// 2. rows that name unknown nodes are left out (validation reports them).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "roads/road_graph.h"

namespace jiahe {

class DataIndex {
  public:
    explicit DataIndex(const RoadGraphData& data);

    static constexpr std::uint32_t kNone = 0xffffffffu;
    // Row of an external id, or kNone.
    std::uint32_t node_row(std::int64_t id) const;
    std::uint32_t link_row(std::int64_t id) const;
    // Rows of the links that end or begin at the node of this row.
    std::span<const std::uint32_t> in_links(std::uint32_t node_row) const;
    std::span<const std::uint32_t> out_links(std::uint32_t node_row) const;

  private:
    struct Key {
        std::int64_t id;
        std::uint32_t row;
    };
    static std::uint32_t find(const std::vector<Key>& keys, std::int64_t id);

    std::vector<Key> nodes_, links_;
    std::vector<std::uint32_t> in_offset_, out_offset_, in_, out_;
};

}  // namespace jiahe
