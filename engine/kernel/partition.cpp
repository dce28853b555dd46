#include "kernel/partition.h"

#include <fmt/format.h>

#include <algorithm>

namespace jiahe::kernel {
namespace {

constexpr std::size_t kPrefetchFar = 10;
constexpr std::size_t kPrefetchNear = 4;
// The queue is chosen from the load when so many events have been run since the last choice, and
// four for each that would have to be moved.
constexpr std::uint64_t kChoiceEvents = 4096;
// Events an inner window from which on owners are run one by one.
constexpr double kWindowEventsMin = 32;

}  // namespace

Partition::Partition(Wiring& wiring, std::uint16_t index)
    : wiring_(wiring), index_(index), context_(*this, wiring.seed) {
    for (auto& side : outbox_)
        side.resize(wiring.partitions);
    prefer(wiring.queue);
}

void Partition::prefer(QueueChoice choice) {
    // Automatic begins with windows: many events before the start then lie where they are taken.
    if (choice == QueueChoice::kWindows || choice == QueueChoice::kAutomatic) return take_windows();
    queue_.change(choice == QueueChoice::kHeap ? QueueKind::kHeap : QueueKind::kCalendar, 0);
}

// Where the layout leaves a window.
void Partition::take_windows() {
    const std::int64_t window_us =
        index_ < wiring_.partitions ? wiring_.inner_window_us[index_] : kNever.us;
    if (window_us < kNever.us) {
        queue_.change(QueueKind::kWindows, window_us);
    } else {
        queue_.change(QueueKind::kCalendar, 0);
    }
}

void Partition::regroup(std::int64_t reached_us) {
    queue_.clear();
    if (queue_.kind() == QueueKind::kWindows || wiring_.queue == QueueChoice::kWindows)
        take_windows();
    reached_us_ = reached_us;
    context_.now_ = {std::min(context_.now_.us, reached_us)};
    chosen_at_us_ = reached_us;
    chosen_at_events_ = event_count_;
}

void Partition::take_mail(Mailbox& mail) {
    for (const Event& event : mail.events)
        queue_.push(event);
    for (const LogTail& tail : mail.logs) {
        const SimTime wake = wiring_.logs.push(tail.log, tail.visible, tail.value, {reached_us_});
        if (wake < kNever) push_wake(wiring_.logs.spec(tail.log).reader, wake);
    }
    mail.clear();
}

void Partition::reset(SimTime now) {
    queue_.clear();
    pending_decisions_.clear();
    merged_records_.clear();
    hot_.clear();
    window_end_us_ = 0;
    deciding_ = batching_ = false;
    context_.now_ = now;
    reached_us_ = chosen_at_us_ = now.us;
}

void Partition::run(SimTime bound, int side, OwnerSort& scratch) {
    side_ = side;
    if (queue_.kind() == QueueKind::kWindows) {
        bound.us = run_by_owner(bound, scratch);
    } else {
        run_in_time_order(bound);
    }
    reached_us_ = std::max(reached_us_, bound.us - 1);
    if (event_count_ - chosen_at_events_ >= kChoiceEvents) choose_queue(bound);
}

// From the simulated load alone: events that an inner window is expected to hold.
void Partition::choose_queue(SimTime reached) {
    const std::int64_t window_us = wiring_.inner_window_us[index_];
    if (wiring_.queue != QueueChoice::kAutomatic || window_us >= kNever.us) return;
    const std::uint64_t events = event_count_ - chosen_at_events_;
    if (chosen_at_events_ > 0 && events < 4 * queue_.size()) return;
    const auto span_us = static_cast<double>(std::max<std::int64_t>(reached.us - chosen_at_us_, 1));
    const double expected = static_cast<double>(events) / span_us * static_cast<double>(window_us);
    chosen_at_us_ = reached.us;
    chosen_at_events_ = event_count_;
    const double least =
        queue_.kind() == QueueKind::kWindows ? kWindowEventsMin / 2 : kWindowEventsMin;
    queue_.change(expected >= least ? QueueKind::kWindows : QueueKind::kCalendar, window_us);
}

void Partition::run_in_time_order(SimTime bound) {
    Event event, last;
    last.time_us = kNever.us;
    for (;;) {
        // Owners with a decision to make come before everything later than now.
        const bool decisions = !pending_decisions_.empty();
        if (!queue_.pop_before(decisions ? context_.now_.us + 1 : bound.us, event)) {
            if (!decisions) return;
            flush_decisions();
            continue;
        }
        JIAHE_DEBUG_CHECK(event.time_us >= context_.now_.us, "the clock ran backwards");
        if (wiring_.cancelled(event)) continue;
        context_.now_ = event.time();
        context_.self_ = event.owner();
        if (event.phase() == Phase::kDecide) {
            pending_decisions_.push_back(event.entity);
            continue;
        }
        if (ties(event, last)) [[unlikely]]
            report_tie(event);
        last = event;
        ++event_count_;
        if (const Event* far = queue_.ahead(kPrefetchFar)) {
            wiring_.systems[far->owner().system()]->prefetch(*far, false);
            const Event* near = queue_.ahead(kPrefetchNear);
            wiring_.systems[near->owner().system()]->prefetch(*near, true);
        }
        wiring_.systems[event.owner().system()]->handle(context_, event);
    }
}

void Partition::flush_decisions() {
    auto& owners = pending_decisions_;
    if (owners.size() > 1) {
        std::sort(owners.begin(), owners.end());
        owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
    }
    deciding_ = true;
    for (const std::uint32_t raw : owners) {
        const EntityId owner = EntityId::from_raw(raw);
        context_.self_ = owner;
        ++decision_count_;
        wiring_.systems[owner.system()]->decide(context_, owner.index());
        if (wiring_.ownership != nullptr) [[unlikely]]
            wiring_.ownership->after(owner, context_.now_);
    }
    deciding_ = false;
    owners.clear();
}

void Partition::report_breach(EntityId sender, EntityId to, std::uint16_t kind, SimTime at) const {
    check_failed(
        "at >= now + the channel's delay", __FILE__, __LINE__,
        fmt::format("system '{}' owner {} sent kind {} to system '{}' owner {} at {} us for "
                    "{} us, below its channel's delay",
                    wiring_.systems[sender.system()]->name(), sender.index(), kind & 0xff,
                    wiring_.systems[to.system()]->name(), to.index(), context_.now_.us, at.us));
}

void Partition::report_unknown(EntityId sender, EntityId to, std::uint16_t kind) const {
    check_failed("the receiver exists", __FILE__, __LINE__,
                 fmt::format("system '{}' owner {} sent kind {} at {} us to owner {} of system {}, "
                             "which does not exist",
                             wiring_.systems[sender.system()]->name(), sender.index(), kind & 0xff,
                             context_.now_.us, to.index(), to.system()));
}

void Partition::report_tie(const Event& event) const {
    check_failed("no two events tie", __FILE__, __LINE__,
                 fmt::format("two events of kind {} for owner {} of system '{}' at {} us come from "
                             "sender {} with sequence {}",
                             event.own_kind(), event.owner_index(),
                             wiring_.systems[event.owner().system()]->name(), event.time_us,
                             event.sender & kIndexMax, event.sequence));
}

Mailbox& Partition::mail_to(std::uint16_t target, std::int64_t time_us) {
    ++message_count_;
    Mailbox& mail = outbox_[static_cast<std::size_t>(side_)][target];
    if (mail.empty()) written_[static_cast<std::size_t>(side_)].push_back(target);
    mail.min_time_us = std::min(mail.min_time_us, time_us);
    return mail;
}

// The owner at hand lies here and may meet itself within the window at hand.
void Partition::push_own(SimTime at, std::uint16_t kind, std::uint64_t payload, std::uint16_t aux) {
    const EntityId self = context_.self_;
    const std::uint32_t sequence = wiring_.next_sequence(self);
    const auto fill = [&](Event& event) {
        event.time_us = at.us;
        event.kind = kind;
        event.aux = aux;
        event.entity = self.value;
        event.sender = self.value;
        event.sequence = sequence;
        event.payload = payload;
    };
    if (at.us >= window_end_us_) [[likely]] {
        queue_.emplace(at.us, fill);
        return;
    }
    Event event;
    fill(event);
    keep_hot(event);
}

void Partition::push_event(EntityId to, SimTime at, std::uint16_t kind, std::uint64_t payload,
                           std::uint16_t aux, EntityId sender) {
    if (!wiring_.knows(to)) [[unlikely]]
        report_unknown(sender, to, kind);
    const std::uint32_t sequence = wiring_.next_sequence(sender);
    const auto fill = [&](Event& event) {
        event.time_us = at.us;
        event.kind = kind;
        event.aux = aux;
        event.entity = to.value;
        event.sender = sender.value;
        event.sequence = sequence;
        event.payload = payload;
    };
    const std::uint16_t target = wiring_.partition(to);
    if (wiring_.check_lookahead && to != sender) [[unlikely]] {
        if (at < context_.now_ + wiring_.declared.least_delay(sender, to))
            report_breach(sender, to, kind, at);
    }
    if (target == index_) {
        if (at.us >= window_end_us_) [[likely]] {
            queue_.emplace(at.us, fill);
            return;
        }
        if (to == context_.self_) {
            Event event;
            fill(event);
            return keep_hot(event);
        }
        report_breach(sender, to, kind, at);
    }
    if (at.us < context_.now_.us + wiring_.lookahead_us[index_ * wiring_.partitions + target]) {
        report_breach(sender, to, kind, at);
    }
    fill(mail_to(target, at.us).events.emplace_back());
}

void Partition::push_wake(EntityId owner, SimTime at) {
    Event wake;
    wake.time_us = at.us;
    wake.kind = make_kind(Phase::kDecide, owner.system(), 0);
    wake.entity = owner.value;
    wake.sender = owner.value;
    if (at.us >= window_end_us_) {
        queue_.push(wake);
    } else {
        JIAHE_CHECK(owner == context_.self_, "a wake of another owner within the window");
        keep_hot(wake);
    }
}

void Partition::append_log(LogId log, SimTime visible, std::int64_t value) {
    const LogSpec& spec = wiring_.logs.spec(log);
    JIAHE_DEBUG_CHECK(spec.writer == context_.self_, "only the writer appends to a log");
    JIAHE_CHECK(visible >= context_.now_ + spec.min_delay, "a log entry below its channel's delay");
    const std::uint16_t target = wiring_.partition(spec.reader);
    if (target == index_) {
        // In a window the reader may not have come as far as this owner.
        const SimTime seen = window_end_us_ == 0 ? context_.now_ : SimTime{reached_us_};
        const SimTime wake = wiring_.logs.push(log, visible, value, seen);
        if (wake < kNever) push_wake(spec.reader, wake);
        return;
    }
    mail_to(target, visible.us).logs.push_back({log, visible, value});
}

void Context::schedule(SimTime at, std::uint8_t own_kind, std::uint64_t payload,
                       std::uint16_t aux) {
    JIAHE_CHECK(at > now_, "an owner schedules itself strictly later");
    partition_.push_own(at, make_kind(Phase::kFact, self_.system(), own_kind), payload, aux);
}

void Context::send(EntityId to, SimTime at, std::uint8_t own_kind, std::uint64_t payload,
                   std::uint16_t aux) {
    JIAHE_CHECK(at > now_, "a message takes time");
    partition_.push_event(to, at, make_kind(Phase::kFact, to.system(), own_kind), payload, aux,
                          self_);
}

void Context::request_decision() {
    JIAHE_CHECK(!partition_.deciding_, "a decision does not ask for another at the same instant");
    JIAHE_CHECK(!partition_.batching_, "a batched kind asks for no decision");
    partition_.pending_decisions_.push_back(self_.value);
}

void Context::wake_at(SimTime at) {
    JIAHE_CHECK(at > now_, "a wake lies in the future");
    partition_.push_wake(self_, at);
}

void Context::append(LogId log, SimTime visible, std::int64_t value) {
    partition_.append_log(log, visible, value);
}

std::int64_t Context::visible_value(LogId log) {
    return partition_.wiring_.logs.visible_value(log, now_);
}

void Context::wake_when(LogId log, std::int64_t threshold) {
    DelayedLogs& logs = partition_.wiring_.logs;
    JIAHE_DEBUG_CHECK(logs.spec(log).reader == self_, "only the reader waits at a log");
    JIAHE_CHECK(logs.visible_value(log, now_) < threshold, "waiting for what is already visible");
    const SimTime at = logs.wait_for(log, threshold);
    if (at < kNever) partition_.push_wake(self_, at);
}

bool Context::listening(std::uint8_t own_record_kind) const {
    const std::uint16_t kind = record_kind(self_.system(), own_record_kind);
    return !partition_.wiring_.listeners[kind].empty() || partition_.wiring_.merged[kind] != 0;
}

void Context::record(std::uint8_t own_record_kind, std::uint32_t a, std::int64_t b, std::int64_t c,
                     std::uint16_t aux) {
    const std::uint16_t kind = record_kind(self_.system(), own_record_kind);
    const auto& listeners = partition_.wiring_.listeners[kind];
    const bool merged = partition_.wiring_.merged[kind] != 0;
    if (listeners.empty() && !merged) return;
    const Record record{now_.us, kind, aux, self_.value, a, 0, b, c};
    for (RecordListener* listener : listeners)
        listener->on_record(*this, record);
    if (merged) partition_.merged_records_.push_back(record);
}

}  // namespace jiahe::kernel
