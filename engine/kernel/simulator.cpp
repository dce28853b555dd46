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

int partitions_for(std::size_t owners, int threads) {
    const int least = owners >= kManyOwners ? kPartitionsOfMany : 1;
    return std::min(std::max(threads == 1 ? 1 : 4 * threads, least), kPartitionsMax);
}

}  // namespace

void ChannelList::add(EntityId from, EntityId to, SimTime min_delay) {
    JIAHE_CHECK(min_delay.us > 0, "a channel takes time");
    channels_.push_back({from, to, min_delay});
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
    impl_ = std::make_unique<Impl>(options);
    impl_->wiring.seed = options.seed;
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

OwnerGraph Simulator::Impl::owner_graph(const std::vector<Channel>& channels) const {
    OwnerGraph graph;
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
    return graph;
}

void Simulator::Impl::partition_owners_of(const std::vector<Channel>& channels) {
    const OwnerGraph graph = owner_graph(channels);
    const int wanted = options.partitions > 0
                           ? options.partitions
                           : partitions_for(graph.weight.size(), options.threads);
    const std::vector<std::uint16_t> part = partition_owners(graph, wanted);
    std::size_t count = 1;
    for (const std::uint16_t p : part)
        count = std::max<std::size_t>(count, p + std::size_t{1});
    wiring.partitions = count;
    wiring.lookahead_us = close_lookahead(graph, part, count);
    std::size_t vertex = 0;
    for (const System* system : wiring.systems) {
        const std::size_t n = system->owner_count();
        OwnerTable& table = wiring.owners[system->id()];
        table.count = static_cast<std::uint32_t>(n);
        table.partition.assign(part.begin() + static_cast<std::ptrdiff_t>(vertex),
                               part.begin() + static_cast<std::ptrdiff_t>(vertex + n));
        vertex += n;
    }
}

void Simulator::build() {
    Impl& m = *impl_;
    JIAHE_CHECK(!m.built, "build() is called once");
    ChannelList list(m.wiring.logs);
    for (System* system : m.wiring.systems)
        system->channels(list);
    std::vector<Channel> channels = list.channels();
    channels.insert(channels.end(), m.extra_channels.begin(), m.extra_channels.end());
    m.partition_owners_of(channels);
#ifdef JIAHE_DEBUG_CHECKS
    std::sort(channels.begin(), channels.end(), [](const Channel& a, const Channel& b) {
        return std::tuple{a.from, a.to, a.min_delay} < std::tuple{b.from, b.to, b.min_delay};
    });
    m.wiring.declared = std::move(channels);
#endif
    for (System* system : m.wiring.systems) {
        m.wiring.owners[system->id()].sequence = m.store.create<std::uint32_t>(
            "kernel.sequence." + std::string(system->name()), system->owner_count() + 1);
    }
    m.wiring.logs.allocate(m.store);
    for (System* system : m.wiring.systems)
        system->allocate(m.store);
    for (std::size_t p = 0; p < m.wiring.partitions; ++p) {
        m.partitions.push_back(
            std::make_unique<Partition>(m.wiring, static_cast<std::uint16_t>(p)));
    }
    m.windows = std::make_unique<WindowRunner>(m.wiring, m.partitions, m.team,
                                               m.options.parallel_events_min);
    m.take_plans();
    m.built = true;
    for (System* system : m.wiring.systems) {
        EpochContext epoch(*this, system->id(), m.now, m.options.seed);
        system->start(epoch);
    }
}

void EpochContext::post(EntityId to, SimTime at, std::uint8_t own_kind, std::uint64_t payload,
                        std::uint16_t aux) {
    Simulator::Impl& m = *simulator_.impl_;
    JIAHE_CHECK(at >= now_, "an epoch posts nothing into the past");
    JIAHE_CHECK(m.wiring.knows(to), "an epoch posts to an owner that does not exist");
    const Phase phase = at == now_ ? Phase::kAct : Phase::kFact;
    const OwnerTable& own = m.wiring.owners[system_];
    const Event event{
        at.us,    make_kind(phase, to.system(), own_kind),          aux,
        to.value, EntityId(system_, kIndexMax).value, m.wiring.next_sequence({system_, own.count}),
        payload};
    m.partitions[m.wiring.partition(to)]->queue().push(event);
}

void EpochContext::parallel_for(std::size_t count, std::size_t grain,
                                const std::function<void(std::size_t, std::size_t)>& body) {
    simulator_.impl_->team.run_chunks(count, grain, body);
}

void Simulator::Impl::run_windows(SimTime stop) {
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

RunCounters Simulator::counters() const {
    RunCounters c;
    c.epochs = impl_->epoch_count;
    c.windows = impl_->windows ? impl_->windows->window_count() : 0;
    for (const auto& p : impl_->partitions) {
        c.events += p->event_count();
        c.decisions += p->decision_count();
        c.messages += p->message_count();
    }
    return c;
}

SimTime Simulator::smallest_lookahead() const {
    const std::size_t n = impl_->wiring.partitions;
    std::int64_t least = kNever.us;
    for (std::size_t i = 0; i < n * n; ++i) {
        if (i / n != i % n) least = std::min(least, impl_->wiring.lookahead_us[i]);
    }
    return {least};
}

}  // namespace jiahe::kernel
