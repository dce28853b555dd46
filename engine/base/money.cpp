#include "base/money.h"

#include <cmath>
#include <limits>

#include "base/check.h"

namespace jiahe {

Fen round_half_up(double fen) {
    JIAHE_CHECK(fen >= 0 && fen < 0x1.0p62, "a fee must be finite and not negative");
    const double whole = std::floor(fen);  // not floor(fen + 0.5): that sum itself may round up
    return {static_cast<std::int64_t>(whole) + (fen - whole >= 0.5 ? 1 : 0)};
}

std::vector<Fen> split_by_weights(Fen total, std::span<const std::int64_t> weights) {
    __extension__ using Wide = __int128;
    Wide sum = 0;
    for (const std::int64_t w : weights) {
        JIAHE_CHECK(w >= 0, "negative weight");
        sum += w;
    }
    JIAHE_CHECK(sum <= std::numeric_limits<std::int64_t>::max(), "weights too large");
    JIAHE_CHECK(sum > 0 && total.value >= 0, "nothing to share by");
    std::vector<Fen> parts;
    parts.reserve(weights.size());
    std::int64_t weight_so_far = 0;
    std::int64_t given = 0;
    for (const std::int64_t w : weights) {
        weight_so_far += w;
        const auto upto = static_cast<std::int64_t>(Wide{total.value} * weight_so_far / sum);
        parts.push_back({upto - given});
        given = upto;
    }
    return parts;
}

}  // namespace jiahe
