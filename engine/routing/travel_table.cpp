#include "routing/travel_table.h"

#include <limits>
#include <string>

#include "base/error.h"

namespace jiahe::routing {
namespace {

std::int32_t fitted(std::int64_t value, std::size_t cell) {
    if (value >= 0 && value <= std::numeric_limits<std::int32_t>::max()) {
        return static_cast<std::int32_t>(value);
    }
    throw InputError(InputFault{
        "E-RTG-002",
        {"", 0, 0, "travel cell " + std::to_string(cell)},
        "a travel time or distance of " + std::to_string(value) + ", expected 0 to 2147483647",
        "choose a coarser unit"});
}

}  // namespace

TravelTable TravelTable::from_matrices(std::size_t location_count,
                                       std::span<const std::int64_t> time,
                                       std::span<const std::int64_t> distance) {
    const std::size_t cells = location_count * location_count;
    if (location_count > kMostDenseLocations || time.size() != cells || distance.size() != cells) {
        throw InputError(InputFault{"E-RTG-001",
                                    {},
                                    "matrices of " + std::to_string(time.size()) + " and " +
                                        std::to_string(distance.size()) + " cells for " +
                                        std::to_string(location_count) + " locations",
                                    "give n * n cells for at most 5000 locations, or a function"});
    }
    TravelTable table;
    table.count_ = location_count;
    std::vector<Cell> data(cells);
    for (std::size_t i = 0; i < cells; ++i)
        data[i] = {fitted(time[i], i), fitted(distance[i], i)};
    table.cells_ = std::make_shared<const std::vector<Cell>>(std::move(data));
    return table;
}

TravelTable TravelTable::from_function(std::size_t location_count, Function function) {
    TravelTable table;
    table.count_ = location_count;
    table.function_ = std::make_shared<const Function>(std::move(function));
    return table;
}

Travel TravelTable::looked_up(std::uint32_t from, std::uint32_t to) const {
    if (!cells_) return (*function_)(from, to);
    const Cell& cell = (*cells_)[from * count_ + to];
    return {cell.time, cell.distance};
}

TravelTable TravelTable::from_positions(std::vector<Position> positions, double scale,
                                        Rounding rounding) {
    TravelTable table;
    table.count_ = positions.size();
    table.kept_ = std::make_shared<const std::vector<Position>>(std::move(positions));
    table.positions_ = table.kept_->data();
    table.scale_ = scale;
    table.rounding_ = rounding;
    return table;
}

}  // namespace jiahe::routing
