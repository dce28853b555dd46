#include "tolling/tolling_section.h"

#include <array>

#include <fmt/format.h>

namespace jiahe::tolling {
namespace {

using scenario::FaultList;
using scenario::Setting;
using scenario::Value;

constexpr std::array kClassKeys{"small", "large", "trailer"};

struct TimesText {
    const char* booth;
    const char* booth_sd;
    const char* move_up;
    const char* move_up_sd;
    const char* source;
};

void declare_times(Setting& payment, const char* toll_class, const TimesText& text) {
    Setting& times = payment.section(toll_class, "Times of this class.");
    const auto declare = [&](const char* key, const char* help, const char* value) {
        times.duration(key, help).by_default(value).range("0 s", "10 min").source(text.source);
    };
    declare("time", "Mean time at the booth.", text.booth);
    declare("time_sd", "Its standard deviation.", text.booth_sd);
    declare("move_up", "Mean time of a queued vehicle to move up to the booth.", text.move_up);
    declare("move_up_sd", "Its standard deviation.", text.move_up_sd);
}

void declare_service(Setting& tolling) {
    Setting& service = tolling.section("service", "Service at the booths, by payment and class.");
    service
        .choice("shape", "Distribution of the times; its mean and deviation are those given.",
                {"truncated_normal", "lognormal", "fixed"})
        .by_default("truncated_normal");
    service.fraction("exposed_move_up", "Share of the move-up that service does not hide.")
        .by_default("100 %")
        .source("C Yang 2011: 1 gives level 2, 0 the bare service");
    const TimesText yang{"2.56 s", "1.292285 s", "3.62 s", "1.714643 s", "C Yang 2011"};
    const TimesText yang_large{"2.56 s", "1.292285 s", "5.27 s", "2.156386 s", "C Yang 2011"};
    const TimesText zhou{"8.6 s", "2.345208 s", "5.5 s", "1.352775 s", "C Zhou 2001"};
    const TimesText large{"10.47 s", "2.854820 s", "8.3 s", "2.345208 s",
                          "C Liao Gu 2010 (time), Zhou 2001 (move-up); A deviation of the time"};
    Setting& etc = service.section("etc", "Vehicles with an on-board unit.");
    declare_times(etc, kClassKeys[0], yang);
    declare_times(etc, kClassKeys[1], yang_large);
    declare_times(etc, kClassKeys[2], yang_large);
    Setting& manual = service.section("manual", "Vehicles served by hand.");
    declare_times(manual, kClassKeys[0], zhou);
    declare_times(manual, kClassKeys[1], large);
    declare_times(manual, kClassKeys[2], large);
}

void declare_failures(Setting& tolling) {
    Setting& failures = tolling.section("failures", "What may go wrong at a booth.");
    const auto rate = [&](const char* key, const char* help, const char* value) {
        failures.fraction(key, help).by_default(value).source("A");
    };
    rate("unread", "Passages whose first read of the unit fails.", "1 %");
    rate("retry_success", "Chance of one retry.", "50 %");
    rate("class_mismatch", "Units registered for another class.", "0.2 %");
    rate("blacklisted", "Units on the black list.", "0.1 %");
    rate("stray", "Vehicles without unit that take an ETC lane.", "0.5 %");
    failures.integer("retry_limit", "Retries before manual handling.")
        .range("0", "20")
        .by_default("2")
        .source("A");
    const auto time = [&](const char* key, const char* help, const char* value) {
        failures.duration(key, help).by_default(value).range("0 s", "30 min").source("A");
    };
    time("retry_time", "Time of one retry.", "1.5 s");
    time("handling_least", "Manual handling in the lane, at least.", "20 s");
    time("handling_most", "Manual handling in the lane, at most.", "60 s");
}

void declare_outage(Setting& tolling) {
    Setting& office = tolling.section("back_office", "The on-line check and its stand-in.");
    office.duration("reply_timeout", "Wait for the reply; then the list on site decides.")
        .by_default("3 s")
        .range("100 ms", "60 s")
        .source("A");
    office.number("reply_spread", "Sigma of one reply around the path delay (lognormal).")
        .by_default("0.25")
        .range("0", "2")
        .source("A");
    office.duration("offline_extra", "Looking a unit up on site.")
        .by_default("1 s")
        .range("0 s", "60 s")
        .source("A");
    office.fraction("unlisted_share", "Units that the list on site does not clear.")
        .by_default("2 %")
        .source("A");

    Setting& outage = tolling.section(
        "outage", "Contact lost: list on site, then manual service, until contact is regained.");
    const auto time = [&](const char* key, const char* help, const char* value, const char* least) {
        outage.duration(key, help).by_default(value).range(least, "30 d").source("A");
    };
    time("offline_grace", "A plaza may clear units from its list this long.", "10 min", "0 s");
    time("list_age_max", "A list older than this clears nobody.", "24 h", "0 s");
    time("list_age_at_start", "Age of the lists when the run begins.", "5 min", "0 s");
    time("list_refresh", "Lists are pulled this often while in contact.", "5 min", "1 s");
}

void declare_gantries_and_data(Setting& tolling) {
    Setting& gantry =
        tolling.section("gantry", "Free-flow gantries: reading unit, card and plate.");
    gantry.fraction("unread", "Passages whose unit or card is not read.")
        .by_default("1 %")
        .source("A");
    gantry.fraction("plate_success_day", "Plates read by day.").by_default("99 %").source("A");
    gantry.fraction("plate_success_night", "Plates read by night.").by_default("95 %").source("A");
    gantry.time_of_day("night_begins", "Begin of the night.").by_default("19:00").source("A");
    gantry.time_of_day("night_ends", "End of the night.").by_default("06:00").source("A");

    Setting& data = tolling.section("data", "What a passage sends to the back office.");
    // A hand-over of 4,095 passages has to stay below 2^40 B, what a message can be.
    data.bytes("record", "Record of a passage.")
        .range("1 B", "10 MB")
        .by_default("1500 B")
        .source("A");
    data.bytes("image", "One image; every passage has one.")
        .range("0 B", "100 MB")
        .by_default("200 kB")
        .source("A");
    data.fraction("second_image_share", "Passages with a second image.")
        .by_default("50 %")
        .source("A");
    data.bytes("store", "Kept on site while out of contact; images are dropped first.")
        .by_default("64 GB")
        .source("A");
}

void declare_tariff(Setting& tolling) {
    Setting& tariff =
        tolling.section("tariff", "Fee = rate * charged length, whole fen a section.");
    const auto rate = [&](std::size_t c, const char* value, const char* source) {
        tariff.money_per_length(kClassKeys[c], "Rate of this class.")
            .by_default(value)
            .range("0 fen/km", "1000 yuan/km")
            .unit("fen/km")
            .source(source);
    };
    rate(0, "35 fen/km", "A");
    rate(1, "44 fen/km", "C ratio large : small of the Taiwan tables, rounded");
    rate(2, "53 fen/km", "C ratio trailer : small of the Taiwan tables, rounded");
    tariff.fraction("etc_discount", "Discount of ETC vehicles, a ledger line of its own.")
        .by_default("5 %")
        .source("A");
    Setting& owners =
        tolling.named("road_owners", "Road owners; each fee is shared among them by weight.")
            .of_sections();
    owners.integer("weight", "Share of each fee, relative to the others.")
        .range("0", "1000000000")
        .by_default("1");
}

void declare_plazas(Setting& tolling) {
    Setting& plaza =
        tolling.named("plazas", "Plazas of the city that differ from its layer, by name.")
            .of_sections();
    for (const char* key : {"etc_lanes", "mixed_lanes", "truck_lanes", "manual_lanes"}) {
        plaza.integer(key, "Lanes of this kind.").range("0", "64");
    }
    plaza.integer("apron", "Vehicles inside at most.").range("1", "100000");
    for (const char* key : {"fee_small", "fee_large", "fee_trailer"}) {
        plaza.money(key, "Fixed fee in place of rate * length; give all three or none.")
            .range("0 fen", "100000 yuan");
    }
}

DurationDistribution read_duration(DurationShape shape, const Value& mean, const Value& sd,
                                   FaultList& faults) {
    const double mean_s = mean.duration().seconds();
    if (mean_s == 0) return DurationDistribution::fixed(0);
    try {
        return DurationDistribution::of_shape(shape, mean_s, sd.duration().seconds());
    } catch (const InputError& error) {
        const InputFault& fault = error.faults().front();
        faults.add(sd.fault(fault.code, fault.message, fault.hint));
        return DurationDistribution::fixed(mean_s);
    }
}

void read_service(const Value& value, ServiceModel& model, FaultList& faults) {
    const auto shape = value["shape"].choice<DurationShape>();
    model.exposed_move_up_share = value["exposed_move_up"].fraction();
    for (const auto& [payment, key] :
         {std::pair{Payment::kManual, "manual"}, {Payment::kEtc, "etc"}}) {
        for (std::size_t c = 0; c < kTollClassCount; ++c) {
            const Value times = value[key][kClassKeys[c]];
            model.service[index_of(payment)][c] =
                read_duration(shape, times["time"], times["time_sd"], faults);
            model.move_up[index_of(payment)][c] =
                read_duration(shape, times["move_up"], times["move_up_sd"], faults);
        }
    }
}

void read_failures(const Value& value, FailureRates& rates, FaultList& faults) {
    rates.unread = value["unread"].fraction();
    rates.retry_success = value["retry_success"].fraction();
    rates.class_mismatch = value["class_mismatch"].fraction();
    rates.blacklisted = value["blacklisted"].fraction();
    rates.stray = value["stray"].fraction();
    rates.retry_limit = static_cast<int>(value["retry_limit"].integer());
    rates.retry_s = value["retry_time"].duration().seconds();
    rates.handling_lowest_s = value["handling_least"].duration().seconds();
    rates.handling_highest_s = value["handling_most"].duration().seconds();
    if (rates.handling_lowest_s > rates.handling_highest_s) {
        faults.add(value["handling_least"].fault(
            "E-TOL-030", "'handling_least' is longer than 'handling_most'"));
    }
}

void read_outage(const Value& tolling, TollingOptions& options) {
    const Value office = tolling["back_office"];
    options.service.back_office = {
        office["reply_timeout"].duration().seconds(), office["reply_spread"].number(),
        office["offline_extra"].duration().seconds(), office["unlisted_share"].fraction()};
    const Value outage = tolling["outage"];
    options.outage = {outage["offline_grace"].duration(), outage["list_age_max"].duration(),
                      outage["list_age_at_start"].duration(), outage["list_refresh"].duration()};
    const Value gantry = tolling["gantry"];
    options.gantry = {gantry["unread"].fraction(), gantry["plate_success_day"].fraction(),
                      gantry["plate_success_night"].fraction(),
                      gantry["night_begins"].time_of_day(), gantry["night_ends"].time_of_day()};
    const Value data = tolling["data"];
    options.data = {data["record"].bytes(), data["image"].bytes(),
                    data["second_image_share"].fraction(), data["store"].bytes()};
}

PlazaOverride read_plaza(const Value& value, FaultList& faults) {
    PlazaOverride plaza{value.key(), {}, {}, {}, {}, {}, {}, value};
    const auto number = [&](const char* key, std::optional<std::int64_t>& out) {
        if (value.has(key)) out = value[key].integer();
    };
    number("etc_lanes", plaza.etc_lanes);
    number("mixed_lanes", plaza.mixed_lanes);
    number("truck_lanes", plaza.truck_lanes);
    number("manual_lanes", plaza.manual_lanes);
    number("apron", plaza.apron);
    std::array<Fen, kTollClassCount> fees;
    std::size_t given = 0;
    for (std::size_t c = 0; c < kTollClassCount; ++c) {
        const std::string key = std::string("fee_") + kClassKeys[c];
        if (!value.has(key)) continue;
        fees[c] = value[key].money();
        ++given;
    }
    if (given == kTollClassCount) plaza.fixed_fee = fees;
    if (given != 0 && given != kTollClassCount) {
        faults.add(value.fault("E-TOL-030", "fixed fees for some classes only",
                               "give fee_small, fee_large and fee_trailer"));
    }
    return plaza;
}

}  // namespace

void declare_tolling(scenario::Schema& schema) {
    Setting& tolling = schema.section("tolling", "Toll plazas, gantries, tariff and ledger.");
    tolling
        .fraction("etc_share", "Small vehicles with an on-board unit (the fleet's vans all have).")
        .by_default("65 %")
        .source("A");
    tolling.fraction("etc_share_large", "Large vehicles and trailers with an on-board unit.")
        .by_default("55 %")
        .source("A");
    tolling
        .choice("lane_choice", "Least expected wait on arrival, or one ideal queue for all lanes.",
                {"least_wait", "common_queue"})
        .by_default("least_wait");
    declare_tariff(tolling);
    declare_service(tolling);
    declare_failures(tolling);
    declare_outage(tolling);
    declare_gantries_and_data(tolling);
    declare_plazas(tolling);
}

TollingConfig read_tolling(const Value& tolling, FaultList& faults) {
    TollingConfig config;
    TollingOptions& options = config.options;
    const double large_share = tolling["etc_share_large"].fraction();
    options.etc_share = {tolling["etc_share"].fraction(), large_share, large_share};
    options.lane_choice = tolling["lane_choice"].choice<LaneChoice>();
    const Value tariff = tolling["tariff"];
    for (std::size_t c = 0; c < kTollClassCount; ++c) {
        options.rates.fen_per_km[c] = tariff[kClassKeys[c]].fen_per_km();
    }
    options.rates.etc_discount_share = tariff["etc_discount"].fraction();
    read_service(tolling["service"], options.service, faults);
    read_failures(tolling["failures"], options.service.failures, faults);
    read_outage(tolling, options);
    std::int64_t weight_sum = 0;
    for (const Value& owner : tolling["road_owners"].items()) {
        config.road_owners.push_back({owner.key(), owner["weight"].integer()});
        weight_sum += config.road_owners.back().weight;
    }
    if (!config.road_owners.empty() && weight_sum == 0) {
        faults.add(tolling["road_owners"].fault("E-TOL-033", "all road owners have weight 0",
                                                "give one a weight of at least 1"));
    }
    for (const Value& plaza : tolling["plazas"].items()) {
        config.plazas.push_back(read_plaza(plaza, faults));
    }
    return config;
}

}  // namespace jiahe::tolling
