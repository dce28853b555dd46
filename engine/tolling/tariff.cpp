#include "tolling/tariff.h"

#include <fmt/format.h>

#include "base/error.h"

namespace jiahe::tolling {
namespace {

constexpr double kFeeFenMax = 1e9;  // 10 million yuan for one section is a slip of the pen

[[noreturn]] void refuse(const char* code, const std::string& section, const std::string& what,
                         const std::string& hint) {
    throw InputError(InputFault{code, {"", 0, 0, "section " + section}, what, hint});
}

}  // namespace

Tariff::Tariff(std::span<const SectionSpec> sections, const TariffRates& rates,
               std::uint32_t road_owner_count)
    : road_owner_count_(road_owner_count) {
    for (const double rate : rates.fen_per_km) {
        if (!(rate >= 0 && rate < 1e6)) {
            refuse("E-TOL-010", "rates", fmt::format("a rate of {} fen/km", rate),
                   "rates are 0 or more");
        }
    }
    if (!(rates.etc_discount_share >= 0 && rates.etc_discount_share <= 1)) {
        refuse("E-TOL-010", "rates", fmt::format("a discount of {}", rates.etc_discount_share),
               "a discount lies between 0 and 1");
    }
    first_slot_.push_back(0);
    for (const SectionSpec& spec : sections)
        add_section(spec, rates);
}

void Tariff::add_section(const SectionSpec& spec, const TariffRates& rates) {
    if (!(spec.charged_km >= 0 && spec.charged_km < 1e5)) {
        refuse("E-TOL-011", spec.name, fmt::format("a length of {} km", spec.charged_km),
               "the charged length is 0 km or more");
    }
    std::vector<std::int64_t> weight;
    std::int64_t weight_sum = 0;
    for (const OwnerWeight& w : spec.owners) {
        if (!w.owner.valid() || w.owner.value >= road_owner_count_ || w.weight < 0) {
            refuse("E-TOL-012", spec.name, "an unknown road owner or a weight below 0",
                   fmt::format("there are {} road owners", road_owner_count_));
        }
        owner_.push_back(w.owner);
        weight.push_back(w.weight);
        weight_sum += w.weight;
    }
    if (weight.empty()) {
        owner_.push_back(RoadOwnerId(0));
        weight.push_back(weight_sum = 1);
    }
    if (weight_sum == 0) {
        refuse("E-TOL-012", spec.name, "all weights of its road owners are 0", "give one a weight");
    }
    first_slot_.push_back(static_cast<std::uint32_t>(owner_.size()));
    for (std::size_t c = 0; c < kTollClassCount; ++c) {
        Price price;
        if (spec.fixed_fee) {
            price.fee = (*spec.fixed_fee)[c];
        } else {
            price.fee = round_half_up(rates.fen_per_km[c] * spec.charged_km);
        }
        const auto fee = static_cast<double>(price.fee.value);
        if (!(fee >= 0 && fee <= kFeeFenMax)) {
            refuse("E-TOL-013", spec.name, fmt::format("a fee of {} fen", price.fee.value),
                   "fees lie between 0 and 10 million yuan");
        }
        price.discount = round_half_up(rates.etc_discount_share * fee);
        price_.push_back(price);
        for (const Fen part : split_by_weights(price.fee, weight))
            fee_share_.push_back(part);
        for (const Fen part : split_by_weights(price.discount, weight)) {
            discount_share_.push_back(part);
        }
    }
}

std::size_t Tariff::slot(SectionId section, TollClass c) const {
    const std::size_t first = first_slot_[section.index()];
    const std::size_t owners = first_slot_[section.index() + 1] - first;
    return first * kTollClassCount + index_of(c) * owners;
}

std::span<const RoadOwnerId> Tariff::owners(SectionId section) const {
    const std::size_t first = first_slot_[section.index()];
    return {owner_.data() + first, first_slot_[section.index() + 1] - first};
}

std::span<const Fen> Tariff::fee_shares(SectionId section, TollClass c) const {
    return {fee_share_.data() + slot(section, c), owners(section).size()};
}

std::span<const Fen> Tariff::discount_shares(SectionId section, TollClass c) const {
    return {discount_share_.data() + slot(section, c), owners(section).size()};
}

}  // namespace jiahe::tolling
