#include "resilience/power_supply.h"

#include <algorithm>

#include "base/check.h"

namespace jiahe::resilience {
namespace {

// The battery and the tank on their way through the outages.
class SupplyClock {
  public:
    explicit SupplyClock(const PowerSupply& supply)
        : supply_(supply), charge_(supply.battery), fuel_(supply.fuel) {}

    void feed(SimTime from, SimTime until) {
        if (until <= from || supply_.recharge_factor == 0) return;
        // Charging time not yet worth a microsecond of hold-up is kept.
        charging_us_ += (until - from).us;
        charge_ += SimTime{charging_us_ / supply_.recharge_factor};
        charging_us_ %= supply_.recharge_factor;
        if (charge_ >= supply_.battery) {
            charge_ = supply_.battery;
            charging_us_ = 0;
        }
    }

    void on_battery(SimTime from, SimTime until) {
        if (until <= from) return;
        const SimTime empty = from + charge_;
        charge_ = std::max(SimTime{0}, charge_ - (until - from));
        if (empty >= until) return;
        if (!down_.empty() && down_.back().until == empty) {
            down_.back().until = until;
        } else {
            down_.push_back({empty, until});
        }
    }

    void outage(const Interval& out) {
        const bool has_generator = supply_.generator_start < kNever && fuel_.us > 0;
        const SimTime started =
            has_generator ? std::min(out.until, out.from + supply_.generator_start) : out.until;
        on_battery(out.from, started);
        const SimTime stopped = has_generator ? std::min(out.until, started + fuel_) : started;
        feed(started, stopped);
        fuel_ = fuel_ - (stopped - started);
        on_battery(stopped, out.until);
    }

    std::vector<Interval> down() { return std::move(down_); }

  private:
    const PowerSupply& supply_;
    SimTime charge_, fuel_;
    std::int64_t charging_us_ = 0;
    std::vector<Interval> down_;
};

}  // namespace

std::vector<Interval> times_without_power(const PowerSupply& supply,
                                          std::span<const Interval> grid_outages) {
    SupplyClock clock(supply);
    SimTime fed_since{0};
    for (const Interval& out : grid_outages) {
        JIAHE_CHECK(fed_since <= out.from && out.from < out.until, "outages ascend");
        clock.feed(fed_since, out.from);
        clock.outage(out);
        fed_since = out.until;
    }
    return clock.down();
}

}  // namespace jiahe::resilience
