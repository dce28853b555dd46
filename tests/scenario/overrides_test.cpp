#include "scenario/overrides.h"

#include <doctest/doctest.h>

#include "scenario/toy_section.h"

using namespace jiahe;
using toy::read;
using toy::refusal;

namespace {
const std::string kTown =
    "name: a\n"
    "events:\n"
    "  - {time: \"08:00\", action: surge, target: {kind: demand}, factor: 1.5}\n";
}

TEST_CASE("an override replaces a value, also within lists and named maps") {
    const auto loaded =
        read(kTown, {"events.0.factor=2", "seed=7", "ferries.share=20 %", "ferries.tariffs.car=3",
                     "ferries.weights=[4, 5]", "title=2024", "end=22:00"});
    CHECK(loaded.at("events.0.factor").number() == 2);
    CHECK(loaded["seed"].integer() == 7);
    CHECK(loaded.at("ferries.share").fraction() == 0.2);
    CHECK(loaded.at("ferries.tariffs.car").number() == 3);
    CHECK(loaded.at("ferries.weights").numbers() == std::vector<double>{4, 5});
    CHECK(loaded["title"].text() == "2024");  // no quotes needed on a command line
    CHECK(loaded["end"].time_of_day() == hours(22));
}

TEST_CASE("an item of a default list can be overridden") {
    CHECK(read("name: a", {"ferries.weights.1=0.75"}).at("ferries.weights").numbers() ==
          std::vector<double>{1, 0.75, 0.25});
}

TEST_CASE("later overrides win") {
    CHECK(read("name: a", {"seed=2", "seed=3"})["seed"].integer() == 3);
}

TEST_CASE("an override can empty a list or give a whole section") {
    CHECK(read(kTown, {"events=[]"})["events"].size() == 0);
    CHECK(read("name: a", {"ferries={share: 0.5}"}).at("ferries.share").fraction() == 0.5);
}

TEST_CASE("faults of an override name it") {
    CHECK(refusal(kTown, {"sede=3"}) ==
          "--set sede=3: error[E-SCN-012]: unknown key 'sede' (did you mean 'seed'?)");
    CHECK(refusal(kTown, {"seed=three"}) ==
          "--set seed=three: error[E-SCN-014]: 'seed' expects an integer, found 'three'");
    CHECK(refusal(kTown, {"events.1.factor=2"}) ==
          "--set events.1.factor=2: error[E-SCN-031]: 'events' has 1 items, no item 1");
    CHECK(refusal(kTown, {"events.first.factor=2"}) ==
          "--set events.first.factor=2: error[E-SCN-031]: 'events' is a list: 'first' is no index "
          "(write the item's number, from 0)");
    CHECK(refusal(kTown, {"seed.a=2"}) ==
          "--set seed.a=2: error[E-SCN-031]: 'seed' has no keys: it is a single value");
    CHECK(refusal(kTown, {"seed"}) ==
          "--set seed: error[E-SCN-030]: an override must be path.to.key=value");
    CHECK(refusal(kTown, {"=3"}).starts_with("--set =3: error[E-SCN-030]"));
    CHECK(refusal(kTown, {"seed="}) == "--set seed=: error[E-SCN-027]: there is no value");
    CHECK(refusal(kTown, {"seed=[1"}).starts_with("--set seed=[1: error[E-SCN-005]"));
    CHECK(refusal(kTown, {"title=*x"}).starts_with("--set title=*x: error[E-SCN-006]"));
    CHECK(refusal(kTown, {"end=00:00"}) ==
          "--set end=00:00: error[E-SCN-021]: 'end' (00:00) is not after 'start' (00:00)");
}
