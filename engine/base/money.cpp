#include "base/money.h"

#include <cmath>

#include "base/check.h"

namespace jiahe {

Fen round_half_up(double fen) {
    JIAHE_CHECK(fen >= 0 && std::isfinite(fen), "a fee must be finite and not negative");
    return {static_cast<std::int64_t>(std::floor(fen + 0.5))};
}

std::vector<Fen> split_by_weights(Fen total, std::span<const std::int64_t> weights) {
    __extension__ using Wide = __int128;
    std::int64_t sum = 0;
    for (const std::int64_t w : weights) {
        JIAHE_CHECK(w >= 0, "negative weight");
        sum += w;
    }
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
