// Typed dense ids: an index that cannot be mistaken for another entity's index.
//
// Ids are given in the order of external ids, so the order of rows in a file changes nothing.
// Value type. Invariant: value == kInvalid means "none"; everything else indexes a vector.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace jiahe {

template <class Tag>
struct Id {
    static constexpr std::uint32_t kInvalid = 0xffffffffu;
    std::uint32_t value = kInvalid;

    constexpr Id() = default;
    constexpr explicit Id(std::uint32_t v) : value(v) {}
    constexpr explicit Id(std::size_t v) : value(static_cast<std::uint32_t>(v)) {}
    constexpr explicit Id(int v) : value(static_cast<std::uint32_t>(v)) {}
    constexpr bool valid() const { return value != kInvalid; }
    constexpr std::size_t index() const { return value; }
    constexpr auto operator<=>(const Id&) const = default;
};

using NodeId = Id<struct NodeTag>;
using LinkId = Id<struct LinkTag>;
using VehicleId = Id<struct VehicleTag>;

}  // namespace jiahe
