// Sixteen stations in a ring with back ways: decisions at instants shared by several facts.
#include "support/determinism.h"
#include "support/toy_queues.h"

namespace jiahe {

DeterminismCase determinism_case() {
    DeterminismCase c;
    c.name = "queues";
    c.end = whole_seconds(2000);
    c.assemble = [](kernel::Simulator& simulator) -> std::shared_ptr<void> {
        std::vector<toys::QueueStation> stations;
        for (std::size_t i = 0; i < 16; ++i) {
            toys::QueueStation station;
            // Services of whole seconds meet arrivals at the same instants.
            station.service_mean_s = 1 + static_cast<double>(i % 3);
            station.constant_service = true;
            station.arrival_rate_per_s = 0.1;
            station.onward.assign(16, 0);
            station.onward[(i + 1) % 16] = 0.4;
            station.onward[(i + 11) % 16] = 0.3;
            stations.push_back(station);
        }
        auto system = std::make_shared<toys::QueueNetwork>(stations);
        simulator.add_system(*system);
        return system;
    };
    c.evidence = [](void* system) {
        std::string text;
        for (std::uint32_t s = 0; s < 16; ++s) {
            const auto& row = static_cast<toys::QueueNetwork*>(system)->row(s);
            text += std::to_string(row.arrived) + "/" + std::to_string(row.present_area_us) + " ";
        }
        return text;
    };
    return c;
}

}  // namespace jiahe
