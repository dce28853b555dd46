// Language: pages are written in English or Chinese; both texts stand side by side in the code.
//
//     const Say say{language};
//     heading(say("Vehicles under way", "在途车辆"));
//
// Value types. Texts are UTF-8. Text that comes from data (names of plazas, causes) is shown as it
// is. Errors: InputError E-CLI-001 for an unknown language.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jiahe::evaluation {

enum class Language : std::uint8_t { kEnglish, kChinese };

// "en" or "zh".
Language parse_language(std::string_view code);
std::string_view language_code(Language language);

struct Say {
    Language language = Language::kEnglish;
    std::string operator()(std::string_view english, std::string_view chinese) const {
        return std::string(language == Language::kEnglish ? english : chinese);
    }
};

}  // namespace jiahe::evaluation
