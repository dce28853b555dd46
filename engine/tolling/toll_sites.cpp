#include "tolling/toll_sites.h"

#include <fmt/format.h>

#include "base/error.h"

namespace jiahe::tolling {
namespace {

void refuse(std::vector<InputFault>& faults, const char* code, const std::string& site,
            const std::string& what, const std::string& hint) {
    faults.push_back({code, {"", 0, 0, site}, what, hint});
}

}  // namespace

SectionId TollSites::section_of(std::uint32_t site) const {
    return site < plazas.size() ? plazas[site].section : gantries[site - plazas.size()].section;
}

const std::string& TollSites::name_of(std::uint32_t site) const {
    return site < plazas.size() ? plazas[site].name : gantries[site - plazas.size()].name;
}

void TollSites::validate() const {
    std::vector<InputFault> faults;
    for (const PlazaSpec& plaza : plazas) {
        const std::string where = "plaza " + plaza.name;
        if (plaza.lanes.empty() || plaza.lanes.size() > kLaneCountMax) {
            refuse(faults, "E-TOL-020", where, fmt::format("{} lanes", plaza.lanes.size()),
                   fmt::format("a plaza has 1 to {} lanes", kLaneCountMax));
        }
        if (plaza.apron < plaza.lanes.size() || plaza.apron > kApronMax) {
            refuse(faults, "E-TOL-021", where, fmt::format("an apron of {} vehicles", plaza.apron),
                   fmt::format("at least one place a lane, at most {}", kApronMax));
        }
    }
    for (std::uint32_t site = 0; site < site_count(); ++site) {
        const SectionId section = section_of(site);
        if (section.valid() && section.index() >= sections.size()) {
            refuse(faults, "E-TOL-022", "site " + name_of(site),
                   fmt::format("section {} does not exist", section.value),
                   fmt::format("there are {} sections", sections.size()));
        }
    }
    if (!faults.empty()) throw InputError(std::move(faults));
}

}  // namespace jiahe::tolling
