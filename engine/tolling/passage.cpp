// TollingSystem, a passage at a plaza or gantry: who it is, how it is read, what is charged.
#include "base/check.h"
#include "tolling/tolling_system.h"

namespace jiahe::tolling {
namespace {

std::uint8_t own(RecordKind kind) {
    return static_cast<std::uint8_t>(kind);
}

// Indices of the gantry draw.
enum : std::uint32_t { kUnread, kPlate };

bool is_night(const TollingOptions& options, SimTime now) {
    const std::int64_t time_of_day_us = (options.start_of_day + now).us % hours(24).us;
    return time_of_day_us >= options.gantry.night_begins.us ||
           time_of_day_us < options.gantry.night_ends.us;
}

}  // namespace

// Reads the payload, counts the vehicle's passage and settles whether it has an on-board unit:
// the same answer at every site of the city.
TollingSystem::Passing TollingSystem::admit(const kernel::Context& context,
                                            const kernel::Event& event) {
    Passing passing;
    passing.vehicle = event.payload_low();
    passing.toll_class = static_cast<TollClass>(event.payload_high() & 0xff);
    passing.payment = static_cast<Payment>((event.payload_high() >> 8) & 0xff);
    JIAHE_CHECK(passing.vehicle < account_.size() && index_of(passing.toll_class) < kTollClassCount,
                "a vehicle unknown to the toll accounts");
    passing.passage = ++account_[passing.vehicle].passage_count;
    if (passing.payment == Payment::kByShare) {
        const bool etc = context.draw(kDrawObu, passing.vehicle, 0)
                             .bernoulli(options_.etc_share[index_of(passing.toll_class)]);
        passing.payment = etc ? Payment::kEtc : Payment::kManual;
    }
    return passing;
}

void TollingSystem::pass_gantry(kernel::Context& context, const kernel::Event& event) {
    const std::uint32_t site = event.owner_index();
    JIAHE_CHECK(site >= plaza_count(), "only gantries are passed without stopping");
    Passing passing = admit(context, event);
    passing.cause = read_at_gantry(context, site, passing);
    settle(context, site, passing);
}

Cause TollingSystem::read_at_gantry(const kernel::Context& context, std::uint32_t site,
                                    const Passing& passing) const {
    const SiteContact& contact = contact_[site];
    const bool list_too_old =
        contact.lost != 0 && context.now().us - contact.list_us > options_.outage.list_age_max.us;
    if (list_too_old) return Cause::kMissed;
    const Draw draw = context.draw(kDrawGantry, passing.vehicle, passing.passage);
    const GantryRates& rates = options_.gantry;
    if (!draw.bernoulli(rates.unread, kUnread)) {
        if (passing.payment == Payment::kManual) return Cause::kByHand;
        return contact.lost != 0 ? Cause::kObuOffline : Cause::kObuRead;
    }
    const double success =
        is_night(options_, context.now()) ? rates.plate_success_night : rates.plate_success_day;
    return draw.bernoulli(success, kPlate) ? Cause::kPlateRead : Cause::kMissed;
}

// Counts, keeps and charges one passage; the only place where money moves.
void TollingSystem::settle(kernel::Context& context, std::uint32_t site, Passing passing) {
    const bool kept = keep_record(context, site, passing);
    // At a booth money is taken on the spot, unless only the stored record says who is to pay.
    const bool needs_record = site >= plaza_count() || passing.cause == Cause::kObuOffline;
    if (!kept && needs_record) passing.cause = Cause::kMissed;
    const std::size_t c = index_of(passing.toll_class);
    SiteCount& count = count_[site];
    ++count.passage[index_of(passing.payment)][c];
    ++count.cause[index_of(passing.cause)];

    const SectionId section = sites_.section_of(site);
    if (!section.valid()) return;
    TollTransaction transaction;
    transaction.time_us = context.now().us;
    transaction.fee_fen = tariff_.fee(section, passing.toll_class).value;
    if (passing.cause != Cause::kMissed && earns_etc_discount(passing.payment, passing.cause)) {
        transaction.discount_fen =
            static_cast<std::uint32_t>(tariff_.discount(section, passing.toll_class).value);
    }
    transaction.vehicle = passing.vehicle;
    transaction.section = section.value;
    transaction.site = site;
    transaction.passage = passing.passage;
    transaction.toll_class = static_cast<std::uint8_t>(passing.toll_class);
    transaction.payment = static_cast<std::uint8_t>(passing.payment);
    transaction.cause = static_cast<std::uint8_t>(passing.cause);
    const std::size_t owners = sites_.road_owners.size();
    post(tariff_, transaction, ledger_[site], {owner_credit_.data() + site * owners, owners});
    VehicleAccount& account = account_[passing.vehicle];
    if (!transaction.missed()) account.paid_fen += transaction.paid_fen();
    ++account.charged_count;
    context.record(own(RecordKind::kTollCharged), passing.vehicle,
                   static_cast<std::int64_t>(kernel::pack(
                       static_cast<std::uint32_t>(transaction.fee_fen), transaction.discount_fen)),
                   static_cast<std::int64_t>(kernel::pack(section.value, passing.passage)),
                   pack_settlement(passing.toll_class, passing.payment, passing.cause));
}

}  // namespace jiahe::tolling
