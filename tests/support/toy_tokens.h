// Tokens that queue on a ring of owners: every mechanism of the kernel in one small system.
//
// Owner i has two ways out, to i + 1 and to i + skip (mod n), each with a travel time, a storage of
// few tokens and a delayed log by which the far end gives the space back. A token at the head of
// the queue picks the way of the lower published load, enters where there is space and else waits
// for the log's threshold. Epochs publish the loads (period 30 s) and inject tokens (period 45 s,
// first at 5 s) until the pool is spent. Gridlock is possible and of no concern. Every move is a
// record. TokenMeter, a second system, hears of moves through a listener and sends itself a
// reading; TokenDigest, a sink, folds the merged sequence into saved state.
// Partition-state lifecycle. Known answer: tokens injected = tokens on ways (queued at their far
// ends included) + tokens not moved yet.
#pragma once

#include "kernel/context.h"
#include "kernel/simulator.h"

namespace jiahe::toys {

struct TokenOptions {
    std::uint32_t owners = 40;
    std::uint32_t skip = 7;
    std::uint32_t tokens_max = 150;
    std::uint32_t injected_per_epoch = 10;
};

class TokenRing : public kernel::System {
  public:
    static constexpr std::uint32_t kNone = 0xffffffffu;
    enum class RecordKind : std::uint8_t { kTokenMoved, kTokenBlocked };
    struct Token {
        std::uint32_t next;    // in its queue
        std::uint32_t way;     // it came by, kNone at first
        std::uint32_t choice;  // way out, kNone until it heads its queue
        std::uint32_t moves;
    };
    struct Node {
        std::uint32_t head, tail;
        std::uint64_t queued;
        std::uint64_t moved;
    };
    struct WayIn {  // the upstream end's
        std::int64_t entered;
    };
    struct WayOut {  // the downstream end's
        std::int64_t left;
    };

    explicit TokenRing(const TokenOptions& options) : o_(options) {}
    std::string_view name() const override { return "tokens"; }
    std::uint32_t owner_count() const override { return o_.owners; }
    std::uint32_t way_count() const { return 2 * o_.owners; }
    std::uint32_t to(std::uint32_t way) const {
        return (way / 2 + (way % 2 == 0 ? 1 : o_.skip)) % o_.owners;
    }
    // Delays lie around a second, so that some ways may be cut and some may not.
    SimTime travel(std::uint32_t way) const { return {600'000 + 400'000 * (way * 7 % 11)}; }
    SimTime give_back(std::uint32_t way) const { return {700'000 + 500'000 * (way * 5 % 7)}; }
    std::int64_t storage(std::uint32_t way) const { return 1 + way % 4; }

    void channels(kernel::ChannelList& list) override {
        log_.clear();
        for (std::uint32_t w = 0; w < way_count(); ++w) {
            list.add(entity(w / 2), entity(to(w)), travel(w));
            log_.push_back(list.add_log({entity(to(w)), entity(w / 2),
                                         static_cast<std::uint32_t>(storage(w)), give_back(w)}));
        }
    }
    void allocate(kernel::StateStore& store) override {
        node_ = store.create<Node>("tokens.node", o_.owners);
        in_ = store.create<WayIn>("tokens.in", way_count());
        out_ = store.create<WayOut>("tokens.out", way_count());
        load_ = store.create<std::int64_t>("tokens.load", way_count());
        token_ = store.create_growing<Token>("tokens.token", o_.tokens_max);
    }
    void start(kernel::EpochContext&) override {
        for (Node& node : node_)
            node.head = node.tail = kNone;
    }
    std::vector<kernel::EpochPlan> epochs() const override {
        return {{{}, whole_seconds(30)}, {whole_seconds(5), whole_seconds(45)}};
    }
    void publish(std::size_t plan, kernel::EpochContext& epoch) override {
        if (plan != 0) return;
        epoch.parallel_for(way_count(), 8, [&](std::size_t begin, std::size_t end) {
            for (std::size_t w = begin; w < end; ++w)
                load_[w] = in_[w].entered;
        });
    }
    void reduce(std::size_t plan, kernel::EpochContext&) override {
        if (plan != 0) return;
        for (std::uint32_t w = 0; w < way_count(); ++w)
            load_[w] -= out_[w].left;
    }
    void act(std::size_t plan, kernel::EpochContext& epoch) override {
        if (plan != 1) return;
        for (std::uint32_t k = 0; k < o_.injected_per_epoch && token_.size() < o_.tokens_max; ++k) {
            const auto token = static_cast<std::uint32_t>(token_.append(1));
            token_[token] = {kNone, kNone, kNone, 0};
            const auto at =
                static_cast<std::uint32_t>(epoch.draw(kPlace, token, 0).below(o_.owners));
            epoch.post(entity(at), epoch.now(), kArrive, kernel::pack(token, kNone));
        }
    }
    void handle(kernel::Context& context, const kernel::Event& event) override {
        const std::uint32_t owner = event.owner_index();
        const std::uint32_t token = event.payload_low();
        token_[token].way = event.payload_high();
        token_[token].next = token_[token].choice = kNone;
        Node& node = node_[owner];
        (node.tail == kNone ? node.head : token_[node.tail].next) = token;
        node.tail = token;
        ++node.queued;
        context.request_decision();
    }
    void decide(kernel::Context& context, std::uint32_t owner) override {
        while (node_[owner].head != kNone && move_head(context, owner)) {
        }
    }

    std::uint64_t injected() const { return token_.size(); }
    std::uint64_t not_moved_yet() const {
        std::uint64_t sum = 0;
        for (const Token& token : token_)
            sum += token.moves == 0 ? 1 : 0;
        return sum;
    }
    std::uint64_t on_ways() const {
        std::int64_t sum = 0;
        for (std::uint32_t w = 0; w < way_count(); ++w)
            sum += in_[w].entered - out_[w].left;
        return static_cast<std::uint64_t>(sum);
    }
    std::uint64_t moved() const {
        std::uint64_t sum = 0;
        for (const Node& node : node_)
            sum += node.moved;
        return sum;
    }

  private:
    enum EventKind : std::uint8_t { kArrive };
    enum Purposes : Purpose { kPlace = 256, kChoice };

    // Chosen once, when the token comes to the head: a later look at the loads would let a
    // superfluous wake change the choice.
    std::uint32_t choose_way(kernel::Context& context, std::uint32_t owner, std::uint32_t token) {
        const std::uint32_t first = 2 * owner;
        const std::uint32_t light = load_[first] <= load_[first + 1] ? first : first + 1;
        const bool strays = context.draw(kChoice, token, token_[token].moves).bernoulli(0.2);
        return strays ? 2 * first + 1 - light : light;
    }

    // A token's way ends where it leaves the queue at its end.
    bool move_head(kernel::Context& context, std::uint32_t owner) {
        Node& node = node_[owner];
        const std::uint32_t token = node.head;
        Token& t = token_[token];
        if (t.choice == kNone) t.choice = choose_way(context, owner, token);
        const std::uint32_t way = t.choice;
        const std::int64_t needed = in_[way].entered + 1 - storage(way);
        if (needed > 0 && context.visible_value(log_[way]) < needed) {
            context.wake_when(log_[way], needed);
            return false;
        }
        node.head = t.next;
        if (node.head == kNone) node.tail = kNone;
        --node.queued;
        ++node.moved;
        ++t.moves;
        ++in_[way].entered;
        if (t.way != kNone) {
            ++out_[t.way].left;
            context.append(log_[t.way], context.now() + give_back(t.way), out_[t.way].left);
        }
        context.send(entity(to(way)), context.now() + travel(way), kArrive,
                     kernel::pack(token, way));
        context.record(static_cast<std::uint8_t>(RecordKind::kTokenMoved), token, way);
        return true;
    }

    TokenOptions o_;
    kernel::StateArray<Node> node_;
    kernel::StateArray<WayIn> in_;
    kernel::StateArray<WayOut> out_;
    kernel::StateArray<std::int64_t> load_;
    kernel::GrowingArray<Token> token_;
    std::vector<kernel::LogId> log_;
};

// Counts the moves it is told of; one owner for every eight of the ring.
class TokenMeter : public kernel::System, public kernel::RecordListener {
  public:
    static constexpr SimTime kDelay = whole_seconds(2);
    struct Row {
        std::uint64_t heard;
        std::uint64_t checksum;
        std::int64_t due_us;
        std::uint64_t readings;
    };
    TokenMeter(const TokenOptions& options) : o_(options) {}
    std::string_view name() const override { return "meter"; }
    std::uint32_t owner_count() const override { return (o_.owners + 7) / 8; }
    void allocate(kernel::StateStore& store) override {
        row_ = store.create<Row>("meter.row", owner_count());
    }
    void start(kernel::EpochContext&) override {}
    void on_record(kernel::Context& context, const kernel::Record& record) override {
        context.send(entity(record.owner_index() / 8), context.now() + kDelay, 0, record.a);
    }
    void handle(kernel::Context& context, const kernel::Event& event) override {
        Row& row = row_[event.owner_index()];
        ++row.heard;
        row.checksum = row.checksum * 31 + event.payload + event.sender;
        if (row.due_us <= context.now().us) {
            row.due_us = context.now().us + 3 * kMicrosPerSecond;
            context.wake_at({row.due_us});
        }
    }
    void decide(kernel::Context& context, std::uint32_t owner) override {
        if (row_[owner].due_us == context.now().us) ++row_[owner].readings;
    }
    std::uint64_t heard() const {
        std::uint64_t sum = 0;
        for (const Row& row : row_)
            sum += row.heard;
        return sum;
    }

  private:
    TokenOptions o_;
    kernel::StateArray<Row> row_;
};

class TokenDigest : public kernel::RecordSink {
  public:
    struct Row {
        std::uint64_t records;
        std::uint64_t checksum;  // of the whole sequence
    };
    explicit TokenDigest(kernel::StateStore& store) : row_(store.create<Row>("digest.row", 1)) {}
    void on_records(std::span<const kernel::Record> records) override {
        for (const kernel::Record& r : records) {
            ++row_[0].records;
            for (const std::uint64_t word :
                 {std::uint64_t(r.time_us), std::uint64_t{r.kind}, std::uint64_t{r.entity},
                  std::uint64_t{r.a}, std::uint64_t{r.sequence}, std::uint64_t(r.b)}) {
                row_[0].checksum = (row_[0].checksum ^ word) * 0x100000001B3ull;
            }
        }
    }
    const Row& row() const { return row_[0]; }

  private:
    kernel::StateArray<Row> row_;
};

// The three together, ready for build().
struct TokenCity {
    TokenCity(kernel::Simulator& simulator, const TokenOptions& options = {})
        : ring(options), meter(options), digest(simulator.store()) {
        simulator.add_system(ring);
        simulator.add_system(meter);
        constexpr auto kMoved = static_cast<std::uint8_t>(TokenRing::RecordKind::kTokenMoved);
        simulator.add_listener(ring.id(), kMoved, meter);
        simulator.add_sink(ring.id(), kMoved, digest);
        for (std::uint32_t i = 0; i < options.owners; ++i) {
            simulator.add_channel(ring.entity(i), meter.entity(i / 8), TokenMeter::kDelay);
        }
    }
    TokenRing ring;
    TokenMeter meter;
    TokenDigest digest;
};

}  // namespace jiahe::toys
