#include "base/check.h"

#include <fmt/format.h>

#include "base/error.h"

namespace jiahe {

void check_failed(const char* condition, const char* file, int line, const std::string& message) {
    throw InternalError(fmt::format("{}:{}: check failed: {}: {}", file, line, condition, message));
}

}  // namespace jiahe
