#include "world/plaza_fit.h"

#include <doctest/doctest.h>

namespace jiahe {

TEST_CASE("a plaza has the lanes that its design hour needs, and one of each at least") {
    PlazaSite plaza;
    plaza.name = "kept";
    // 650 ETC vehicles an hour at 433 a lane, 350 others at 210.
    fit_plaza_lanes(plaza, 1000, 0.65);
    CHECK(plaza.etc_lanes == 2);
    CHECK(plaza.mixed_lanes == 2);
    CHECK(plaza.manual_lanes == 0);
    CHECK(plaza.apron == 32);
    CHECK(plaza.name == "kept");
    fit_plaza_lanes(plaza, 0, 0.65);
    CHECK(plaza.etc_lanes == 1);
    CHECK(plaza.mixed_lanes == 1);
    // Exactly full lanes need no further one.
    fit_plaza_lanes(plaza, 866, 1);
    CHECK(plaza.etc_lanes == 2);
}

}  // namespace jiahe
