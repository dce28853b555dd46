// A validated value of a loaded scenario: typed getters in SI units that never fail on input.
//
//     TollingConfig read_tolling(const scenario::Value& tolling, scenario::FaultList& faults) {
//         TollingConfig config;
//         config.etc_share = tolling["etc_share"].fraction();
//         config.reply_timeout = tolling["reply_timeout"].duration();         // SimTime
//         config.fallback = tolling["fallback"].choice<Fallback>();           // enum, same order
//         for (const scenario::Value& plaza : tolling["plazas"].items()) {
//             config.plazas.push_back({plaza["name"].text(), plaza["lanes"].integer()});
//             if (plaza.has("approach_limit")) use(plaza["approach_limit"].speed_mps());
//             if (unknown(plaza)) faults.add(plaza["name"].fault("E-TOL-003", "plaza has no
//             road"));
//         }
//         return config;
//     }
//
// Types, ranges and units were checked while loading, so a getter of the wrong kind, an undeclared
// key or an absent optional value is our bug (InternalError). fault() makes an InputFault at the
// value's place: file:line:col where written, else that of the nearest written ancestor.
// Lifecycle: a pointer into its Scenario; valid as long as any copy of that Scenario lives.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/error.h"
#include "base/money.h"
#include "base/sim_time.h"
#include "scenario/fault_list.h"
#include "scenario/setting.h"

namespace jiahe::scenario {

struct ValueNode;

class Value {
  public:
    explicit Value(const ValueNode* node) : node_(node) {}

    // Of a section: the declared child; of a named map: an existing entry.
    Value operator[](std::string_view key) const;
    // True where the child has a value (written or default) or the named map has the entry.
    bool has(std::string_view key) const;
    // Of a list or named map (in the order of the file).
    std::size_t size() const;
    Value operator[](std::size_t index) const;
    std::vector<Value> items() const;

    // True where the file or an override wrote it.
    bool written() const;
    // Its key in a section or named map; its index in a list.
    const std::string& key() const;
    // "tolling.plazas.2.lanes"
    std::string path() const;
    const Setting& setting() const;
    Place place() const;
    InputFault fault(std::string code, std::string message, std::string hint = {}) const;

    bool boolean() const;
    const std::string& text() const;  // text, name, choice, date; of a path as written
    std::int64_t integer() const;
    double number() const;
    std::size_t choice_index() const;
    template <class E>
    E choice() const {
        static_assert(std::is_enum_v<E>);
        return static_cast<E>(choice_index());
    }
    // Canonical and checked: exists, of the right kind, inside the bundle or a data folder.
    const std::filesystem::path& file() const;
    // Since midnight of the first day, and since the scenario's start (may be negative).
    SimTime time_of_day() const;
    SimTime since_start() const;

    SimTime duration() const;
    Fen money() const;
    std::int64_t bytes() const;
    double speed_mps() const;
    double length_m() const;
    double rate_bps() const;
    double fen_per_km() const;
    double fen_per_hour() const;
    double flow_vehicles_per_s() const;
    double frequency_per_s() const;
    double fraction() const;
    // In the reference unit of the named dimension (unit.h).
    double si(Dimension dimension) const;

    std::vector<double> numbers() const;         // of a list of numbers
    std::vector<std::int64_t> integers() const;  // of a list of integers
    std::vector<std::string> texts() const;      // of a list of texts, names or choices
    std::vector<double> si_list(Dimension dimension) const;

  private:
    const ValueNode& scalar(Kind kind) const;
    double quantity(Dimension dimension) const;
    const ValueNode* node_;
};

}  // namespace jiahe::scenario
