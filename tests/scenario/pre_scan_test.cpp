#include "scenario/pre_scan.h"

#include <doctest/doctest.h>

#include "scenario/error_codes.h"

using namespace jiahe::scenario;

namespace {
std::string repeated(const std::string& piece, int times) {
    std::string out;
    for (int i = 0; i < times; ++i)
        out += piece;
    return out;
}
std::string code_of(const std::string& text) {
    const auto fault = scan_text(text);
    return fault ? fault->code : "";
}
}  // namespace

TEST_CASE("64 levels pass and 65 do not, in brackets, blocks and dashes") {
    // The map at the top is one level, so brackets after a key may be 63 deep.
    CHECK(code_of("a: " + repeated("[", 63) + repeated("]", 63)) == "");
    CHECK(code_of("a: " + repeated("[", 64) + repeated("]", 64)) == code::kTooDeep);
    CHECK(code_of(repeated("{a: ", 65)) == code::kTooDeep);
    CHECK(code_of(repeated("- ", 64) + "a") == "");
    CHECK(code_of(repeated("- ", 65) + "a") == code::kTooDeep);
    std::string blocks;
    for (int i = 0; i < 64; ++i)
        blocks += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
    CHECK(code_of(blocks) == "");
    CHECK(code_of(blocks + std::string(64, ' ') + "a:\n") == code::kTooDeep);
}

TEST_CASE("brackets in quotes, comments and block texts are no levels") {
    const std::string deep = repeated("[", 100);
    CHECK(code_of("a: \"" + deep + "\"") == "");
    CHECK(code_of("a: '" + deep + " it''s'") == "");
    CHECK(code_of("a: \"\\\"" + deep + "\"") == "");
    CHECK(code_of("# " + deep) == "");
    CHECK(code_of("a: 1 # " + deep) == "");
    CHECK(code_of("a: |\n  " + deep + "\n\n  " + deep + "\nb: 1\n") == "");
    CHECK(code_of("a: x" + deep) == "");
    CHECK(code_of("a: |\n  text\nb: " + deep) == code::kTooDeep);
}

TEST_CASE("lists and maps side by side do not add up") {
    CHECK(code_of(repeated("a:\n  - b: 1\n  - c:\n    - d\n", 200)) == "");
    CHECK(code_of(repeated("- - a\n  - b: [1, {c: 2}]\n", 200)) == "");
}

TEST_CASE("only well-formed UTF-8 without control characters passes") {
    CHECK(code_of("a: 嘉禾 \xF0\x9F\x9A\x97\tb\r\n") == "");
    for (const char* bad : {"\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF",
                            "\xE5\x98", "\x80", "\x01", "\x7F", "a\rb"}) {
        CHECK(code_of(bad) == code::kEncoding);
    }
    CHECK(code_of(std::string("a\0b", 3)) == code::kEncoding);
    const auto fault = scan_text("a: 1\n嘉: \x01");
    REQUIRE(fault.has_value());
    CHECK(fault->line == 2);
    CHECK(fault->column == 4);
}

TEST_CASE("directives, tabs that indent and texts above 16 MiB are refused") {
    CHECK(code_of("%YAML 1.2\n---\na: 1") == code::kDirective);
    CHECK(code_of("a: \"\n%x\"") == "");
    CHECK(code_of("a:\n\tb: 1") == code::kSyntax);
    CHECK(code_of("a: 1\n\t# comment\n\t\n") == "");
    CHECK(code_of(std::string(kMostBytes + 1, ' ')) == code::kTooLarge);
    CHECK(code_of(std::string(kMostBytes, ' ')) == "");
}
