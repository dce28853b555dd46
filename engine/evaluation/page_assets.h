// The report's style sheet and map script: report.css and report_map.js of this folder, carried in
// the program as text (CMakeLists.txt makes the source), so that a page needs no other file.
//
// Constant text, UTF-8, without an external reference of any kind. The script draws every element
// of class "map" from the JSON beside it; its input is described in map_pack.h.
#pragma once

#include <string_view>

namespace jiahe::evaluation {

std::string_view report_style();
std::string_view report_map_script();

}  // namespace jiahe::evaluation
