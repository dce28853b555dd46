#include "kernel/state_hash.h"

#include <fmt/format.h>

#include <cstring>

namespace jiahe::kernel {
namespace {

__extension__ using Wide = unsigned __int128;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    const Wide product = Wide{a ^ 0x9E3779B97F4A7C15ull} * (b ^ 0xD6E8FEB86659FD93ull);
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t final_mix(std::uint64_t x) {
    x ^= x >> 33;
    x *= 0xFF51AFD7ED558CCDull;
    x ^= x >> 33;
    x *= 0xC4CEB9FE1A85EC53ull;
    return x ^ (x >> 33);
}

}  // namespace

std::string StateHash::to_hex() const {
    return fmt::format("{:016x}{:016x}", high, low);
}

StateHash hash_row(std::uint64_t array_key, std::uint64_t row, const void* bytes,
                   std::size_t size) {
    std::uint64_t a = mix(array_key, row + 1);
    std::uint64_t b = mix(row ^ 0xA0761D6478BD642Full, array_key + size);
    const char* p = static_cast<const char*>(bytes);
    while (size > 0) {
        std::uint64_t word = 0;
        const std::size_t n = size < 8 ? size : 8;
        std::memcpy(&word, p, n);
        a = mix(a + word, 0x8EBC6AF09C88C6E3ull);
        b = mix(b ^ word, a);
        p += n;
        size -= n;
    }
    return {final_mix(a), final_mix(b ^ a)};
}

std::uint64_t hash_name(std::string_view name) {
    std::uint64_t h = 0xCBF29CE484222325ull;
    for (const char c : name)
        h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
    return final_mix(h);
}

}  // namespace jiahe::kernel
