// TaskTeam: the run's threads. The one place where the kernel meets its task library.
//
// A team of `threads` threads runs the indices of a loop, each exactly once, in any order; the
// caller is one of them. Where tasks throw, all others still run and the caller gets the exception
// of the least index: the same one in every run. Everything a task wrote is visible to the caller
// afterwards. More threads than cores are allowed.
// Lifecycle: one a Simulator.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace jiahe::kernel {

class TaskTeam {
  public:
    explicit TaskTeam(int threads);
    ~TaskTeam();
    int threads() const { return threads_; }

    // body(i) for each i in [0, count), one task each.
    void run_each(std::size_t count, const std::function<void(std::size_t)>& body);
    // body(begin, end) over [0, count) in chunks of at most `grain`.
    void run_chunks(std::size_t count, std::size_t grain,
                    const std::function<void(std::size_t, std::size_t)>& body);

  private:
    struct Arena;
    std::unique_ptr<Arena> arena_;
    int threads_;
};

}  // namespace jiahe::kernel
