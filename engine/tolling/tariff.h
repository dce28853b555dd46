// Tariff: what passing a section costs, in whole fen, and how the fee is shared among road owners.
//
// fee(section, class) = rate(class) * charged km, or a fixed price per section and class; rounded
// half up to whole fen once per section. The ETC discount is a line of its own: round half up of
// share * fee. Shares of road owners are cumulative floors (base/money.h), computed once here, so
// that handlers only add integers.
// City lifecycle: immutable. Shapes: [section][class], [section][class][owner slot of the section].
//
// Invariants: 1. owner shares of a fee sum to the fee, those of a discount to the discount;
// 2. 0 <= discount <= fee. Errors: InputError E-TOL-010 to 013.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/money.h"
#include "tolling/vehicle_kind.h"

namespace jiahe::tolling {

using SectionId = Id<struct TollSectionTag>;
using RoadOwnerId = Id<struct RoadOwnerTag>;

struct OwnerWeight {
    RoadOwnerId owner;
    std::int64_t weight = 1;  // length in m, or any other positive measure
};

// One section of road that a plaza or gantry charges for.
struct SectionSpec {
    std::string name;
    double charged_km = 0;
    // Price in place of rate * km, by class.
    std::optional<std::array<Fen, kTollClassCount>> fixed_fee;
    std::vector<OwnerWeight> owners;  // empty: all to road owner 0
};

struct TariffRates {
    // 35 fen/km is the sheet's example for cars; large and trailer by the ratio of the Taiwan
    // tables' sums, 2738.8 / 2185.2 and 3284.2 / 2185.2 (C), rounded to whole fen.
    std::array<double, kTollClassCount> fen_per_km{35, 44, 53};
    double etc_discount_share = 0.05;  // A
};

class Tariff {
  public:
    Tariff(std::span<const SectionSpec> sections, const TariffRates& rates,
           std::uint32_t road_owner_count);

    std::size_t section_count() const { return first_slot_.size() - 1; }
    std::uint32_t road_owner_count() const { return road_owner_count_; }
    Fen fee(SectionId section, TollClass c) const { return price(section, c).fee; }
    Fen discount(SectionId section, TollClass c) const { return price(section, c).discount; }

    // Road owners of a section, and their shares in the same order.
    std::span<const RoadOwnerId> owners(SectionId section) const;
    std::span<const Fen> fee_shares(SectionId section, TollClass c) const;
    std::span<const Fen> discount_shares(SectionId section, TollClass c) const;

  private:
    struct Price {
        Fen fee;
        Fen discount;
    };
    const Price& price(SectionId section, TollClass c) const {
        return price_[section.index() * kTollClassCount + index_of(c)];
    }
    std::size_t slot(SectionId section, TollClass c) const;
    void add_section(const SectionSpec& spec, const TariffRates& rates);

    std::uint32_t road_owner_count_;
    std::vector<std::uint32_t> first_slot_;  // [section + 1], into owner_
    std::vector<RoadOwnerId> owner_;         // [slot]
    std::vector<Price> price_;               // [section * classes + class]
    std::vector<Fen> fee_share_;             // [first_slot * classes + class * owners + i]
    std::vector<Fen> discount_share_;
};

}  // namespace jiahe::tolling
