#include "kernel/state_store.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "kernel/state_hash.h"

namespace jiahe::kernel {

TEST_CASE("fresh rows are zero and stay where they are") {
    StateStore store;
    const auto a = store.create<std::int64_t>("a", 1000);
    const std::int64_t* at = a.data();
    for (int i = 0; i < 50; ++i)
        store.create<double>("b" + std::to_string(i), 1000);
    CHECK(a.data() == at);
    CHECK(a.size() == 1000);
    for (const std::int64_t row : a)
        CHECK(row == 0);
}

TEST_CASE("an array may be empty") {
    StateStore store;
    const auto a = store.create<int>("a", 0);
    CHECK(a.size() == 0);
    CHECK(a.begin() == a.end());
    CHECK(store.bytes_in_use() == 0);
}

TEST_CASE("a growing array keeps its rows in place up to its bound and no further") {
    StateStore store;
    const auto a = store.create_growing<int>("a", 3);
    a.push_back(5);
    const int* at = a.data();
    CHECK(a.append(2) == 1);
    CHECK(a.data() == at);
    CHECK(a[0] == 5);
    CHECK(a[2] == 0);
    CHECK_THROWS_AS(a.push_back(1), InternalError);
    CHECK_THROWS_AS(a.append(1), InternalError);
    CHECK(a.append(0) == 3);
    CHECK(store.bytes_in_use() == 3 * sizeof(int));
}

TEST_CASE("rows appended after a clear are zero again") {
    StateStore store;
    const auto a = store.create_growing<int>("a", 4);
    a.push_back(7);
    a.push_back(8);
    a.clear();
    CHECK(a.append(2) == 0);
    CHECK(a[0] == 0);
    CHECK(a[1] == 0);
}

TEST_CASE("a growing array of terabytes costs nothing until it is filled") {
    StateStore store;
    const auto a = store.create_growing<std::uint64_t>("a", std::size_t{1} << 37);
    a.push_back(1);
    CHECK(store.bytes_in_use() == 8);
}

TEST_CASE("a name is used once") {
    StateStore store;
    store.create<int>("a", 1);
    CHECK_THROWS_AS(store.create<int>("a", 1), InternalError);
}

TEST_CASE("a row's hash depends on its array, its index and each of its bytes") {
    const std::uint64_t row[3] = {1, 2, 3};
    const StateHash expected = hash_row(hash_name("a"), 7, row, sizeof row);
    CHECK(hash_row(hash_name("a"), 7, row, sizeof row) == expected);
    CHECK_FALSE(hash_row(hash_name("b"), 7, row, sizeof row) == expected);
    CHECK_FALSE(hash_row(hash_name("a"), 8, row, sizeof row) == expected);
    CHECK_FALSE(hash_row(hash_name("a"), 7, row, sizeof row - 1) == expected);
    for (std::size_t bit = 0; bit < 8 * sizeof row; ++bit) {
        std::uint64_t other[3] = {1, 2, 3};
        other[bit / 64] ^= std::uint64_t{1} << (bit % 64);
        CHECK_FALSE(hash_row(hash_name("a"), 7, other, sizeof other) == expected);
    }
}

TEST_CASE("the state hash is a sum: order of adding does not matter") {
    const int x = 1, y = 2;
    StateHash a = hash_row(1, 0, &x, sizeof x), b = hash_row(1, 1, &y, sizeof y);
    StateHash ab = a, ba = b;
    ab.add(b);
    ba.add(a);
    CHECK(ab == ba);
    CHECK(ab.to_hex().size() == 32);
    CHECK(StateHash{0xff, 0x1}.to_hex() == "000000000000000100000000000000ff");
}

}  // namespace jiahe::kernel
