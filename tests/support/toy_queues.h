// A network of single-server FIFO stations with known answers (queueing theory).
//
// Owners: the stations, then one source a station. A source sends customers to its station with
// exponential gaps; a station serves them one at a time, exponentially or in constant time, and
// sends each on by fixed probabilities, or out. Every way takes kWay = 1 s, which delays all alike
// and changes no station's statistics (an infinite-server station, Baskett et al. 1975).
// Partition-state lifecycle; times in seconds. Each arrival and each end of service is a fact, the
// start of service a decision: an arrival at the very instant of a departure is served at once.
//
// Known answers: mean number in system L by station is the time average of `present`, so that
// L = area / time; waiting time follows by Little's law, W = L / lambda.
#pragma once

#include <vector>

#include "kernel/context.h"
#include "kernel/system.h"

namespace jiahe::toys {

struct QueueStation {
    double service_mean_s = 1;
    bool constant_service = false;
    double arrival_rate_per_s = 0;  // from outside
    std::vector<double> onward;     // [station], probability; the rest leaves
};

class QueueNetwork : public kernel::System {
  public:
    static constexpr SimTime kWay = whole_seconds(1);
    enum class RecordKind : std::uint8_t { kServed };

    struct Row {
        std::int64_t present;  // customers waiting or in service
        std::int64_t busy;     // 0 or 1
        std::int64_t arrived;
        std::int64_t started;
        std::int64_t changed_us;       // last change of `present`
        std::int64_t present_area_us;  // integral of `present` up to changed_us
        std::int64_t waiting_area_us;  // integral of present - busy
    };

    explicit QueueNetwork(std::vector<QueueStation> stations) : station_(std::move(stations)) {}
    std::string_view name() const override { return "queues"; }
    std::uint32_t owner_count() const override { return 2 * count(); }

    void channels(kernel::ChannelList& list) override {
        for (std::uint32_t s = 0; s < count(); ++s) {
            list.add(entity(count() + s), entity(s), kWay);
            for (std::uint32_t to = 0; to < station_[s].onward.size(); ++to) {
                if (station_[s].onward[to] > 0 && to != s) list.add(entity(s), entity(to), kWay);
            }
        }
    }
    void allocate(kernel::StateStore& store) override {
        row_ = store.create<Row>("queues.row", count());
        made_ = store.create<std::uint64_t>("queues.made", count());
    }
    void start(kernel::EpochContext& epoch) override {
        for (std::uint32_t s = 0; s < count(); ++s) {
            if (station_[s].arrival_rate_per_s > 0) {
                epoch.post(entity(count() + s), kTick, kMakeCustomer);
            }
        }
    }
    void handle(kernel::Context& context, const kernel::Event& event) override {
        switch (static_cast<EventKind>(event.own_kind())) {
            case kMakeCustomer:
                make_customer(context);
                return;
            case kArrive:
                count_up_to(row_[event.owner_index()], context.now());
                ++row_[event.owner_index()].present;
                ++row_[event.owner_index()].arrived;
                context.request_decision();
                return;
            case kEndService:
                end_service(context, event.owner_index());
                return;
        }
    }
    void decide(kernel::Context& context, std::uint32_t s) override {
        Row& row = row_[s];
        if (row.busy != 0 || row.present == 0) return;
        count_up_to(row, context.now());
        row.busy = 1;
        const QueueStation& station = station_[s];
        const Draw draw = context.draw(kService, s, static_cast<std::uint64_t>(row.started++));
        const double s_mean = station.service_mean_s;
        const double service_s = station.constant_service ? s_mean : draw.exponential(s_mean);
        context.schedule(context.now() + ceil_seconds(service_s), kEndService);
    }

    const Row& row(std::uint32_t station) const { return row_[station]; }
    // Integrals up to `now`, in customer-seconds.
    double present_area_s(std::uint32_t s, SimTime now) const {
        Row row = row_[s];
        count_up_to(row, now);
        return static_cast<double>(row.present_area_us) * 1e-6;
    }
    double waiting_area_s(std::uint32_t s, SimTime now) const {
        Row row = row_[s];
        count_up_to(row, now);
        return static_cast<double>(row.waiting_area_us) * 1e-6;
    }

  private:
    enum EventKind : std::uint8_t { kMakeCustomer, kArrive, kEndService };
    enum Purposes : Purpose { kGap = 256, kService, kOnward };
    std::uint32_t count() const { return static_cast<std::uint32_t>(station_.size()); }
    static void count_up_to(Row& row, SimTime now) {
        const std::int64_t passed = now.us - row.changed_us;
        row.present_area_us += passed * row.present;
        row.waiting_area_us += passed * (row.present - row.busy);
        row.changed_us = now.us;
    }
    void make_customer(kernel::Context& context) {
        const std::uint32_t s = context.self().index() - count();
        const Draw draw = context.draw(kGap, s, made_[s]++);
        const double gap_s = draw.exponential(1 / station_[s].arrival_rate_per_s);
        if (made_[s] > 1) context.send(entity(s), context.now() + kWay, kArrive);
        context.schedule(context.now() + ceil_seconds(gap_s), kMakeCustomer);
    }
    void end_service(kernel::Context& context, std::uint32_t s) {
        Row& row = row_[s];
        count_up_to(row, context.now());
        --row.present;
        row.busy = 0;
        context.record(static_cast<std::uint8_t>(RecordKind::kServed),
                       static_cast<std::uint32_t>(row.started), row.present);
        context.request_decision();
        const auto occasion = static_cast<std::uint64_t>(row.started);
        double u = context.draw(kOnward, s, occasion).uniform();
        for (std::uint32_t to = 0; to < station_[s].onward.size(); ++to) {
            u -= station_[s].onward[to];
            if (u < 0) {
                context.send(entity(to), context.now() + kWay, kArrive);
                return;
            }
        }
    }

    std::vector<QueueStation> station_;
    kernel::StateArray<Row> row_;
    kernel::StateArray<std::uint64_t> made_;
};

}  // namespace jiahe::toys
