#include "kernel/simulator.h"

#include <fmt/format.h>
#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <cstring>
#include <mutex>

#include "base/error.h"
#include "kernel/partition.h"
#include "kernel/partitioner.h"
#include "kernel/snapshot_file.h"

namespace jiahe::kernel {
namespace {

constexpr int kPartitionsMax = 1024;
// A window of fewer events than this costs less on one thread than waking a second.
constexpr std::uint64_t kParallelEventsMin = 256;

}  // namespace

struct Simulator::Impl {
    explicit Impl(SimulatorOptions o)
        : options(o),
          control(tbb::global_control::max_allowed_parallelism,
                  static_cast<std::size_t>(std::max(o.threads, 1))),
          arena(std::max(o.threads, 1)) {}

    SimulatorOptions options;
    tbb::global_control control;
    tbb::task_arena arena;
    StateStore store;
    Wiring wiring;
    std::vector<Channel> extra_channels;
    std::vector<std::vector<RecordSink*>> sinks;  // [record kind]
    std::vector<std::unique_ptr<Partition>> partitions;
    std::vector<Partition*> partition_pointers;
    SimTime now;
    bool built = false;
    bool epochs_done = false;  // those at `now`
    int side = 0;              // outboxes being written
    std::uint64_t window_events = 0;
    RunCounters counters;

    OwnerGraph owner_graph(const std::vector<Channel>& channels) const;
    void partition_owners_of(const std::vector<Channel>& channels);
    void run_windows(Simulator& simulator, SimTime stop);
    bool run_window(SimTime stop);
    void run_epochs(Simulator& simulator);
    SimTime next_epoch(SimTime from) const;
    void flush_sinks();
    std::uint64_t events_so_far() const;
};

void ChannelList::add(EntityId from, EntityId to, SimTime min_delay) {
    JIAHE_CHECK(min_delay.us > 0, "a channel takes time");
    channels_.push_back({from, to, min_delay});
}

LogId ChannelList::add_log(const LogSpec& spec) {
    add(spec.writer, spec.reader, spec.min_delay);
    return logs_.add(spec);
}

Simulator::Simulator(SimulatorOptions options) : impl_(std::make_unique<Impl>(options)) {
    const auto refuse = [](const std::string& what) {
        throw InputError(InputFault{"E-KRN-001", {}, what, ""});
    };
    if (options.threads < 1 || options.threads > 1024) {
        refuse(fmt::format("threads must lie in 1..1024, found {}", options.threads));
    }
    if (options.partitions < 0 || options.partitions > kPartitionsMax) {
        refuse(fmt::format("partitions must lie in 1..{}, found {}", kPartitionsMax,
                           options.partitions));
    }
    impl_->wiring.seed = options.seed;
    impl_->wiring.listeners.resize(kSystemMax << 8);
    impl_->wiring.merged.resize(kSystemMax << 8, 0);
    impl_->sinks.resize(kSystemMax << 8);
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
    impl_->sinks[kind].push_back(&sink);
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
    const int wanted = options.partitions > 0 ? options.partitions
                       : options.threads == 1 ? 1
                                              : 4 * options.threads;
    const std::vector<std::uint16_t> part = partition_owners(graph, wanted);
    std::size_t count = 1;
    for (const std::uint16_t p : part)
        count = std::max<std::size_t>(count, p + std::size_t{1});
    wiring.partitions = count;
    wiring.lookahead_us = close_lookahead(graph, part, count);
    std::size_t vertex = 0;
    for (const System* system : wiring.systems) {
        const std::size_t n = system->owner_count();
        wiring.partition_of.emplace_back(part.begin() + static_cast<std::ptrdiff_t>(vertex),
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
    for (System* system : m.wiring.systems) {
        m.wiring.sequence.push_back(m.store.create<std::uint32_t>(
            "kernel.sequence." + std::string(system->name()), system->owner_count() + 1));
    }
    m.wiring.logs.allocate(m.store);
    for (System* system : m.wiring.systems)
        system->allocate(m.store);
    for (std::size_t p = 0; p < m.wiring.partitions; ++p) {
        m.partitions.push_back(
            std::make_unique<Partition>(m.wiring, static_cast<std::uint16_t>(p)));
        m.partition_pointers.push_back(m.partitions.back().get());
    }
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
    JIAHE_CHECK(to.index() < m.wiring.systems[to.system()]->owner_count(), "unknown owner");
    const Phase phase = at == now_ ? Phase::kAct : Phase::kFact;
    const auto& sequence = m.wiring.sequence[system_];
    const Event event{
        at.us,    make_kind(phase, to.system(), own_kind), aux,
        to.value, EntityId(system_, kIndexMax).value,      ++sequence[sequence.size() - 1],
        payload};
    m.partitions[m.wiring.partition(to)]->queue().push(event);
}

void EpochContext::parallel_for(std::size_t count, std::size_t grain,
                                const std::function<void(std::size_t, std::size_t)>& body) {
    if (count == 0) return;
    simulator_.impl_->arena.execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<std::size_t>(0, count, std::max<std::size_t>(grain, 1)),
            [&](const auto& range) { body(range.begin(), range.end()); });
    });
}

std::uint64_t Simulator::Impl::events_so_far() const {
    std::uint64_t sum = 0;
    for (const auto& p : partitions)
        sum += p->event_count();
    return sum;
}

// One window: every partition that can, runs up to the earliest time at which anything from
// elsewhere may reach it. Returns false where nothing is left before `stop`.
bool Simulator::Impl::run_window(SimTime stop) {
    const std::size_t n = partitions.size();
    std::vector<std::int64_t> next(n), bound(n);
    std::vector<std::size_t> active;
    bool work = false;
    for (std::size_t q = 0; q < n; ++q) {
        next[q] = partitions[q]->queue().next_time_us();
        for (std::size_t p = 0; p < n; ++p) {
            next[q] = std::min(next[q], partitions[p]->outbox(side, q).min_time_us);
        }
        work = work || next[q] < stop.us;
    }
    for (std::size_t q = 0; q < n; ++q) {
        bound[q] = stop.us;
        for (std::size_t p = 0; p < n; ++p) {
            bound[q] = std::min(bound[q], next[p] + wiring.lookahead_us[p * n + q]);
        }
        bool mail = false;
        for (std::size_t p = 0; p < n; ++p)
            mail = mail || !partitions[p]->outbox(side, q).empty();
        if (mail || next[q] < bound[q]) active.push_back(q);
    }
    const int read_side = side;
    side = 1 - side;
    const auto run_one = [&](std::size_t q) {
        partitions[q]->take_mail(partition_pointers, read_side);
        partitions[q]->run({bound[q]}, side);
    };
    const std::uint64_t before = events_so_far();
    if (active.size() > 1 && options.threads > 1 && window_events >= kParallelEventsMin) {
        arena.execute([&] {
            tbb::parallel_for(
                tbb::blocked_range<std::size_t>(0, active.size(), 1),
                [&](const auto& range) {
                    for (std::size_t i = range.begin(); i < range.end(); ++i)
                        run_one(active[i]);
                },
                tbb::simple_partitioner());
        });
    } else {
        for (const std::size_t q : active)
            run_one(q);
    }
    window_events = events_so_far() - before;
    ++counters.windows;
    return work;
}

void Simulator::Impl::run_windows(Simulator&, SimTime stop) {
    while (run_window(stop)) {
    }
}

SimTime Simulator::Impl::next_epoch(SimTime from) const {
    SimTime next = kNever;
    for (const System* system : wiring.systems) {
        for (const EpochPlan& plan : system->epochs()) {
            const std::int64_t since = std::max<std::int64_t>(0, from.us - plan.first.us);
            const std::int64_t k = (since + plan.period.us - 1) / plan.period.us;
            next = std::min(next, plan.first + plan.period * k);
        }
    }
    return next;
}

void Simulator::Impl::run_epochs(Simulator& simulator) {
    flush_sinks();
    const auto each_due = [&](auto&& step) {
        for (System* system : wiring.systems) {
            const auto plans = system->epochs();
            for (std::size_t i = 0; i < plans.size(); ++i) {
                const std::int64_t since = now.us - plans[i].first.us;
                if (since < 0 || since % plans[i].period.us != 0) continue;
                EpochContext epoch(simulator, system->id(), now, options.seed);
                step(*system, i, epoch);
            }
        }
    };
    each_due([](System& s, std::size_t i, EpochContext& e) { s.publish(i, e); });
    each_due([](System& s, std::size_t i, EpochContext& e) { s.reduce(i, e); });
    each_due([](System& s, std::size_t i, EpochContext& e) { s.act(i, e); });
    ++counters.epochs;
}

void Simulator::Impl::flush_sinks() {
    std::vector<Record> records;
    for (const auto& p : partitions) {
        auto& own = p->merged_records();
        records.insert(records.end(), own.begin(), own.end());
        own.clear();
    }
    if (records.empty()) return;
    const auto key = [](const Record& r) {
        return std::pair{r.time_us, (std::uint64_t{r.kind} << 32) | r.entity};
    };
    std::stable_sort(records.begin(), records.end(),
                     [&](const Record& a, const Record& b) { return key(a) < key(b); });
    for (std::size_t i = 1; i < records.size(); ++i) {
        if (key(records[i]) == key(records[i - 1]))
            records[i].sequence = records[i - 1].sequence + 1;
    }
    std::vector<RecordSink*> called;
    for (const auto& list : sinks) {
        for (RecordSink* sink : list) {
            if (std::find(called.begin(), called.end(), sink) == called.end())
                called.push_back(sink);
        }
    }
    std::vector<Record> own;
    for (RecordSink* sink : called) {
        own.clear();
        for (const Record& r : records) {
            const auto& list = sinks[r.kind];
            if (std::find(list.begin(), list.end(), sink) != list.end()) own.push_back(r);
        }
        if (!own.empty()) sink->on_records(own);
    }
}

bool Simulator::run_until(SimTime until, const std::function<bool(SimTime)>& keep_going) {
    Impl& m = *impl_;
    JIAHE_CHECK(m.built, "build() comes before run_until()");
    bool go = true;
    while (m.now < until && go) {
        if (!m.epochs_done && m.next_epoch(m.now) == m.now) m.run_epochs(*this);
        m.epochs_done = true;
        const SimTime stop = std::min(until, m.next_epoch(m.now + kTick));
        m.run_windows(*this, stop);
        m.now = stop;
        m.epochs_done = false;
        if (keep_going) go = keep_going(m.now);
    }
    m.flush_sinks();
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
    RunCounters c = impl_->counters;
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

StateHash Simulator::state_hash() const {
    StateHash sum;
    std::mutex mutex;
    impl_->arena.execute([&] {
        for (const StateStore::Block* block : impl_->store.blocks()) {
            if (block->role != HashRole::kHashed) continue;
            const std::uint64_t key = hash_name(block->name);
            tbb::parallel_for(
                tbb::blocked_range<std::size_t>(0, block->size, 1 << 16), [&](const auto& range) {
                    StateHash part;
                    const char* rows = static_cast<const char*>(block->data);
                    for (std::size_t i = range.begin(); i < range.end(); ++i) {
                        part.add(hash_row(key, i, rows + i * block->row_bytes, block->row_bytes));
                    }
                    const std::lock_guard lock(mutex);
                    sum.add(part);
                });
        }
    });
    sum.add(impl_->wiring.logs.hash(impl_->now));
    const std::uint64_t key = hash_name("kernel.pending_event");
    for (const auto& p : impl_->partitions) {
        p->queue().for_each([&](const Event& event) {
            if (event.phase() != Phase::kDecide) sum.add(hash_row(key, 0, &event, sizeof event));
        });
    }
    sum.add(hash_row(hash_name("kernel.now"), 0, &impl_->now, sizeof(SimTime)));
    return sum;
}

void Simulator::save(const std::string& path, const std::string& city_digest) {
    SnapshotWriter file(path);
    file.add("kernel.city", city_digest.data(), city_digest.size());
    file.add("kernel.now", &impl_->now, sizeof(SimTime));
    std::vector<Event> pending;
    for (const auto& p : impl_->partitions) {
        p->queue().for_each([&](const Event& event) { pending.push_back(event); });
    }
    file.add("kernel.pending", pending.data(), pending.size() * sizeof(Event));
    for (const StateStore::Block* block : impl_->store.blocks()) {
        file.add("size:" + block->name, &block->size, sizeof block->size);
        file.add("rows:" + block->name, block->data, block->size * block->row_bytes);
    }
    file.finish();
}

void Simulator::load(const std::string& path, const std::string& city_digest) {
    SnapshotReader file(path);
    std::string digest(file.bytes("kernel.city"), '\0');
    file.read("kernel.city", digest.data(), digest.size());
    if (digest != city_digest) {
        throw CorruptFileError(fmt::format("{}: a snapshot of another city or scenario", path));
    }
    for (StateStore::Block* block : impl_->store.blocks()) {
        std::uint64_t size = 0;
        file.read("size:" + block->name, &size, sizeof size);
        if (size > block->capacity) throw CorruptFileError(path + ": more rows than fit");
        block->size = size;
        file.read("rows:" + block->name, block->data, size * block->row_bytes);
    }
    file.read("kernel.now", &impl_->now, sizeof(SimTime));
    impl_->epochs_done = false;
    std::vector<Event> pending(file.bytes("kernel.pending") / sizeof(Event));
    file.read("kernel.pending", pending.data(), pending.size() * sizeof(Event));
    for (const auto& p : impl_->partitions)
        p->queue().clear();
    for (const Event& event : pending) {
        impl_->partitions[impl_->wiring.partition(event.owner())]->queue().push(event);
    }
}

}  // namespace jiahe::kernel
