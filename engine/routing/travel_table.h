// TravelTable: time and distance between locations, as a dense matrix or as a function.
//
// Immutable; copies share the data. Locations are 0 .. location_count - 1; units are the caller's
// (seconds and metres, say), never negative, less than 2^31 in a matrix. Dense matrices are refused
// above kMostDenseLocations (8 bytes a pair: 0.2 GB at 5,000); larger problems give a function,
// which is called from many threads at once and must be pure.
// Errors: InputError E-RTG-001 (shape), E-RTG-002 (negative or too large).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

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

    std::size_t location_count() const { return count_; }
    bool is_dense() const { return cells_ != nullptr; }
    Travel operator()(std::uint32_t from, std::uint32_t to) const {
        if (cells_) {
            const Cell& cell = (*cells_)[from * count_ + to];
            return {cell.time, cell.distance};
        }
        return (*function_)(from, to);
    }

  private:
    struct Cell {
        std::int32_t time, distance;
    };
    std::size_t count_ = 0;
    std::shared_ptr<const std::vector<Cell>> cells_;
    std::shared_ptr<const Function> function_;
};

}  // namespace jiahe::routing
