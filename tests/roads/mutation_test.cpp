// Small good inputs, damaged in many ways: each mutant is loaded or refused, never worse. The
// mutants are named draws, so a failure names the copy that shows it again.
#include <doctest/doctest.h>

#include <fstream>
#include <functional>
#include <optional>
#include <sstream>

#include "base/error.h"
#include "base/random.h"
#include "roads/gmns_demand.h"
#include "roads/network_gpkg.h"
#include "roads/network_source.h"
#include "roads/od_table.h"
#include "support/temporary_folder.h"

using namespace jiahe;
namespace fs = std::filesystem;

namespace {

constexpr Purpose kMutate = 2;
const fs::path kLayers = JIAHE_SOURCE_DIR "/tests/bad/layers";

// Pieces that readers of numbers and tables trip over.
constexpr std::string_view kPieces[] = {
    "-1",       "0",  "1e400", "nan", "inf", "99999999999999999999",
    ",",        ",,", ";",     "\"",  "\n",  "\r\n",
    "\t",       ":",  "<",     ">",   "/>",  "&",
    "\xFF\xFE", "嘉"};

std::string slurp(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// A new file each time: some file systems flush one that is written over.
void spill(const fs::path& path, const std::string& bytes) {
    fs::remove(path);
    std::ofstream(path, std::ios::binary) << bytes;
}

struct Mutator {
    std::uint64_t copy;
    std::uint32_t next = 0;

    std::uint64_t below(std::uint64_t n) { return Draw(11, kMutate, copy, 0).below(n, next++); }

    void delete_row(std::string& bytes, std::size_t at) {
        const std::size_t begin = bytes.rfind('\n', at);
        const std::size_t end = bytes.find('\n', at);
        const std::size_t first = begin == std::string::npos ? 0 : begin + 1;
        bytes.erase(first, end == std::string::npos ? std::string::npos : end + 1 - first);
    }

    void once(std::string& bytes) {
        const std::size_t at = below(bytes.size() + 1);
        const std::size_t span = std::min<std::size_t>(below(16), bytes.size() - at);
        switch (below(7)) {
            case 0:
                bytes.erase(at, span);
                break;
            case 1:
                bytes.insert(at, kPieces[below(std::size(kPieces))]);
                break;
            case 2:
                bytes.replace(at, span, kPieces[below(std::size(kPieces))]);
                break;
            case 3:
                delete_row(bytes, at);
                break;
            case 4:
                if (at < bytes.size()) bytes[at] = static_cast<char>(below(256));
                break;
            case 5:
                if (at < bytes.size())
                    bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1u << below(8)));
                break;
            default:
                if (below(3) == 0) bytes.resize(at);
                break;
        }
        if (bytes.empty()) bytes.push_back(' ');
    }
};

struct Tally {
    int loaded = 0, refused = 0;
};

// Damages one of the files of a folder, copy by copy, and loads.
Tally try_mutants(const fs::path& folder, const std::vector<std::string>& files, int copies,
                  const std::function<void()>& load) {
    std::vector<std::string> good;
    for (const std::string& file : files)
        good.push_back(slurp(folder / file));
    REQUIRE_NOTHROW(load());
    Tally tally;
    for (int copy = 0; copy < copies; ++copy) {
        CAPTURE(copy);
        Mutator mutator{static_cast<std::uint64_t>(copy)};
        const std::size_t chosen = mutator.below(files.size());
        std::string bytes = good[chosen];
        const std::uint64_t edits = 1 + mutator.below(3);
        for (std::uint64_t i = 0; i < edits; ++i)
            mutator.once(bytes);
        spill(folder / files[chosen], bytes);
        try {
            load();
            ++tally.loaded;
        } catch (const InputError& error) {
            ++tally.refused;
            REQUIRE_FALSE(error.faults().empty());
            CHECK_FALSE(error.faults()[0].code.empty());
            CHECK_FALSE(error.faults()[0].place.file.empty());
            CHECK_FALSE(error.faults()[0].message.empty());
        } catch (const Error& error) {
            ++tally.refused;
            const bool fits =
                error.exit_code() == ExitCode::kIo || error.exit_code() == ExitCode::kCorrupt;
            CHECK_MESSAGE(fits, error.what());
        } catch (const std::exception& error) {
            FAIL("a foreign exception: " << error.what());
        }
        spill(folder / files[chosen], good[chosen]);
    }
    return tally;
}

void load_all(const fs::path& path) {
    ImportReport report;
    load_network(path, {}, report);
}

void check(const char* kind, const Tally& tally) {
    MESSAGE(std::string(kind), ": ", tally.loaded, " loaded, ", tally.refused, " refused");
    CHECK(tally.loaded > 0);
    CHECK(tally.refused > tally.loaded / 20);
}

}  // namespace

TEST_CASE("damaged OpenStreetMap files are loaded or refused") {
    for (const char* name : {"town.osm", "town.osm.pbf"}) {
        const TemporaryFolder folder;
        fs::copy_file(kLayers / name, folder / name);
        const fs::path file = folder / name;
        check(name, try_mutants(file.parent_path(), {name}, 400, [&] { load_all(file); }));
    }
}

TEST_CASE("damaged GMNS folders are loaded or refused") {
    const TemporaryFolder folder;
    const fs::path town = folder / "town";
    fs::copy(kLayers / "town", town);
    check("GMNS",
          try_mutants(town,
                      {"config.csv", "node.csv", "link.csv", "movement.csv", "signal_phases.csv"},
                      1000, [&] { load_all(town); }));
}

TEST_CASE("damaged TNTP files are loaded or refused") {
    const TemporaryFolder folder;
    const fs::path pair = folder / "pair";
    fs::copy(kLayers / "pair", pair);
    check("TNTP", try_mutants(pair, {"pair_net.tntp", "pair_trips.tntp"}, 800,
                              [&] { load_all(pair / "pair_net.tntp"); }));
}

TEST_CASE("damaged GeoPackages are loaded or refused") {
    const TemporaryFolder folder;
    ImportReport report;
    const fs::path file = folder / "town.gpkg";
    write_network_gpkg(load_network_data(kLayers / "town", {}, report), file);
    check("GeoPackage",
          try_mutants(file.parent_path(), {"town.gpkg"}, 300, [&] { load_all(file); }));
}

TEST_CASE("damaged tables of trips, plain and gzipped, are loaded or refused") {
    const TemporaryFolder folder;
    ImportReport report;
    const RoadGraph graph = load_network(kLayers / "town", {}, report);
    for (const char* name : {"routes.csv", "trips.csv", "trips_good.csv.gz", "od_good.csv"})
        fs::copy_file(kLayers / name, folder / name);
    const fs::path at = fs::path(folder / "x").parent_path();
    check("trips and routes", try_mutants(at, {"trips.csv", "routes.csv"}, 500, [&] {
              read_gmns_demand(graph, at / "trips.csv", at / "routes.csv");
          }));
    check("gzipped trips", try_mutants(at, {"trips_good.csv.gz"}, 300, [&] {
              read_gmns_demand(graph, at / "trips_good.csv.gz", at / "routes.csv");
          }));
    OdOptions options;
    options.slices = {{0, 3600, 1}};
    options.scale = 0.001;  // a mutant may ask for millions of trips
    check("OD table", try_mutants(at, {"od_good.csv"}, 500,
                                  [&] { read_od_table(graph, at / "od_good.csv", options); }));
}
