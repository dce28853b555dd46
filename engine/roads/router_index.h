// What every search of a Router reads: compact adjacency of links and the landmark tables.
//
// Private to engine/roads; immutable once built. Shapes: next_* is a CSR over links of the links
// that may follow, previous_* its reverse; landmark_ms is [node][2 * landmark], free-flow ms from
// the landmark to the node, then from the node to the landmark, rounded down link by link.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "roads/shortest_path.h"

namespace jiahe {

struct Router::Impl {
    static constexpr std::uint32_t kUnreachable_ms = std::numeric_limits<std::uint32_t>::max();
    // Distances stop here (149 h), so that products with the bound scale fit 63 bits.
    static constexpr std::uint32_t kFarthest_ms = 1u << 29;

    Impl(const RoadGraph& road_graph, int landmark_count);

    const RoadGraph* graph;
    std::vector<std::uint32_t> next_offset, next_link;
    std::vector<std::uint32_t> previous_offset, previous_link;
    std::vector<std::uint32_t> head;     // to-node of each link
    std::vector<std::uint32_t> free_ms;  // rounded down
    std::size_t column_count = 0;        // 2 * landmarks
    std::vector<std::uint32_t> landmark_node;
    std::shared_ptr<const std::vector<std::uint32_t>> free_table;

    // The landmark table for links of these times.
    std::shared_ptr<const std::vector<std::uint32_t>> make_table(
        const std::vector<std::uint32_t>& link_ms) const;
    // Largest factor, in us per ms times 2^16, that keeps every link's time below its cost.
    static std::uint64_t safe_scale(std::span<const std::int64_t> cost_us,
                                    const std::vector<std::uint32_t>& link_ms);

  private:
    void build_adjacency();
    std::vector<std::uint32_t> node_distances_ms(const std::vector<std::uint32_t>& link_ms,
                                                 std::uint32_t root, bool forward) const;
    void choose_landmarks(std::size_t count);
};

// A 4-ary heap of (key, link), least first; equal keys by link. clear() keeps the memory.
class LinkHeap {
  public:
    struct Entry {
        std::int64_t key;
        std::uint32_t link;
        bool operator<(const Entry& other) const {
            return key != other.key ? key < other.key : link < other.link;
        }
    };
    bool empty() const { return entries_.empty(); }
    void clear() { entries_.clear(); }
    const Entry& top() const { return entries_.front(); }

    void push(Entry entry) {
        std::size_t at = entries_.size();
        entries_.push_back(entry);
        while (at > 0) {
            const std::size_t parent = (at - 1) / 4;
            if (!(entry < entries_[parent])) break;
            entries_[at] = entries_[parent];
            at = parent;
        }
        entries_[at] = entry;
    }

    Entry pop() {
        const Entry least = entries_.front();
        const Entry last = entries_.back();
        entries_.pop_back();
        const std::size_t size = entries_.size();
        if (size > 0) sift_down(last, size);
        return least;
    }

  private:
    void sift_down(Entry entry, std::size_t size) {
        std::size_t at = 0;
        for (;;) {
            const std::size_t first = 4 * at + 1;
            if (first >= size) break;
            const std::size_t end = first + 4 < size ? first + 4 : size;
            std::size_t child = first;
            for (std::size_t i = first + 1; i < end; ++i) {
                if (entries_[i] < entries_[child]) child = i;
            }
            if (!(entries_[child] < entry)) break;
            entries_[at] = entries_[child];
            at = child;
        }
        entries_[at] = entry;
    }

    std::vector<Entry> entries_;
};

}  // namespace jiahe
