#include "scenario/fault_text.h"

#include "base/error.h"

namespace jiahe::scenario {

std::string in_quotes(std::string_view text) {
    constexpr std::size_t kMost = 60;
    std::string out = "'";
    std::size_t end = text.size();
    if (end > kMost) {
        end = kMost;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
            --end;
    }
    for (const char c : text.substr(0, end)) {
        const auto byte = static_cast<unsigned char>(c);
        out += byte < 0x20 || byte == 0x7F ? '?' : c;
    }
    return out + (end < text.size() ? "...'" : "'");
}

std::string nearest_hint(std::string_view name, const std::vector<std::string>& candidates) {
    constexpr std::size_t kMostBytes = 100;
    return name.size() > kMostBytes ? std::string{} : did_you_mean(name, candidates);
}

std::string either_of(const std::vector<std::string>& words) {
    constexpr std::size_t kMostWords = 10;
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i == kMostWords) return out + ", ...";
        if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
        out += words[i];
    }
    return out;
}

}  // namespace jiahe::scenario
