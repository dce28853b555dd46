// Vehicles load cells: who drives under a cell reports its position through it.
//
// Direction: traffic -> telecom, a field: vehicles on each link x (link -> nearest cell) ->
// vehicles in each cell, asked at the radio epochs (60 s); the traffic field is that of its last
// epoch. Conservation: vehicles over cells = vehicles over links. Test:
// tests/coupling/conservation_test.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace jiahe::coupling {

class VehiclesLoadCells {
  public:
    // link_site[link]: the telecom cell of the link's middle.
    explicit VehiclesLoadCells(std::vector<std::uint32_t> link_site)
        : link_site_(std::move(link_site)) {}
    void count(std::span<const std::uint32_t> vehicles_on_link,
               std::span<std::int64_t> vehicles_by_cell) const;

  private:
    std::vector<std::uint32_t> link_site_;
};

}  // namespace jiahe::coupling
