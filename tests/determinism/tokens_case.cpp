// The token ring: logs, waiters, epochs, fields, growing state, a listener, a merged sink.
#include "support/determinism.h"
#include "support/toy_tokens.h"

namespace jiahe {

DeterminismCase determinism_case() {
    DeterminismCase c;
    c.name = "tokens";
    c.end = whole_seconds(900);
    c.assemble = [](kernel::Simulator& simulator) -> std::shared_ptr<void> {
        return std::make_shared<toys::TokenCity>(simulator);
    };
    c.evidence = [](void* city) {
        const auto& tokens = *static_cast<toys::TokenCity*>(city);
        return std::to_string(tokens.ring.moved()) + " moves, " +
               std::to_string(tokens.meter.heard()) + " heard, " +
               std::to_string(tokens.digest.row().records) + " recorded";
    };
    return c;
}

}  // namespace jiahe
