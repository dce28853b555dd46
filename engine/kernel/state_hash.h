// State hash: a commutative 128-bit sum over (array, row index, bytes) of all hashed rows and over
// the content of pending events, without wakes and performance counters (kernel.md, State).
//
// Value type. The sum is commutative, so partitions and threads may add in any order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace jiahe::kernel {

struct StateHash {
    std::uint64_t low = 0;
    std::uint64_t high = 0;

    bool operator==(const StateHash&) const = default;
    void add(const StateHash& other) {
        low += other.low;
        high += other.high;
    }
    std::string to_hex() const;
};

// Hash of one named row.
StateHash hash_row(std::uint64_t array_key, std::uint64_t row, const void* bytes, std::size_t size);
// Key of an array's name.
std::uint64_t hash_name(std::string_view name);

}  // namespace jiahe::kernel
