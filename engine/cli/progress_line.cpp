#include "cli/progress_line.h"

#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace jiahe::cli {
namespace {

volatile std::sig_atomic_t stop_requested = 0;  // the one thing that a signal handler may touch

extern "C" void on_stop_signal(int signal) {
    stop_requested = signal;
    std::signal(signal, SIG_DFL);
}

std::string count_text(double n) {
    if (n >= 1e6) return fmt::format("{:.1f} M", n * 1e-6);
    if (n >= 1e4) return fmt::format("{:.0f} k", n * 1e-3);
    return fmt::format("{:.0f}", n);
}

std::string duration_text(double seconds) {
    if (seconds < 120) return fmt::format("{:.0f} s", seconds);
    if (seconds < 7200) return fmt::format("{:.0f} min", seconds / 60);
    return fmt::format("{:.1f} h", seconds / 3600);
}

double crossings_per_s(const city::Progress& p, const city::UnderWay& counts) {
    return p.wall_s > 0 ? static_cast<double>(counts.crossings - p.crossings_at_begin) / p.wall_s
                        : 0;
}

std::string json_text(const city::Progress& p, const city::UnderWay& counts) {
    return fmt::format(
        "{{\"event\":\"progress\",\"clock\":\"{}\",\"end\":\"{}\",\"done\":{:.4f},\"wall_s\":{:.1f}"
        ","
        "\"real_time_factor\":{:.1f},\"crossings\":{},\"crossings_per_s\":{:.0f},\"vehicles\":{},"
        "\"parcels\":{},\"flows\":{},\"eta_s\":{:.1f}}}",
        clock_text(p.clock), clock_text(p.end), p.done, p.wall_s, p.real_time_factor(),
        counts.crossings, crossings_per_s(p, counts), counts.vehicles, counts.parcels, counts.flows,
        p.eta_s());
}

std::string line_text(const city::Progress& p, const city::UnderWay& counts) {
    return fmt::format(
        "{} of {}  {:3.0f} %  {:.0f}x real time  {} crossings/s  {} vehicles  {} "
        "parcels  {} flows  ETA {}",
        clock_text(p.clock), clock_text(p.end), 100 * p.done, p.real_time_factor(),
        count_text(crossings_per_s(p, counts)), count_text(static_cast<double>(counts.vehicles)),
        count_text(static_cast<double>(counts.parcels)),
        count_text(static_cast<double>(counts.flows)), duration_text(p.eta_s()));
}

std::chrono::milliseconds pause_of(ProgressStyle style) {
    return std::chrono::milliseconds(style == ProgressStyle::kLine ? 200 : 10'000);
}

}  // namespace

std::string clock_text(SimTime t) {
    const std::int64_t s = t.us / kMicrosPerSecond;
    return fmt::format("{:02d}:{:02d}", s / 3600, s / 60 % 60);
}

void log_as_json(LogLevel level, const std::string& text) {
    if (level == LogLevel::kDebug) return;
    const nlohmann::ordered_json line = {
        {"event", "log"},
        {"level", level == LogLevel::kWarning ? "warning" : "info"},
        {"text", text}};
    fmt::print(stderr, "{}\n",
               line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void catch_stop_signals() {
    std::signal(SIGINT, on_stop_signal);
    std::signal(SIGTERM, on_stop_signal);
}

int stop_signal() {
    return stop_requested;
}

void ProgressLine::print(const city::Progress& p) const {
    const city::UnderWay counts = p.under_way();
    switch (style_) {
        case ProgressStyle::kJson:
            fmt::print(stderr, "{}\n", json_text(p, counts));
            break;
        case ProgressStyle::kLine:
            fmt::print(stderr, "\r\033[K{}", line_text(p, counts));
            break;
        case ProgressStyle::kLog:
            fmt::print(stderr, "{}\n", line_text(p, counts));
            break;
        case ProgressStyle::kQuiet:
            break;
    }
    std::fflush(stderr);
}

bool ProgressLine::show(const city::Progress& progress) {
    if (stop_requested != 0) return false;
    if (style_ == ProgressStyle::kQuiet) return true;
    const auto now = std::chrono::steady_clock::now();
    const bool is_last = progress.clock >= progress.end;
    if (shown_ && !is_last && now - last_ < pause_of(style_)) return true;
    last_ = now;
    shown_ = true;
    print(progress);
    return true;
}

void ProgressLine::finish() {
    if (style_ == ProgressStyle::kLine && shown_) fmt::print(stderr, "\n");
}

}  // namespace jiahe::cli
