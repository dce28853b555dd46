#include "resilience/resilience_section.h"

namespace jiahe::resilience {

void declare_resilience(scenario::Schema& schema) {
    auto& resilience = schema.section("resilience", "How the events reach the city.");
    resilience
        .duration("notice",
                  "Time by which an order is sent ahead of its effect; an event in the first "
                  "`notice` of a run takes effect at its end.")
        .range("1 s", "60 s")
        .by_default("5 s");
}

ResilienceConfig read_resilience(const scenario::Value& resilience) {
    return {resilience["notice"].duration()};
}

}  // namespace jiahe::resilience
