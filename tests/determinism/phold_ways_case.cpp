// PHOLD over fixed ways, a message a call: partitions that do not all meet.
#include "support/determinism.h"
#include "support/toy_phold.h"

namespace jiahe {

DeterminismCase determinism_case() {
    DeterminismCase c;
    c.name = "phold_ways";
    c.end = whole_seconds(80);
    c.assemble = [](kernel::Simulator& simulator) -> std::shared_ptr<void> {
        auto system = std::make_shared<toys::Phold>(
            toys::PholdOptions{.lps = 128, .population = 4, .neighbours = 2});
        simulator.add_system(*system);
        return system;
    };
    c.evidence = [](void* system) {
        return std::to_string(static_cast<toys::Phold*>(system)->received());
    };
    return c;
}

}  // namespace jiahe
