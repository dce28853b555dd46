#include "logistics/parcel_orders.h"

#include <algorithm>
#include <cmath>

#include "logistics/purposes.h"

namespace jiahe::logistics {
namespace {

std::uint8_t wave_of(const OrderOptions& options, double u) {
    double sum = 0;
    for (std::size_t w = 0; w + 1 < options.waves.size(); ++w) {
        sum += options.waves[w].share;
        if (u < sum) return static_cast<std::uint8_t>(w);
    }
    return static_cast<std::uint8_t>(options.waves.size() - 1);
}

Handover handover_of(const OrderOptions& options, double u) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < kHandoverCount; ++i) {
        sum += options.handover_share[i];
        if (u < sum) return static_cast<Handover>(i);
    }
    return Handover::kStation;
}

std::uint32_t volume_ml(const OrderOptions& options, const Draw& draw, std::uint32_t index) {
    const double kg =
        std::min(draw.lognormal(options.weight_median_kg, options.weight_sigma, index),
                 options.weight_most_kg);
    return static_cast<std::uint32_t>(std::ceil(1000 * kg / options.density_kg_per_l));
}

}  // namespace

std::vector<std::uint32_t> draw_zone_orders(const OrderOptions& options, std::uint64_t zone,
                                            double mean_parcels) {
    const std::uint64_t count =
        Draw(options.seed, kDrawDoors, zone, 0).poisson(mean_parcels / options.parcels_per_door);
    std::vector<std::uint32_t> parcels;
    parcels.reserve(count);
    for (std::uint64_t k = 0; k < count; ++k) {
        parcels.push_back(static_cast<std::uint32_t>(
            Draw(options.seed, kDrawDoor, zone, k).geometric(options.parcels_per_door, 0)));
    }
    return parcels;
}

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
            const std::vector<std::uint32_t> drawn = draw_zone_orders(options, z, expected);
            for (std::size_t k = 0; k < drawn.size(); ++k, ++door) {
                const Draw draw(options.seed, kDrawDoor, z, k);
                const std::uint8_t wave = wave_of(options, draw.uniform(1));
                const Handover handover = handover_of(options, draw.uniform(2));
                for (std::uint32_t p = 0; p < drawn[k]; ++p) {
                    orders.node.push_back(city.zone_node[z]);
                    orders.door.push_back(door);
                    orders.wave.push_back(wave);
                    orders.handover.push_back(handover);
                    orders.volume_ml.push_back(volume_ml(options, draw, 3 + p));
                }
            }
        }
        orders.hub_first.push_back(static_cast<std::uint32_t>(orders.size()));
    }
    return orders;
}

}  // namespace jiahe::logistics
