#include "city/run.h"
#include "logistics/logistics_section.h"
#include "resilience/resilience_section.h"
#include "scenario/core_sections.h"
#include "telecom/telecom_section.h"
#include "tolling/tolling_section.h"
#include "traffic/traffic_section.h"
#include "world/city_section.h"

namespace jiahe::city {

scenario::Schema make_schema() {
    scenario::Schema schema;
    scenario::declare_core(schema);
    declare_city_sites(schema);
    traffic::declare_traffic(schema);
    tolling::declare_tolling(schema);
    logistics::declare_logistics(schema);
    telecom::declare_telecom(schema);
    resilience::declare_resilience(schema);
    return schema;
}

}  // namespace jiahe::city
