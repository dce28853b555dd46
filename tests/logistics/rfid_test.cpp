#include "logistics/rfid.h"

#include <doctest/doctest.h>

#include "base/error.h"

namespace jiahe::logistics {

TEST_CASE("hard items make three reads miss 8e-5, not the 8e-9 of a homogeneous 0.998") {
    const ReadModel mixed;
    CHECK(mixed.mean_read_probability() == doctest::Approx(0.998).epsilon(1e-12));
    CHECK(mixed.miss_probability(3) == doctest::Approx(8.0e-5).epsilon(1e-9));  // .01 * .2^3
    const ReadModel even({{1, 0.998}}, 1);
    CHECK(even.miss_probability(3) == doctest::Approx(8e-9).epsilon(1e-6));
}

TEST_CASE("the gate misses as often as the model says, and always the same items") {
    const ReadModel gate({{0.9, 1.0}, {0.1, 0.5}}, 2);
    int missed_once = 0, missed_twice = 0;
    constexpr int kItems = 200'000;
    for (int i = 0; i < kItems; ++i) {
        const auto item = static_cast<std::uint64_t>(i);
        const bool first = gate.is_read(7, item, 0), second = gate.is_read(7, item, 1);
        missed_once += first ? 0 : 1;
        missed_twice += first || second ? 0 : 1;
    }
    // .1 * .5^2 = .025 (sd .00035); both passages .1 * .5^4 = .00625, not .025^2 (sd .00018).
    CHECK(missed_once / double(kItems) == doctest::Approx(.025).epsilon(.045));
    CHECK(missed_twice / double(kItems) == doctest::Approx(.00625).epsilon(.09));
    CHECK(gate.miss_probability() == doctest::Approx(.025));
}

TEST_CASE("classes that are no distribution are refused") {
    CHECK_THROWS_AS(ReadModel({{0.5, 1.0}}, 1), InputError);
    CHECK_THROWS_AS(ReadModel({{1, 1.5}}, 1), InputError);
    CHECK_THROWS_AS(ReadModel({{1, 1}}, 0), InputError);
}

}  // namespace jiahe::logistics
