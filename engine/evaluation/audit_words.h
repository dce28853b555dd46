// The audits' names and claims, and the stragglers' causes, in words of the page's language.
//
// manifest.json names audits by identifiers ("tolling.fen") and states claims in English; both are
// shown in words here. What is not known here is shown as it is, so a new audit is never hidden.
//
// Pure functions; output is UTF-8 plain text (escape it before it goes into a page). No units.
#pragma once

#include <string>
#include <string_view>

#include "evaluation/language.h"

namespace jiahe::evaluation {

std::string audit_label(std::string_view name, Language language);
std::string audit_claim(std::string_view claim, Language language);

// "queued for link 12": kind "queued for another link", so that causes can be counted.
std::string cause_kind(std::string_view cause, Language language);
// The cause whole.
std::string cause_text(std::string_view cause, Language language);

}  // namespace jiahe::evaluation
