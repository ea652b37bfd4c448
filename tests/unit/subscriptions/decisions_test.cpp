#include "exercises/3-subscriptions/checks/decisions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/subscription_documents.hpp"

namespace onsite::subscriptions {
namespace {

using ::testing::HasSubstr;

// A page with all records; each part says something of its own.
std::string full_page() {
    std::string text;
    for (const std::string_view record : record_titles()) {
        text += "## " + std::string(record) + "\n";
        for (const std::string_view part : part_titles()) {
            text += "### " + std::string(part) + "\n\n" + std::string(record) + " and its " +
                    std::string(part) +
                    " need a dozen words of their own, so here they are, in one line.\n\n";
        }
    }
    return text;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(DecisionsTest, FullRecordsPass) {
    EXPECT_EQ(judge_records("records", read_page(full_page())).outcome, Outcome::pass);
}

TEST(DecisionsTest, WhatIsMissingIsNamed) {
    Verdict verdict =
        judge_records("records", read_page(replaced(full_page(), "### Rejected", "### Refused")));
    EXPECT_EQ(verdict.outcome, Outcome::fail);
    EXPECT_EQ(verdict.percent, 95);
    EXPECT_THAT(verdict.evidence.story, HasSubstr("decisions.md:1: ## Trials"));
    EXPECT_THAT(verdict.evidence.story, HasSubstr("expected \"### Rejected\""));
    verdict =
        judge_records("records", read_page(replaced(full_page(), "## Versioning", "## Versions")));
    EXPECT_THAT(verdict.evidence.story, HasSubstr("expected the record \"## Versioning\""));
    EXPECT_EQ(verdict.percent, 83);
}

TEST(DecisionsTest, FewWordsRepeatedWordsAndCopiesSayNothing) {
    const std::string part =
        "Trials and its Context need a dozen words of their own, so here they are, in one line.";
    const auto percent = [&](std::string_view text) {
        return judge_records("records", read_page(replaced(full_page(), part, text))).percent;
    };
    EXPECT_EQ(percent("Too short."), 95);
    EXPECT_EQ(percent("word word word word word word word word word word word word word"), 95);
    EXPECT_EQ(percent("<!-- " + part + " -->"), 95);
    EXPECT_EQ(percent("Trials AND its decision need a dozen words of their own, so here they are, "
                      "in one line!"),
              95);
}

std::vector<Sum> sums() {
    const auto read = sums_from_json(
        R"({"cases": [], "sums": [{"name": "a", "value": "1497", "because": "16 of 31 days"},
            {"name": "b", "value": "2027-02-28", "because": "February"}]})",
        "cases.json");
    EXPECT_TRUE(read) << read.error().message;
    return read ? *read : std::vector<Sum>{};
}

Verdict sums_of(std::string_view lines) {
    return judge_sums("sums", read_page("```proration\n" + std::string(lines) + "\n```"), sums());
}

TEST(DecisionsTest, SumsAreCompared) {
    EXPECT_EQ(sums_of("a = 1497\n b=2027-02-28  # no 31st").outcome, Outcome::pass);
    const Verdict verdict = sums_of("a = 1496\nb = 2027-02-28\na = 1497");
    EXPECT_EQ(verdict.outcome, Outcome::fail);
    EXPECT_EQ(verdict.percent, 50);
    EXPECT_THAT(verdict.evidence.story, HasSubstr("decisions.md:2: a = 1496"));
    EXPECT_THAT(verdict.evidence.story, HasSubstr("expected 1497, because 16 of 31 days"));
    EXPECT_THAT(sums_of("a = 1497").evidence.story, HasSubstr("no line begins with b ="));
    EXPECT_EQ(judge_sums("sums", read_page(""), sums()).outcome, Outcome::fail);
}

}  // namespace
}  // namespace onsite::subscriptions
