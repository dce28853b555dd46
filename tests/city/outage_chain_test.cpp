// The coupling test (issue 3): a network outage of an hour costs parcels their promise.
//
// The chain: backhaul of a toll station fails -> units cannot be checked -> after ten minutes of
// grace vehicles are served by hand -> a queue -> vans in it -> parcels late. Ten replications with
// common random numbers: a pair of runs differs by the scripted event alone. The station (entry and
// exit share one site and one backhaul) is the one with the most passages within the hour in an
// undisturbed run of seed 1, which is no replication; benchmarks/outage_chain.py does the same for
// any scenario.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <map>

#include "city/run.h"
#include "results/results_reader.h"
#include "support/temporary_folder.h"

namespace jiahe::city {
namespace {

namespace fs = std::filesystem;

constexpr double kStudent = 2.262;  // 97.5 % quantile of t with 9 degrees of freedom
constexpr std::uint64_t kFirstSeed = 21, kLastSeed = 30;  // the scenario was made on seeds 1-10
constexpr double kFail_s = 7.5 * 3600, kUntil_s = 8.5 * 3600, kEnd_s = 12 * 3600;

std::string outage_of(const std::string& station) {
    const auto event = [&](const char* side) {
        return fmt::format(
            "{{time: \"07:30\", until: \"08:30\", action: fail, "
            "target: {{kind: backhaul, name: plaza-{}-{}}}}}",
            station, side);
    };
    return fmt::format("events=[{}, {}]", event("entry"), event("exit"));
}

std::string station_of(const std::string& plaza) {
    return plaza.substr(0, plaza.rfind('-'));
}

RunOptions outage_town(const fs::path& out, std::uint64_t seed,
                       const std::string& failing_station) {
    RunOptions options;
    options.scenario = fs::path(JIAHE_SOURCE_DIR) / "scenarios" / "town" / "outage.yaml";
    options.out = out;
    options.seed = seed;
    if (!failing_station.empty()) options.overrides.push_back(outage_of(failing_station));
    return options;
}

// Parcels that were promised for a time before the run's end and not delivered by then. A delivery
// that never came is NaN.
double late_parcels(const fs::path& run) {
    const results::ResultsReader reader((run / "results.h5").string());
    const auto promised_s = reader.doubles_or_empty("/logistics/parcels", "promised_s");
    const auto delivered_s = reader.doubles_or_empty("/logistics/parcels", "delivered_s");
    REQUIRE(promised_s.size() == delivered_s.size());
    double count = 0;
    for (std::size_t p = 0; p < promised_s.size(); ++p)
        count += promised_s[p] <= kEnd_s && !(delivered_s[p] <= promised_s[p]) ? 1 : 0;
    return count;
}

// Passages and delays of plazas over a run, as in results.h5.
struct PlazaTable {
    std::vector<std::string> name;
    std::vector<double> time_s;
    std::vector<std::int64_t> passages;  // time x plaza
    std::vector<double> delay_s;         // NaN where no passage

    explicit PlazaTable(const fs::path& run) {
        const results::ResultsReader reader((run / "results.h5").string());
        name = reader.texts_or_empty("/tolling", "plaza_name");
        time_s = reader.doubles_or_empty("/tolling", "time");
        passages = reader.integers_or_empty("/tolling", "passages");
        delay_s = reader.doubles_or_empty("/tolling", "delay");
        REQUIRE(passages.size() == name.size() * time_s.size());
        REQUIRE(delay_s.size() == passages.size());
    }

    // Of vehicles that came within the hour of the outage.
    template <class Add>
    void each_in_outage(Add&& add) const {
        for (std::size_t i = 0; i < passages.size(); ++i) {
            const double at_s = time_s[i / name.size()];
            if (at_s < kFail_s || at_s >= kUntil_s || passages[i] == 0) continue;
            add(station_of(name[i % name.size()]), static_cast<double>(passages[i]), delay_s[i]);
        }
    }

    double mean_delay_s(const std::string& station) const {
        double delay = 0, count = 0;
        each_in_outage([&](const std::string& at, double vehicles, double mean_s) {
            if (at != station) return;
            delay += vehicles * mean_s;
            count += vehicles;
        });
        REQUIRE(count > 0);
        return delay / count;
    }
};

std::string busiest_station(const PlazaTable& table) {
    std::map<std::string, double> vehicles;
    table.each_in_outage(
        [&](const std::string& at, double count, double) { vehicles[at] += count; });
    REQUIRE_FALSE(vehicles.empty());
    std::string best = vehicles.begin()->first;
    for (const auto& [station, count] : vehicles) {
        MESSAGE(station << ": " << count << " passages from 07:30 to 08:30");
        if (count > vehicles[best]) best = station;
    }
    return best;
}

struct Figures {
    double mean_delay_s = 0;
    double late = 0;  // parcels
};

Figures replicate(std::uint64_t seed, const std::string& station, bool fails) {
    const TemporaryFolder folder;
    const RunOutcome run =
        run_scenario(outage_town(folder / "run", seed, fails ? station : std::string()));
    CHECK(run.indicators.balances());
    return {PlazaTable(run.folder).mean_delay_s(station), late_parcels(run.folder)};
}

struct Interval {
    double mean = 0, half_width = 0;
};

Interval paired_interval(const std::vector<double>& difference) {
    const auto n = static_cast<double>(difference.size());
    double sum = 0, squares = 0;
    for (const double d : difference)
        sum += d;
    for (const double d : difference)
        squares += (d - sum / n) * (d - sum / n);
    return {sum / n, kStudent * std::sqrt(squares / (n - 1)) / std::sqrt(n)};
}

std::string listed(const std::vector<double>& values) {
    std::string text;
    for (const double v : values)
        text += fmt::format(" {:.1f}", v);
    return text;
}

// Bits, not values: a NaN is equal to itself.
template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
    if constexpr (std::is_same_v<T, std::string>) {
        return a == b;
    } else {
        return a.size() == b.size() &&
               (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0);
    }
}

// Compares every column of a group and of those below it; returns how many there are.
int compare_groups(const results::ResultsReader& a, const results::ResultsReader& b,
                   const std::string& group) {
    int compared = 0;
    REQUIRE(a.columns_of(group) == b.columns_of(group));
    REQUIRE(a.groups_of(group) == b.groups_of(group));
    for (const std::string& name : a.columns_of(group)) {
        const auto left = a.read(group, name), right = b.read(group, name);
        INFO(group << " " << name);
        REQUIRE(left.values.index() == right.values.index());
        const bool same = std::visit(
            [&](const auto& values) {
                return same_bits(values, std::get<std::decay_t<decltype(values)>>(right.values));
            },
            left.values);
        CHECK(same);
        ++compared;
    }
    for (const std::string& name : a.groups_of(group))
        compared += compare_groups(a, b, group + "/" + name);
    return compared;
}

std::string station_to_fail() {
    const TemporaryFolder folder;
    return busiest_station(PlazaTable(run_scenario(outage_town(folder / "run", 1, "")).folder));
}

}  // namespace

TEST_CASE("an outage of a station's backhaul delays the station and makes parcels late") {
    const std::string station = station_to_fail();
    std::vector<double> delay_s, late;
    for (std::uint64_t seed = kFirstSeed; seed <= kLastSeed; ++seed) {
        const Figures with = replicate(seed, station, true);
        const Figures without = replicate(seed, station, false);
        delay_s.push_back(with.mean_delay_s - without.mean_delay_s);
        late.push_back(with.late - without.late);
        MESSAGE(fmt::format("seed {}: mean delay {:.1f} -> {:.1f} s, late parcels {:.0f} -> {:.0f}",
                            seed, without.mean_delay_s, with.mean_delay_s, without.late,
                            with.late));
    }
    const Interval delay = paired_interval(delay_s), lost = paired_interval(late);
    MESSAGE(fmt::format("rise of the mean delay, s:{}; mean {:.1f} +- {:.1f}", listed(delay_s),
                        delay.mean, delay.half_width));
    MESSAGE(fmt::format("fewer parcels on time:{}; mean {:.1f} +- {:.1f}", listed(late), lost.mean,
                        lost.half_width));
    CHECK(delay.mean - delay.half_width > 0);
    CHECK(lost.mean - lost.half_width > 0);
}

// The pending events of the script are part of the state, so the hashes of the two runs differ by
// right; every record that the systems have made by then has to be the same to the last bit.
TEST_CASE("an outage leaves every record before it as it was") {
    const std::string station = station_to_fail();
    const TemporaryFolder folder;
    RunOptions without = outage_town(folder / "without", 1, "");
    RunOptions with = outage_town(folder / "with", 1, station);
    without.until = with.until = SimTime{static_cast<std::int64_t>(kFail_s) * kMicrosPerSecond};
    const RunOutcome a = run_scenario(without), b = run_scenario(with);
    const results::ResultsReader left((a.folder / "results.h5").string());
    const results::ResultsReader right((b.folder / "results.h5").string());
    int compared = 0;
    for (const char* group : {"/traffic", "/tolling", "/telecom", "/logistics"}) {
        REQUIRE(left.has_group(group));
        REQUIRE(right.has_group(group));
        compared += compare_groups(left, right, group);
    }
    CHECK(compared > 30);
    CHECK_FALSE(left.integers_or_empty("/tolling/ledger", "entry").empty());
    REQUIRE(a.indicators.kpis.size() == b.indicators.kpis.size());
    for (std::size_t i = 0; i < a.indicators.kpis.size(); ++i) {
        INFO(a.indicators.kpis[i].name);
        CHECK(same_bits<double>({a.indicators.kpis[i].value}, {b.indicators.kpis[i].value}));
    }
    MESSAGE(
        compared << " columns and " << a.indicators.kpis.size()
                 << " indicators equal at 07:30; state hashes "
                 << std::string(a.state_hash == b.state_hash ? "equal" : "differ by the script"));
}

}  // namespace jiahe::city
