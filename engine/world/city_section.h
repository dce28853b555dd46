// What the scenario's `city` section says of sites: how many are laid or generated, and how many
// people live here. Declared beside the core's own keys (scenario/core_sections.h).
//
// Scenario lifecycle; a plain value read once. Errors: those of the scenario reader.
#pragma once

#include "scenario/schema.h"
#include "scenario/value.h"
#include "world/lay_sites.h"

namespace jiahe {

void declare_city_sites(scenario::Schema& schema);
LayOptions read_city_sites(const scenario::Value& city, std::uint64_t seed);

}  // namespace jiahe
