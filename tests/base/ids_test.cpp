#include "base/ids.h"

#include <doctest/doctest.h>

#include <type_traits>

using namespace jiahe;

TEST_CASE("an id is invalid until it is given a value") {
    CHECK_FALSE(LinkId{}.valid());
    CHECK(LinkId{0}.valid());
    CHECK(LinkId{std::size_t{7}}.index() == 7);
}

TEST_CASE("a node's id is not a link's id") {
    CHECK_FALSE(std::is_convertible_v<NodeId, LinkId>);
    CHECK_FALSE(std::is_constructible_v<NodeId, LinkId>);
    CHECK_FALSE(std::is_convertible_v<int, LinkId>);
    CHECK(sizeof(VehicleId) == 4);
}
