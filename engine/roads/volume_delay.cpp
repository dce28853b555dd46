#include "roads/volume_delay.h"

namespace jiahe {

namespace {

constexpr int kMaxWholePower = 16;

}  // namespace

VolumeDelay::VolumeDelay(const Parameters& p) : base_(p.free_flow_time + p.fixed_cost) {
    if (p.capacity <= 0 || p.b == 0) return;
    if (p.power == 0) {  // (v/c)^0 = 1
        base_ += p.free_flow_time * p.b;
        return;
    }
    rise_ = p.free_flow_time * p.b;
    per_capacity_ = 1 / p.capacity;
    power_ = p.power;
    whole_power_ = 0;
    for (int whole = 1; whole <= kMaxWholePower; ++whole) {
        if (p.power == whole) whole_power_ = whole;
    }
}

VolumeDelay VolumeDelay::marginal() const {
    VolumeDelay other = *this;
    other.rise_ *= power_ + 1;
    return other;
}

}  // namespace jiahe
