// A road around toll sites, small enough to be exact: for tests of the tolling system.
//
// One road owner a site. Vehicles come to each plaza or gantry in a Poisson stream (named draws:
// the same vehicles at the same times in every variant) or all at time 0; at most `apron` are let
// into a plaza, the rest wait on the road, guests from other sites first. A served vehicle leaves
// its lane when the road beyond has been free for `road_headway`, and may go on to the next site.
// Time offsets between the two systems are 1 us.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "kernel/context.h"
#include "tolling/tolling_system.h"

namespace jiahe::tolling {

struct Feed {
    double rate_per_s = 0;    // 0: all at time 0
    std::uint32_t count = 0;  // vehicles
    double etc_share = 0;     // < 0: payment by the system's share
    double large_share = 0;
    SimTime road_headway;    // beyond a plaza
    std::uint32_t hops = 0;  // further sites, one after the other, 5 s of road between them
};

struct Order {  // an event from outside
    SimTime time;
    std::uint32_t site;
    EventKind kind;
    std::uint32_t lane = 0;
    std::uint32_t per_mille = 0;  // of a limit
};

class TestRoad final : public kernel::System {
  public:
    enum Kind : std::uint8_t { kArrive, kServed, kArriveFromSite };
    static constexpr SimTime kBetweenSites = whole_seconds(5);

    TestRoad(TollingSystem& tolling, std::vector<Feed> feeds, std::vector<Order> orders)
        : tolling_(tolling), feeds_(std::move(feeds)), orders_(std::move(orders)) {
        std::uint32_t first = 0;
        for (const Feed& feed : feeds_) {
            first_.push_back(first);
            first += feed.count;
        }
    }
    std::string_view name() const override { return "test_road"; }
    std::uint32_t owner_count() const override { return static_cast<std::uint32_t>(feeds_.size()); }
    void channels(kernel::ChannelList& list) override {
        for (std::uint32_t i = 0; i < owner_count(); ++i) {
            list.add(entity(i), tolling_.entity(i), kRoadDelay);
            list.add(tolling_.entity(i), entity(i), kRoadDelay);
            list.add(entity(i), entity((i + 1) % owner_count()), kBetweenSites);
        }
    }
    void allocate(kernel::StateStore& store) override {
        row_ = store.create<Row>("test_road.row", feeds_.size());
        for (Row& row : row_)
            row.guest_head = row.guest_tail = kNone;
        guest_next_ = store.create<std::uint32_t>("test_road.guest_next", vehicle_count());
        hops_left_ = store.create<std::uint32_t>("test_road.hops_left", vehicle_count());
        for (std::uint32_t v = 0; v < vehicle_count(); ++v)
            hops_left_[v] = feeds_[home(v)].hops;
    }
    void start(kernel::EpochContext& epoch) override {
        for (std::uint32_t i = 0; i < owner_count(); ++i) {
            if (feeds_[i].count > 0) epoch.post(entity(i), {1}, kArrive);
        }
        for (const Order& order : orders_) {
            epoch.post(tolling_.entity(order.site), order.time,
                       static_cast<std::uint8_t>(order.kind),
                       limit_payload(order.lane, order.per_mille));
        }
    }
    void handle(kernel::Context& context, const kernel::Event& event) override {
        const std::uint32_t i = event.owner_index();
        if (event.own_kind() == kArrive) arrive(context, i);
        if (event.own_kind() == kServed) leave(context, i, event.payload_low());
        if (event.own_kind() == kArriveFromSite) welcome(context, i, event.payload_low());
    }
    std::uint32_t vehicle_count() const { return first_.back() + feeds_.back().count; }

  private:
    struct Row {
        std::int64_t road_free_us;
        std::uint32_t arrived, admitted, inside, guest_head, guest_tail, unused;
    };

    std::uint32_t home(std::uint32_t vehicle) const {
        const auto after = std::upper_bound(first_.begin(), first_.end(), vehicle);
        return static_cast<std::uint32_t>(after - first_.begin()) - 1;
    }
    void welcome(kernel::Context& context, std::uint32_t i, std::uint32_t vehicle) {
        Row& row = row_[i];
        guest_next_[vehicle] = kNone;
        (row.guest_head == kNone ? row.guest_head : guest_next_[row.guest_tail]) = vehicle;
        row.guest_tail = vehicle;
        let_in(context, i);
    }
    void go_on(kernel::Context& context, std::uint32_t i, std::uint32_t vehicle) {
        if (hops_left_[vehicle] == 0) return;
        --hops_left_[vehicle];
        context.send(entity((i + 1) % owner_count()), context.now() + kBetweenSites,
                     kArriveFromSite, vehicle);
    }

    void arrive(kernel::Context& context, std::uint32_t i) {
        const Feed& feed = feeds_[i];
        Row& row = row_[i];
        if (feed.rate_per_s <= 0) {
            row.arrived = feed.count;
        } else if (row.arrived < feed.count && context.now().us > 1) {
            ++row.arrived;
        }
        if (feed.rate_per_s > 0 && row.arrived < feed.count) {
            const double gap = context.draw(9000, i, row.arrived).exponential(1 / feed.rate_per_s);
            context.schedule(context.now() + ceil_seconds(gap), kArrive);
        }
        let_in(context, i);
    }
    void let_in(kernel::Context& context, std::uint32_t i) {
        const bool gantry = i >= tolling_.plaza_count();
        const std::uint32_t apron = gantry ? 0xffffffffu : tolling_.sites().plazas[i].apron;
        Row& row = row_[i];
        while (row.inside < apron) {
            std::uint32_t vehicle = row.guest_head;
            if (vehicle != kNone) {
                row.guest_head = guest_next_[vehicle];
            } else if (row.admitted < row.arrived) {
                vehicle = first_[i] + row.admitted++;
            } else {
                return;
            }
            const Feed& feed = feeds_[home(vehicle)];
            const Draw kind = context.draw(9001, vehicle, 0);
            const auto c =
                kind.bernoulli(feed.large_share, 0) ? TollClass::kLarge : TollClass::kSmall;
            Payment payment = kind.bernoulli(feed.etc_share, 1) ? Payment::kEtc : Payment::kManual;
            if (feed.etc_share < 0) payment = Payment::kByShare;
            const auto event = gantry ? EventKind::kPassGantry : EventKind::kEnterPlaza;
            context.send(tolling_.entity(i), context.now() + kRoadDelay,
                         static_cast<std::uint8_t>(event), passing_payload(vehicle, c, payment));
            if (gantry) {
                go_on(context, i, vehicle);
            } else {
                ++row.inside;
            }
        }
    }
    void leave(kernel::Context& context, std::uint32_t i, std::uint32_t vehicle) {
        Row& row = row_[i];
        if (context.now().us < row.road_free_us) {
            context.schedule({row.road_free_us}, kServed, vehicle);
            return;
        }
        row.road_free_us = context.now().us + feeds_[i].road_headway.us;
        context.send(tolling_.entity(i), context.now() + kRoadDelay,
                     static_cast<std::uint8_t>(EventKind::kLeavePlazaLane), vehicle);
        --row.inside;
        go_on(context, i, vehicle);
        let_in(context, i);
    }

    TollingSystem& tolling_;
    std::vector<Feed> feeds_;
    std::vector<Order> orders_;
    std::vector<std::uint32_t> first_;
    kernel::StateArray<Row> row_;
    kernel::StateArray<std::uint32_t> guest_next_, hops_left_;  // [vehicle]
};

// The vehicle's release: the record of a plaza becomes an event of its road owner.
class ReleaseCoupling final : public kernel::RecordListener {
  public:
    explicit ReleaseCoupling(TestRoad& road) : road_(road) {}
    void on_record(kernel::Context& context, const kernel::Record& record) override {
        context.send(road_.entity(record.owner_index()), context.now() + kRoadDelay,
                     TestRoad::kServed, record.a);
    }

  private:
    TestRoad& road_;
};

}  // namespace jiahe::tolling
