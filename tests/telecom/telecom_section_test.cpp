#include "telecom/telecom_section.h"

#include "scenario/core_sections.h"
#include "scenario/scenario.h"

using namespace jiahe;

namespace {

scenario::Scenario load(const std::string& text) {
    scenario::Schema schema;
    scenario::declare_core(schema);
    telecom::declare_telecom(schema);
    return scenario::Scenario::from_text(schema, "name: t\n" + text, "t.yaml", ".");
}

std::string fault_of(const std::string& text) {
    scenario::FaultList faults;
    const auto s = load(text);
    telecom::read_telecom(s["telecom"], faults);
    return faults.empty() ? "" : faults.faults()[0].to_string();
}

}  // namespace

TEST_CASE("the section's defaults are those of the options") {
    scenario::FaultList faults;
    const auto s = load("");
    const telecom::TelecomConfig read = telecom::read_telecom(s["telecom"], faults);
    const telecom::TelecomOptions built;
    const telecom::NetworkOptions network;
    CHECK(faults.empty());
    CHECK(read.options.sharing_period == built.sharing_period);
    CHECK(read.options.camera_bps == built.camera_bps);
    CHECK(read.options.citizen_bytes_per_hour == built.citizen_bytes_per_hour);
    CHECK(read.options.citizen_up_share == built.citizen_up_share);
    CHECK(read.options.server.cores == built.server.cores);
    CHECK(read.options.server.service == built.server.service);
    CHECK(read.options.store_bytes == built.store_bytes);
    CHECK(read.options.contact_timeout == built.contact_timeout);
    CHECK(read.options.radio.bandwidth_hz == built.radio.bandwidth_hz);
    CHECK(read.options.start_up == built.start_up);
    CHECK(read.network.usable_share == network.usable_share);
    CHECK(read.network.metro.down_bps == network.metro.down_bps);
    CHECK(read.network.radio_latency_s == network.radio_latency_s);
    CHECK(read.network.equipment_latency_s == network.equipment_latency_s);
    CHECK(read.options.radio.budget == built.radio.budget);
    for (std::size_t k = 0; k < telecom::kSiteKindCount; ++k) {
        CHECK(read.network.access[k].up_bps == network.access[k].up_bps);
    }
}

TEST_CASE("values that do not fit one another are refused at their place") {
    CHECK(fault_of("telecom:\n  sharing_epoch: 7 s\n").find("t.yaml:3:18: error[E-TEL-011]") == 0);
    CHECK(fault_of("telecom:\n  radio_epoch: 25 s\n").find("t.yaml:3:16: error[E-TEL-011]") == 0);
    CHECK(fault_of("telecom:\n  servers: {model: limited, cores: 10, places: 4}\n")
              .find("error[E-TEL-012]") != std::string::npos);
    CHECK(fault_of("telecom:\n  servers: {model: unbounded, cores: 10, places: 4}\n").empty());
}
