#include "coupling/network_delay_slows_toll_replies.h"

#include <cmath>

namespace jiahe::coupling {

void NetworkDelaySlowsTollReplies::allocate(kernel::StateStore& store) {
    delay_s_ = store.create<double>("coupling.toll_path_delay", plaza_count_);
}

void NetworkDelaySlowsTollReplies::publish(std::size_t, kernel::EpochContext&) {
    for (std::uint32_t p = 0; p < plaza_count_; ++p) {
        const double reply_s = reply_time_(p);
        delay_s_[p] = std::isfinite(reply_s) ? reply_s : 0;
    }
}

}  // namespace jiahe::coupling
