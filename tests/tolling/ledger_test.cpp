#include "tolling/ledger.h"

#include <doctest/doctest.h>

#include <map>

#include "base/random.h"

namespace jiahe::tolling {
namespace {

std::vector<SectionSpec> random_sections(std::uint64_t seed, std::uint32_t owners) {
    std::vector<SectionSpec> sections;
    const Draw draw(seed, 9100, 0, 0);
    const std::uint64_t n = 1 + draw.below(20);
    for (std::uint64_t s = 0; s < n; ++s) {
        const Draw d(seed, 9101, s, 0);
        SectionSpec spec{"s", d.uniform(0) * 50, {}, {}};
        const std::uint64_t parts = d.below(4, 1);
        for (std::uint32_t i = 0; i < parts; ++i) {
            spec.owners.push_back({RoadOwnerId(d.below(owners, 2 + i)),
                                   1 + static_cast<std::int64_t>(d.below(100'000, 20 + i))});
        }
        sections.push_back(spec);
    }
    return sections;
}

}  // namespace

TEST_CASE("a discount is a ledger line of its own") {
    // 10 km at 35 fen: fee 350, discount 18; two owners 3 : 1 -> 262 + 88 and 13 + 5.
    const std::vector<SectionSpec> sections{
        {"a", 10, {}, {{RoadOwnerId(0), 3}, {RoadOwnerId(1), 1}}}};
    const Tariff tariff(sections, {}, 2);
    TollTransaction t;
    t.fee_fen = 350;
    t.discount_fen = 18;
    t.vehicle = 7;
    const auto lines = ledger_lines(tariff, t);
    REQUIRE(lines.size() == 6);
    const auto is = [&](std::size_t i, Account account, LineKind kind, std::int64_t fen) {
        return lines[i].account == account && lines[i].kind == kind && lines[i].debit_fen == fen;
    };
    CHECK(is(0, Account::kVehicle, LineKind::kFee, 350));
    CHECK(is(1, Account::kRoadOwner, LineKind::kFee, -262));
    CHECK(is(2, Account::kRoadOwner, LineKind::kFee, -88));
    CHECK(is(3, Account::kVehicle, LineKind::kDiscount, -18));
    CHECK(is(4, Account::kRoadOwner, LineKind::kDiscount, 13));
    CHECK(is(5, Account::kRoadOwner, LineKind::kDiscount, 5));
    CHECK(lines[0].holder == 7);
}

TEST_CASE("a missed passage is owed by nobody known until its path is inferred") {
    const std::vector<SectionSpec> sections{{"a", 10, {}, {}}};
    const Tariff tariff(sections, {}, 1);
    TollTransaction t;
    t.fee_fen = 350;
    t.cause = static_cast<std::uint8_t>(Cause::kMissed);
    CHECK(ledger_lines(tariff, t)[0].account == Account::kMissed);
    SubLedger sub{};
    std::int64_t credit = 0;
    post(tariff, t, sub, {&credit, 1});
    CHECK(sub.missed_fen[0] == 350);
    CHECK(credit == 350);
    CHECK(totals({&sub, 1}).paid_fen() == 0);
}

TEST_CASE("on 200 random cases every transaction and every ledger balances to the fen") {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        constexpr std::uint32_t kOwners = 5;
        const Tariff tariff(random_sections(seed, kOwners), {}, kOwners);
        std::vector<SubLedger> sub(3, SubLedger{});
        std::vector<std::int64_t> credit(3 * kOwners, 0);
        std::vector<TollTransaction> rows;
        std::map<std::pair<Account, std::uint32_t>, std::int64_t> balance;
        for (std::uint32_t i = 0; i < 300; ++i) {
            const Draw d(seed, 9102, i, 0);
            TollTransaction t;
            t.section = static_cast<std::uint32_t>(d.below(tariff.section_count(), 0));
            t.toll_class = static_cast<std::uint8_t>(d.below(kTollClassCount, 1));
            t.site = static_cast<std::uint32_t>(d.below(3, 2));
            t.vehicle = static_cast<std::uint32_t>(d.below(40, 3));
            const SectionId section(t.section);
            const auto c = static_cast<TollClass>(t.toll_class);
            t.fee_fen = tariff.fee(section, c).value;
            if (d.bernoulli(0.1, 4)) t.cause = static_cast<std::uint8_t>(Cause::kMissed);
            if (d.bernoulli(0.6, 5)) {
                t.discount_fen = static_cast<std::uint32_t>(tariff.discount(section, c).value);
            }
            rows.push_back(t);
            post(tariff, t, sub[t.site], {credit.data() + t.site * kOwners, kOwners});
            std::int64_t sum = 0;
            for (const LedgerLine& line : ledger_lines(tariff, t)) {
                sum += line.debit_fen;
                balance[{line.account, line.holder}] += line.debit_fen;
            }
            REQUIRE(sum == 0);
        }
        CHECK(totals(sub) == totals(rows));
        std::int64_t vehicles = 0, missed = 0, owners = 0;
        for (const auto& [account, fen] : balance) {
            if (account.first == Account::kVehicle) vehicles += fen;
            if (account.first == Account::kMissed) missed += fen;
            if (account.first == Account::kRoadOwner) owners -= fen;
        }
        CHECK(vehicles == totals(rows).paid_fen());
        CHECK(missed == totals(rows).missed_fen);
        CHECK(vehicles + missed == owners);
        for (std::uint32_t o = 0; o < kOwners; ++o) {
            const std::int64_t credited = credit[o] + credit[kOwners + o] + credit[2 * kOwners + o];
            CHECK(credited == -balance[{Account::kRoadOwner, o}]);
        }
    }
}

}  // namespace jiahe::tolling
