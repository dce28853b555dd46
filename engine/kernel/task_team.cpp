#include "kernel/task_team.h"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <exception>
#include <mutex>
#include <optional>

#ifdef JIAHE_TELL_TSAN
extern "C" void __tsan_acquire(void* address);
extern "C" void __tsan_release(void* address);
#endif

namespace jiahe::kernel {
namespace {

// Neither the task library nor this file is built for ThreadSanitizer (its templates would be seen
// without the library's half). These two lines tell it what it then cannot see: that a loop's tasks
// come after what the caller did before and before what it does next.
void tell_before([[maybe_unused]] void* sync) {
#ifdef JIAHE_TELL_TSAN
    __tsan_release(sync);
#endif
}
void tell_after([[maybe_unused]] void* sync) {
#ifdef JIAHE_TELL_TSAN
    __tsan_acquire(sync);
#endif
}

}  // namespace

struct TaskTeam::Arena {
    explicit Arena(int threads) : arena(threads) {
        // The library makes no more threads than there are cores unless told to.
        if (threads > tbb::info::default_concurrency()) {
            control.emplace(tbb::global_control::max_allowed_parallelism,
                            static_cast<std::size_t>(threads));
        }
    }
    std::optional<tbb::global_control> control;
    tbb::task_arena arena;
};

TaskTeam::TaskTeam(int threads)
    : arena_(std::make_unique<Arena>(std::max(threads, 1))), threads_(std::max(threads, 1)) {}

TaskTeam::~TaskTeam() = default;

void TaskTeam::run_each(std::size_t count, const std::function<void(std::size_t)>& body) {
    if (threads_ == 1 || count < 2) {
        for (std::size_t i = 0; i < count; ++i)
            body(i);
        return;
    }
    char forked = 0, joined = 0;
    std::mutex mutex;
    std::size_t failed = count;  // least index whose task threw
    std::exception_ptr error;
    const auto run_one = [&](std::size_t i) {
        try {
            body(i);
        } catch (...) {
            const std::lock_guard lock(mutex);
            if (i < failed) {
                failed = i;
                error = std::current_exception();
            }
        }
    };
    tell_before(&forked);
    arena_->arena.execute([&] {
        tbb::parallel_for(
            tbb::blocked_range<std::size_t>(0, count, 1),
            [&](const auto& range) {
                tell_after(&forked);
                for (std::size_t i = range.begin(); i < range.end(); ++i)
                    run_one(i);
                tell_before(&joined);
            },
            tbb::simple_partitioner());
    });
    tell_after(&joined);
    if (error) std::rethrow_exception(error);
}

void TaskTeam::run_chunks(std::size_t count, std::size_t grain,
                          const std::function<void(std::size_t, std::size_t)>& body) {
    grain = std::max<std::size_t>(grain, 1);
    const std::size_t chunks = count / grain + (count % grain != 0 ? 1 : 0);
    const auto run_chunk = [&](std::size_t i) {
        body(i * grain, std::min(count, (i + 1) * grain));
    };
    run_each(chunks, std::cref(run_chunk));  // by reference: no allocation for what it captures
}

}  // namespace jiahe::kernel
