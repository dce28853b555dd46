#include "base/utf8.h"

#include <doctest/doctest.h>

using namespace jiahe;

TEST_CASE("well-formed characters of one to four bytes are told by their length") {
    CHECK(utf8_length("a", 0) == 1);
    CHECK(utf8_length("\xC3\xA9", 0) == 2);
    CHECK(utf8_length("\xE5\x98\x89", 0) == 3);
    CHECK(utf8_length("\xF0\x9F\x9A\x97", 0) == 4);
    CHECK(find_not_utf8("a\xC3\xA9\xE5\x98\x89") == std::string_view::npos);
}

TEST_CASE("overlong forms, surrogates, cut-off characters and foreign encodings are found") {
    CHECK(find_not_utf8("ab\xC0\xAF") == 2);        // overlong '/'
    CHECK(find_not_utf8("\xE0\x80\xAF") == 0);      // overlong
    CHECK(find_not_utf8("x\xED\xA0\x80") == 1);     // surrogate
    CHECK(find_not_utf8("xy\xE5\x98") == 2);        // cut off
    CHECK(find_not_utf8("\xBC\xCE\xD0\xCB") == 0);  // Jiaxing in GBK
    CHECK(find_not_utf8("\xF5\x80\x80\x80") == 0);  // beyond U+10FFFF
}
