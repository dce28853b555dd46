// What the telecom system is told besides the network: sources, sharing, servers, time-outs.
//
// Plain values, City lifecycle; the scenario's section fills them (telecom_section.h). Defaults are
// those of the telecom sheet, sections 1, 3 and 5 (A where it says so). Units in the names.
// Invariant: sharing_period >= 2 s (what an epoch decides is told 1 s later, before the next).
#pragma once

#include <array>
#include <cstdint>

#include "base/sim_time.h"
#include "telecom/diurnal_profile.h"
#include "telecom/radio_plan.h"
#include "telecom/service_class.h"
#include "telecom/transfer_time.h"

namespace jiahe::telecom {

// kUnbounded: c cores, requests wait for ever (overload shows as delay). kLimited: M/M/c/K,
// requests beyond K places are refused.
enum class ServerModel : std::uint8_t { kUnbounded, kLimited };

struct ServerOptions {
    ServerModel model = ServerModel::kUnbounded;
    int cores = 64;         // A
    int places = 4096;      // A, kLimited only
    SimTime service{5000};  // A: 5 ms of one core a request
};

struct TelecomOptions {
    SimTime sharing_period = whole_seconds(10);
    SimTime radio_period = whole_seconds(60);
    SimTime start_of_day;  // of the scenario's start, since midnight
    SimTime duration = hours(24);
    SimTime result_bin = minutes(15);  // of the cells' loads
    StartUp start_up = StartUp::kLv08;
    std::array<double, kServiceClassCount> class_weight = {1, 1, 1, 1, 1, 1, 1, 1, 1};

    std::int64_t camera_bps = 4'000'000;
    std::int64_t heartbeat_bytes = 200;
    SimTime heartbeat_period = whole_seconds(60);
    std::int64_t citizen_bytes_per_hour = 25'000'000;
    double citizen_up_share = 0.15;     // A
    double citizen_active_share = 0.1;  // A: users that share at one time, for the weights
    double probe_share = 1.0;           // of vehicles in traffic that report
    std::int64_t probe_bytes = 200;
    SimTime probe_period = whole_seconds(10);
    std::int64_t transaction_bytes = 1000;      // A: settlement of one toll
    std::int64_t ack_bytes = 200;               // of transactions and scans
    std::int64_t store_bytes = 64'000'000'000;  // A: a site's store for each class
    LandUseProfiles profiles = default_profiles();

    ServerOptions server;
    RadioOptions radio;
    SimTime contact_timeout = whole_seconds(10);  // loss of contact is noticed after this
    SimTime contact_return = whole_seconds(3);
    bool tell_deliveries = true;  // make records of delivered messages
};

}  // namespace jiahe::telecom
