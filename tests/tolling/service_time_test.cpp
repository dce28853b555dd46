#include "tolling/service_time.h"

#include <doctest/doctest.h>

#include <array>

namespace jiahe::tolling {
namespace {

ServiceOutcome serve(const ServiceModel& model, const ServiceRequest& request,
                     std::uint32_t vehicle) {
    return draw_service(model, request, {Draw(1, 512, vehicle, 1), Draw(1, 513, vehicle, 1)});
}

ServiceModel two_second_model() {
    return ServiceModel::uniform(DurationDistribution::fixed(2), DurationDistribution::fixed(3));
}

ServiceRequest etc(ServiceMode mode = ServiceMode::kOnline) {
    return {TollClass::kSmall, Payment::kEtc, mode, false, 0};
}

}  // namespace

TEST_CASE("the default figures are those of Zhou, Yang, and Liao and Gu") {
    const ServiceModel model;
    CHECK(model.mean_headway_s(TollClass::kSmall, Payment::kManual, ServiceMode::kOnline) ==
          doctest::Approx(14.1));
    CHECK(model.mean_headway_s(TollClass::kSmall, Payment::kEtc, ServiceMode::kOnline) ==
          doctest::Approx(6.18));
    CHECK(model.mean_headway_s(TollClass::kLarge, Payment::kEtc, ServiceMode::kOnline) ==
          doctest::Approx(2.56 + 5.27));
    CHECK(model.mean_headway_s(TollClass::kLarge, Payment::kManual, ServiceMode::kOnline) ==
          doctest::Approx(10.47 + 8.3));
    // A degraded lane serves everybody by hand; a list on site costs its looking up.
    CHECK(model.mean_headway_s(TollClass::kSmall, Payment::kEtc, ServiceMode::kByHand) ==
          doctest::Approx(14.1));
    CHECK(model.mean_headway_s(TollClass::kSmall, Payment::kEtc, ServiceMode::kOffline) ==
          doctest::Approx(7.18));
}

TEST_CASE("the reply of the back office adds the path's delay, and its timeout asks the list") {
    ServiceModel model = two_second_model();
    model.back_office = {3, 0, 1, 0};  // timeout 3 s, no spread, list 1 s
    ServiceRequest request = etc();
    request.path_delay_s = 0.4;
    CHECK(serve(model, request, 1).service_s == doctest::Approx(2.4));
    CHECK(serve(model, request, 1).cause == Cause::kObuRead);
    request.path_delay_s = 9;
    CHECK(serve(model, request, 1).service_s == doctest::Approx(2 + 3 + 1));
    CHECK(serve(model, request, 1).cause == Cause::kObuOffline);
    request.mode = ServiceMode::kOffline;  // known to be out of contact: no waiting for a reply
    CHECK(serve(model, request, 1).service_s == doctest::Approx(2 + 1));
}

TEST_CASE("failures come at their rates and block the lane for 20 to 60 s") {
    ServiceModel model = two_second_model();
    model.failures = FailureRates{};
    std::array<int, kCauseCount> count{};
    constexpr int n = 200'000;
    double handling_s = 0;
    int handled = 0;
    for (std::uint32_t v = 0; v < n; ++v) {
        const ServiceOutcome outcome = serve(model, etc(), v);
        ++count[index_of(outcome.cause)];
        if (outcome.service_s < 20) continue;
        handling_s += outcome.service_s;
        ++handled;
        CHECK(outcome.service_s <= 2 + 60 + 2 * 1.5);
    }
    // Unread for good: 1 % * 0.5 * 0.5 = 0.25 %, 500 of 200,000, deviation 22.
    CHECK(count[index_of(Cause::kUnread)] == doctest::Approx(500).epsilon(0.15));
    CHECK(count[index_of(Cause::kClassMismatch)] == doctest::Approx(400).epsilon(0.15));
    CHECK(count[index_of(Cause::kBlacklisted)] == doctest::Approx(200).epsilon(0.25));
    CHECK(count[index_of(Cause::kUnlisted)] == 0);
    // 40 s of handling, 2 s at the booth, 3 s of retries for the unread (5 in 11).
    CHECK(handling_s / handled == doctest::Approx(40 + 2 + 3 * 5.0 / 11).epsilon(0.03));
}

TEST_CASE(
    "a stray is handled by hand where the lane reads units, served by hand where it does not") {
    const ServiceModel model = two_second_model();
    ServiceRequest request{TollClass::kSmall, Payment::kManual, ServiceMode::kOnline, true, 0};
    const ServiceOutcome stray = serve(model, request, 3);
    CHECK(stray.cause == Cause::kStray);
    CHECK(stray.service_s >= 20);
    CHECK(stray.service_s <= 60);
    request.stray = false;
    CHECK(serve(model, request, 3).service_s == 2);
}

TEST_CASE("one branch shifts no other: a vehicle's handling time is the same online and offline") {
    ServiceModel model = two_second_model();
    model.failures = FailureRates{};
    model.back_office.offline_extra_s = 1;
    for (std::uint32_t v = 0; v < 20'000; ++v) {
        const ServiceOutcome online = serve(model, etc(), v);
        if (online.cause == Cause::kObuRead) continue;
        const ServiceOutcome offline = serve(model, etc(ServiceMode::kOffline), v);
        CHECK(offline.cause == online.cause);
        CHECK(offline.service_s == doctest::Approx(online.service_s + 1));
    }
}

TEST_CASE("k scales the move-up alone") {
    ServiceModel model = two_second_model();
    const ServiceDraws draws{Draw(1, 512, 1, 1), Draw(1, 513, 1, 1)};
    CHECK(draw_move_up_s(model, etc(), draws) == 3);
    model.exposed_move_up_share = 0.5;
    CHECK(draw_move_up_s(model, etc(), draws) == 1.5);
    CHECK(model.mean_headway_s(TollClass::kSmall, Payment::kEtc, ServiceMode::kOnline) == 3.5);
}

}  // namespace jiahe::tolling
