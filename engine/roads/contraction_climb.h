// One of the two searches of a contraction hierarchy's query: up the elimination tree.
//
// Private to engine/roads; scratch of one query, one thread. A Climb starts from one or more ends
// and settles the ranks of their paths to the root, lower ones first; where two paths meet they go
// on as one. Everything that a path has reached above lies in an array by depth of the tree, small
// enough for the nearest cache, one word a rank: cost, the rank before, whether there is a tie.
// Invariants: 1. between queries all words are "no way" and all labels unreachable; 2. a settled
// label holds the least cost of a way that only ascends, and its tie bit is set exactly where two
// such ways cost that. Units: us. Errors: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "roads/contraction_hierarchy.h"
#include "roads/contraction_index.h"

namespace jiahe::contraction {

using Index = ContractionHierarchy::Index;
using Weights = ContractionHierarchy::Costs::Weights;

inline constexpr std::int64_t kUnreachable = Weights::kUnreachable;
inline constexpr std::uint32_t kNone = Index::kNone;

// What a search knows of a rank when its turn has come.
struct Label {
    std::int64_t cost_us = kUnreachable;
    std::uint32_t before = kNone;  // rank
    bool tie = false;              // another path costs the same
};

struct End {
    std::uint32_t rank;
    std::int64_t cost_us;
};

// A label in one word: cost 48 bits, depth of the rank before 15, tie 1. Of two, the smaller costs
// less; equal costs set the tie. No branch that a processor could guess wrong.
using Word = std::uint64_t;
inline constexpr int kCostShift = 16;
inline constexpr Word kDepthMask = 0xfffe;
inline constexpr Word kCostMask = ~Word{0xffff};
inline constexpr Word kNoWay = static_cast<Word>(Weights::kFarthest) << kCostShift;
inline constexpr std::uint32_t kNothingBefore = 0x7fff;  // depths beyond all ranks (kMaxDepth)
inline constexpr std::uint32_t kOnABranch = 0x7ffe;

inline Word word_of(std::int64_t cost_us, std::uint32_t depth_before, bool tie) {
    return static_cast<Word>(cost_us) << kCostShift | depth_before << 1 | (tie ? 1u : 0u);
}

inline void take(Word& word, Word other) {
    const Word equal = ((word ^ other) & kCostMask) == 0 ? 1 : 0;
    word = (other < word ? other : word) | equal;
}

inline std::uint32_t depth_before(Word word) {
    return static_cast<std::uint32_t>((word & kDepthMask) >> 1);
}

// The words of one path to the root, by depth, so that they stay in the nearest cache.
struct Branch {
    explicit Branch(std::size_t depths) : words(depths, kNoWay), path(depths), joined(depths) {}
    std::vector<Word> words;            // no way between queries
    std::vector<std::uint32_t> path;    // the rank last settled at this depth
    std::vector<std::uint32_t> joined;  // the rank before, where the word says kOnABranch
    std::uint32_t at = kNone;           // the next rank to settle

    std::uint32_t rank_before(std::uint32_t depth, Word word) const {
        const std::uint32_t before = depth_before(word);
        if (before == kNothingBefore) return kNone;
        return before == kOnABranch ? joined[depth] : path[before];
    }
};

// One of the two searches. It climbs from its ends to the root of the elimination tree; where two
// of their paths meet they go on as one. A rank's label is settled when its turn comes.
class Climb {
  public:
    Climb(const Index& index, bool upwards)
        : settled(index.size()),
          index_(&index),
          upwards_(upwards),
          branches_(1, Branch(index.depth_count)) {}

    void begin(const Weights& weights) {
        weights_ = &weights;
        chain.clear();
        ends.clear();
    }

    // Climbs from all ends until one path is left; returns its next rank, kNone at the root.
    std::uint32_t climb_to_junction() {
        place_ends();
        while (active_.size() > 1) {
            std::size_t least = 0;
            for (std::size_t i = 1; i < active_.size(); ++i) {
                if (active_[i]->at < active_[least]->at) least = i;
            }
            Branch& branch = *active_[least];
            const bool joins = join_another(least);
            if (!joins) climb_one(branch);
            if (joins || branch.at == kNone)
                active_.erase(active_.begin() + static_cast<std::ptrdiff_t>(least));
        }
        return active_.empty() ? kNone : active_[0]->at;
    }

    // On the one path that is left, up to an ancestor, excluded (kNone: to the root).
    void climb(std::uint32_t to) {
        while (!active_.empty() && active_[0]->at != to)
            climb_one(*active_[0]);
    }

    void settle_next() { settle(*active_[0]); }
    // Its arcs are left out where it costs as much as `limit_us` or more.
    void relax_next(std::int64_t limit_us) {
        Branch& branch = *active_[0];
        const Label& label = settled[branch.at];
        if (label.cost_us < limit_us) relax(branch, word_of(label.cost_us, 0, label.tie));
        branch.at = index_->parent[branch.at];
    }

    void forget() {
        for (const std::uint32_t rank : chain)
            settled[rank].cost_us = kUnreachable;
    }

    std::vector<End> ends;
    std::vector<Label> settled;        // by rank; unreachable between queries
    std::vector<std::uint32_t> chain;  // ranks that are settled

  private:
    void place_ends() {
        while (branches_.size() < ends.size())
            branches_.emplace_back(index_->depth_count);
        active_.clear();
        for (std::size_t i = 0; i < ends.size(); ++i) {
            Branch& branch = branches_[i];
            branch.at = ends[i].rank;
            branch.words[index_->depth[branch.at]] =
                word_of(ends[i].cost_us, kNothingBefore, false);
            active_.push_back(&branch);
        }
    }

    void climb_one(Branch& branch) {
        const Word word = settle(branch);
        if (word < kNoWay) relax(branch, word);
        branch.at = index_->parent[branch.at];
    }

    Word settle(Branch& branch) {
        const std::uint32_t depth = index_->depth[branch.at];
        const Word word = branch.words[depth];
        branch.words[depth] = kNoWay;
        branch.path[depth] = branch.at;
        if (word >= kNoWay) return kNoWay;
        chain.push_back(branch.at);
        settled[branch.at] = {static_cast<std::int64_t>(word >> kCostShift),
                              branch.rank_before(depth, word), (word & 1) != 0};
        return word;
    }

    void relax(Branch& branch, Word word) const {
        Word* const by_depth = branch.words.data();
        const Word from = (word & ~kDepthMask) | index_->depth[branch.at] << 1;
        const Weights::QueryRange arcs =
            upwards_ ? weights_->query_up(branch.at) : weights_->query_down(branch.at);
        for (const Weights::QueryArc arc : arcs)
            take(by_depth[arc.head_depth()], (from + arc.cost_word()) | arc.tie());
    }

    // Where another path has come to the same rank, it goes on with what this one has reached.
    bool join_another(std::size_t i) {
        Branch& branch = *active_[i];
        for (std::size_t k = 0; k < active_.size(); ++k) {
            if (k == i || active_[k]->at != branch.at) continue;
            for (std::uint32_t depth = 0; depth <= index_->depth[branch.at]; ++depth)
                join(branch, *active_[k], depth);
            return true;
        }
        return false;
    }

    // What lies before is named by its rank then, for both paths have ranks of the same depths.
    static void join(Branch& from, Branch& into, std::uint32_t depth) {
        const Word word = from.words[depth];
        from.words[depth] = kNoWay;
        if (word >= kNoWay) return;
        if ((word & kCostMask) < (into.words[depth] & kCostMask)) {
            into.joined[depth] = from.rank_before(depth, word);
            const bool none = into.joined[depth] == kNone;
            into.words[depth] = (word & ~kDepthMask) | (none ? kNothingBefore : kOnABranch) << 1;
        } else {
            take(into.words[depth], word | kDepthMask);
        }
    }

    const Index* index_;
    bool upwards_;
    const Weights* weights_ = nullptr;
    std::vector<Branch> branches_;
    std::vector<Branch*> active_;
};

}  // namespace jiahe::contraction
