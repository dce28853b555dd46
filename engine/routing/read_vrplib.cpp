#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "base/error.h"
#include "routing/read_instance.h"
#include "routing/text_rows.h"

namespace jiahe::routing {
namespace {

enum class RowsOf : std::uint8_t { kNodes, kVehicles, kReloads, kDepots };

struct SectionForm {
    const char* name;
    RowsOf rows_of;
    std::size_t values;  // a row, after its number
    double low, high;
    bool whole;
};

constexpr double kMostLoadValue = static_cast<double>(kMostLoad);
constexpr std::array kSections{
    SectionForm{"NODE_COORD_SECTION", RowsOf::kNodes, 2, -kFarthest, kFarthest, false},
    SectionForm{"DEMAND_SECTION", RowsOf::kNodes, 1, 0, kMostLoadValue, true},
    SectionForm{"SERVICE_TIME_SECTION", RowsOf::kNodes, 1, 0, kLatest, false},
    SectionForm{"TIME_WINDOW_SECTION", RowsOf::kNodes, 2, 0, kLatest, false},
    SectionForm{"RELEASE_TIME_SECTION", RowsOf::kNodes, 1, 0, kLatest, false},
    SectionForm{"CAPACITY_SECTION", RowsOf::kVehicles, 1, 0, kMostLoadValue, true},
    SectionForm{"VEHICLES_DEPOT_SECTION", RowsOf::kVehicles, 1, 1, double(kMostNodes), true},
    SectionForm{"VEHICLES_FIXED_COST_SECTION", RowsOf::kVehicles, 1, 0, double(kMostCost), true},
    SectionForm{"VEHICLES_UNIT_DISTANCE_COST_SECTION", RowsOf::kVehicles, 1, 0, double(kMostCost),
                true},
    SectionForm{"VEHICLES_MAX_DURATION_SECTION", RowsOf::kVehicles, 1, 0, kLatest, false},
    SectionForm{"VEHICLES_RELOAD_DEPOT_SECTION", RowsOf::kReloads, 1, 1, double(kMostNodes), true},
    SectionForm{"DEPOT_SECTION", RowsOf::kDepots, 0, -1, double(kMostNodes), true},
};

constexpr std::array kKeys{"NAME",         "COMMENT",          "TYPE",
                           "DIMENSION",    "VEHICLES",         "CAPACITY",
                           "SERVICE_TIME", "EDGE_WEIGHT_TYPE", "VEHICLES_MAX_DURATION"};

constexpr std::array<std::pair<const char*, InstanceKind>, 6> kKinds{
    {{"CVRP", InstanceKind::kCvrp},
     {"VRPTW", InstanceKind::kVrptw},
     {"MTVRPTWR", InstanceKind::kMultiTrip},
     {"MDVRPTW", InstanceKind::kMultiDepot},
     {"MDVRP", InstanceKind::kMultiDepot},
     {"HFVRP", InstanceKind::kMixedFleet}}};

struct Section {
    int line = 0;
    std::vector<double> values;  // [row * form.values + column]; depots: their nodes
    std::vector<int> lines;      // [row]
    std::vector<int> columns;    // [row], of the first value
};

class Reader {
  public:
    explicit Reader(const std::filesystem::path& path) : text_(path) {}

    Instance read() {
        while (at_ < text_.rows().size() && !ended_)
            read_part();
        if (at_ < text_.rows().size()) {
            const TextRows::Row& row = text_.rows()[at_];
            text_.fail("E-RTG-104", row.line, row.fields[0].column, "text after EOF");
        }
        Instance instance;
        instance.file = text_.file();
        fill_head(instance);
        fill_nodes(instance);
        fill_fleet(instance);
        check(instance);
        return instance;
    }

  private:
    struct Value {
        std::size_t row = 0;    // index into rows
        std::size_t field = 0;  // of the value's first word
        std::string text;
    };

    void read_part() {
        const TextRows::Row& row = text_.rows()[at_];
        const std::string first(row.fields[0].text.substr(0, row.fields[0].text.find(':')));
        if (first == "EOF") {
            ended_ = true;
            ++at_;
            return;
        }
        for (const SectionForm& form : kSections) {
            if (first == form.name) return read_section(form);
        }
        for (const char* key : kKeys) {
            if (first == key) return read_key(first);
        }
        std::vector<std::string> names(kKeys.begin(), kKeys.end());
        for (const SectionForm& form : kSections)
            names.emplace_back(form.name);
        text_.fail("E-RTG-101", row.line, row.fields[0].column,
                   fmt::format("unknown key or section '{}'", first), did_you_mean(first, names));
    }

    void refuse_second(const std::string& name, int first_line, const TextRows::Row& row) const {
        text_.fail("E-RTG-106", row.line, row.fields[0].column,
                   fmt::format("'{}' is written twice, first in line {}", name, first_line));
    }

    void read_key(const std::string& key) {
        const TextRows::Row& row = text_.rows()[at_];
        const auto known = keys_.find(key);
        if (known != keys_.end()) {
            refuse_second(key, text_.rows()[known->second.row].line, row);
        }
        const std::size_t colon = row.text.find(':');
        if (colon == std::string_view::npos) {
            text_.fail("E-RTG-104", row.line, row.fields[0].column,
                       fmt::format("'{}' without ':', expected '{} : value'", key, key));
        }
        Value value{at_, 0, ""};
        while (value.field < row.fields.size() &&
               static_cast<std::size_t>(row.fields[value.field].column) <= colon + 1)
            ++value.field;
        if (value.field == row.fields.size()) {
            text_.fail("E-RTG-104", row.line, static_cast<int>(colon) + 1,
                       fmt::format("'{}' has no value, or none parted from ':' by a blank", key));
        }
        const std::size_t begin = static_cast<std::size_t>(row.fields[value.field].column) - 1;
        const TextRows::Field& last = row.fields.back();
        value.text = row.text.substr(
            begin, static_cast<std::size_t>(last.column) - 1 + last.text.size() - begin);
        keys_.emplace(key, std::move(value));
        ++at_;
    }

    static bool begins_part(const TextRows::Row& row) {
        const char c = row.fields[0].text[0];
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    void read_section(const SectionForm& form) {
        const TextRows::Row& title = text_.rows()[at_];
        text_.need_fields(title, 1, form.name);
        Section& section = sections_[form.name];
        if (section.line > 0) refuse_second(form.name, section.line, title);
        section.line = title.line;
        need_size(form, title);
        std::int64_t expected = 1;
        for (++at_; at_ < text_.rows().size() && !begins_part(text_.rows()[at_]); ++at_) {
            const TextRows::Row& row = text_.rows()[at_];
            if (form.rows_of == RowsOf::kDepots) {
                if (!read_depot(section, row)) {
                    ++at_;
                    break;
                }
                continue;
            }
            read_row(form, section, row, expected++);
        }
        if (form.rows_of == RowsOf::kNodes || form.rows_of == RowsOf::kVehicles) {
            const std::int64_t rows = form.rows_of == RowsOf::kNodes ? nodes_ : vehicles_;
            if (expected - 1 != rows) {
                text_.fail("E-RTG-104", end_line(), 1,
                           fmt::format("{} ends after {} rows, expected {}", form.name,
                                       expected - 1, rows));
            }
        }
    }

    int end_line() const {
        return at_ < text_.rows().size() ? text_.rows()[at_].line : text_.last_line();
    }

    // The counts that a section's rows go by must stand before it.
    void need_size(const SectionForm& form, const TextRows::Row& title) {
        if (nodes_ == 0) nodes_ = count("DIMENSION", 2, kMostNodes, &title);
        if (form.rows_of == RowsOf::kVehicles || form.rows_of == RowsOf::kReloads) {
            if (vehicles_ == 0) vehicles_ = count("VEHICLES", 1, kMostNodes, &title);
        }
    }

    std::int64_t count(const char* key, std::int64_t low, std::int64_t high,
                       const TextRows::Row* before) const {
        const auto found = keys_.find(key);
        if (found == keys_.end()) {
            text_.fail("E-RTG-102", before ? before->line : text_.last_line(), 1,
                       before ? fmt::format("no key '{}' before {}", key, before->fields[0].text)
                              : fmt::format("the file has no key '{}'", key));
        }
        const TextRows::Row& row = text_.rows()[found->second.row];
        text_.need_fields(row, found->second.field + 1, key);
        return text_.whole(row, found->second.field, low, high);
    }

    void read_row(const SectionForm& form, Section& section, const TextRows::Row& row,
                  std::int64_t expected) const {
        text_.need_fields(row, 1 + form.values, form.name);
        const bool reload = form.rows_of == RowsOf::kReloads;
        const std::int64_t most = form.rows_of == RowsOf::kNodes ? nodes_ : vehicles_;
        const std::int64_t number = text_.whole(row, 0, 1, most);
        if (!reload && number != expected) {
            text_.fail("E-RTG-105", row.line, row.fields[0].column,
                       fmt::format("row {} of {}, expected row {}", number, form.name, expected));
        }
        if (reload) section.values.push_back(static_cast<double>(number));
        for (std::size_t i = 0; i < form.values; ++i) {
            section.values.push_back(form.whole
                                         ? static_cast<double>(text_.whole(
                                               row, 1 + i, static_cast<std::int64_t>(form.low),
                                               static_cast<std::int64_t>(form.high)))
                                         : text_.number(row, 1 + i, {form.low, form.high}));
        }
        section.lines.push_back(row.line);
        section.columns.push_back(row.fields[1].column);
    }

    // False at the closing -1.
    bool read_depot(Section& section, const TextRows::Row& row) const {
        text_.need_fields(row, 1, "DEPOT_SECTION");
        const std::int64_t node = text_.whole(row, 0, -1, nodes_);
        if (node == -1) return false;
        if (node == 0 || std::count(section.values.begin(), section.values.end(), node) > 0) {
            text_.fail("E-RTG-105", row.line, row.fields[0].column,
                       fmt::format("depot {}, expected a node of 1 to {} once", node, nodes_));
        }
        section.values.push_back(static_cast<double>(node));
        section.lines.push_back(row.line);
        section.columns.push_back(row.fields[0].column);
        return true;
    }

    const Value* key(const char* name) const {
        const auto found = keys_.find(name);
        return found == keys_.end() ? nullptr : &found->second;
    }
    const Section* section(const char* name) const {
        const auto found = sections_.find(name);
        return found == sections_.end() ? nullptr : &found->second;
    }
    const Section& need_section(const char* name) const {
        const Section* found = section(name);
        if (!found) {
            text_.fail("E-RTG-102", text_.last_line(), 1, fmt::format("the file has no {}", name));
        }
        return *found;
    }
    double key_number(const char* name, double high, double absent) const {
        const Value* value = key(name);
        if (!value) return absent;
        text_.need_fields(text_.rows()[value->row], value->field + 1, name);
        return text_.number(text_.rows()[value->row], value->field, {0, high});
    }

    void fail_key(const Value& value, const std::string& message, const std::string& hint) const {
        const TextRows::Row& row = text_.rows()[value.row];
        text_.fail("E-RTG-107", row.line, row.fields[value.field].column, message, hint);
    }

    void fill_head(Instance& instance) {
        if (nodes_ == 0) nodes_ = count("DIMENSION", 2, kMostNodes, nullptr);
        if (const Value* name = key("NAME")) instance.name = name->text;
        const Value* type = key("TYPE");
        if (!type) text_.fail("E-RTG-102", text_.last_line(), 1, "the file has no key 'TYPE'");
        const auto kind = std::find_if(kKinds.begin(), kKinds.end(),
                                       [&](const auto& k) { return type->text == k.first; });
        if (kind == kKinds.end()) {
            std::vector<std::string> names;
            for (const auto& [known, unused] : kKinds)
                names.emplace_back(known);
            fail_key(*type, fmt::format("TYPE '{}' is not supported", type->text),
                     did_you_mean(type->text, names));
        }
        instance.kind = kind->second;
        const Value* weights = key("EDGE_WEIGHT_TYPE");
        if (!weights) {
            text_.fail("E-RTG-102", text_.last_line(), 1, "the file has no key 'EDGE_WEIGHT_TYPE'");
        }
        if (weights->text != "EUC_2D") {
            fail_key(*weights, fmt::format("EDGE_WEIGHT_TYPE '{}', expected EUC_2D", weights->text),
                     "");
        }
    }

    void fill_nodes(Instance& instance) const {
        const auto nodes = static_cast<std::size_t>(nodes_);
        const Section& places = need_section("NODE_COORD_SECTION");
        const Section& demands = need_section("DEMAND_SECTION");
        for (std::size_t i = 0; i < nodes; ++i) {
            instance.at.push_back({places.values[2 * i], places.values[2 * i + 1]});
            instance.demand.push_back(static_cast<std::int64_t>(demands.values[i]));
        }
        for (const double node : need_section("DEPOT_SECTION").values)
            instance.depots.push_back(static_cast<std::uint32_t>(node) - 1);
        std::vector<bool> is_depot(nodes, false);
        for (const std::uint32_t depot : instance.depots)
            is_depot[depot] = true;
        for (std::uint32_t i = 0; i < nodes; ++i) {
            if (!is_depot[i]) instance.stops.push_back(i);
        }
        if (const Section* s = section("SERVICE_TIME_SECTION")) instance.service = s->values;
        if (const Value* s = key("SERVICE_TIME")) {
            if (!instance.service.empty()) {
                refuse_second("SERVICE_TIME", section("SERVICE_TIME_SECTION")->line,
                              text_.rows()[s->row]);
            }
            instance.service.assign(nodes, key_number("SERVICE_TIME", kLatest, 0));
            for (const std::uint32_t depot : instance.depots)
                instance.service[depot] = 0;
        }
        if (const Section* s = section("RELEASE_TIME_SECTION")) instance.release = s->values;
        if (const Section* s = section("TIME_WINDOW_SECTION")) {
            for (std::size_t i = 0; i < nodes; ++i) {
                instance.open.push_back(s->values[2 * i]);
                instance.close.push_back(s->values[2 * i + 1]);
            }
        }
    }

    void fill_fleet(Instance& instance) const {
        instance.has_fleet = key("VEHICLES") != nullptr;
        const std::size_t fleet =
            instance.has_fleet ? static_cast<std::size_t>(count("VEHICLES", 1, kMostNodes, nullptr))
                               : instance.stops.size();
        const Section* capacities = section("CAPACITY_SECTION");
        if (!capacities && !key("CAPACITY")) {
            text_.fail("E-RTG-102", text_.last_line(), 1,
                       "the file has neither key 'CAPACITY' nor CAPACITY_SECTION");
        }
        if (capacities && key("CAPACITY")) {
            refuse_second("CAPACITY", capacities->line, text_.rows()[key("CAPACITY")->row]);
        }
        InstanceVehicle vehicle;
        if (!capacities) vehicle.capacity = count("CAPACITY", 0, kMostLoad, nullptr);
        vehicle.depot = instance.depots.empty() ? 0 : instance.depots.front();
        vehicle.duration_most = key_number("VEHICLES_MAX_DURATION", kLatest, -1);
        instance.vehicles.assign(fleet, vehicle);
        const auto fill = [&](const char* name, auto set) {
            const Section* s = section(name);
            for (std::size_t v = 0; s && v < fleet; ++v)
                set(instance.vehicles[v], s->values[v]);
        };
        using V = InstanceVehicle;
        fill("CAPACITY_SECTION", [](V& v, double x) { v.capacity = static_cast<std::int64_t>(x); });
        fill("VEHICLES_DEPOT_SECTION",
             [](V& v, double x) { v.depot = static_cast<std::uint32_t>(x) - 1; });
        fill("VEHICLES_FIXED_COST_SECTION",
             [](V& v, double x) { v.fixed_cost = static_cast<std::int64_t>(x); });
        fill("VEHICLES_UNIT_DISTANCE_COST_SECTION",
             [](V& v, double x) { v.unit_cost = static_cast<std::int64_t>(x); });
        fill("VEHICLES_MAX_DURATION_SECTION", [](V& v, double x) { v.duration_most = x; });
        if (const Section* s = section("VEHICLES_RELOAD_DEPOT_SECTION")) {
            for (std::size_t i = 0; i + 1 < s->values.size(); i += 2) {
                instance.vehicles[static_cast<std::size_t>(s->values[i]) - 1]
                    .reload_depots.push_back(static_cast<std::uint32_t>(s->values[i + 1]) - 1);
            }
        }
    }

    void fail_row(const char* code, const char* name, std::size_t row,
                  const std::string& message) const {
        const Section& s = *section(name);
        text_.fail(code, s.lines[row], s.columns[row], message);
    }

    void check(const Instance& instance) const {
        if (instance.depots.empty()) {
            text_.fail("E-RTG-108", need_section("DEPOT_SECTION").line, 1,
                       "DEPOT_SECTION names no depot");
        }
        if (instance.stops.empty()) {
            text_.fail("E-RTG-108", need_section("DEPOT_SECTION").line, 1, "every node is a depot");
        }
        std::int64_t largest = 0;
        std::vector<bool> is_depot(kMostNodes, false);
        for (const std::uint32_t depot : instance.depots)
            is_depot[depot] = true;
        for (std::size_t v = 0; v < instance.vehicles.size(); ++v) {
            const InstanceVehicle& vehicle = instance.vehicles[v];
            largest = std::max(largest, vehicle.capacity);
            if (!is_depot[vehicle.depot]) {
                fail_row("E-RTG-108", "VEHICLES_DEPOT_SECTION", v,
                         fmt::format("node {} is no depot", vehicle.depot + 1));
            }
        }
        for (std::size_t i = 0; i < instance.at.size(); ++i) {
            if (instance.demand[i] > largest) {
                fail_row("E-RTG-109", "DEMAND_SECTION", i,
                         fmt::format("a demand of {}, but the largest vehicle takes {}",
                                     instance.demand[i], largest));
            }
            if (!instance.open.empty() && instance.open[i] > instance.close[i]) {
                fail_row("E-RTG-108", "TIME_WINDOW_SECTION", i,
                         "a window that closes before it opens");
            }
        }
        for (const std::uint32_t depot : instance.depots) {
            if (instance.demand[depot] == 0) continue;
            fail_row("E-RTG-108", "DEMAND_SECTION", depot, "a depot with a demand, expected 0");
        }
    }

    TextRows text_;
    std::size_t at_ = 0;  // row
    bool ended_ = false;
    std::int64_t nodes_ = 0, vehicles_ = 0;
    std::map<std::string, Value> keys_;
    std::map<std::string, Section> sections_;
};

}  // namespace

Instance read_vrplib(const std::filesystem::path& path) {
    return Reader(path).read();
}

}  // namespace jiahe::routing
