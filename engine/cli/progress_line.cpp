#include "cli/progress_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

namespace jiahe::cli {
namespace {

volatile std::sig_atomic_t stop_requested = 0;  // the one thing that a signal handler may touch

extern "C" void on_stop_signal(int signal) {
    stop_requested = signal;
}

std::string clock_text(SimTime t) {
    const std::int64_t s = t.us / kMicrosPerSecond;
    return fmt::format("{:02d}:{:02d}", s / 3600, s / 60 % 60);
}

std::string count_text(double n) {
    if (n >= 1e6) return fmt::format("{:.1f} M", n * 1e-6);
    if (n >= 1e4) return fmt::format("{:.0f} k", n * 1e-3);
    return fmt::format("{:.0f}", n);
}

}  // namespace

void catch_stop_signals() {
    std::signal(SIGINT, on_stop_signal);
    std::signal(SIGTERM, on_stop_signal);
}

int stop_signal() {
    return stop_requested;
}

void ProgressLine::print(const city::Progress& p) const {
    const double simulated_s = p.done * (p.end - SimTime{0}).seconds();
    const double eta_s = p.done > 0 ? p.wall_s * (1 - p.done) / p.done : 0;
    const double factor = p.wall_s > 0 ? simulated_s / p.wall_s : 0;
    const double rate = p.wall_s > 0 ? static_cast<double>(p.crossings) / p.wall_s : 0;
    if (style_ == ProgressStyle::kJson) {
        fmt::print(stderr,
                   "{{\"clock\":\"{}\",\"done\":{:.4f},\"wall_s\":{:.1f},\"crossings\":{},"
                   "\"vehicles\":{},\"parcels\":{},\"flows\":{},\"eta_s\":{:.0f}}}\n",
                   clock_text(p.clock), p.done, p.wall_s, p.crossings, p.vehicles_under_way,
                   p.parcels_under_way, p.flows_under_way, eta_s);
        return;
    }
    const std::string text = fmt::format(
        "{} of {}  {:3.0f} %  {:.0f}x real time  {} crossings/s  {} vehicles  {} parcels  {} flows "
        " "
        "ETA {:.0f} s",
        clock_text(p.clock), clock_text(p.end), 100 * p.done, factor, count_text(rate),
        count_text(static_cast<double>(p.vehicles_under_way)),
        count_text(static_cast<double>(p.parcels_under_way)),
        count_text(static_cast<double>(p.flows_under_way)), eta_s);
    if (style_ == ProgressStyle::kLine) {
        fmt::print(stderr, "\r\033[K{}", text);
    } else {
        fmt::print(stderr, "{}\n", text);
    }
    std::fflush(stderr);
}

bool ProgressLine::show(const city::Progress& progress) {
    if (stop_requested != 0) return false;
    if (style_ == ProgressStyle::kQuiet) return true;
    const auto now = std::chrono::steady_clock::now();
    const auto pause = style_ == ProgressStyle::kLine ? std::chrono::milliseconds(200)
                                                      : std::chrono::milliseconds(5000);
    if (shown_ && now - last_ < pause) return true;
    last_ = now;
    shown_ = true;
    print(progress);
    return true;
}

void ProgressLine::finish() {
    if (style_ == ProgressStyle::kLine && shown_) fmt::print(stderr, "\n");
}

}  // namespace jiahe::cli
