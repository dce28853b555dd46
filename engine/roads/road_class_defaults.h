// What a link is given where its source says nothing: speed, lanes and capacity by road class.
//
// Pure functions. Capacities are base capacities of an uninterrupted lane (pcu/h/lane); signals and
// merges take their share at the node. Marks: A = assumption or recalled value, to be overridden by
// data. Speeds are general limits of Chinese roads (Road Traffic Safety Law, Implementation
// Regulations, art. 45 and 78) (A); capacities by design speed follow the base values of CJJ
// 37-2012, tables 4.2.2 and 4.3.2, as recalled (A). Invariant: with a jam density of 1/7.5 m the
// backward wave w = Q/(kj - Q/vf) of every class at its own speed lies in 10..25 km/h, as the
// traffic sheet asks.
#pragma once

#include "roads/road_graph.h"

namespace jiahe {

struct RoadClassDefaults {
    double free_speed_mps = 0;
    int lanes_oneway = 1;         // of a one-way road
    int lanes_per_direction = 1;  // of a two-way road
    double capacity_pcuph_per_lane = 0;
};

const RoadClassDefaults& class_defaults(RoadClass road_class);

// Base capacity of a lane at this free speed, linear between the table's rows.
double capacity_pcuph_per_lane_at(double free_speed_mps);

// The lower of what the class and the speed allow, all lanes.
double default_capacity_pcuph(RoadClass road_class, double free_speed_mps, int lane_count);

// The class that a road of this speed most likely has (A); used where the source names none.
RoadClass class_of_speed(double free_speed_mps);

}  // namespace jiahe
