#include "base/money.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/random.h"

using jiahe::Fen;
using jiahe::round_half_up;
using jiahe::split_by_weights;

TEST_CASE("1000 fen in three equal parts are 333, 333 and 334") {
    // Cumulative floors: 1000/3 = 333, 2000/3 = 666, 3000/3 = 1000.
    const std::int64_t weights[] = {1, 1, 1};
    CHECK(split_by_weights({1000}, weights) == std::vector<Fen>{{333}, {333}, {334}});
}

TEST_CASE("100 fen by weights 3, 2, 2 are 42, 29 and 29") {
    // Cumulative floors: 300/7 = 42, 500/7 = 71, 700/7 = 100.
    const std::int64_t weights[] = {3, 2, 2};
    CHECK(split_by_weights({100}, weights) == std::vector<Fen>{{42}, {29}, {29}});
}

TEST_CASE("a zero weight gets nothing and the last fen is never lost") {
    const std::int64_t weights[] = {0, 5, 0, 1, 0};
    CHECK(split_by_weights({1}, weights) == std::vector<Fen>{{0}, {0}, {0}, {1}, {0}});
}

TEST_CASE("random splits sum to the total and stay within one fen of the exact share") {
    for (std::uint64_t i = 0; i < 500; ++i) {
        const jiahe::Draw draw(5, 1, i, 0);
        std::vector<std::int64_t> weights(1 + draw.below(12, 0));
        std::int64_t sum = 1;
        for (std::size_t k = 0; k < weights.size(); ++k) {
            weights[k] = static_cast<std::int64_t>(draw.below(1'000'000, std::uint32_t(k + 1)));
            sum += weights[k];
        }
        weights[0] += 1;
        const Fen total{static_cast<std::int64_t>(draw.below(10'000'000'000'000, 99))};
        const auto parts = split_by_weights(total, weights);
        Fen given{0};
        for (std::size_t k = 0; k < parts.size(); ++k) {
            given += parts[k];
            __extension__ using Wide = __int128;
            const Wide off = Wide{parts[k].value} * sum - Wide{total.value} * weights[k];
            CHECK(off < sum);
            CHECK(off > -sum);
        }
        CHECK(given == total);
    }
}

TEST_CASE("halves round up, and what is just under a half does not") {
    CHECK(round_half_up(0) == Fen{0});
    CHECK(round_half_up(0.5) == Fen{1});
    CHECK(round_half_up(2.5) == Fen{3});
    CHECK(round_half_up(0.49999999999999994) == Fen{0});  // the largest double under a half
    CHECK(round_half_up(1e15 + 0.5) == Fen{1'000'000'000'000'001});
}

TEST_CASE("a negative or endless fee is our bug, not bad input") {
    CHECK_THROWS_AS(round_half_up(-1), jiahe::InternalError);
    CHECK_THROWS_AS(round_half_up(1e300), jiahe::InternalError);
    const std::int64_t none[] = {0, 0};
    CHECK_THROWS_AS(split_by_weights({5}, none), jiahe::InternalError);
    const std::int64_t huge[] = {std::int64_t{1} << 62, std::int64_t{1} << 62};
    CHECK_THROWS_AS(split_by_weights({5}, huge), jiahe::InternalError);
}
