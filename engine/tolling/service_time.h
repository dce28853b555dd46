// ServiceModel: what happens between a vehicle and the booth, and how long it takes.
//
// By class and payment: time at the booth (TS) and time to move up (TG). An ETC vehicle in a lane
// that reads units goes through the branches of the sheet (section 4): reply of the back office or
// the offline list, unread unit with retries, class mismatch, black list; each may end in manual
// handling in the lane. A lane without a valid list, or a manual lane, serves by hand.
// City lifecycle: immutable. Unit: s. No kernel: plotted and tested alone.
//
// Named draws: `duration` index 0 is the booth time, 1 the move-up; `outcome` indices are the
// branches below, so that one branch shifts no other.
// Sources (C unless marked A): Zhou 2001 (manual TS variance, TG manual), Yang et al. 2011 (ETC),
// Liao and Gu 2010 (manual TS of medium and large vehicles). Trailers take the figures of large.
#pragma once

#include <array>

#include "base/random.h"
#include "tolling/duration_distribution.h"
#include "tolling/vehicle_kind.h"

namespace jiahe::tolling {

// Branches of an on-board unit; rates per passage, all A.
struct FailureRates {
    double unread = 0.01;        // first read fails
    double retry_success = 0.5;  // of one retry
    double class_mismatch = 0.002;
    double blacklisted = 0.001;
    double stray = 0.005;  // of the non-ETC vehicles: enters an ETC lane
    int retry_limit = 2;
    double retry_s = 1.5;
    double handling_lowest_s = 20;  // manual handling in the lane, uniform
    double handling_highest_s = 60;
};

// The on-line check and what stands in for it; all A.
struct BackOfficeTimes {
    double reply_timeout_s = 3;  // then the list on site decides
    double reply_sigma = 0.25;   // spread of one reply around the published path delay (lognormal)
    double offline_extra_s = 1.0;  // looking a unit up on site
    double unlisted_share = 0.02;  // units that the list on site does not clear
};

enum class ServiceMode : std::uint8_t {
    kOnline,   // unit checked with the back office
    kOffline,  // unit checked against the list on site
    kByHand,   // degraded, or a lane without a reader
};

struct ServiceModel {
    // [payment][class]
    using Table = std::array<std::array<DurationDistribution, kTollClassCount>, kPaymentCount>;
    ServiceModel();  // the sheet's figures
    // All classes and payments alike, no failures: for oracles.
    static ServiceModel uniform(DurationDistribution service, DurationDistribution move_up);

    Table service;
    Table move_up;
    double exposed_move_up_share = 1;  // k: share of TG not hidden under the service before
    FailureRates failures;
    BackOfficeTimes back_office;
    Payment table_payment(Payment payment, ServiceMode mode) const {
        return mode == ServiceMode::kByHand ? Payment::kManual : payment;
    }
    // Expected headway of a vehicle in a queue, for lane choice.
    double mean_headway_s(TollClass toll_class, Payment payment, ServiceMode mode) const;
};

struct ServiceRequest {
    TollClass toll_class = TollClass::kSmall;
    Payment payment = Payment::kManual;  // REQUIRES: not kByShare
    ServiceMode mode = ServiceMode::kOnline;
    bool stray = false;       // non-ETC vehicle in an ETC lane
    double path_delay_s = 0;  // plaza to back office, as last published
};

struct ServiceDraws {
    Draw duration;
    Draw outcome;
};

struct ServiceOutcome {
    double service_s = 0;
    Cause cause = Cause::kByHand;
};

ServiceOutcome draw_service(const ServiceModel& model, const ServiceRequest& request,
                            const ServiceDraws& draws);

// Exposed part of the move-up of a queued vehicle.
double draw_move_up_s(const ServiceModel& model, const ServiceRequest& request,
                      const ServiceDraws& draws);

// REQUIRES: payment resolved. The discount for on-board units holds for these.
constexpr bool earns_etc_discount(Payment payment, Cause cause) {
    return payment == Payment::kEtc && cause != Cause::kBlacklisted;
}

}  // namespace jiahe::tolling
