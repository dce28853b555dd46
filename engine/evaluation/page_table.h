// Tables and headings of a page: small pieces of HTML, every text escaped.
//
// Pure functions. Rows are built from cells by the caller: "<tr>" + cell(...) + "</tr>". Headings
// that begin with '>' stand over numbers and are aligned as those. Styles are classes of
// report.css. Errors: none.
#pragma once

#include <string>
#include <vector>

namespace jiahe::evaluation {

std::string cell(const std::string& text, const char* style = "");
std::string number_cell(const std::string& text);
std::string table(const std::vector<std::string>& headings, const std::string& rows);
std::string heading(const std::string& text);

}  // namespace jiahe::evaluation
