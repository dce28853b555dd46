#include "coupling/vehicles_load_cells.h"

#include <algorithm>

namespace jiahe::coupling {

void VehiclesLoadCells::count(std::span<const std::uint32_t> vehicles_on_link,
                              std::span<std::int64_t> vehicles_by_cell) const {
    std::fill(vehicles_by_cell.begin(), vehicles_by_cell.end(), 0);
    for (std::size_t l = 0; l < vehicles_on_link.size(); ++l) {
        vehicles_by_cell[link_site_[l]] += vehicles_on_link[l];
    }
}

}  // namespace jiahe::coupling
