// The determinism matrix, for any system: threads x partitions x seeds x queues, cut and resumed.
//
// A case says how to put its systems on a simulator; the helpers below run it in every
// configuration and require one state hash a seed. tests/determinism/matrix.cmake makes a program
// of a case.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernel/simulator.h"
#include "support/temporary_folder.h"

namespace jiahe {

struct Configuration {
    int threads = 1;
    int partitions = 1;
    std::uint64_t seed = 1;
    kernel::QueueChoice queue = kernel::QueueChoice::kAutomatic;
};

// Systems that stand on a simulator of their own.
struct BuiltCase {
    virtual ~BuiltCase() = default;
    virtual kernel::Simulator& simulator() = 0;
};

// What a run left behind: the hash and whatever else must be equal in all configurations.
struct RunResult {
    kernel::StateHash hash;
    std::string evidence;  // such as counts and totals, may be empty
    bool operator==(const RunResult&) const = default;
};

struct DeterminismCase {
    std::string name;
    SimTime end;
    // Adds systems, channels, listeners and sinks; what it returns lives as long as the simulator.
    std::function<std::shared_ptr<void>(kernel::Simulator&)> assemble;
    // In place of it, where systems bring a simulator of their own: all of them, built.
    std::function<std::shared_ptr<BuiltCase>(const Configuration&)> build;
    // Read off after the run. May be empty.
    std::function<std::string(void*)> evidence;
    std::vector<int> threads = {1, 2, 8};
    std::vector<int> partitions = {1, 3, 16, 64};
    std::vector<std::uint64_t> seeds = {1, 2, 3};
    std::vector<kernel::QueueChoice> queues = {
        kernel::QueueChoice::kHeap, kernel::QueueChoice::kCalendar, kernel::QueueChoice::kWindows,
        kernel::QueueChoice::kAutomatic};
    bool every_queue = true;  // in each configuration; else they take turns
    int cut_count = 20;       // random times at which a run is cut, saved and resumed
};

// Toy windows are too small to be worth a second thread; here they get it.
inline constexpr std::uint64_t kParallelAlways = 0;

// A built simulator with its systems.
class CaseRun {
  public:
    CaseRun(const DeterminismCase& c, const Configuration& at)
        : case_(c), own_({at.seed, at.threads, at.partitions, kParallelAlways, at.queue}) {
        if (c.build) {
            auto built = c.build(at);
            simulator_ = &built->simulator();
            systems_ = built;
            return;
        }
        systems_ = c.assemble(own_);
        own_.build();
    }
    kernel::Simulator& simulator() { return *simulator_; }
    RunResult result() const {
        return {simulator_->state_hash(), case_.evidence ? case_.evidence(systems_.get()) : ""};
    }

  private:
    const DeterminismCase& case_;
    std::shared_ptr<void> systems_;  // outlives the simulator that refers to it
    kernel::Simulator own_;
    kernel::Simulator* simulator_ = &own_;
};

inline RunResult run_straight(const DeterminismCase& c, const Configuration& at) {
    CaseRun run(c, at);
    run.simulator().run_until(c.end);
    return run.result();
}

// Calls body(configuration) for the whole matrix.
template <class F>
void for_each_configuration(const DeterminismCase& c, F&& body) {
    std::size_t turn = 0;
    for (const std::uint64_t seed : c.seeds) {
        ++turn;  // so that a configuration meets another queue with the next seed
        for (const int threads : c.threads) {
            for (const int partitions : c.partitions) {
                for (std::size_t q = 0; q < (c.every_queue ? c.queues.size() : 1); ++q)
                    body(Configuration{threads, partitions, seed,
                                       c.queues[turn++ % c.queues.size()]});
            }
        }
    }
}

// Times in (0, end), the same in every run of the test; `part` tells tests apart.
inline std::vector<SimTime> cut_times(const DeterminismCase& c, std::uint64_t part) {
    std::vector<SimTime> times;
    for (int i = 0; i < c.cut_count; ++i) {
        const Draw draw(1, 0, part, static_cast<std::uint64_t>(i));
        times.push_back(
            {1 + static_cast<std::int64_t>(draw.below(static_cast<std::uint64_t>(c.end.us - 1)))});
    }
    return times;
}

// A configuration for the i-th trial, each of its values changing with i.
inline Configuration some_configuration(const DeterminismCase& c, std::size_t i) {
    return {c.threads[i % c.threads.size()], c.partitions[i / 2 % c.partitions.size()], c.seeds[0],
            c.queues[i % c.queues.size()]};
}

}  // namespace jiahe
