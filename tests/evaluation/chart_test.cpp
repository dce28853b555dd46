#include "evaluation/chart.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <vector>

#include "well_formed.h"

namespace jiahe::evaluation {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t n = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++n;
    return n;
}

Chart two_lines() {
    Chart chart;
    chart.title = "Speed <km/h>";
    chart.edges = {0, 3600, 7200, 10800};
    chart.series.push_back({"a & b", "s1", {10, 20, 30}});
    chart.series.push_back({"c", "s2", {5, std::numeric_limits<double>::quiet_NaN(), 15}});
    return chart;
}

}  // namespace

TEST_CASE("a chart is well-formed and escapes what it is told") {
    const std::string html = draw(two_lines());
    CHECK(markup_fault(html) == "");
    CHECK(html.find("Speed &lt;km/h&gt;") != std::string::npos);
    CHECK(html.find("a &amp; b") != std::string::npos);
}

TEST_CASE("a missing value leaves a gap in the line") {
    const std::string html = draw(two_lines());
    // The first line has one pen-down, the second two, for its middle value is missing.
    const std::size_t begin = html.find("line s2");
    const std::string path = html.substr(begin, html.find("/>", begin) - begin);
    CHECK(count(path, "M") == 2);
    CHECK(count(path, "L") == 0);
}

TEST_CASE("every position has a tooltip with all series") {
    const std::string html = draw(two_lines());
    CHECK(count(html, "<title>") == 3);
    CHECK(html.find("01:00–02:00\na &amp; b: 20\nc: –") != std::string::npos);
}

TEST_CASE("stacked bars stand on each other") {
    Chart chart;
    chart.mark = Mark::kBars;
    chart.stacked = true;
    chart.edges = {0, 3600};
    chart.top = 10;
    chart.series.push_back({"low", "s1", {4}});
    chart.series.push_back({"high", "s2", {6}});
    const std::string html = draw(chart);
    // The plot runs from y = 266 (0) to 14 (10): 25.2 a unit. Low: 4 units from 165.2 down; high: 6
    // units from 14 down to 165.2.
    CHECK(html.find(R"(class="column s1" x="55.0" y="165.2")") != std::string::npos);
    CHECK(html.find(R"(y="14.0" width="562.0" height="151.2")") != std::string::npos);
}

TEST_CASE("a band marks its span behind the drawing and stays inside the plot") {
    Chart chart = two_lines();
    chart.bands = {{3600, 7200, "E<1"}, {9000, 99999, ""}, {20000, 30000, "outside"}};
    const std::string html = draw(chart);
    CHECK(markup_fault(html) == "");
    // The plot is 564 wide from x = 54; an hour is a third of it: 188.
    CHECK(html.find(R"(class="band" x="242.0" y="14" width="188.0")") != std::string::npos);
    CHECK(html.find(R"(class="band" x="524.0" y="14" width="94.0")") != std::string::npos);
    CHECK(html.find("E&lt;1") != std::string::npos);
    CHECK(html.find("outside") == std::string::npos);
    CHECK(html.find("class=\"band\"") < html.find("class=\"grid\""));
}

TEST_CASE("bins that only hold the end of a run are left out") {
    Chart chart = two_lines();
    clip_to(chart, 7200);
    CHECK(chart.edges == std::vector<double>{0, 3600, 7200});
    CHECK(chart.series[0].values == std::vector<double>{10, 20});
    clip_to(chart, 0);  // one position always stays
    CHECK(chart.series[0].values.size() == 1);
}

TEST_CASE("every second clock may be left out on narrow screens, the day ends at 24:00") {
    Chart chart;
    chart.edges = {0, 43200, 86400};
    chart.series.push_back({"a", "s1", {1, 2}});
    const std::string html = draw(chart);
    CHECK(count(html, "\"tick\" x=") + count(html, "\"tick spare\"") >= 13);
    CHECK(count(html, "\"tick spare\"") == 6);  // 02:00, 06:00 ... 22:00
    CHECK(html.find(">24:00</text>") != std::string::npos);
    CHECK(html.find(">00:00</text>") != std::string::npos);
}

TEST_CASE("a chart of nothing says so") {
    Chart chart;
    chart.edges = {0, 3600};
    chart.series.push_back({"a", "s1", {std::numeric_limits<double>::quiet_NaN()}});
    CHECK(draw(chart).find("Nothing was recorded.") != std::string::npos);
    chart.language = Language::kChinese;
    CHECK(draw(chart).find("没有记录。") != std::string::npos);
}

}  // namespace jiahe::evaluation
