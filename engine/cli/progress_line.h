// ProgressLine: how a run tells where it is: one rewritten line on a terminal, a plain log line now
// and then elsewhere, JSON lines on demand, nothing when quiet.
//
// Owned by the program; called on the main thread at epochs. Writes to stderr; results go to
// stdout. Also holds the stop flag that SIGINT and SIGTERM set: a run is then sealed, exit 130 or
// 143; the same signal a second time ends the program at once.
#pragma once

#include <chrono>
#include <string>

#include "base/log.h"
#include "city/run.h"

namespace jiahe::cli {

enum class ProgressStyle : unsigned char { kLine, kLog, kJson, kQuiet };

class ProgressLine {
  public:
    explicit ProgressLine(ProgressStyle style) : style_(style) {}
    // False where a signal asks to stop.
    bool show(const city::Progress& progress);
    void finish();

  private:
    void print(const city::Progress& progress) const;
    ProgressStyle style_;
    std::chrono::steady_clock::time_point last_{};
    bool shown_ = false;
};

// "07:30"
std::string clock_text(SimTime time_of_day);
// One JSON object a line on stderr.
void log_as_json(LogLevel level, const std::string& text);

// Installs the handlers; stop_signal() is 0, SIGINT or SIGTERM.
void catch_stop_signals();
int stop_signal();

}  // namespace jiahe::cli
