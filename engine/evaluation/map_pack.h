// The report's map as data: links, plazas, hubs and cells packed for report_map.js.
//
// One JSON object. Arrays are base64 of little-endian typed arrays (b64 keys): positions are uint16
// steps of `step_m` in a local plane (equirectangular about the middle; north up) with the origin
// in the south-west; rates are bytes: `ratio` = 200 * mean speed / free speed (1 ... 254, 0 = no
// vehicle), `load` = 100 * flow / capacity (0 ... 254, 255 unknown), [step][link]. Links are
// ordered from small roads to large, so that large ones are drawn on top. Bins are merged until the
// link rates stay below kMapRateBytes. 60,000 links over 24 hours take about 5.5 MB. Pure function;
// Errors: none, an empty network gives {"n":0}.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "evaluation/run_record.h"

namespace jiahe::evaluation {

inline constexpr std::size_t kMapRateBytes = 4'000'000;

std::string base64(std::span<const std::uint8_t> bytes);

// Bins merged to one step, so that there are few steps, bytes of all stay below the bound, and a
// step of more than one bin divides the hour or is whole hours.
std::size_t bins_per_step(std::size_t bins, std::size_t links, double bin_s);

std::string map_json(const RunRecord& run);

}  // namespace jiahe::evaluation
