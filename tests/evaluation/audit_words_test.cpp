#include "evaluation/audit_words.h"

#include <doctest/doctest.h>

namespace jiahe::evaluation {

TEST_CASE("audits are named in words of the page's language") {
    CHECK(audit_label("tolling.fen", Language::kEnglish) == "Tolls paid, in fen");
    CHECK(audit_label("telecom.telecom.passage.bytes", Language::kEnglish) ==
          "Toll records, bytes");
    CHECK(audit_label("telecom.telecom.passage.messages", Language::kChinese) == "通行记录（条）");
    CHECK(audit_claim("entered plazas = left + inside", Language::kChinese) ==
          "进站 = 离站 + 站内");
    CHECK(audit_claim("entered plazas = left + inside", Language::kEnglish) ==
          "entered plazas = left + inside");
}

TEST_CASE("an audit that has no words is shown by its name") {
    CHECK(audit_label("coupling.new", Language::kChinese) == "coupling.new");
    CHECK(audit_claim("a = b", Language::kChinese) == "a = b");
}

TEST_CASE("causes that name a link are counted as one kind and told whole") {
    CHECK(cause_kind("queued for link 12", Language::kEnglish) == "queued for its next link");
    CHECK(cause_kind("queued for link 13", Language::kEnglish) ==
          cause_kind("queued for link 12", Language::kEnglish));
    CHECK(cause_text("queued for link 12", Language::kEnglish) == "queued for link 12");
    CHECK(cause_text("queued for link 12", Language::kChinese) == "排队等候下一路段 12");
    CHECK(cause_text("under way", Language::kChinese) == "仍在途中");
    CHECK(cause_kind("abducted", Language::kEnglish) == "abducted");
}

}  // namespace jiahe::evaluation
