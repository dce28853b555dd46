#include "city/run.h"
#include "city/system_registry.h"
#include "scenario/core_sections.h"
#include "world/city_section.h"

namespace jiahe::city {

scenario::Schema make_schema() {
    scenario::Schema schema;
    scenario::declare_core(schema);
    declare_city_sites(schema);
    for (const SystemModule& module : system_registry())
        module.declare(schema);
    return schema;
}

}  // namespace jiahe::city
