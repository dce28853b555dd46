// The report's map as data: links, plazas, hubs and cells packed for report_map.js.
//
// One JSON object. Arrays are base64 of little-endian typed arrays: positions are uint16 steps of
// `step_m` in a local plane (equirectangular about the middle; north up) with the origin in the
// south-west, lengths uint16 m. Rates [step][link] are one base64 digit each: `ratio` = floor(60 *
// mean speed / free speed), 1 ... 62, 0 = no vehicle; `load` = floor(40 * flow / capacity), 0 ...
// 62, 63 = unknown: steps in which every bound of the map's classes is a whole number. Ids are
// uint32 where all fit, else float64. Links are ordered from small roads to large, so that large
// ones are drawn on top. Bins are merged until the link rates stay below kMapRateBytes. 60,000
// links over 24 hours take about 4.2 MB. Pure function; Errors: none, no network gives {"n":0}.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "evaluation/language.h"
#include "evaluation/run_record.h"

namespace jiahe::evaluation {

inline constexpr std::size_t kMapRateBytes = 4'000'000;

std::string base64(std::span<const std::uint8_t> bytes);
// One digit of the base64 alphabet a value. REQUIRES: values below 64.
std::string six_bit_digits(std::span<const std::uint8_t> values);

// Bins merged to one step, so that there are few steps, bytes of all stay below the bound, and a
// step of more than one bin divides the hour or is whole hours.
std::size_t bins_per_step(std::size_t bins, std::size_t links, double bin_s);

std::string map_json(const RunRecord& run, Language language = Language::kEnglish);

}  // namespace jiahe::evaluation
