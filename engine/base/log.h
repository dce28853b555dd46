// The logging hook: the core prints nothing; programs decide where messages go.
//
// A LogSink is passed by constructor or options; the default one drops everything. Messages are
// one line, without a trailing newline. Thread-safe only if the sink is.
#pragma once

#include <functional>
#include <string>

namespace jiahe {

enum class LogLevel : unsigned char { kDebug, kInfo, kWarning };

using LogSink = std::function<void(LogLevel, const std::string&)>;

// A sink that forgets.
inline void drop_log(LogLevel, const std::string&) {}

}  // namespace jiahe
