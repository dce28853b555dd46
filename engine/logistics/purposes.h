// Purposes of this folder's draws (base/random.h): 1024 to 1279.
//
// A draw is named by purpose, entity and occasion; the entity is given beside each. Nothing else in
// this folder may be random. Values are fixed for ever: changing one changes every result.
#pragma once

#include "base/random.h"

namespace jiahe::logistics {

inline constexpr Purpose kDrawOrderCount = 1024;   // zone, day
inline constexpr Purpose kDrawOrder = 1025;        // zone, day | order of the zone
inline constexpr Purpose kDrawOrderDetail = 1026;  // zone, order of the zone
inline constexpr Purpose kDrawRead = 1027;         // parcel, induction
inline constexpr Purpose kDrawException = 1028;    // parcel, handling
inline constexpr Purpose kDrawChute = 1029;        // parcel, induction
inline constexpr Purpose kDrawService = 1030;      // order, attempt
inline constexpr Purpose kDrawAttempt = 1031;      // order, attempt
inline constexpr Purpose kDrawDwell = 1032;        // parcel, attempt
inline constexpr Purpose kDrawPlan = 1033;         // hub, wave

}  // namespace jiahe::logistics
