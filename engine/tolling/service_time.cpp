#include "tolling/service_time.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace jiahe::tolling {
namespace {

// Indices of the outcome draw.
enum : std::uint32_t {
    kReply = 0,
    kUnread,
    kMismatch,
    kBlacklist,
    kUnlisted,
    kHandling,
    kFirstRetry,  // and the following
};
constexpr std::uint32_t kBooth = 0;
constexpr std::uint32_t kMoveUp = 1;

DurationDistribution normal_of_variance(double mean_s, double variance_s2) {
    return DurationDistribution::truncated_normal(mean_s, std::sqrt(variance_s2));
}

double handling_s(const FailureRates& rates, const Draw& outcome) {
    return rates.handling_lowest_s +
           (rates.handling_highest_s - rates.handling_lowest_s) * outcome.uniform(kHandling);
}

struct Reading {
    double extra_s = 0;
    bool read = true;
};

Reading read_unit(const FailureRates& rates, const Draw& outcome) {
    if (!outcome.bernoulli(rates.unread, kUnread)) return {};
    Reading reading{0, false};
    for (int retry = 0; retry < rates.retry_limit && !reading.read; ++retry) {
        reading.extra_s += rates.retry_s;
        reading.read =
            outcome.bernoulli(rates.retry_success, kFirstRetry + static_cast<std::uint32_t>(retry));
    }
    return reading;
}

}  // namespace

ServiceModel::ServiceModel() {
    constexpr auto manual = index_of(Payment::kManual);
    constexpr auto etc = index_of(Payment::kEtc);
    // Zhou 2001: 8.6 s (5.5 s^2), move-up 5.5 (1.83) and 8.3 (5.5); Liao and Gu 2010: 10.47 s for
    // medium vehicles, at Zhou's coefficient of variation: 5.5 * (10.47 / 8.6)^2 = 8.15 s^2 (A).
    service[manual] = {normal_of_variance(8.6, 5.5), normal_of_variance(10.47, 8.15),
                       normal_of_variance(10.47, 8.15)};
    move_up[manual] = {normal_of_variance(5.5, 1.83), normal_of_variance(8.3, 5.5),
                       normal_of_variance(8.3, 5.5)};
    // Yang et al. 2011: 2.56 s (1.67 s^2), move-up 3.62 (2.94) and 5.27 (4.65).
    service[etc] = {normal_of_variance(2.56, 1.67), normal_of_variance(2.56, 1.67),
                    normal_of_variance(2.56, 1.67)};
    move_up[etc] = {normal_of_variance(3.62, 2.94), normal_of_variance(5.27, 4.65),
                    normal_of_variance(5.27, 4.65)};
}

ServiceModel ServiceModel::uniform(DurationDistribution service, DurationDistribution move_up) {
    ServiceModel model;
    for (std::size_t p = 0; p < kPaymentCount; ++p) {
        model.service[p].fill(service);
        model.move_up[p].fill(move_up);
    }
    model.failures.unread = model.failures.class_mismatch = 0;
    model.failures.blacklisted = model.failures.stray = 0;
    model.back_office.offline_extra_s = model.back_office.unlisted_share = 0;
    return model;
}

double ServiceModel::mean_headway_s(TollClass toll_class, Payment payment, ServiceMode mode) const {
    const auto p = index_of(table_payment(payment, mode));
    const auto c = index_of(toll_class);
    const double extra_s =
        mode == ServiceMode::kOffline && payment == Payment::kEtc ? back_office.offline_extra_s : 0;
    return service[p][c].mean_s() + exposed_move_up_share * move_up[p][c].mean_s() + extra_s;
}

ServiceOutcome draw_service(const ServiceModel& model, const ServiceRequest& request,
                            const ServiceDraws& draws) {
    JIAHE_DEBUG_CHECK(request.payment != Payment::kByShare, "the payment is drawn before");
    const FailureRates& rates = model.failures;
    const auto payment = index_of(model.table_payment(request.payment, request.mode));
    const double booth_s =
        model.service[payment][index_of(request.toll_class)].sample_s(draws.duration, kBooth);
    if (request.payment == Payment::kManual) {
        if (request.stray) return {handling_s(rates, draws.outcome), Cause::kStray};
        return {booth_s, Cause::kByHand};
    }
    if (request.mode == ServiceMode::kByHand) return {booth_s, Cause::kDegraded};

    const BackOfficeTimes& office = model.back_office;
    double total_s = booth_s;
    bool offline = request.mode == ServiceMode::kOffline;
    if (!offline && request.path_delay_s > 0) {
        const double spread = draws.outcome.lognormal(1, office.reply_sigma, kReply);
        const double reply_s = std::min(request.path_delay_s, 1e6) * spread;
        offline = reply_s > office.reply_timeout_s;
        total_s += std::min(reply_s, office.reply_timeout_s);
    }
    if (offline) total_s += office.offline_extra_s;

    const Reading reading = read_unit(rates, draws.outcome);
    total_s += reading.extra_s;
    Cause cause = offline ? Cause::kObuOffline : Cause::kObuRead;
    if (!reading.read) {
        cause = Cause::kUnread;
    } else if (draws.outcome.bernoulli(rates.class_mismatch, kMismatch)) {
        cause = Cause::kClassMismatch;
    } else if (draws.outcome.bernoulli(rates.blacklisted, kBlacklist)) {
        cause = Cause::kBlacklisted;
    } else if (offline && draws.outcome.bernoulli(office.unlisted_share, kUnlisted)) {
        cause = Cause::kUnlisted;
    } else {
        return {total_s, cause};
    }
    return {total_s + handling_s(rates, draws.outcome), cause};
}

double draw_move_up_s(const ServiceModel& model, const ServiceRequest& request,
                      const ServiceDraws& draws) {
    const auto payment = index_of(model.table_payment(request.payment, request.mode));
    return model.exposed_move_up_share *
           model.move_up[payment][index_of(request.toll_class)].sample_s(draws.duration, kMoveUp);
}

}  // namespace jiahe::tolling
