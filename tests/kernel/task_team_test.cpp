#include "kernel/task_team.h"

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <vector>

namespace jiahe::kernel {

TEST_CASE("each index runs once, for any number of threads and of indices") {
    for (const int threads : {1, 2, 8, 32}) {
        TaskTeam team(threads);
        for (const std::size_t count : {0, 1, 2, 7, 1000}) {
            std::vector<std::atomic<int>> runs(count);
            team.run_each(count, [&](std::size_t i) { ++runs[i]; });
            for (const auto& n : runs)
                CHECK(n == 1);
        }
    }
}

TEST_CASE("chunks cover the range and are no longer than the grain") {
    TaskTeam team(3);
    for (const std::size_t grain : {0, 1, 10, 5000}) {
        std::vector<std::atomic<int>> runs(1003);
        std::atomic<std::size_t> longest = 0;
        team.run_chunks(runs.size(), grain, [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i)
                ++runs[i];
            std::size_t seen = longest;
            while (seen < end - begin && !longest.compare_exchange_weak(seen, end - begin)) {
            }
        });
        for (const auto& n : runs)
            CHECK(n == 1);
        CHECK(longest <= std::max<std::size_t>(grain, 1));
    }
}

TEST_CASE("of what tasks throw, the caller gets the first by index") {
    for (const int threads : {1, 4}) {
        TaskTeam team(threads);
        const auto fail = [](std::size_t i) {
            if (i >= 77) throw std::runtime_error(std::to_string(i));
        };
        for (int round = 0; round < 20; ++round)
            CHECK_THROWS_WITH(team.run_each(100, fail), "77");
        std::atomic<int> runs = 0;
        team.run_each(100, [&](std::size_t) { ++runs; });
        CHECK(runs == 100);
    }
}

TEST_CASE("teams of different sizes live side by side") {
    TaskTeam one(1), four(4);
    std::atomic<int> runs = 0;
    for (int round = 0; round < 100; ++round) {
        one.run_each(10, [&](std::size_t) { ++runs; });
        four.run_each(10, [&](std::size_t) { ++runs; });
    }
    CHECK(runs == 2000);
}

}  // namespace jiahe::kernel
