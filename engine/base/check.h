// JIAHE_CHECK: an invariant of ours, on in release too; a broken one is our bug (exit code 6).
// JIAHE_DEBUG_CHECK: the same where the test is dear; on with -DJIAHE_DEBUG_CHECKS=ON.
// Bad input is never reported this way: loaders throw InputError (error.h). The message names the
// system, the entity and the time; it is only built where the condition fails.
#pragma once

#include <string>

namespace jiahe {

[[noreturn]] void check_failed(const char* condition, const char* file, int line,
                               const std::string& message);

}  // namespace jiahe

#define JIAHE_CHECK(condition, message)                                       \
    do {                                                                      \
        if (!(condition)) [[unlikely]] {                                      \
            ::jiahe::check_failed(#condition, __FILE__, __LINE__, (message)); \
        }                                                                     \
    } while (false)

#ifdef JIAHE_DEBUG_CHECKS
#define JIAHE_DEBUG_CHECK(condition, message) JIAHE_CHECK(condition, message)
#else
#define JIAHE_DEBUG_CHECK(condition, message) ((void)0)
#endif
