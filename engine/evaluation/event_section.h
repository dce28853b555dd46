// What the script did to the city: the events of the scenario, and the story at each plaza that an
// event acts on: how passages were settled, how many vehicles stood there, how long they took,
// before, during and after.
//
// A run by itself cannot tell what an event caused; the section says so and asks for a run without
// the event to compare with. Events are numbered E1, E2 ... in the order of the scenario; charts
// over time mark them by these numbers (event_bands). "" where there is no script. Pure; escaped.
#pragma once

#include <string>
#include <vector>

#include "evaluation/chart.h"
#include "evaluation/language.h"
#include "evaluation/run_record.h"

namespace jiahe::evaluation {

// Of events that act within the run's span, clipped to it; at most 12.
std::vector<Band> event_bands(const RunRecord& run);

std::string event_section(const RunRecord& run, Language language);

}  // namespace jiahe::evaluation
