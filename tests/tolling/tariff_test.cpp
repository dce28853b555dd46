#include "tolling/tariff.h"

#include <doctest/doctest.h>

#include "base/error.h"

namespace jiahe::tolling {

TEST_CASE("a fee is rate times length, rounded half up once per section") {
    const TariffRates rates{{35, 44, 53}, 0.05};
    const std::vector<SectionSpec> sections{
        {"a", 10, {}, {}}, {"b", 1.3, {}, {}}, {"c", 0.01, {}, {}}};
    const Tariff tariff(sections, rates, 1);
    CHECK(tariff.fee(SectionId(0), TollClass::kSmall) == Fen{350});
    CHECK(tariff.fee(SectionId(0), TollClass::kTrailer) == Fen{530});
    CHECK(tariff.fee(SectionId(1), TollClass::kSmall) == Fen{46});  // 45.5 up
    CHECK(tariff.fee(SectionId(2), TollClass::kSmall) == Fen{0});   // 0.35 down
    // 5 % of 350 fen is 17.5, up to 18; of 46 fen 2.3, down to 2.
    CHECK(tariff.discount(SectionId(0), TollClass::kSmall) == Fen{18});
    CHECK(tariff.discount(SectionId(1), TollClass::kSmall) == Fen{2});
}

TEST_CASE("a fixed price stands in place of rate and length") {
    const std::vector<SectionSpec> sections{
        {"bridge", 30, std::array{Fen{1000}, Fen{2500}, Fen{4000}}, {}}};
    const Tariff tariff(sections, {}, 1);
    CHECK(tariff.fee(SectionId(0), TollClass::kLarge) == Fen{2500});
}

TEST_CASE("road owners share fee and discount without losing a fen") {
    // 1000 over 1,1,1 -> 333, 333, 334; its discount of 50 -> 16, 17, 17 (cumulative floors).
    const std::vector<SectionSpec> sections{
        {"shared",
         0,
         std::array{Fen{1000}, Fen{100}, Fen{0}},
         {{RoadOwnerId(2), 1}, {RoadOwnerId(0), 1}, {RoadOwnerId(1), 1}}},
        {"next", 10, {}, {{RoadOwnerId(1), 5}}}};
    const Tariff tariff(sections, {}, 3);
    const auto shares = tariff.fee_shares(SectionId(0), TollClass::kSmall);
    REQUIRE(shares.size() == 3);
    CHECK(shares[0] == Fen{333});
    CHECK(shares[1] == Fen{333});
    CHECK(shares[2] == Fen{334});
    CHECK(tariff.owners(SectionId(0))[0] == RoadOwnerId(2));
    const auto discounts = tariff.discount_shares(SectionId(0), TollClass::kSmall);
    CHECK(discounts[0] == Fen{16});
    CHECK(discounts[1] == Fen{17});
    CHECK(discounts[2] == Fen{17});
    const auto large = tariff.fee_shares(SectionId(0), TollClass::kLarge);
    CHECK(large[0] + large[1] + large[2] == Fen{100});
    CHECK(tariff.fee_shares(SectionId(1), TollClass::kSmall)[0] == Fen{350});
}

TEST_CASE("tariffs that make no sense are refused with the section's name") {
    const auto code_of = [](const std::vector<SectionSpec>& sections, const TariffRates& rates) {
        try {
            const Tariff tariff(sections, rates, 2);
        } catch (const InputError& error) {
            return error.faults().at(0).code;
        }
        return std::string("none");
    };
    CHECK(code_of({}, {{-1, 0, 0}, 0}) == "E-TOL-010");
    CHECK(code_of({}, {{1, 1, 1}, 1.5}) == "E-TOL-010");
    CHECK(code_of({{"a", -3, {}, {}}}, {}) == "E-TOL-011");
    CHECK(code_of({{"a", 3, {}, {{RoadOwnerId(2), 1}}}}, {}) == "E-TOL-012");
    CHECK(code_of({{"a", 3, {}, {{RoadOwnerId(1), 0}}}}, {}) == "E-TOL-012");
    CHECK(code_of({{"a", 3, std::array{Fen{-5}, Fen{0}, Fen{0}}, {}}}, {}) == "E-TOL-013");
    CHECK(code_of({{"a", 3, {}, {}}}, {}) == "none");
}

}  // namespace jiahe::tolling
