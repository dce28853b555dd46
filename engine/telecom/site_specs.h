// From the City's site layers to the sites of the communication network.
//
// Cells, plazas, gantries and hubs become sites; a camera hangs on the backhaul of its nearest
// cell. The city's residents are shared out among cells by their traffic weight (to the person); a
// cell of mixed land use serves the four uses by the shares below. Positions are laid into a local
// plane. City lifecycle; pure functions. Errors: none (the layers are valid).
#pragma once

#include <vector>

#include "telecom/telecom_network.h"
#include "world/city.h"

namespace jiahe::telecom {

// Users of a mixed cell: residential, office, transport, entertainment (A).
inline constexpr std::array<double, kLandUseCount> kMixedUse = {0.55, 0.25, 0.05, 0.15};

std::vector<SiteSpec> site_specs(const City& city);

// Site of each row of a layer: sites_of_kind[i] is the network's site for layer row i.
std::vector<std::uint32_t> plaza_sites(const TelecomNetwork& network, const City& city);
std::vector<std::uint32_t> gantry_sites(const TelecomNetwork& network, const City& city);
std::vector<std::uint32_t> hub_sites(const TelecomNetwork& network, const City& city);
std::vector<std::uint32_t> cell_sites(const TelecomNetwork& network, const City& city);

}  // namespace jiahe::telecom
