#include "logistics/orders.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/random.h"
#include "logistics/purposes.h"

namespace jiahe::logistics {
namespace {

[[noreturn]] void refuse(const char* code, const char* feature, std::string message) {
    throw InputError(InputFault{code, {"", 0, 0, feature}, std::move(message), ""});
}

void check(const DemandOptions& options) {
    if (options.waves.empty() || options.waves.front().first_slot != 0) {
        refuse("E-LOG-010", "waves", "the first wave must serve the first slot");
    }
    for (std::size_t w = 0; w < options.waves.size(); ++w) {
        const Wave& wave = options.waves[w];
        const bool ascends = w == 0 || (options.waves[w - 1].first_slot < wave.first_slot &&
                                        options.waves[w - 1].plan_at < wave.plan_at);
        if (wave.batches.empty() || !ascends || wave.first_slot >= kSlotCount) {
            refuse("E-LOG-010", "waves", fmt::format("wave {} has no batch or is out of order", w));
        }
    }
    double sum = 0;
    for (const double share : options.slot_share)
        sum += share;
    if (std::abs(sum - 1) > 1e-6) refuse("E-LOG-011", "slot shares", fmt::format("sum to {}", sum));
    sum = 0;
    for (const double share : options.handover_share)
        sum += share;
    if (std::abs(sum - 1) > 1e-6) {
        refuse("E-LOG-011", "handover shares", fmt::format("sum to {}", sum));
    }
    if (!(options.parcels_a_day >= 0 && options.parcels_a_day <= 5e7 &&
          options.parcels_an_order >= 1)) {
        refuse("E-LOG-012", "demand",
               fmt::format("{} parcels a day, {} an order", options.parcels_a_day,
                           options.parcels_an_order));
    }
}

template <std::size_t N>
std::size_t chosen(const std::array<double, N>& shares, double u) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < N; ++i) {
        sum += shares[i];
        if (u < sum) return i;
    }
    return N - 1;
}

// A parcel before it has its place in the book.
struct Row {
    std::uint32_t hub;
    std::uint64_t key;
    ParcelSpec parcel;
};

std::size_t wave_of(const std::vector<Wave>& waves, std::size_t slot) {
    std::size_t w = 0;
    while (w + 1 < waves.size() && waves[w + 1].first_slot <= slot)
        ++w;
    return w;
}

void set_size(ParcelSpec& parcel, const DemandOptions& options, const Draw& draw,
              std::uint32_t index) {
    const double weight =
        std::min(draw.lognormal(options.weight_median_g, options.weight_sigma, index),
                 options.weight_most_g);
    parcel.weight_g = static_cast<std::uint32_t>(std::ceil(weight));
    parcel.volume_ml = static_cast<std::uint32_t>(std::ceil(weight / options.density_g_per_ml));
}

}  // namespace

double expected_parcels(double residents, double parcels_a_person, double k_dow, double k_promo,
                        double share) {
    return residents * parcels_a_person * k_dow * k_promo * share;
}

std::vector<double> zone_means(const LogisticsSites& sites, const DemandOptions& options) {
    double residents = 0, jobs = 0;
    for (const ZoneSpec& zone : sites.zones) {
        residents += zone.residents;
        jobs += zone.jobs;
    }
    const double to_jobs = jobs <= 0 ? 0 : (residents <= 0 ? 1 : options.job_share);
    std::vector<double> means;
    means.reserve(sites.zones.size());
    for (const ZoneSpec& zone : sites.zones) {
        const double at_home = residents > 0 ? (1 - to_jobs) * zone.residents / residents : 0;
        const double at_work = jobs > 0 ? to_jobs * zone.jobs / jobs : 0;
        means.push_back(options.parcels_a_day * (at_home + at_work));
    }
    return means;
}

std::vector<OrderDraw> draw_orders(const DemandOptions& options, double mean_parcels,
                                   std::uint32_t zone, std::uint32_t day) {
    std::vector<OrderDraw> orders;
    if (mean_parcels <= 0) return orders;
    const std::uint64_t count = Draw(options.seed, kDrawOrderCount, zone, day)
                                    .poisson(mean_parcels / options.parcels_an_order);
    orders.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        const Draw draw(options.seed, kDrawOrder, zone, (std::uint64_t{day} << 32) | i);
        orders.push_back({static_cast<std::uint8_t>(chosen(options.slot_share, draw.uniform(0))),
                          draw.uniform(1),
                          static_cast<std::uint32_t>(draw.geometric(options.parcels_an_order, 2))});
    }
    return orders;
}

OrderBook::OrderBook(const LogisticsSites& sites, const DemandOptions& options)
    : waves_(options.waves) {
    check(options);
    std::vector<std::uint32_t> first_batch;
    for (const Wave& wave : waves_) {
        first_batch.push_back(batch_count());
        batch_at_.insert(batch_at_.end(), wave.batches.begin(), wave.batches.end());
    }
    const std::vector<double> means = zone_means(sites, options);
    std::vector<Row> rows;
    for (std::uint32_t z = 0; z < sites.zones.size(); ++z) {
        const auto orders = draw_orders(options, means[z], z, 0);
        for (std::uint32_t i = 0; i < orders.size(); ++i) {
            const Draw draw(options.seed, kDrawOrderDetail, z, i);
            ParcelSpec parcel;
            const std::size_t w = wave_of(waves_, orders[i].slot);
            const auto slot_us = static_cast<double>(options.slot_width.us);
            parcel.ordered_us =
                options.start_of_day.us - hours(24).us + options.first_slot_at.us +
                static_cast<std::int64_t>(slot_us * (orders[i].slot + orders[i].share_of_slot));
            parcel.deadline_us = waves_[w].deadline.us;
            parcel.zone = z;
            parcel.order = order_count_++;
            parcel.wave = static_cast<std::uint8_t>(w);
            parcel.batch = static_cast<std::uint16_t>(first_batch[w] +
                                                      draw.below(waves_[w].batches.size(), 0));
            parcel.handover =
                static_cast<Handover>(chosen(options.handover_share, draw.uniform(1)));
            for (std::uint32_t k = 0; k < orders[i].parcel_count; ++k) {
                set_size(parcel, options, draw, 2 + 2 * k);
                rows.push_back({sites.zones[z].hub, draw.bits(3 + 2 * k), parcel});
            }
        }
    }
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return std::tuple(a.hub, a.parcel.batch, a.key, a.parcel.order) <
               std::tuple(b.hub, b.parcel.batch, b.key, b.parcel.order);
    });
    parcels_.reserve(rows.size());
    for (std::uint32_t hub = 0; hub < sites.hubs.size(); ++hub) {
        for (std::uint32_t batch = 0; batch < batch_count(); ++batch) {
            range_.push_back(static_cast<std::uint32_t>(parcels_.size()));
            while (parcels_.size() < rows.size() && rows[parcels_.size()].hub == hub &&
                   rows[parcels_.size()].parcel.batch == batch) {
                parcels_.push_back(rows[parcels_.size()].parcel);
            }
        }
    }
    range_.push_back(static_cast<std::uint32_t>(parcels_.size()));
}

std::pair<std::uint32_t, std::uint32_t> OrderBook::batch_range(std::uint32_t hub,
                                                               std::uint32_t batch) const {
    const std::size_t i = std::size_t{hub} * batch_count() + batch;
    return {range_[i], range_[i + 1]};
}

std::pair<std::uint32_t, std::uint32_t> OrderBook::hub_range(std::uint32_t hub) const {
    return {range_[std::size_t{hub} * batch_count()],
            range_[(std::size_t{hub} + 1) * batch_count()]};
}

}  // namespace jiahe::logistics
