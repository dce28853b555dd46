// The volume-delay function of one link, BPR form, as static assignment needs it.
//
// Pure values. With flow v, capacity c, free-flow time t0 and weights for toll and length:
//   cost(v) = t0 (1 + B (v/c)^P) + w_toll toll + w_length length
// in the time unit of the file. A system optimum is the user equilibrium of the marginal costs
// cost(v) + v cost'(v), which for this form only scales B by P + 1.
// A link without capacity or without B (connectors) has a constant cost. Powers that are whole
// numbers are products, the others portable_pow: the same bits on every machine.
// Source: Bureau of Public Roads, Traffic Assignment Manual (1964); Beckmann et al. (1956).
#pragma once

#include "base/portable_math.h"

namespace jiahe {

class VolumeDelay {
  public:
    struct Parameters {
        double free_flow_time = 0, b = 0, power = 0, capacity = 0;
        double fixed_cost = 0;  // toll and length, weighted
    };
    VolumeDelay() = default;
    // REQUIRES: nothing negative; power 0 or at least 1.
    explicit VolumeDelay(const Parameters& p);

    // The marginal cost of this one, itself of the same form.
    VolumeDelay marginal() const;

    bool constant() const { return rise_ == 0; }
    double cost(double flow) const {
        const double ratio = flow * per_capacity_;
        return base_ + rise_ * (ratio * power_less_one(ratio));
    }
    // Derivative of cost by flow.
    double slope(double flow) const {
        return rise_ * power_ * per_capacity_ * power_less_one(flow * per_capacity_);
    }
    void cost_and_slope(double flow, double& cost, double& slope) const {
        const double ratio = flow * per_capacity_;
        const double less_one = power_less_one(ratio);
        cost = base_ + rise_ * (ratio * less_one);
        slope = rise_ * power_ * per_capacity_ * less_one;
    }
    // Integral of cost from 0 to flow: the link's part of Beckmann's objective.
    double integral(double flow) const {
        const double ratio = flow * per_capacity_;
        return flow * (base_ + rise_ * (ratio * power_less_one(ratio)) / (power_ + 1));
    }

  private:
    // ratio^(P - 1)
    double power_less_one(double ratio) const {
        if (whole_power_ == 4) return ratio * ratio * ratio;
        if (whole_power_ > 0) {
            double product = 1;
            for (int i = 1; i < whole_power_; ++i)
                product *= ratio;
            return product;
        }
        return ratio > 0 ? portable_pow(ratio, power_ - 1) : 0;
    }

    double base_ = 0, rise_ = 0, per_capacity_ = 0, power_ = 1;
    int whole_power_ = 1;  // 0: not a whole number, or a large one
};

}  // namespace jiahe
