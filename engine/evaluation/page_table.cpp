#include "evaluation/page_table.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "evaluation/number_text.h"

namespace jiahe::evaluation {

std::string cell(const std::string& text, const char* style) {
    return fmt::format("<td{}>{}</td>", *style != 0 ? fmt::format(" class=\"{}\"", style) : "",
                       escape_html(text));
}
std::string number_cell(const std::string& text) {
    return cell(text, "number");
}

std::string table(const std::vector<std::string>& headings, const std::string& rows) {
    std::string out = "<div class=\"scroll\"><table><thead><tr>";
    for (const std::string& text : headings) {
        const bool is_number = text.starts_with('>');
        out += fmt::format("<th{}>{}</th>", is_number ? " class=\"number\"" : "",
                           escape_html(is_number ? text.substr(1) : text));
    }
    return out + "</tr></thead><tbody>" + rows + "</tbody></table></div>";
}

std::string heading(const std::string& text) {
    return "<h2>" + escape_html(text) + "</h2>";
}

}  // namespace jiahe::evaluation
