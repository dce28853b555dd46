#include "logistics/parcel_orders.h"

#include "base/random.h"

namespace jiahe::logistics {
namespace {

constexpr Purpose kDrawDoors = 768;
constexpr Purpose kDrawDoor = 769;

std::uint8_t wave_of(const OrderOptions& options, double u) {
    double sum = 0;
    for (std::size_t w = 0; w + 1 < options.waves.size(); ++w) {
        sum += options.waves[w].share;
        if (u < sum) return static_cast<std::uint8_t>(w);
    }
    return static_cast<std::uint8_t>(options.waves.size() - 1);
}

}  // namespace

ParcelOrders draw_orders(const City& city, const OrderOptions& options) {
    ParcelOrders orders;
    orders.hub_first.push_back(0);
    const auto& zones = city.sites().zones;
    std::uint32_t door = 0;
    for (std::uint32_t hub = 0; hub < city.hub_node.size(); ++hub) {
        for (std::size_t z = 0; z < zones.size() && !options.waves.empty(); ++z) {
            if (city.zone_hub[z] != hub) continue;
            const double expected =
                zones[z].residents * options.parcels_per_resident * options.share;
            const std::uint64_t doors =
                Draw(options.seed, kDrawDoors, z, 0).poisson(expected / options.parcels_per_door);
            for (std::uint64_t k = 0; k < doors; ++k, ++door) {
                const Draw draw(options.seed, kDrawDoor, z, k);
                const std::uint64_t parcels = draw.geometric(options.parcels_per_door, 0);
                const std::uint8_t wave = wave_of(options, draw.uniform(1));
                for (std::uint64_t p = 0; p < parcels; ++p) {
                    orders.node.push_back(city.zone_node[z]);
                    orders.door.push_back(door);
                    orders.wave.push_back(wave);
                }
            }
        }
        orders.hub_first.push_back(static_cast<std::uint32_t>(orders.size()));
    }
    return orders;
}

}  // namespace jiahe::logistics
