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
    CHECK(has(html, "<b>90.0 %</b> of 1,000 trips arrived."));
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
    CHECK(has(html, "<p class=\"verdict bad\"><b>1 of 2 audits do not balance.</b>"));
    run.balances = true;
    run.complete = false;
    CHECK(has(report_of(folder, run), "The run was stopped before its end"));
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

TEST_CASE("several runs are set side by side") {
    const TemporaryFolder folder;
    write_town_run(folder / "a", {});
    TownRun second;
    second.name = "other-town";
    write_town_run(folder / "b", second);
    write_report({folder / "a", folder / "b"}, folder / "both.html", "en");
    const std::string html = results::read_file(folder / "both.html");
    CHECK(markup_fault(html) == "");
    CHECK(has(html, "The runs side by side"));
    CHECK(has(html, "Other town"));
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

TEST_CASE("a city of 60,000 links over 24 hours makes a page below 15 MB in seconds") {
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
    CHECK(bytes < 15'000'000);
    CHECK(wall.count() < 30);
}

}  // namespace jiahe::evaluation
