// RFID gate: does it read this item? Items differ, and that is the point.
//
// Class g has a share s_g of the items and a probability p_g for each independent read (antenna or
// lap). An item keeps its class for ever, so k reads miss with sum of s_g (1 - p_g)^k, far more
// than (1 - mean p)^k would claim. Pure functions; draws by name. No state. Errors: InputError
// E-LOG-020 where shares do not sum to 1 or a probability is outside [0, 1]. Source: logistics
// sheet, section 2 (99 % always read, 1 % with p = 0.8: mean 0.998).
#pragma once

#include <vector>

#include "base/random.h"

namespace jiahe::logistics {

struct ReadClass {
    double share = 1;
    double read_probability = 1;
};

class ReadModel {
  public:
    ReadModel() : ReadModel({{0.99, 1.0}, {0.01, 0.8}}, 1) {}
    ReadModel(std::vector<ReadClass> classes, int reads);

    // Probability that an item drawn at random is missed by `reads` independent reads.
    double miss_probability(int reads) const;
    double miss_probability() const { return miss_probability(reads_); }
    double mean_read_probability() const;
    int reads() const { return reads_; }

    // `item` names the item (its class is its own for ever), `occasion` counts its passages.
    bool is_read(std::uint64_t seed, std::uint64_t item, std::uint64_t occasion) const;

  private:
    std::vector<ReadClass> classes_;
    int reads_;
};

}  // namespace jiahe::logistics
