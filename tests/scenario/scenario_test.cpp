#include "scenario/scenario.h"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "scenario/toy_section.h"

using namespace jiahe;
using toy::read;
using toy::refusal;

namespace {
std::string good_town() {
    std::ifstream file(JIAHE_SOURCE_DIR "/tests/scenario/good_town.yaml");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}
}  // namespace

TEST_CASE("a system reads its own section in SI units") {
    const scenario::Scenario loaded = read(good_town());
    scenario::FaultList faults;
    const toy::ToyConfig toy = toy::read_toy(loaded["ferries"], faults);
    CHECK(faults.empty());
    CHECK(toy.enabled);
    CHECK(toy.share == 0.125);
    CHECK(toy.fallback == toy::Fallback::kManual);
    REQUIRE(toy.ferries.size() == 2);
    CHECK(toy.ferries[0].name == "heron");
    CHECK(toy.ferries[0].berths == 8);
    CHECK(toy.ferries[0].crossing == whole_seconds(90));
    CHECK_FALSE(toy.ferries[0].limit_mps.has_value());
    CHECK(toy.ferries[1].berths == 6);
    CHECK(toy.ferries[1].crossing == minutes(90));
    CHECK(toy.ferries[1].limit_mps == 5.0);  // 18 km/h
    CHECK(toy.weights == std::vector<double>{1, 0.25, 0});
    // Start 06:30: 06:00 lies before it, 07:30:15 an hour and 15 s after, 24:30 on the next day.
    CHECK(toy.departures == std::vector<SimTime>{minutes(-30), whole_seconds(3615), hours(18)});
    CHECK(toy.fare_fen_per_km == doctest::Approx(35).epsilon(1e-15));
    CHECK(toy.fine == Fen{50});
    CHECK(toy.message_bytes == 1024);
    CHECK(toy.backhaul_bps == 1.2e9);
    CHECK(loaded["ferries"]["tariffs"]["truck"].number() == 2.5);
    CHECK(loaded["ferries"].has("office"));
    CHECK(loaded["ferries"]["office"]["address"].text() == "quay 1");
    CHECK_FALSE(read("name: a")["ferries"].has("office"));
}

TEST_CASE("every section has its defaults") {
    const scenario::Scenario loaded = read("name: a");
    scenario::FaultList faults;
    const toy::ToyConfig toy = toy::read_toy(loaded["ferries"], faults);
    CHECK(toy.share == 0.15);
    CHECK(toy.weights == std::vector<double>{1, 0.5, 0.25});
    CHECK(toy.fine == Fen{5000});
    CHECK_FALSE(loaded["ferries"]["share"].written());
    CHECK(loaded["city"].has("generator"));
    CHECK_FALSE(loaded["city"].has("network"));
    CHECK(loaded["city"]["generator"]["block"].length_m() == 300);
}

TEST_CASE("a system reports a fault at a value's place") {
    const scenario::Scenario loaded =
        read("name: a\nferries:\n  boats:\n    - {berths: 2, name: titanic}\n");
    scenario::FaultList faults;
    toy::read_toy(loaded["ferries"], faults);
    REQUIRE(faults.faults().size() == 1);
    CHECK(faults.faults()[0].to_string() ==
          "t.yaml:4:25: error[E-TOY-001]: ferry 'titanic' has sunk (rename it)");
    CHECK_THROWS_AS(faults.throw_if_any(), InputError);
    // A default has the place of the section that lacks it.
    CHECK(loaded.at("ferries.boats.0.crossing").place().line == 4);
    CHECK(loaded.at("ferries.boats.0.crossing").path() == "ferries.boats.0.crossing");
}

TEST_CASE("faults are collected, sorted by place, and the twenty-first is only counted") {
    CHECK(refusal("seed: -1\nferries: {share: 2, fare: 3}\n") ==
          "t.yaml:1:1: error[E-SCN-013]: 'name' is missing (it is required: Name of the run; also "
          "that of its folder.)\n"
          "t.yaml:1:7: error[E-SCN-018]: 'seed' is '-1', which is not at least 0\n"
          "t.yaml:2:18: error[E-SCN-018]: 'ferries.share' is '2', which is not from 0 to 1\n"
          "t.yaml:2:27: error[E-SCN-016]: 'ferries.fare' is '3' without a unit (units: fen/km, "
          "yuan/km)");
    std::string many = "name: a\n";
    for (int i = 0; i < 30; ++i)
        many += "zzzzzzzzz" + std::to_string(i) + ": 1\n";
    const std::string text = refusal(many);
    CHECK(std::count(text.begin(), text.end(), '\n') == 20);
    CHECK(text.find("error[E-SCN-099]: 10 more faults are not listed") != std::string::npos);
}

TEST_CASE("lists have sizes and unique names, bounds may exclude themselves") {
    CHECK(refusal("name: a\nferries: {boats: [{name: x}, {name: y}, {name: x}]}") ==
          "t.yaml:2:48: error[E-SCN-024]: two elements of 'ferries.boats' have the name 'x' (first "
          "in line 2)");
    CHECK(
        refusal("name: a\nferries: {boats: [{name: x}, {name: y}, {name: z}, {name: q}]}") ==
        "t.yaml:2:18: error[E-SCN-025]: 'ferries.boats' has 4 elements, which is not from 0 to 3");
    CHECK(refusal("name: a\nferries: {fare: 0 yuan/km}") ==
          "t.yaml:2:17: error[E-SCN-018]: 'ferries.fare' is '0 yuan/km', which is not above 0 "
          "fen/km");
    CHECK(refusal("name: a\nferries: {tariffs: {a.b: 1}}")
              .starts_with("t.yaml:2:21: error[E-SCN-026]: 'a.b' is no name for an entry"));
    CHECK(refusal("name: a\nferries: {fine: 0.001 yuan}")
              .starts_with("t.yaml:2:17: error[E-SCN-022]:"));
}

TEST_CASE("a file that is absent, a folder or too large is refused by name") {
    const auto load = [](const std::filesystem::path& path) -> std::string {
        try {
            scenario::Scenario::load(toy::toy_schema(), path);
        } catch (const InputError& error) {
            return error.what();
        }
        return "accepted";
    };
    CHECK(load("no/such.yaml") == "no/such.yaml: error[E-SCN-001]: there is no such file");
    CHECK(load(JIAHE_SOURCE_DIR).find("not a regular file") != std::string::npos);
    const auto big = std::filesystem::temp_directory_path() / "jiahe_big_scenario.yaml";
    std::ofstream(big).close();
    std::filesystem::resize_file(big, (16u << 20) + 1);
    CHECK(load(big).find("error[E-SCN-002]: the scenario has 16777217 bytes") != std::string::npos);
    std::filesystem::remove(big);
}

TEST_CASE("messages stay one line of bounded length whatever the file holds") {
    const std::string text =
        refusal("name: a\nseed: \"line\\nbreak" + std::string(5000, 'x') + "\"");
    CHECK(std::count(text.begin(), text.end(), '\n') == 0);
    CHECK(text.size() < 300);
    CHECK(refusal("name: a\n" + std::string(2'000'000, 'k') + ": 1").size() < 400);
}

TEST_CASE("a long line of many values is read in linear time") {
    std::string text = "name: a\nferries: {weights: [1";
    for (int i = 0; i < 200'000; ++i)
        text += ",1";
    const scenario::Scenario loaded = read(text + "]}");
    CHECK(loaded["ferries"]["weights"].size() == 200'001);
    std::string many = "name: a\nferries:\n  weights:\n";
    for (int i = 0; i < 1'000'001; ++i)
        many += "  - 1\n";
    CHECK(refusal(many).find("error[E-SCN-002]: more than 1000000 values") != std::string::npos);
}

TEST_CASE("misuse of values and schemas is our bug, not the user's") {
    const scenario::Scenario loaded = read("name: a");
    CHECK_THROWS_AS(loaded["seed"].text(), InternalError);
    CHECK_THROWS_AS(loaded["nothing"], InternalError);
    CHECK_THROWS_AS(loaded["title"].text(), InternalError);
    CHECK_THROWS_AS(loaded["ferries"]["backhaul"].speed_mps(), InternalError);
    CHECK_THROWS_AS(loaded["ferries"]["boats"][0], InternalError);
}
