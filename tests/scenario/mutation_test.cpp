#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "base/random.h"
#include "scenario/toy_section.h"

using namespace jiahe;

namespace {

constexpr Purpose kMutate = 1;

// Pieces that parsers trip over.
constexpr std::string_view kPieces[] = {":",        ": ",     "- ",
                                        "? ",       "[",      "]",
                                        "{",        "}",      ",",
                                        "&a ",      "*a",     "!",
                                        "!!",       "|\n",    ">-\n",
                                        "%",        "@",      "`",
                                        "\"",       "'",      "\\",
                                        "#",        "\t",     "\n",
                                        "\r\n",     "---\n",  "...",
                                        "<<: ",     "~",      "null",
                                        "true",     "\xFF",   "\xEF\xBB\xBF",
                                        "嘉",       "1e400",  "-.inf",
                                        ".nan",     "0x1F",   "99999999999999999999",
                                        "24:61",    "-1",     "\xE2\x80\xA8",
                                        "[[[[[[[",  "      ", "name: b\n",
                                        "seed: 2\n"};

struct Mutator {
    std::uint64_t copy;
    std::uint32_t next = 0;

    std::uint64_t below(std::uint64_t n) { return Draw(7, kMutate, copy, 0).below(n, next++); }

    void once(std::string& text) {
        const std::size_t at = below(text.size() + 1);
        const std::size_t span = std::min<std::size_t>(below(12), text.size() - at);
        switch (below(6)) {
            case 0:
                text.erase(at, span);
                break;
            case 1:
                text.insert(at, kPieces[below(std::size(kPieces))]);
                break;
            case 2:
                text.replace(at, span, kPieces[below(std::size(kPieces))]);
                break;
            case 3: {
                const std::size_t from = below(text.size());
                const std::string copied(text, from, below(40));
                text.insert(at, copied.data(), copied.size());
                break;
            }
            case 4:
                if (at < text.size()) text[at] = static_cast<char>(below(256));
                break;
            default:
                if (below(3) == 0) text.resize(at);
                break;
        }
        if (text.empty()) text.push_back(' ');
    }
};

}  // namespace

TEST_CASE("2000 mutated scenarios are accepted or refused with a place, never worse") {
    std::ifstream file(JIAHE_SOURCE_DIR "/tests/scenario/good_town.yaml");
    std::ostringstream original;
    original << file.rdbuf();
    REQUIRE(toy::refusal(original.str()) == "accepted");
    int accepted = 0;
    for (std::uint64_t copy = 0; copy < 2000; ++copy) {
        CAPTURE(copy);
        Mutator mutator{copy};
        std::string text = original.str();
        // Truncation (the sixth kind) hides what follows, so few edits are enough.
        const std::uint64_t edits = 1 + mutator.below(4);
        for (std::uint64_t i = 0; i < edits; ++i)
            mutator.once(text);
        try {
            const auto loaded = toy::read(text);
            ++accepted;
            CHECK(toy::read(loaded.resolved_json()).resolved_json() == loaded.resolved_json());
        } catch (const InputError& error) {
            REQUIRE_FALSE(error.faults().empty());
            CHECK(error.faults().size() <= 21);
            CHECK(error.faults().front().place.file == "t.yaml");
            CHECK(error.faults().front().place.line >= 1);
            CHECK(error.faults().front().place.column >= 1);
        }
    }
    MESSAGE("accepted ", accepted, " of 2000");
    CHECK(accepted > 50);
    CHECK(accepted < 1500);
}
