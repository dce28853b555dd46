#include "evaluation/comparison_section.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "well_formed.h"

namespace jiahe::evaluation {
namespace {

RunRecord run_of(const char* folder, double delay_s, double passages, double share) {
    RunRecord run;
    run.folder = folder;
    run.name = "town";
    run.start = "06:00";
    run.end = "07:00";
    run.kpis = {{"tolling.mean_plaza_delay", "s", delay_s, ""},
                {"tolling.passages", "1", passages, ""},
                {"tolling.etc_share", "1", share, ""},
                {"tolling.backlog_records", "1", 0, ""}};
    return run;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("differences are told with sign, percent and points, equal figures only counted") {
    const std::string html = comparison_section(
        {run_of("out/a", 10, 1000, 0.65), run_of("out/b/", 15, 900, 0.60)}, Language::kEnglish);
    CHECK(markup_fault(html) == "");
    CHECK(has(html, "<td class=\"number\">+5 s (+50 %)</td>"));
    CHECK(has(html, "<td class=\"number\">−100 (−10 %)</td>"));
    CHECK(has(html, "<td class=\"number\">−5 points</td>"));
    CHECK(has(html, "equal in all runs</summary><p class=\"plain\">Records not yet sent</p>"));
    CHECK(has(html, "Differences are against a."));
}

TEST_CASE("a mean of nothing has no difference") {
    const std::string html =
        comparison_section({run_of("a", 10, 1000, 0.65), run_of("b", 0, 0, 0)}, Language::kEnglish);
    CHECK(has(html,
              "<td>Mean delay at a plaza</td><td class=\"number\">10 s</td>"
              "<td class=\"number\">–</td><td class=\"number\">–</td>"));
}

TEST_CASE("runs of other seeds are not called paired") {
    RunRecord a = run_of("a", 10, 1000, 0.65), b = a;
    b.folder = "b";
    CHECK(has(comparison_section({a, b}, Language::kEnglish),
              "have the same scenario, seed and program"));
    b.seed = 2;
    const std::string html = comparison_section({a, b}, Language::kEnglish);
    CHECK(has(html, "Not paired with a: b."));
    CHECK(has(html, "<td>seed</td><td>0</td><td>2</td>"));
}

TEST_CASE("one run is not compared; runs of one name are told apart by their folders") {
    CHECK(comparison_section({run_of("a", 1, 1, 1)}, Language::kEnglish) == "");
    RunRecord other = run_of("c", 1, 1, 1);
    other.name = "other-town";
    const auto names = distinct_names({run_of("x/a/", 1, 1, 1), run_of("x/b", 1, 1, 1), other});
    CHECK(names == std::vector<std::string>{"a", "b", "Other town"});
}

}  // namespace jiahe::evaluation
