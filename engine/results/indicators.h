// Indicators and audits of a run: what kpi.csv holds, and the sums that must balance.
//
// Value types, filled by each system from its own state when the simulator stands still. A KPI's
// name is stable (others script against it) and starts with its system: "traffic.trips_arrived". An
// audit line states that `left` == `right` exactly (law 6: nothing vanishes).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace jiahe::results {

struct Kpi {
    std::string name;
    std::string unit;
    double value = 0;
    std::string long_name;
};

struct AuditLine {
    std::string name;   // such as "traffic.vehicles"
    std::string claim;  // such as "planned = arrived + on the road + waiting + no route"
    std::int64_t left = 0;
    std::int64_t right = 0;
    bool balances() const { return left == right; }
};

struct Indicators {
    std::vector<Kpi> kpis;
    std::vector<AuditLine> audits;
    void kpi(std::string name, std::string unit, double value, std::string long_name) {
        kpis.push_back({std::move(name), std::move(unit), value, std::move(long_name)});
    }
    void audit(std::string name, std::string claim, std::int64_t left, std::int64_t right) {
        audits.push_back({std::move(name), std::move(claim), left, right});
    }
    bool balances() const {
        for (const AuditLine& line : audits) {
            if (!line.balances()) return false;
        }
        return true;
    }
};

// kpi.csv: name,unit,value; shortest decimal text that reads back to the same double.
std::string kpi_csv(const std::vector<Kpi>& kpis);

}  // namespace jiahe::results
