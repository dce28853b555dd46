#include "results/indicators.h"

#include <fmt/format.h>

namespace jiahe::results {

std::string kpi_csv(const std::vector<Kpi>& kpis) {
    std::string text = "name,unit,value\n";
    for (const Kpi& kpi : kpis)
        text += fmt::format("{},{},{}\n", kpi.name, kpi.unit, kpi.value);
    return text;
}

}  // namespace jiahe::results
