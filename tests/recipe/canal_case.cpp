// The canal in the determinism matrix.
#include "canal/canal_system.h"
#include "support/determinism.h"

namespace jiahe {

DeterminismCase determinism_case() {
    DeterminismCase c;
    c.name = "canal";
    c.end = hours(12);
    c.seeds = {1};  // the canal draws nothing
    c.assemble = [](kernel::Simulator& simulator) -> std::shared_ptr<void> {
        auto canal = std::make_shared<canal::CanalSystem>(40, 60);
        simulator.add_system(*canal);
        return canal;
    };
    return c;
}

}  // namespace jiahe
