// Readers of benchmark files: VRPLIB text (.vrp) and Solomon's (.txt).
//
// VRPLIB: a head of `KEY : value` lines, then sections of numbered rows, as the sheet's section 7
// lists them; blanks around ':', tabs, carriage returns and a missing -1 or EOF are accepted,
// unknown keys are not. Solomon: name, VEHICLE block, CUSTOMER rows; row 0 is the depot.
// Load time. Errors: InputError with file, line and column: E-RTG-100 file, 101 unknown key, 102
// missing key or section, 103 number, 104 row, 105 node or vehicle number, 106 written twice, 107
// not supported, 108 stops and depots at odds, 109 a demand larger than every vehicle.
#pragma once

#include <filesystem>
#include <optional>

#include "routing/instance.h"

namespace jiahe::routing {

// By the file's ending. `rule` overrides what follows from the kind of file.
Instance read_instance(const std::filesystem::path& path,
                       std::optional<CostRule> rule = std::nullopt);

Instance read_vrplib(const std::filesystem::path& path);
Instance read_solomon(const std::filesystem::path& path);

inline constexpr std::int64_t kMostNodes = 50'000;
inline constexpr double kFarthest = 1e7;  // of a coordinate from 0
inline constexpr double kLatest = 1e9;    // of a time
inline constexpr std::int64_t kMostLoad = 1'000'000'000'000;
inline constexpr std::int64_t kMostCost = 1'000'000'000;

}  // namespace jiahe::routing
