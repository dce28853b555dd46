// Purposes of this folder's draws (base/random.h): 768 to 1023.
//
// A draw is named by purpose, entity and occasion; these two are given beside each. Nothing else in
// this folder may be random. Values are fixed for ever: changing one changes every result.
#pragma once

#include "base/random.h"

namespace jiahe::logistics {

inline constexpr Purpose kDrawDoors = 768;      // zone, 0
inline constexpr Purpose kDrawDoor = 769;       // zone, door of the zone
inline constexpr Purpose kDrawRead = 770;       // parcel, passage of the gate
inline constexpr Purpose kDrawException = 771;  // parcel, 0
inline constexpr Purpose kDrawPass = 772;       // parcel, 0
inline constexpr Purpose kDrawSuccess = 773;    // parcel, attempt
inline constexpr Purpose kDrawDoorTime = 774;   // first parcel of the door, attempt

inline constexpr Purpose kDrawDivert = 775;        // parcel, attempt
inline constexpr Purpose kDrawPlaceInTruck = 776;  // parcel, 0
inline constexpr Purpose kDrawPlan = 777;          // hub, dispatch

}  // namespace jiahe::logistics
