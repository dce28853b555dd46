// The audit of tolling_report.h: conservation of vehicles, records and fen.
#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "tolling/tolling_report.h"

namespace jiahe::tolling {
namespace {

using Faults = std::vector<std::string>;

void expect_equal(Faults& faults, const std::string& law, std::int64_t left, std::int64_t right) {
    if (left != right) faults.push_back(fmt::format("{}: {} against {}", law, left, right));
}

void audit_vehicles(const TollingSystem& tolling, Faults& faults) {
    for (std::uint32_t p = 0; p < tolling.plaza_count(); ++p) {
        const PlazaState& plaza = tolling.plazas()[p];
        const std::string& name = tolling.sites().plazas[p].name;
        expect_equal(faults, "plaza " + name + ": entered = left + inside", plaza.entered_count,
                     std::int64_t{plaza.left_count} + plaza.inside);
        std::int64_t found = plaza.waiting_count;
        for (std::uint32_t l = tolling.lane_begin(p); l < tolling.lane_end(p); ++l) {
            found += tolling.lanes()[l].count;
        }
        expect_equal(faults, "plaza " + name + ": inside = waiting + in lanes", plaza.inside,
                     found);
    }
}

void audit_records(const TollingSystem& tolling, Faults& faults) {
    for (std::uint32_t site = 0; site < tolling.owner_count(); ++site) {
        const std::string& name = tolling.sites().name_of(site);
        const SiteCount& count = tolling.counts()[site];
        const SiteContact& contact = tolling.contacts()[site];
        std::int64_t passages = 0;
        for (const auto& by_class : count.passage) {
            for (const std::uint32_t n : by_class)
                passages += n;
        }
        std::int64_t causes = 0;
        for (const std::uint32_t n : count.cause)
            causes += n;
        expect_equal(faults, name + ": passages = causes", passages, causes);
        expect_equal(faults, name + ": passages = records sent, released, stored, lost", passages,
                     std::int64_t{contact.sent_records} + contact.released_records +
                         contact.backlog_records + contact.lost_records);
    }
}

// passages * tariff = fees, site by site and class by class.
void audit_fees(const TollingSystem& tolling, Faults& faults) {
    for (std::uint32_t site = 0; site < tolling.owner_count(); ++site) {
        const SectionId section = tolling.sites().section_of(site);
        const SubLedger& sub = tolling.sub_ledgers()[site];
        const SiteCount& count = tolling.counts()[site];
        for (std::size_t c = 0; c < kTollClassCount; ++c) {
            const std::int64_t passages = std::int64_t{count.passage[0][c]} + count.passage[1][c];
            const std::int64_t fee =
                section.valid() ? tolling.tariff().fee(section, static_cast<TollClass>(c)).value
                                : 0;
            expect_equal(faults, tolling.sites().name_of(site) + ": passages * tariff = fees",
                         passages * fee, sub.fee_fen[c]);
        }
    }
}

void audit_owners(const TollingSystem& tolling, Faults& faults) {
    const std::size_t owners = tolling.sites().road_owners.size();
    const auto credits = tolling.owner_credits_fen();
    for (std::uint32_t site = 0; site < tolling.owner_count(); ++site) {
        const LedgerTotals sum = totals(tolling.sub_ledgers().subspan(site, 1));
        std::int64_t credited = 0;
        for (std::size_t i = 0; i < owners; ++i)
            credited += credits[site * owners + i];
        expect_equal(faults, tolling.sites().name_of(site) + ": fees - discounts = road owners",
                     sum.fee_fen - sum.discount_fen, credited);
    }
}

void audit_rows(const TollingSystem& tolling, std::span<const TollTransaction> rows,
                Faults& faults) {
    const LedgerTotals booked = totals(tolling.sub_ledgers());
    const LedgerTotals stored = totals(rows);
    expect_equal(faults, "fees of the sub-ledgers = fees of the rows", booked.fee_fen,
                 stored.fee_fen);
    expect_equal(faults, "discounts of the sub-ledgers = discounts of the rows",
                 booked.discount_fen, stored.discount_fen);
    expect_equal(faults, "missed fees of the sub-ledgers = missed fees of the rows",
                 booked.missed_fen, stored.missed_fen);
    expect_equal(faults, "transactions of the sub-ledgers = rows", booked.transaction_count,
                 stored.transaction_count);
    std::int64_t paid = 0;
    for (const VehicleAccount& account : tolling.accounts())
        paid += account.paid_fen;
    expect_equal(faults, "paid by the vehicles = fees - discounts - missed", paid,
                 booked.paid_fen());
}

void audit_uniqueness(std::span<const TollTransaction> rows, Faults& faults) {
    std::vector<std::uint64_t> names;
    names.reserve(rows.size());
    for (const TollTransaction& row : rows) {
        names.push_back((std::uint64_t{row.vehicle} << 32) | row.passage);
    }
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice != names.end()) {
        faults.push_back(fmt::format("passage {} of vehicle {} is charged twice",
                                     *twice & 0xffffffffu, *twice >> 32));
    }
}

}  // namespace

std::vector<std::string> audit_tolling(const TollingSystem& tolling,
                                       std::span<const TollTransaction> rows) {
    Faults faults;
    audit_vehicles(tolling, faults);
    audit_records(tolling, faults);
    audit_fees(tolling, faults);
    audit_owners(tolling, faults);
    audit_rows(tolling, rows, faults);
    audit_uniqueness(rows, faults);
    return faults;
}

}  // namespace jiahe::tolling
