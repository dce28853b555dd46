// A strict little check of markup: every element is closed in order, attributes are quoted, no
// stray angle bracket. Knows HTML's void elements and raw script and style. For tests only. Returns
// "" where all is well, else what is wrong and where. Pure; one pass over the text.
// Not a validator: it knows no element but by name, and no rule of nesting but order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jiahe {

inline std::string markup_fault(std::string_view text) {
    std::vector<std::string> open;
    const auto at = [&](std::size_t i) {
        return " at " + std::to_string(i) + ": " + std::string(text.substr(i, 60));
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '>') return "stray >" + at(i);
        if (text[i] != '<') continue;
        if (text.substr(i, 2) == "<!") {
            i = text.find('>', i);
            continue;
        }
        const bool closes = text.substr(i, 2) == "</";
        std::size_t k = i + (closes ? 2 : 1);
        std::string name;
        while (k < text.size() && (std::isalnum(static_cast<unsigned char>(text[k])) != 0))
            name += text[k++];
        if (name.empty()) return "stray <" + at(i);
        while (k < text.size() && text[k] != '>') {
            if (text[k] == '<') return "< in a tag" + at(i);
            if (text[k] == '"') k = text.find('"', k + 1);
            if (k == std::string_view::npos) return "open quote" + at(i);
            ++k;
        }
        const bool is_empty =
            text[k - 1] == '/' || name == "meta" || name == "input" || name == "hr";
        if (closes) {
            if (open.empty() || open.back() != name) return "unexpected close" + at(i);
            open.pop_back();
        } else if (!is_empty) {
            open.push_back(name);
            if (name == "script" || name == "style") k = text.find("</" + name, k) - 1;
        }
        i = k;
    }
    return open.empty() ? "" : "not closed: " + open.back();
}

}  // namespace jiahe
