// PHOLD from any owner to any other, many messages a call: all partitions meet.
#include "support/determinism.h"
#include "support/toy_phold.h"

namespace jiahe {

DeterminismCase determinism_case() {
    DeterminismCase c;
    c.name = "phold";
    c.end = whole_seconds(80);
    c.assemble = [](kernel::Simulator& simulator) -> std::shared_ptr<void> {
        auto system = std::make_shared<toys::Phold>(
            toys::PholdOptions{.lps = 128, .population = 4, .batched = true});
        simulator.add_system(*system);
        return system;
    };
    c.evidence = [](void* system) {
        return std::to_string(static_cast<toys::Phold*>(system)->received());
    };
    return c;
}

}  // namespace jiahe
