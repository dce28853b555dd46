// Recreate: puts stops that stand outside into the cheapest feasible spot, with blinks.
//
// Looked at are the spots beside the nearest stops and an idle vehicle of each group; only where
// none of them will do, every spot of every tour with room. A spot that would become the best is
// passed over with probability `blink_rate`: the same law as blinking at every spot, for fewer
// draws. A spot between j and its follower cannot cost less than 2 d(c, j) - d(j, follower) unless
// the follower is nearer to c, and then it was looked at before; most spots fall by this bound
// (exact in a metric, else a rule of thumb). Working state of one search. Cost of a stop:
// O(neighbours). Source: Christiaens and Vanden Berghe, Transp. Sci. 54, 2020.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "routing/neighbours.h"
#include "routing/random_stream.h"
#include "routing/tour_list.h"

namespace jiahe::routing {

// A stop's neighbours by ascending distance (the shorter direction), with it; 8 bytes an entry.
class NearStops {
  public:
    struct Near {
        std::uint32_t stop;
        std::uint32_t distance;  // saturated
    };
    NearStops(const Problem& problem, const NeighbourLists& neighbours);
    std::span<const Near> of(std::uint32_t stop) const {
        return {near_.data() + std::size_t{stop} * count_, count_};
    }

  private:
    std::size_t count_;
    std::vector<Near> near_;
};

class Recreate {
  public:
    Recreate(TourList& tours, const NearStops& near) : tours_(tours), near_(near) {}

    // Each stop in the order given, where that costs less than `generosity` times its prize. False,
    // and the rest left outside, once the insertions would cost `most` or more together.
    bool insert_all(std::span<const std::uint32_t> stops, double blink_rate,
                    std::int64_t generosity, std::int64_t most, RandomStream& random);

  private:
    struct Spot {
        std::uint32_t prev = kNone;
        std::int64_t cost = kNoPlace;
    };
    Spot best_spot(std::uint32_t stop, std::int64_t most, RandomStream& random);
    void look_around(std::uint32_t stop, const NearStops::Near& near, Spot& best,
                     RandomStream& random);
    void take_if_better(std::uint32_t prev, std::int64_t cost, Spot& best, RandomStream& random);

    TourList& tours_;
    const NearStops& near_;
    double blink_rate_ = 0;
};

}  // namespace jiahe::routing
