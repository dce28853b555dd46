// What people call the things that a scenario names by identifiers: plazas, hubs, cells, targets.
//
// "G60-Wangdian-exit" becomes "G60 Wangdian exit", "plaza-02" becomes "Plaza 2". A name that has no
// such form is shown as it is, with its hyphens as spaces. Text that is not ours is not translated,
// only the words that the site generators add (entry, exit, plaza, hub, cell, ...).
//
// Pure functions; output is UTF-8 plain text (escape it before it goes into a page). No units.
// Errors: none, any text is shown.
#pragma once

#include <string>
#include <string_view>

#include "evaluation/language.h"
#include "evaluation/run_record.h"

namespace jiahe::evaluation {

std::string shown_site(std::string_view name, Language language);

// "the backhaul of toll plaza E1 west entry", "road 1204": the subject of a sentence.
std::string shown_target(const ScriptedEvent& event, Language language);
// "failed", "was limited to 30 %", "grew to 1.5 times": the predicate.
std::string shown_action(const ScriptedEvent& event, Language language);
// "07:30–08:30", "from 07:30".
std::string shown_window(const ScriptedEvent& event, Language language);

// Name of the plaza that an event acts on directly; "" where it acts on none.
std::string plaza_of(const ScriptedEvent& event);

}  // namespace jiahe::evaluation
