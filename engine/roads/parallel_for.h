// parallel_for: independent work items over a few threads at load time or in a solver.
//
// body(item, thread) is called once for every item in [0, count), in any order; thread is below
// `threads`, for scratch memory. Items may not touch what another writes: then the result is the
// same for any number of threads. Threads live for one call (about 30 us each): for work of
// milliseconds. Errors: the first exception thrown by a body ends the loop and is thrown again.
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace jiahe {

template <class Body>
void parallel_for(std::size_t count, int threads, const Body& body) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr error;
    std::mutex error_mutex;
    const auto work = [&](int thread) {
        try {
            for (std::size_t item = next++; item < count; item = next++)
                body(item, thread);
        } catch (...) {
            const std::lock_guard lock(error_mutex);
            if (!error) error = std::current_exception();
            next = count;
        }
    };
    {
        std::vector<std::jthread> others;
        for (int t = 1; t < threads && static_cast<std::size_t>(t) < count; ++t)
            others.emplace_back(work, t);
        work(0);
    }
    if (error) std::rethrow_exception(error);
}

}  // namespace jiahe
