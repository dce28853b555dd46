#include "logistics/rfid.h"

#include <cmath>

#include "base/error.h"
#include "logistics/purposes.h"

namespace jiahe::logistics {
namespace {

constexpr std::uint64_t kClassOccasion = 0;  // passages count from 1

double power(double base, int exponent) {
    double product = 1;
    for (int i = 0; i < exponent; ++i)
        product *= base;
    return product;
}

}  // namespace

ReadModel::ReadModel(std::vector<ReadClass> classes, int reads)
    : classes_(std::move(classes)), reads_(reads) {
    double sum = 0;
    bool valid = reads >= 1 && reads <= 1000;
    for (const ReadClass& c : classes_) {
        sum += c.share;
        valid = valid && c.share >= 0 && c.read_probability >= 0 && c.read_probability <= 1;
    }
    if (valid && std::abs(sum - 1) <= 1e-9) return;
    throw InputError(InputFault{"E-LOG-010",
                                {"", 0, 0, "read classes"},
                                "shares must sum to 1, probabilities lie in 0 to 1, reads in 1 to "
                                "1000",
                                ""});
}

double ReadModel::miss_probability(int reads) const {
    double miss = 0;
    for (const ReadClass& c : classes_)
        miss += c.share * power(1 - c.read_probability, reads);
    return miss;
}

double ReadModel::mean_read_probability() const {
    return 1 - miss_probability(1);
}

bool ReadModel::is_read(std::uint64_t seed, std::uint64_t item, std::uint64_t occasion) const {
    double u = Draw(seed, kDrawRead, item, kClassOccasion).uniform();
    const ReadClass* own = &classes_.back();
    for (const ReadClass& c : classes_) {
        own = &c;
        u -= c.share;
        if (u < 0) break;
    }
    if (own->read_probability >= 1) return true;
    const Draw draw(seed, kDrawRead, item, occasion + 1);
    return draw.bernoulli(1 - power(1 - own->read_probability, reads_));
}

}  // namespace jiahe::logistics
