// TravelTable: time and distance between locations: a dense matrix, a plane or a function.
//
// Immutable; copies share the data. Locations are 0 .. location_count - 1; units are the caller's
// (seconds and metres, say), never negative, less than 2^31 in a matrix. Dense matrices are refused
// above kMostDenseLocations (8 bytes a pair: 0.2 GB at 5,000). A plane needs no memory: Euclidean
// distances under a rounding rule, computed when asked, which also are the times. A function is
// called from many threads at once and must be pure.
// Errors: InputError E-RTG-001 (shape), E-RTG-002 (negative or too large).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "routing/euclidean.h"

namespace jiahe::routing {

inline constexpr std::size_t kMostDenseLocations = 5000;

struct Travel {
    std::int64_t time = 0;
    std::int64_t distance = 0;
};

class TravelTable {
  public:
    using Function = std::function<Travel(std::uint32_t from, std::uint32_t to)>;

    // Row-major: [from * location_count + to].
    static TravelTable from_matrices(std::size_t location_count, std::span<const std::int64_t> time,
                                     std::span<const std::int64_t> distance);
    static TravelTable from_function(std::size_t location_count, Function function);

    // Distances and times are euclidean(positions...).
    static TravelTable from_positions(std::vector<Position> positions, double scale,
                                      Rounding rounding);

    std::size_t location_count() const { return count_; }
    // True where the time of every way equals its distance by construction.
    bool is_plane() const { return positions_ != nullptr; }
    Travel operator()(std::uint32_t from, std::uint32_t to) const {
        if (!positions_) return looked_up(from, to);
        const std::int64_t d = plane_distance(from, to);
        return {d, d};
    }
    std::int64_t distance(std::uint32_t from, std::uint32_t to) const {
        if (positions_) [[likely]]
            return plane_distance(from, to);
        return looked_up(from, to).distance;
    }

    std::int64_t time(std::uint32_t from, std::uint32_t to) const {
        if (positions_) [[likely]]
            return plane_distance(from, to);
        return looked_up(from, to).time;
    }

  private:
    Travel looked_up(std::uint32_t from, std::uint32_t to) const;
    std::int64_t plane_distance(std::uint32_t from, std::uint32_t to) const {
        return euclidean(positions_[from], positions_[to], scale_, rounding_);
    }
    struct Cell {
        std::int32_t time, distance;
    };
    std::size_t count_ = 0;
    std::shared_ptr<const std::vector<Cell>> cells_;
    std::shared_ptr<const Function> function_;
    const Position* positions_ = nullptr;  // of kept_
    std::shared_ptr<const std::vector<Position>> kept_;
    double scale_ = 1;
    Rounding rounding_ = Rounding::kNearest;
};

}  // namespace jiahe::routing
