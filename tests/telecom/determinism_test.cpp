// One state hash for any threads and partitions, and after save and load.
#include <filesystem>

#include "telecom/small_network.h"

using namespace jiahe;
using namespace jiahe::telecom;

namespace {

std::unique_ptr<Town> busy_town(int threads, int partitions) {
    NetworkOptions network;
    network.cells_per_aggregation = 4;
    network.aggregations_per_metro = 3;
    network.data_centre_count = 2;
    network.aggregation = {60e6, 60e6};
    network.metro = {150e6, 120e6};
    TelecomOptions options;
    options.start_of_day = hours(9);
    auto town = std::make_unique<Town>(
        small_sites(7, 400, 3), network, options,
        kernel::SimulatorOptions{.seed = 1, .threads = threads, .partitions = partitions});
    const Draw draw(11, 4, 0, 0);
    std::uint32_t n = 0;
    for (int i = 0; i < 3000; ++i) {
        const auto service = static_cast<ServiceClass>(draw.below(4, n++));
        const double at_s = 1 + 1700 * draw.uniform(n++);
        const auto bytes = static_cast<std::int64_t>(200 + draw.below(30'000, n++));
        const std::string cell = "c" + std::to_string(100 + draw.below(49, n++));
        town->send(at_s, SiteKind::kCell, cell, service, bytes, 2);
        town->send(at_s, SiteKind::kGantry, "one", ServiceClass::kPassage, 400'000);
    }
    const TelecomNetwork& net = town->network;
    for (std::uint32_t l = 0; l < net.link_count(); l += 7) {
        const double at_s = 1 + 900 * draw.uniform(n++);
        town->change(at_s, draw.bernoulli(.5, n++) ? EventKind::kFailLink : EventKind::kLimitLink,
                     l, 300);
        town->change(at_s + 300, EventKind::kRestoreLink, l);
    }
    town->change(600, EventKind::kFailLink, net.entry_link(1));
    town->change(700, EventKind::kRestoreLink, net.entry_link(1));
    town->simulator.build();
    return town;
}

}  // namespace

TEST_CASE("threads and partitions change no bit, and every audit balances") {
    const SimTime end = whole_seconds(1800);
    const auto reference = busy_town(1, 1);
    reference->simulator.run_until(end);
    const auto hash = reference->simulator.state_hash();
    const TelecomSummary summary = reference->summary();
    for (const TelecomAudit& line : audit(summary)) {
        CAPTURE(line.name);
        CHECK(line.left == line.right);
    }
    CHECK(summary.dropped_bytes > 0);
    CHECK(summary.contacts_lost > 0);
    for (const int threads : {1, 2, 8}) {
        for (const int partitions : {1, 3, 16}) {
            const auto town = busy_town(threads, partitions);
            town->simulator.run_until(end);
            CHECK(town->simulator.state_hash() == hash);
            CHECK(town->heard.size() == reference->heard.size());
        }
    }
}

TEST_CASE("a run saved in the middle and loaded elsewhere ends in the same state") {
    const SimTime end = whole_seconds(1800), middle{753'217'001};
    const auto straight = busy_town(1, 1);
    straight->simulator.run_until(end);
    const std::string path =
        (std::filesystem::temp_directory_path() / "jiahe_telecom_snapshot.bin").string();
    const auto first = busy_town(2, 3);
    first->simulator.run_until(middle);
    first->simulator.save(path, "town");
    const auto second = busy_town(1, 16);
    second->simulator.load(path, "town");
    second->simulator.run_until(end);
    CHECK(second->simulator.state_hash() == straight->simulator.state_hash());
    std::filesystem::remove(path);
}
