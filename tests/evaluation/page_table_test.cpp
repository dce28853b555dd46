#include "evaluation/page_table.h"

#include <doctest/doctest.h>

#include <string>

#include "well_formed.h"

namespace jiahe::evaluation {

TEST_CASE("a table aligns numbers and escapes every text") {
    const std::string html =
        table({"name <x>", ">count"}, "<tr>" + cell("a & b") + number_cell("1,234") + "</tr>");
    CHECK(markup_fault(html) == "");
    CHECK(html.find("<th>name &lt;x&gt;</th><th class=\"number\">count</th>") != std::string::npos);
    CHECK(html.find("<td>a &amp; b</td><td class=\"number\">1,234</td>") != std::string::npos);
    CHECK(heading("1 < 2") == "<h2>1 &lt; 2</h2>");
    CHECK(cell("no", "no") == "<td class=\"no\">no</td>");
}

}  // namespace jiahe::evaluation
