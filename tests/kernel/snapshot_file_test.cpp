#include "kernel/snapshot_file.h"

#include <doctest/doctest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>

#include "base/error.h"
#include "base/random.h"
#include "support/scripted_system.h"
#include "support/temporary_folder.h"

namespace jiahe::kernel {
namespace {

std::string slurp(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void spill(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc).write(bytes.data(), std::ssize(bytes));
}

const std::string kText = "Jia He, the auspicious rice, gave the prefecture its name.";

void write_small(const std::string& path) {
    SnapshotWriter file(path);
    file.add("text", kText.data(), kText.size());
    file.add("nothing", nullptr, 0);
    const std::uint64_t number = 42;
    file.add("number", &number, sizeof number);
    file.finish();
}

// Reads everything as a loader would.
void read_small(const std::string& path) {
    SnapshotReader file(path);
    std::string text(kText.size(), '\0');
    file.read("text", text.data(), text.size());
    file.read("nothing", nullptr, 0);
    std::uint64_t number = 0;
    file.read("number", &number, sizeof number);
    if (text != kText || number != 42) throw std::runtime_error("wrong content, no error");
}

}  // namespace

TEST_CASE("crc32c of the digits 1 to 9 is the published check value") {
    CHECK(crc32c(0, "123456789", 9) == 0xE3069283u);  // Castagnoli; RFC 3720, appendix B.4 family
    std::vector<unsigned char> zeros(32, 0), ascending(32);
    std::iota(ascending.begin(), ascending.end(), static_cast<unsigned char>(0));
    CHECK(crc32c(0, zeros.data(), zeros.size()) == 0x8A9136AAu);          // RFC 3720, B.4
    CHECK(crc32c(0, ascending.data(), ascending.size()) == 0x46DD794Eu);  // RFC 3720, B.4
    CHECK(crc32c(crc32c(0, "12345", 5), "6789", 4) == 0xE3069283u);
}

TEST_CASE("sections come back as they were written, empty and many-block ones too") {
    const TemporaryFolder folder;
    std::vector<std::uint64_t> big(3'000'000);  // 24 MB: 23 blocks
    for (std::size_t i = 0; i < big.size(); ++i)
        big[i] = i * i % 1000;
    {
        SnapshotWriter file(folder / "a");
        file.add("big", big.data(), big.size() * 8);
        file.add("empty", nullptr, 0);
        file.finish();
    }
    SnapshotReader file(folder / "a");
    CHECK(file.has("big"));
    CHECK_FALSE(file.has("other"));
    CHECK(file.bytes("big") == big.size() * 8);
    CHECK(file.bytes("empty") == 0);
    std::vector<std::uint64_t> back(big.size());
    file.read("big", back.data(), back.size() * 8);
    CHECK((back == big));
    CHECK(std::filesystem::file_size(folder / "a") < big.size() * 4);  // it is compressed
    CHECK_THROWS_AS(file.read("big", back.data(), 8), CorruptFileError);
    CHECK_THROWS_AS(file.bytes("other"), CorruptFileError);
}

TEST_CASE("every flipped byte of a small snapshot is found") {
    const TemporaryFolder folder;
    write_small(folder / "a");
    CHECK_NOTHROW(read_small(folder / "a"));
    const std::string good = slurp(folder / "a");
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (const int flip : {0x01, 0x80, 0xff}) {
            CAPTURE(i);
            std::string bad = good;
            bad[i] = static_cast<char>(bad[i] ^ flip);
            spill(folder / "b", bad);
            CHECK_THROWS_AS(read_small(folder / "b"), CorruptFileError);
        }
    }
}

TEST_CASE("a snapshot cut short or with bytes behind it is refused") {
    const TemporaryFolder folder;
    write_small(folder / "a");
    const std::string good = slurp(folder / "a");
    for (std::size_t length = 0; length < good.size(); ++length) {
        CAPTURE(length);
        spill(folder / "b", good.substr(0, length));
        CHECK_THROWS_AS(read_small(folder / "b"), CorruptFileError);
    }
    spill(folder / "b", good + "x");
    CHECK_THROWS_AS(read_small(folder / "b"), CorruptFileError);
}

TEST_CASE("a snapshot of another version says so") {
    const TemporaryFolder folder;
    write_small(folder / "a");
    std::string bytes = slurp(folder / "a");
    bytes[8] = 9;  // the version follows the magic's eight bytes
    spill(folder / "a", bytes);
    try {
        SnapshotReader file(folder / "a");
        FAIL("no error");
    } catch (const CorruptFileError& error) {
        CHECK(std::string(error.what()).find("version 9 where 1 is read") != std::string::npos);
        CHECK(error.exit_code() == ExitCode::kCorrupt);
    }
}

TEST_CASE("a file under its final name is whole: an unfinished one leaves nothing behind") {
    const TemporaryFolder folder;
    write_small(folder / "a");
    {
        SnapshotWriter file(folder / "a");
        file.add("text", "other", 5);
    }
    CHECK_NOTHROW(read_small(folder / "a"));
    CHECK_FALSE(std::filesystem::exists(folder / "a.tmp"));
}

TEST_CASE("a missing file and a missing folder are errors of the disk") {
    const TemporaryFolder folder;
    CHECK_THROWS_AS(SnapshotReader(folder / "none"), IoError);
    CHECK_THROWS_AS(SnapshotWriter(folder / "none/a"), IoError);
    std::filesystem::create_directory(folder / "a");
    SnapshotWriter file(folder / "a");
    CHECK_THROWS_AS(file.finish(), IoError);  // a folder bears the name
    CHECK_FALSE(std::filesystem::exists(folder / "a.tmp"));
}

namespace {

// Two owners that send each other a number; enough state for a snapshot of a few hundred bytes.
struct PingPong {
    explicit PingPong(std::uint64_t rows = 2) : system(2, "pingpong") {
        system.on_channels = [this](ChannelList& list) {
            list.add(system.entity(0), system.entity(1), whole_seconds(1));
            list.add(system.entity(1), system.entity(0), whole_seconds(1));
        };
        system.on_allocate = [this, rows](StateStore& store) {
            row = store.create<std::uint64_t>("pingpong.row", rows);
        };
        system.on_start = [this](EpochContext& epoch) { epoch.post(system.entity(0), {}, 0, 1); };
        system.on_handle = [this](Context& context, const Event& event) {
            row[event.owner_index()] += event.payload;
            context.send(system.entity(1 - event.owner_index()), context.now() + whole_seconds(1),
                         0, event.payload + 1);
        };
        simulator.add_system(system);
        simulator.build();
    }
    ScriptedSystem system;
    StateArray<std::uint64_t> row;
    Simulator simulator{{}};
};

}  // namespace

TEST_CASE("every flipped byte of a whole run's snapshot is found on load") {
    const TemporaryFolder folder;
    PingPong run;
    run.simulator.run_until(whole_seconds(10));
    run.simulator.save(folder / "a", "city 1");
    const std::string good = slurp(folder / "a");
    CHECK(good.size() < 2000);
    for (std::size_t i = 0; i < good.size(); ++i) {
        CAPTURE(i);
        std::string bad = good;
        bad[i] = static_cast<char>(bad[i] ^ 0x10);
        spill(folder / "b", bad);
        PingPong other;
        CHECK_THROWS_AS(other.simulator.load(folder / "b", "city 1"), CorruptFileError);
    }
}

TEST_CASE("a snapshot of another city or of other state is refused") {
    const TemporaryFolder folder;
    PingPong run;
    run.simulator.run_until(whole_seconds(10));
    run.simulator.save(folder / "a", "city 1");
    PingPong same, other_rows(3);
    CHECK_THROWS_AS(same.simulator.load(folder / "a", "city 2"), CorruptFileError);
    CHECK_THROWS_AS(other_rows.simulator.load(folder / "a", "city 1"), CorruptFileError);
    CHECK_NOTHROW(same.simulator.load(folder / "a", "city 1"));
    CHECK(same.simulator.now() == whole_seconds(10));
    CHECK(same.simulator.state_hash() == run.simulator.state_hash());
}

TEST_CASE("a load that failed half-way leaves a run that does not go on, until one succeeds") {
    const TemporaryFolder folder;
    PingPong run;
    run.simulator.run_until(whole_seconds(10));
    run.simulator.save(folder / "a", "city");
    std::string bad = slurp(folder / "a");
    // The last rows end where the table begins: what lies before them has been read by then.
    std::uint64_t table = 0;
    std::memcpy(&table, bad.data() + bad.size() - 40, 8);
    bad[table - 1] = static_cast<char>(bad[table - 1] ^ 1);
    spill(folder / "b", bad);
    PingPong other;
    CHECK_THROWS_AS(other.simulator.load(folder / "b", "city"), CorruptFileError);
    other.simulator.load(folder / "a", "city");
    other.simulator.run_until(whole_seconds(20));
    run.simulator.run_until(whole_seconds(20));
    CHECK(other.simulator.state_hash() == run.simulator.state_hash());
    other.row[0] = 99;
    CHECK_THROWS_AS(other.simulator.load(folder / "b", "city"), CorruptFileError);
    CHECK_THROWS_AS(other.simulator.run_until(whole_seconds(30)), InternalError);
    CHECK_THROWS_AS(other.simulator.save(folder / "c", "city"), InternalError);
}

TEST_CASE("a footer whose sizes wrap around is refused as corrupt") {
    const TemporaryFolder folder;
    PingPong run;
    run.simulator.save(folder / "a", "city");
    std::string bad = slurp(folder / "a");
    // Footer: table_offset, table_bytes, table_crc, file_bytes, magic.
    std::uint64_t place[2];
    std::memcpy(place, bad.data() + bad.size() - 40, 16);
    place[0] += std::uint64_t{1} << 63;
    place[1] += std::uint64_t{1} << 63;
    std::memcpy(bad.data() + bad.size() - 40, place, 16);
    spill(folder / "b", bad);
    CHECK_THROWS_AS(SnapshotReader(folder / "b"), CorruptFileError);
}

TEST_CASE("loading needs a built simulator") {
    const TemporaryFolder folder;
    PingPong run;
    run.simulator.save(folder / "a", "city");
    Simulator unbuilt({});
    CHECK_THROWS_AS(unbuilt.load(folder / "a", "city"), InternalError);
    CHECK_THROWS_AS(unbuilt.save(folder / "b", "city"), InternalError);
}

}  // namespace jiahe::kernel
