// What is a knot and what is only a queue; why somebody has not arrived, in words.
#include "traffic/gridlock.h"

#include <doctest/doctest.h>

#include "traffic/rig.h"

using namespace jiahe;
using namespace jiahe::traffic;

TEST_CASE(
    "links full before a closed one are a queue, not a knot: its head waits for no full link") {
    Rig rig(sheet_road("A---->B---->C---->D"));
    rig.flow("ABCD", 0, 3600, 300);
    rig.command(EventKind::kCloseLink, link(rig.graph, "CD"), 1);
    rig.build();
    rig.run_until_s(5000);
    REQUIRE(rig.entered(link(rig.graph, "AB")) - rig.left(link(rig.graph, "AB")) == 100);
    REQUIRE(rig.entered(link(rig.graph, "BC")) - rig.left(link(rig.graph, "BC")) == 100);
    CHECK(find_gridlock(*rig.system).links.empty());
}

TEST_CASE("a ring is no knot as long as one of its heads leaves it") {
    const char* ring = "A---->B---->X\n^     |\n|     |\n|     |\n|     |\n|     v\nD<----C";
    for (const bool leaves : {false, true}) {
        Rig rig(sheet_road(ring));
        if (leaves) rig.trip("DABX", 0);  // the first over AB goes on to X and not around
        for (int i = 0; i < 150; ++i) {
            rig.trip("ABCDA", 0);
            rig.trip("BCDAB", 0);
            rig.trip("CDABC", 0);
            rig.trip("DABCD", 0);
        }
        rig.command(EventKind::kCloseLink, link(rig.graph, "BX"), 1);
        rig.build();
        rig.run_until_s(20'000);
        const Gridlock knot = find_gridlock(*rig.system);
        CHECK(knot.links.size() == (leaves ? 0 : 4));
    }
}

TEST_CASE("each vehicle that has not arrived is listed with its link and the cause") {
    Rig rig(sheet_road());
    rig.flow("ABC", 0, 3600, 150);
    rig.trip("ABC", 9000);
    rig.command(EventKind::kCloseLink, link(rig.graph, "BC"), 1);
    rig.build();
    rig.run_until_s(5000);
    const auto list = find_stragglers(*rig.system, find_gridlock(*rig.system));
    REQUIRE(list.size() == 151);
    const auto id = [&](const char* name) {
        return std::to_string(rig.graph.link_external_id[link(rig.graph, name).index()]);
    };
    CHECK(list[0].cause == "queued for link " + id("BC"));
    CHECK(list[0].link == link(rig.graph, "AB"));
    CHECK(list[100].cause == "waits at its origin for room on link " + id("AB"));
    CHECK_FALSE(list[100].link.valid());
    CHECK(list[150].cause == "not yet departed");
}
