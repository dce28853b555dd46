#include "evaluation/report.h"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "evaluation/run_record.h"
#include "results/run_files.h"
#include "run_fixture.h"
#include "support/temporary_folder.h"
#include "well_formed.h"

namespace jiahe::evaluation {
namespace {

namespace fs = std::filesystem;

std::string report_of(const TemporaryFolder& folder, const TownRun& run, const char* lang = "en") {
    const fs::path dir = folder / "run";
    fs::remove_all(dir);
    write_town_run(dir, run);
    write_report({dir}, dir / "report.html", lang);
    return results::read_file((dir / "report.html").string());
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a run's folder is read back as it was written") {
    const TemporaryFolder folder;
    write_town_run(folder / "run", {});
    const RunRecord run = read_run(folder / "run");
    CHECK(run.name == "grid-town");
    CHECK(run.audits.size() == 2);
    CHECK(run.traffic.link.size() == 360);  // 2 * 2 * 10 * 9
    CHECK(run.traffic.bins.count() == 24);
    CHECK(run.traffic.bins.width_s == 3600);
    CHECK(run.traffic.flow.size() == 360 * 24);
    CHECK(run.tolling.name[2] == "嘉兴北");
    CHECK(run.trips.departure_s.size() == 1000);
    CHECK(run.kpis.at(5).name == "tolling.revenue");
    CHECK(run.kpis.at(5).unit == "fen");
    CHECK(run.kpis.at(5).value == 123456789);
    CHECK(run.stragglers.at(1).cause == "still under way");
}

TEST_CASE("a report is one page without any reference to elsewhere") {
    const TemporaryFolder folder;
    for (const char* lang : {"en", "zh"}) {
        const std::string html = report_of(folder, {}, lang);
        CHECK(markup_fault(html) == "");
        for (const char* reference : {"http://", "https://", "src=", "href=", "url(", "@import"}) {
            INFO(reference);
            CHECK_FALSE(has(html, reference));
        }
    }
}

TEST_CASE("a report tells its verdict, its figures, its map and the map's authors") {
    const TemporaryFolder folder;
    const std::string html = report_of(folder, {});
    CHECK(has(html, "<b>All 2 audits balance</b>"));
    CHECK(has(html, "Of <b>1,000</b> vehicle trips <b>90.0 %</b> arrived; 100 were not at"));
    CHECK(has(html, "1.23<small>million CNY</small>"));
    CHECK(has(html, "Brand new figure"));  // a KPI that no label knows
    CHECK(has(html, "<div class=\"attribution\">© OpenStreetMap contributors</div>"));
    std::size_t charts = 0;
    for (std::size_t at = html.find("<svg"); at != std::string::npos;
         at = html.find("<svg", at + 1))
        ++charts;
    CHECK(charts == 8);
    CHECK(has(html, "00112233445566778899aabbccddeeff"));
}

TEST_CASE("a Chinese report speaks Chinese") {
    const TemporaryFolder folder;
    const std::string html = report_of(folder, {}, "zh");
    CHECK(has(html, "<html lang=\"zh-CN\">"));
    CHECK(has(html, "2 项守恒审计全部平衡"));
    CHECK(has(html, "123<small>万元</small>"));
    CHECK_FALSE(has(html, "Vehicles under way"));
    CHECK_THROWS_AS(report_of(folder, {}, "fr"), InputError);
}

TEST_CASE("an audit that does not balance is the first thing said") {
    const TemporaryFolder folder;
    TownRun run;
    run.balances = false;
    const std::string html = report_of(folder, run);
    const std::size_t banner = html.find("<b>1 of 2 audits do not balance</b> (Vehicle trips)");
    REQUIRE(banner != std::string::npos);
    CHECK(banner < html.find("class=\"lead\""));
    CHECK_FALSE(has(html, "audits balance</b>"));
}

TEST_CASE("a run that covers only a part of its scenario says so first") {
    const TemporaryFolder folder;
    TownRun run;
    run.complete = false;
    run.reached = "36000";
    std::string html = report_of(folder, run);
    CHECK(has(html, "<b>This run was stopped at 10:00, before its end at 30:00.</b>"));
    CHECK(html.find("class=\"banner partial\"") < html.find("class=\"lead\""));
    // Without a word on when, the last arrival tells: 17:45, later than the last delivery at 14:18.
    run.reached = "";
    CHECK(has(report_of(folder, run), "<b>This run was stopped at 17:45,"));
    run.reached = "36000";
    run.complete = true;
    html = report_of(folder, run);
    CHECK(
        has(html, "<b>This run was asked to end at 10:00; its scenario goes on until 30:00.</b>"));
    run.reached = "";
    CHECK_FALSE(has(report_of(folder, run), "class=\"banner"));
}

TEST_CASE("stragglers are listed with link and cause") {
    const TemporaryFolder folder;
    const std::string html = report_of(folder, {});
    CHECK(has(html, "100 trips were not at their destination when the run ended."));
    CHECK(has(html, "Counts are over the first 2 of them."));
    CHECK(
        has(html, "<td class=\"number\">9</td><td class=\"number\">117</td><td>in gridlock</td>"));
}

TEST_CASE("a scripted event is told, marked on the charts and on the map") {
    const TemporaryFolder folder;
    TownRun run;
    run.script = R"([{"time": "07:30", "until": "08:30", "action": "fail",
                      "target": {"kind": "backhaul", "name": "plaza-West Gate"}},
                     {"time": "09:00", "action": "close", "target": {"kind": "link", "name": "117"}}])";
    std::string html = report_of(folder, run);
    CHECK(markup_fault(html) == "");
    CHECK(has(html,
              "<td>E1</td><td>07:30–08:30</td><td>the backhaul of toll plaza West Gate</td>"
              "<td>failed</td>"));
    CHECK(has(html, "<td>E2</td><td>from 09:00</td><td>link 117</td><td>was closed</td>"));
    CHECK(has(html, "Vehicles standing at West Gate"));
    CHECK(has(html, "How passages were settled at West Gate"));
    CHECK(has(html, ">E1</text>"));
    CHECK(has(html, "\"hit\":[[0,1,3]]"));  // plaza 0, in the hours from 07:00 and 08:00
    html = report_of(folder, run, "zh");
    CHECK(has(html, "收费站 West Gate 的回传链路"));
    run.script = "";
    CHECK_FALSE(has(report_of(folder, run), "class=\"band\""));
}

TEST_CASE("names from outside cannot become markup or script") {
    const TemporaryFolder folder;
    TownRun run;
    run.name = "<script>alert(1)</script>";
    run.plaza_name = "</script><img src=x onerror=alert(2)>";
    const std::string html = report_of(folder, run);
    CHECK(markup_fault(html) == "");
    CHECK_FALSE(has(html, "<script>alert"));
    CHECK_FALSE(has(html, "<img"));
}

TEST_CASE("systems that were switched off leave no trace in the report") {
    const TemporaryFolder folder;
    TownRun run;
    run.with_tolling = run.with_logistics = run.with_telecom = false;
    run.attribution = "";
    const std::string html = report_of(folder, run);
    CHECK(markup_fault(html) == "");
    CHECK_FALSE(has(html, "Toll plazas</h2>"));
    CHECK_FALSE(has(html, "Network services"));
    CHECK_FALSE(has(html, "<div class=\"attribution\">"));
    CHECK(has(html, "Vehicles under way"));
}

TEST_CASE("several runs are set side by side, and one run each is called so") {
    const TemporaryFolder folder;
    write_town_run(folder / "a", {});
    TownRun second;
    second.etc_share = "0.9";
    second.late_s = 7200;
    write_town_run(folder / "b", second);
    write_report({folder / "a", folder / "b"}, folder / "both.html", "en");
    std::string html = results::read_file(folder / "both.html");
    CHECK(markup_fault(html) == "");
    CHECK(has(html, "One run each (n = 1)"));
    CHECK(has(html, "The runs are paired"));
    CHECK(has(html, "<td>tolling.etc_share</td><td>0.65</td><td>0.9</td>"));
    // Of 200 parcels 133 have i % 3 != 0, of which 7 are never delivered (i % 20 == 19): 126 came
    // an hour early in the first run and an hour late in the other.
    CHECK(has(html, "<td>parcels in time before, not now</td><td class=\"number\">126</td>"));
    second.trips = 900;
    write_town_run(folder / "b", second);
    write_report({folder / "a", folder / "b"}, folder / "both.html", "en");
    html = results::read_file(folder / "both.html");
    CHECK(has(html, "Not paired with a: b."));
    CHECK_FALSE(has(html, "The runs are paired"));
}

TEST_CASE("what is no run's folder is refused by name, what is damaged as damaged") {
    const TemporaryFolder folder;
    fs::create_directories(folder / "empty");
    CHECK_THROWS_WITH_AS(read_run(folder / "empty"), doctest::Contains("error[E-REP-001]"),
                         InputError);
    write_town_run(folder / "run", {});
    results::write_file(folder / "run" + "/results.h5", "not HDF5");
    CHECK_THROWS_AS(read_run(folder / "run"), CorruptFileError);
    write_town_run(folder / "run", {});
    results::write_file(folder / "run" + "/manifest.json", "[1, 2");
    CHECK_THROWS_AS(read_run(folder / "run"), CorruptFileError);
}

TEST_CASE("a city of 60,000 links over 24 hours makes a page below 5 MB in seconds") {
    const TemporaryFolder folder;
    TownRun run;
    run.rows = run.columns = 123;  // 2 * 2 * 123 * 122 = 60,024 links
    run.bins = 24;
    run.cells = 2000;
    run.name = "large-town";
    write_town_run(folder / "run", run);
    const auto begin = std::chrono::steady_clock::now();
    write_report({folder / "run"}, folder / "report.html", "en");
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
    const auto bytes = fs::file_size(folder / "report.html");
    MESSAGE("report of 60,024 links: " << bytes << " bytes in " << wall.count() << " s");
    CHECK(bytes < 5'000'000);
    CHECK(wall.count() < 30);
}

}  // namespace jiahe::evaluation
