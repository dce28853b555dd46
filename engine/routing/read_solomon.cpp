#include <fmt/format.h>

#include <string>

#include "base/error.h"
#include "routing/read_instance.h"
#include "routing/text_rows.h"

namespace jiahe::routing {
namespace {

constexpr std::size_t kColumns = 7;  // number, x, y, demand, ready, due, service

class Reader {
  public:
    explicit Reader(const std::filesystem::path& path) : text_(path) {}

    Instance read() {
        Instance instance;
        instance.file = text_.file();
        instance.kind = InstanceKind::kSolomon;
        instance.rule = CostRule::kExact;
        instance.name = std::string(next("the instance's name").fields[0].text);
        expect("VEHICLE");
        expect("NUMBER");
        read_fleet(instance);
        expect("CUSTOMER");
        expect("CUST");
        while (at_ < text_.rows().size())
            read_stop(instance);
        if (instance.at.size() < 2) {
            text_.fail("E-RTG-108", text_.last_line(), 1,
                       fmt::format("{} rows of customers, expected the depot and one at least",
                                   instance.at.size()));
        }
        return instance;
    }

  private:
    const TextRows::Row& next(const std::string& what) {
        if (at_ == text_.rows().size()) {
            text_.fail("E-RTG-102", text_.last_line(), 1,
                       fmt::format("the file ends, expected {}", what));
        }
        return text_.rows()[at_++];
    }
    void expect(const std::string& word) {
        const TextRows::Row& row = next("'" + word + "'");
        if (row.fields[0].text == word) return;
        text_.fail("E-RTG-101", row.line, row.fields[0].column,
                   fmt::format("found '{}', expected '{}'", row.fields[0].text, word),
                   did_you_mean(row.fields[0].text, {word}));
    }
    void read_fleet(Instance& instance) {
        const TextRows::Row& row = next("number and capacity of the vehicles");
        text_.need_fields(row, 2, "VEHICLE");
        const std::int64_t vehicles = text_.whole(row, 0, 1, kMostNodes);
        InstanceVehicle vehicle;
        vehicle.capacity = text_.whole(row, 1, 0, kMostLoad);
        instance.vehicles.assign(static_cast<std::size_t>(vehicles), vehicle);
        instance.has_fleet = true;
        instance.depots = {0};
    }
    void read_stop(Instance& instance) {
        const TextRows::Row& row = next("a customer");
        text_.need_fields(row, kColumns, "CUSTOMER");
        const auto node = static_cast<std::int64_t>(instance.at.size());
        if (text_.whole(row, 0, 0, kMostNodes) != node) {
            text_.fail("E-RTG-105", row.line, row.fields[0].column,
                       fmt::format("customer {}, expected {}", row.fields[0].text, node));
        }
        const double x = text_.number(row, 1, {-kFarthest, kFarthest});
        instance.at.push_back({x, text_.number(row, 2, {-kFarthest, kFarthest})});
        instance.demand.push_back(text_.whole(row, 3, 0, kMostLoad));
        instance.open.push_back(text_.number(row, 4, {0, kLatest}));
        instance.close.push_back(text_.number(row, 5, {0, kLatest}));
        instance.service.push_back(text_.number(row, 6, {0, kLatest}));
        if (node > 0) instance.stops.push_back(static_cast<std::uint32_t>(node));
        check(instance, row);
    }
    void check(const Instance& instance, const TextRows::Row& row) const {
        if (instance.open.back() > instance.close.back()) {
            text_.fail("E-RTG-108", row.line, row.fields[4].column,
                       "a window that closes before it opens");
        }
        const std::int64_t demand = instance.demand.back();
        if (instance.at.size() == 1 && demand > 0) {
            text_.fail("E-RTG-108", row.line, row.fields[3].column,
                       "a depot with a demand, expected 0");
        }
        const std::int64_t capacity = instance.vehicles.front().capacity;
        if (demand > capacity) {
            text_.fail("E-RTG-109", row.line, row.fields[3].column,
                       fmt::format("a demand of {}, but a vehicle takes {}", demand, capacity));
        }
    }

    TextRows text_;
    std::size_t at_ = 0;  // row
};

CostRule usual_rule(InstanceKind kind) {
    switch (kind) {
        case InstanceKind::kCvrp:
            return CostRule::kNearest;
        case InstanceKind::kVrptw:
        case InstanceKind::kMultiTrip:
            return CostRule::kTenths;
        case InstanceKind::kMultiDepot:
            return CostRule::kThousandths;
        case InstanceKind::kMixedFleet:
        case InstanceKind::kSolomon:
            return CostRule::kExact;
    }
    return CostRule::kExact;
}

}  // namespace

Instance read_solomon(const std::filesystem::path& path) {
    return Reader(path).read();
}

Instance read_instance(const std::filesystem::path& path, std::optional<CostRule> rule) {
    const std::string ending = path.extension().string();
    if (ending != ".vrp" && ending != ".txt") {
        throw InputError(InputFault{"E-RTG-100",
                                    {path.string(), 0, 0, ""},
                                    fmt::format("a file ending in '{}'", ending),
                                    "expected .vrp (VRPLIB) or .txt (Solomon)"});
    }
    Instance instance = ending == ".vrp" ? read_vrplib(path) : read_solomon(path);
    instance.rule = rule.value_or(usual_rule(instance.kind));
    return instance;
}

}  // namespace jiahe::routing
