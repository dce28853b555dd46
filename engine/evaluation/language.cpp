#include "evaluation/language.h"

#include <string>
#include <string_view>

#include "base/error.h"

namespace jiahe::evaluation {

Language parse_language(std::string_view code) {
    if (code == "en") return Language::kEnglish;
    if (code == "zh") return Language::kChinese;
    throw InputError(InputFault{"E-CLI-001",
                                {"--lang", 0, 0, ""},
                                "found '" + std::string(code) + "'",
                                "expected en or zh"});
}

std::string_view language_code(Language language) {
    return language == Language::kEnglish ? "en" : "zh";
}

}  // namespace jiahe::evaluation
