#include "kernel/simulator.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "kernel/simulator_impl.h"

namespace jiahe::kernel {
namespace {

constexpr int kPartitionsMax = 1024;
constexpr int kThreadsMax = 1024;
constexpr SimTime kEpochPeriodMin = whole_seconds(1);
// Records that may wait for the next epoch before they are given to their sinks.
constexpr std::size_t kRecordsHeldMax = std::size_t{1} << 20;
// From so many owners on, several partitions pay even on one thread: the state of one at a time
// stays in the caches (traffic grid of 2,500 nodes: 15 % faster with 8).
constexpr std::size_t kManyOwners = 1000;
constexpr int kPartitionsOfMany = 8;
// And from so many a partition on, more of them: a window's events and rows fit a core's own cache
// (PHOLD of 655,360 owners: 21 % less processor time with 80 than with 8).
constexpr std::size_t kOwnersOfPartition = 8192;
constexpr std::size_t kPartitionsOfVeryMany = 128;

int partitions_for(std::size_t owners, int threads) {
    const int least = owners >= kManyOwners ? kPartitionsOfMany : 1;
    const auto of_very_many =
        static_cast<int>(std::min(owners / kOwnersOfPartition, kPartitionsOfVeryMany));
    return std::min(std::max({threads == 1 ? 1 : 4 * threads, least, of_very_many}),
                    kPartitionsMax);
}

}  // namespace

void ChannelList::add(EntityId from, EntityId to, SimTime min_delay) {
    JIAHE_CHECK(min_delay.us > 0, "a channel takes time");
    channels_.push_back({from, to, min_delay});
}

void ChannelList::add_open(SystemId from, SystemId to, SimTime min_delay) {
    JIAHE_CHECK(min_delay.us > 0, "a channel takes time");
    open_channels_.push_back({from, to, min_delay});
}

LogId ChannelList::add_log(const LogSpec& spec) {
    add(spec.writer, spec.reader, spec.min_delay);
    return logs_.add(spec);
}

Simulator::Simulator(SimulatorOptions options) {
    const auto refuse = [](const std::string& what) {
        throw InputError(InputFault{"E-KRN-001", {}, what, ""});
    };
    if (options.threads < 1 || options.threads > kThreadsMax) {
        refuse(fmt::format("threads must lie in 1..{}, found {}", kThreadsMax, options.threads));
    }
    if (options.partitions < 0 || options.partitions > kPartitionsMax) {
        refuse(fmt::format("partitions must lie in 1..{}, found {}", kPartitionsMax,
                           options.partitions));
    }
    if (options.cut_delay_min.us < 1) refuse("a channel that is cut takes time");
    if (options.checks.ownership) {
        options.threads = options.partitions = 1;
        options.queue = QueueChoice::kWindows;
    }
    impl_ = std::make_unique<Impl>(options);
#ifdef JIAHE_DEBUG_CHECKS
    impl_->wiring.check_lookahead = true;
#else
    impl_->wiring.check_lookahead = options.checks.lookahead;
#endif
    impl_->wiring.seed = options.seed;
    impl_->wiring.queue = options.queue;
    impl_->wiring.listeners.resize(kSystemMax << 8);
    impl_->wiring.merged.resize(kSystemMax << 8, 0);
}

Simulator::~Simulator() = default;

SystemId Simulator::add_system(System& system) {
    JIAHE_CHECK(!impl_->built, "systems are added before build()");
    JIAHE_CHECK(impl_->wiring.systems.size() < kSystemMax, "too many systems");
    JIAHE_CHECK(system.owner_count() < kIndexMax, "too many owners in one system");
    system.id_ = static_cast<SystemId>(impl_->wiring.systems.size());
    impl_->wiring.systems.push_back(&system);
    return system.id_;
}

void Simulator::add_channel(EntityId from, EntityId to, SimTime min_delay) {
    JIAHE_CHECK(!impl_->built && min_delay.us > 0, "a channel takes time and comes before build()");
    impl_->extra_channels.push_back({from, to, min_delay});
}

void Simulator::add_listener(SystemId system, std::uint8_t own_record_kind,
                             RecordListener& listener) {
    impl_->wiring.listeners[record_kind(system, own_record_kind)].push_back(&listener);
}

void Simulator::add_sink(SystemId system, std::uint8_t own_record_kind, RecordSink& sink) {
    const std::uint16_t kind = record_kind(system, own_record_kind);
    impl_->wiring.merged[kind] = 1;
    impl_->merger.add_sink(kind, sink);
}

StateStore& Simulator::store() {
    return impl_->store;
}

OwnerGraph Simulator::Impl::owner_graph(const std::vector<Channel>& channels,
                                        const std::vector<OpenChannel>& open) const {
    OwnerGraph graph;
    graph.cut_delay_min = options.cut_delay_min;
    std::vector<std::uint32_t> first;
    for (const System* system : wiring.systems) {
        first.push_back(static_cast<std::uint32_t>(graph.weight.size()));
        for (std::uint32_t i = 0; i < system->owner_count(); ++i) {
            graph.weight.push_back(system->owner_weight(i));
        }
    }
    graph.edges.reserve(channels.size());
    for (const Channel& c : channels) {
        const System& from = *wiring.systems[c.from.system()];
        const System& to = *wiring.systems[c.to.system()];
        JIAHE_CHECK(c.from.index() < from.owner_count() && c.to.index() < to.owner_count(),
                    "a channel names an unknown owner");
        graph.edges.push_back({first[c.from.system()] + c.from.index(),
                               first[c.to.system()] + c.to.index(), c.min_delay});
    }
    const auto range = [&](SystemId id) {
        JIAHE_CHECK(id < wiring.systems.size(), "an open channel names an unknown system");
        return OwnerGraph::Range{first[id], first[id] + wiring.systems[id]->owner_count()};
    };
    for (const OpenChannel& c : open)
        graph.fans.push_back({range(c.from), range(c.to), c.min_delay});
    return graph;
}

Layout Simulator::Impl::make_layout(const OwnerGraph& graph,
                                    const std::vector<std::uint16_t>& part) const {
    Layout layout;
    layout.partitions = 1;
    for (const std::uint16_t p : part)
        layout.partitions = std::max<std::size_t>(layout.partitions, p + std::size_t{1});
    layout.lookahead_us = close_lookahead(graph, part, layout.partitions);
    layout.inner_window_us = inner_delays(graph, part, layout.partitions);
    layout.places.assign(layout.partitions, 0);
    std::size_t vertex = 0;
    for (const System* system : wiring.systems) {
        bool batched = false;
        for (int own = 0; own < 256; ++own)
            batched = batched || system->batches(static_cast<std::uint8_t>(own));
        for (std::uint32_t i = 0; i < system->owner_count(); ++i, ++vertex) {
            const std::uint16_t p = part[vertex];
            layout.partition_of[system->id()].push_back(p);
            layout.place_of[system->id()].push_back(layout.places[p]++);
            // A batched kind's own delay bounds the windows of all who may have it, too.
            std::int64_t& window_us = layout.inner_window_us[p];
            if (batched) window_us = std::min(window_us, system->batch_delay().us);
        }
    }
    return layout;
}

void Simulator::Impl::lay_out(const OwnerGraph& graph) {
    const int wanted = options.partitions > 0
                           ? options.partitions
                           : partitions_for(graph.weight.size(), options.threads);
    Layout parted = make_layout(graph, partition_owners(graph, wanted));
    wiring.exchange(parted);
    for (std::size_t i = 0; i < wiring.lookahead_us.size(); ++i) {
        if (i / wiring.partitions == i % wiring.partitions) continue;
        smallest_lookahead_us = std::min(smallest_lookahead_us, wiring.lookahead_us[i]);
    }
    grouping = std::make_unique<Grouping>(
        wiring, partitions, make_layout(graph, std::vector<std::uint16_t>(graph.weight.size(), 0)),
        options.parallel_events_min);
}

void Simulator::build() {
    Impl& m = *impl_;
    JIAHE_CHECK(!m.built, "build() is called once");
    ChannelList list(m.wiring.logs);
    for (System* system : m.wiring.systems)
        system->channels(list);
    std::vector<Channel> channels = list.channels();
    channels.insert(channels.end(), m.extra_channels.begin(), m.extra_channels.end());
    m.lay_out(m.owner_graph(channels, list.open_channels()));
    m.note_kinds();
    if (m.wiring.check_lookahead)
        m.wiring.declared = DeclaredChannels(std::move(channels), list.open_channels());
    if (m.options.checks.ownership) {
        m.ownership = std::make_unique<OwnershipCheck>(m.store);
        m.wiring.ownership = m.ownership.get();
    }
    for (System* system : m.wiring.systems) {
        m.wiring.owner_count[system->id()] = system->owner_count();
        m.wiring.sequence[system->id()] = m.store.create<std::uint32_t>(
            "kernel.sequence." + std::string(system->name()), system->owner_count() + 1);
    }
    m.wiring.logs.allocate(m.store);
    for (System* system : m.wiring.systems)
        system->allocate(m.store);
    for (std::size_t p = 0; p < m.wiring.partitions; ++p) {
        m.partitions.push_back(
            std::make_unique<Partition>(m.wiring, static_cast<std::uint16_t>(p)));
    }
    m.windows = std::make_unique<WindowRunner>(m.wiring, m.partitions, m.team, *m.grouping,
                                               m.options.parallel_events_min);
    m.take_plans();
    m.built = true;
    for (System* system : m.wiring.systems) {
        EpochContext epoch(*this, system->id(), m.now, m.options.seed);
        system->start(epoch);
    }
}

void Simulator::Impl::note_kinds() {
    wiring.batched.assign(std::size_t{1} << 16, 0);
    wiring.cancellable.assign(std::size_t{1} << 16, 0);
    for (const System* system : wiring.systems) {
        for (int own = 0; own < 256; ++own) {
            const auto own_kind = static_cast<std::uint8_t>(own);
            const bool batched = system->batches(own_kind);
            const bool cancellable = system->may_be_cancelled(own_kind);
            JIAHE_CHECK(!batched || system->batch_delay().us > 0, "a batch takes time");
            JIAHE_CHECK(!batched || !cancellable, "a kind is batched or cancellable, not both");
            for (const Phase phase : {Phase::kAct, Phase::kFact}) {
                const std::uint16_t kind = make_kind(phase, system->id(), own_kind);
                wiring.cancellable[kind] = cancellable ? 1 : 0;
                if (batched) wiring.batched[kind] = static_cast<std::uint8_t>(system->id() + 1);
            }
        }
    }
}

void EpochContext::post(EntityId to, SimTime at, std::uint8_t own_kind, std::uint64_t payload,
                        std::uint16_t aux) {
    Simulator::Impl& m = *simulator_.impl_;
    JIAHE_CHECK(at >= now_, "an epoch posts nothing into the past");
    JIAHE_CHECK(m.wiring.knows(to), "an epoch posts to an owner that does not exist");
    const Phase phase = at == now_ ? Phase::kAct : Phase::kFact;
    const Event event{at.us,
                      make_kind(phase, to.system(), own_kind),
                      aux,
                      to.value,
                      EntityId(system_, kIndexMax).value,
                      m.wiring.next_sequence({system_, m.wiring.owner_count[system_]}),
                      payload};
    m.partitions[m.wiring.partition(to)]->queue().push(event);
}

void EpochContext::parallel_for(std::size_t count, std::size_t grain,
                                const std::function<void(std::size_t, std::size_t)>& body) {
    simulator_.impl_->team.run_chunks(count, grain, body);
}

void Simulator::Impl::run_windows(SimTime stop) {
    if (options.checks.order) return run_windows_twice(stop);
    windows->run(stop, [this](SimTime reached) {
        std::size_t held = 0;
        for (const auto& p : partitions)
            held += p->merged_records().size();
        if (held > kRecordsHeldMax) merger.flush(partitions, reached);
    });
    merger.flush(partitions, stop);
}

void Simulator::Impl::take_plans() {
    for (const System* system : wiring.systems) {
        plans.push_back(system->epochs());
        for (const EpochPlan& plan : plans.back()) {
            JIAHE_CHECK(plan.first.us >= 0 && plan.period >= kEpochPeriodMin,
                        "epochs begin at 0 or later and lie at least 1 s apart");
        }
    }
}

SimTime Simulator::Impl::next_epoch(SimTime from) const {
    SimTime next = kNever;
    for (const auto& of_system : plans) {
        for (const EpochPlan& plan : of_system) {
            const std::int64_t since = std::max<std::int64_t>(0, from.us - plan.first.us);
            const std::int64_t k = (since + plan.period.us - 1) / plan.period.us;
            next = std::min(next, plan.first + plan.period * k);
        }
    }
    return next;
}

void Simulator::Impl::run_epochs(Simulator& simulator) {
    const auto each_due = [&](auto&& step) {
        for (System* system : wiring.systems) {
            const auto& of_system = plans[system->id()];
            for (std::size_t i = 0; i < of_system.size(); ++i) {
                const std::int64_t since = now.us - of_system[i].first.us;
                if (since < 0 || since % of_system[i].period.us != 0) continue;
                EpochContext epoch(simulator, system->id(), now, options.seed);
                step(*system, i, epoch);
            }
        }
    };
    each_due([](System& s, std::size_t i, EpochContext& e) { s.publish(i, e); });
    each_due([](System& s, std::size_t i, EpochContext& e) { s.reduce(i, e); });
    each_due([](System& s, std::size_t i, EpochContext& e) { s.act(i, e); });
    ++epoch_count;
}

bool Simulator::run_until(SimTime until, const std::function<bool(SimTime)>& keep_going) {
    Impl& m = *impl_;
    JIAHE_CHECK(m.built, "build() comes before run_until()");
    JIAHE_CHECK(!m.spoiled, "a run that ended in an error, or a load that did, is not continued");
    m.spoiled = true;  // until all has gone well
    bool go = true;
    while (m.now < until && go) {
        if (m.next_epoch(m.now) == m.now) m.run_epochs(*this);
        const SimTime stop = std::min(until, m.next_epoch(m.now + kTick));
        m.run_windows(stop);
        m.now = stop;
        m.spoiled = false;
        if (keep_going) go = keep_going(m.now);
        m.spoiled = go && m.now < until;
    }
    m.spoiled = false;
    return go;
}

SimTime Simulator::now() const {
    return impl_->now;
}
int Simulator::partition_count() const {
    return static_cast<int>(impl_->partitions.size());
}
std::size_t Simulator::bytes_in_use() const {
    return impl_->store.bytes_in_use();
}

RunCounters Simulator::Impl::count() const {
    RunCounters c;
    c.epochs = epoch_count;
    c.windows = windows ? windows->window_count() : 0;
    c.regroupings = grouping ? grouping->change_count() : 0;
    for (const auto& p : partitions) {
        c.events += p->event_count();
        c.decisions += p->decision_count();
        c.messages += p->message_count();
    }
    return c;
}

RunCounters Simulator::counters() const {
    RunCounters c = impl_->count();
    c.events -= impl_->rehearsed.events;
    c.decisions -= impl_->rehearsed.decisions;
    c.windows -= impl_->rehearsed.windows;
    c.messages -= impl_->rehearsed.messages;
    return c;
}

SimTime Simulator::smallest_lookahead() const {
    return {impl_->smallest_lookahead_us};
}

}  // namespace jiahe::kernel
