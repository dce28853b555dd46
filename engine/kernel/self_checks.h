// SelfChecks: the kernel watches its models on request, at a price (--check-...).
//
// For tests, and wherever a result is in doubt: each check looks for one way in which a system may
// break a promise that exactness rests on. None changes a result. A breach is an InternalError that
// names owner, time and place. With `order`, handlers run twice from the same state; what they tell
// to listeners outside the state store they tell twice.
#pragma once

namespace jiahe::kernel {

struct SelfChecks {
    bool ownership = false;  // no two owners write a row within a window (one thread, slow)
    bool lookahead = false;  // every message keeps the delay of its own channel
    bool order = false;      // owners run in another order leave the same state (twice the work)
};

}  // namespace jiahe::kernel
