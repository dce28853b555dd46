#include "tolling/tolling_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace jiahe::tolling {
namespace {

double per(double sum, double count) {
    return count > 0 ? sum / count : 0;
}
double seconds(std::int64_t us) {
    return SimTime{us}.seconds();
}

double quantile_s(std::span<const std::uint32_t> by_second, double share) {
    std::uint64_t total = 0;
    for (const std::uint32_t n : by_second)
        total += n;
    if (total == 0) return 0;
    const double wanted = share * static_cast<double>(total);
    double before = 0;
    for (std::size_t s = 0; s < by_second.size(); ++s) {
        const double here = by_second[s];
        if (before + here >= wanted) return static_cast<double>(s) + per(wanted - before, here);
        before += here;
    }
    return static_cast<double>(by_second.size());
}

void add_spells(const TollingSystem& tolling, std::uint32_t p, SimTime now, PlazaKpis& kpis) {
    const PlazaState& plaza = tolling.plazas()[p];
    const SiteContact& contact = tolling.contacts()[p];
    const std::int64_t degraded_us =
        plaza.degraded_us + (contact.degraded != 0 ? now.us - plaza.degraded_since_us : 0);
    const std::int64_t offline_us =
        contact.offline_us + (contact.lost != 0 ? now.us - contact.lost_us : 0);
    const bool full = plaza.inside == tolling.sites().plazas[p].apron;
    kpis.full_min = seconds(plaza.full_us + (full ? now.us - plaza.full_since_us : 0)) / 60;
    kpis.degraded_min = seconds(degraded_us) / 60;
    kpis.offline_min = seconds(offline_us) / 60;
    for (std::uint32_t l = tolling.lane_begin(p); l < tolling.lane_end(p); ++l) {
        const LaneState& lane = tolling.lanes()[l];
        const std::int64_t spell_us = now.us - lane.since_us;
        const bool busy = lane.phase == LanePhase::kMovingUp || lane.phase == LanePhase::kServing;
        const bool blocked = lane.phase == LanePhase::kServed;
        kpis.lane_utilisation.push_back(seconds(lane.busy_us + (busy ? spell_us : 0)) /
                                        now.seconds());
        kpis.lane_blocked.push_back(seconds(lane.blocked_us + (blocked ? spell_us : 0)) /
                                    now.seconds());
    }
}

PlazaKpis plaza_kpis(const TollingSystem& tolling, std::uint32_t p, SimTime now) {
    const PlazaState& plaza = tolling.plazas()[p];
    PlazaKpis kpis;
    kpis.name = tolling.sites().plazas[p].name;
    kpis.entered = plaza.entered_count;
    kpis.left = plaza.left_count;
    kpis.inside = plaza.inside;
    std::int64_t delay_us = 0;
    std::int64_t wait_us = 0;
    for (const DelayBin& bin : tolling.delay_bins(p)) {
        delay_us += bin.delay_us;
        wait_us += bin.wait_us;
    }
    kpis.delay_mean_s = per(seconds(delay_us), plaza.left_count);
    kpis.wait_mean_s = per(seconds(wait_us), plaza.left_count);
    kpis.wait_p95_s = quantile_s(tolling.wait_histogram(p), 0.95);
    kpis.wait_max_s = seconds(plaza.wait_max_us);
    kpis.queued_max = plaza.queued_max;
    add_spells(tolling, p, now, kpis);
    return kpis;
}

void add_money(const TollingSystem& tolling, TollingKpis& kpis) {
    for (const SubLedger& row : tolling.sub_ledgers()) {
        for (std::size_t c = 0; c < kTollClassCount; ++c) {
            const Fen paid{row.fee_fen[c] - row.discount_fen[c] - row.missed_fen[c]};
            kpis.revenue[c] += paid;
            kpis.revenue_total += paid;
            kpis.missed[c] += Fen{row.missed_fen[c]};
            kpis.discount[c] += Fen{row.discount_fen[c]};
        }
    }
    const std::size_t owners = tolling.sites().road_owners.size();
    kpis.road_owner_credit.resize(owners);
    const auto credits = tolling.owner_credits_fen();
    for (std::size_t i = 0; i < credits.size(); ++i) {
        kpis.road_owner_credit[i % owners] += Fen{credits[i]};
    }
}

void add_counts(const TollingSystem& tolling, TollingKpis& kpis) {
    std::uint64_t etc = 0;
    for (const SiteCount& count : tolling.counts()) {
        for (std::size_t p = 0; p < kPaymentCount; ++p) {
            for (std::size_t c = 0; c < kTollClassCount; ++c) {
                kpis.passages[p][c] += count.passage[p][c];
                kpis.passage_count += count.passage[p][c];
                if (p == index_of(Payment::kEtc)) etc += count.passage[p][c];
            }
        }
        for (std::size_t i = 0; i < kCauseCount; ++i)
            kpis.causes[i] += count.cause[i];
    }
    const std::uint64_t read =
        kpis.causes[index_of(Cause::kObuRead)] + kpis.causes[index_of(Cause::kObuOffline)];
    kpis.obu_read_share = per(static_cast<double>(read), static_cast<double>(etc));
    kpis.etc_share = per(static_cast<double>(etc), static_cast<double>(kpis.passage_count));
    for (const SiteContact& contact : tolling.contacts()) {
        kpis.backlog_records += contact.backlog_records;
        kpis.backlog_bytes += contact.backlog_bytes;
        kpis.lost_records += contact.lost_records;
        kpis.images_dropped += contact.images_dropped;
    }
}

}  // namespace

TollingKpis tolling_kpis(const TollingSystem& tolling, SimTime now) {
    TollingKpis kpis;
    add_counts(tolling, kpis);
    add_money(tolling, kpis);
    double delay_s = 0;
    double wait_s = 0;
    double left = 0;
    for (std::uint32_t p = 0; p < tolling.plaza_count(); ++p) {
        kpis.plazas.push_back(plaza_kpis(tolling, p, now));
        const PlazaKpis& plaza = kpis.plazas.back();
        const auto n = static_cast<double>(plaza.left);
        delay_s += n * plaza.delay_mean_s;
        wait_s += n * plaza.wait_mean_s;
        left += n;
        kpis.degraded_plaza_min += plaza.degraded_min;
        kpis.full_plaza_min += plaza.full_min;
    }
    kpis.delay_mean_s = per(delay_s, left);
    kpis.wait_mean_s = per(wait_s, left);
    return kpis;
}

double mean_delay_s(const TollingSystem& tolling, PlazaId plaza, SimTime from, SimTime to) {
    const std::int64_t bin_us = tolling.options().bin.us;
    const auto bins = tolling.delay_bins(plaza.value);
    const auto index = [&](SimTime t) {
        const std::int64_t bin = (t.us + bin_us / 2) / bin_us;
        return static_cast<std::size_t>(
            std::clamp<std::int64_t>(bin, 0, static_cast<std::int64_t>(bins.size())));
    };
    std::int64_t delay_us = 0;
    std::uint64_t count = 0;
    for (std::size_t b = index(from); b < index(to); ++b) {
        delay_us += bins[b].delay_us;
        count += bins[b].count;
    }
    return per(seconds(delay_us), static_cast<double>(count));
}

}  // namespace jiahe::tolling
