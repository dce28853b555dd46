// The matrix that jiahe_determinism_matrix gives to a case.
#include "support/determinism.h"

namespace jiahe {

DeterminismCase determinism_case();

TEST_CASE("the state is the same for every number of threads and partitions") {
    const DeterminismCase c = determinism_case();
    std::uint64_t seed = 0;
    RunResult expected, of_seed_before;
    for_each_configuration(c, [&](const Configuration& at) {
        CAPTURE(at.threads);
        CAPTURE(at.partitions);
        CAPTURE(at.seed);
        CAPTURE(static_cast<int>(at.queue));
        const RunResult result = run_straight(c, at);
        if (at.seed != seed) {
            CHECK(result.hash != of_seed_before.hash);  // another seed, another city
            of_seed_before = expected = result;
            seed = at.seed;
        }
        CHECK(result.hash.to_hex() == expected.hash.to_hex());
        CHECK(result.evidence == expected.evidence);
    });
}

TEST_CASE("where a run is cut does not show in its state") {
    const DeterminismCase c = determinism_case();
    const RunResult expected = run_straight(c, {.seed = c.seeds[0]});
    const std::vector<SimTime> cuts = cut_times(c, 1);
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        const Configuration at = some_configuration(c, i);
        CAPTURE(at.threads);
        CAPTURE(at.partitions);
        CAPTURE(cuts[i].us);
        CaseRun run(c, at);
        run.simulator().run_until(cuts[i]);
        run.simulator().run_until(cuts[i]);
        run.simulator().run_until(cuts[i] + kTick);
        run.simulator().run_until(c.end);
        CHECK(run.result() == expected);
    }
}

TEST_CASE("a run stopped at every epoch and continued equals a straight one") {
    const DeterminismCase c = determinism_case();
    const RunResult expected = run_straight(c, {.seed = c.seeds[0]});
    for (std::size_t i = 0; i < c.partitions.size(); ++i) {
        CaseRun run(c, some_configuration(c, 2 * i));
        while (!run.simulator().run_until(c.end, [](SimTime) { return false; })) {
            if (run.simulator().now() >= c.end) break;
        }
        CHECK(run.simulator().now() == c.end);
        CHECK(run.result() == expected);
    }
}

TEST_CASE("run = run to t, save, load elsewhere, run on, for any t and any configurations") {
    const DeterminismCase c = determinism_case();
    const RunResult expected = run_straight(c, {.seed = c.seeds[0]});
    const std::vector<SimTime> cuts = cut_times(c, 2);
    const TemporaryFolder folder;
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        const Configuration before = some_configuration(c, i);
        const Configuration after = some_configuration(c, i + 3);
        CAPTURE(before.partitions);
        CAPTURE(after.partitions);
        CAPTURE(cuts[i].us);
        const std::string path = folder / "snapshot";
        RunResult at_cut;
        {
            CaseRun run(c, before);
            run.simulator().run_until(cuts[i]);
            at_cut = run.result();
            run.simulator().save(path, c.name);
        }
        CaseRun resumed(c, after);
        resumed.simulator().load(path, c.name);
        CHECK(resumed.simulator().now() == cuts[i]);
        CHECK(resumed.result() == at_cut);
        resumed.simulator().run_until(c.end);
        CHECK(resumed.result() == expected);
    }
}

TEST_CASE("a simulator that ran to its end may be set back by a snapshot") {
    const DeterminismCase c = determinism_case();
    const TemporaryFolder folder;
    CaseRun run(c, some_configuration(c, 3));
    run.simulator().run_until({c.end.us / 3});
    run.simulator().save(folder / "snapshot", c.name);
    run.simulator().run_until(c.end);
    const RunResult expected = run.result();
    run.simulator().load(folder / "snapshot", c.name);
    run.simulator().run_until(c.end);
    CHECK(run.result() == expected);
}

}  // namespace jiahe
