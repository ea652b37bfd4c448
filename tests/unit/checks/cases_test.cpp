// Test cases are files that people write: what is wrong with one has to be said in their words.

#include "exercises/1-reconciliation/checks/cases.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "exercises/1-reconciliation/checks/trial.hpp"

namespace onsite::reconciliation {
namespace {

using testing::HasSubstr;

constexpr const char* kCase = R"({
    "name": "one is missing", "followup": 0,
    "ledger": [["t1", "100", "USD"]], "bank": [],
    "expect": {"unmatched": [{"side": "ledger", "transaction": ["t1", "100", "USD"]}],
               "discrepancies": [], "rejected": []}})";

std::string problem_at(const char* place, const Json& value) {
    Json json = Json::parse(kCase);
    json[Json::json_pointer(place)] = value;
    const auto test = parse_case(json, "tests.json: cases[0]");
    return test ? "no problem" : test.error().message;
}

TEST(CasesTest, CommentsAreAllowedAndOpMayBeLeftOut) {
    const auto cases =
        parse_cases(std::string("{// mine\n\"cases\": [") + kCase + "]}", "tests.json");
    ASSERT_TRUE(cases) << cases.error().message;
    ASSERT_EQ(cases->size(), 1u);
    EXPECT_EQ(cases->front().name, "one is missing");
    EXPECT_EQ(cases->front().question.op, Op::reconcile);
    EXPECT_EQ(cases->front().expected, truth_of(cases->front().question));
}

TEST(CasesTest, SaysWhatIsWrong) {
    EXPECT_EQ(problem_at("/op", "reconcile"), "no problem");
    EXPECT_THAT(problem_at("/op", "compare"), HasSubstr("found compare"));
    EXPECT_THAT(problem_at("/followup", 3), HasSubstr("\"followup\""));
    EXPECT_THAT(problem_at("/name", ""), HasSubstr("\"name\""));
    EXPECT_THAT(problem_at("/ledger", {{"t1", 100, "USD"}}), HasSubstr("each a list of texts"));
    EXPECT_THAT(problem_at("/expects", 1), HasSubstr("unknown key \"expects\""));
    EXPECT_THAT(problem_at("/expect/unmatched/0/side", "left"), HasSubstr("one is missing"));
    EXPECT_THAT(problem_at("/expect/rejected", nullptr), HasSubstr("expected a list, found null"));
    EXPECT_FALSE(parse_cases("{", "tests.json"));
    EXPECT_FALSE(parse_cases("{\"cases\": 1}", "tests.json"));
    EXPECT_FALSE(parse_cases("[]", "tests.json"));
}

TEST(CasesTest, BadRowsNeedTheOtherOp) {
    const Json rows = {{"t1", "1.5", "USD"}};
    EXPECT_THAT(problem_at("/bank", rows), HasSubstr("\"op\": \"reconcile_feeds\""));
    EXPECT_THAT(problem_at("/bank", {{"t1", "1", "USD"}, {"t1", "2", "USD"}}),
                HasSubstr("row 2: duplicate_id"));
    Json json = Json::parse(kCase);
    json["op"] = "reconcile_feeds";
    json["bank"] = rows;
    EXPECT_TRUE(parse_case(json, "case"));
}

TEST(CasesTest, CounterexampleIsACaseThatHoldsOnTheModel) {
    const Question question{
        .op = Op::reconcile_feeds, .ledger = {{"t1", "x", "USD"}, {"t\n", "7", "USD"}}, .bank = {}};
    const auto test = parse_case(Json::parse(case_text(question, truth_of(question))), "case");
    ASSERT_TRUE(test) << test.error().message;
    EXPECT_EQ(test->followup, 2);
    EXPECT_EQ(test->question.ledger, question.ledger);
    EXPECT_EQ(test->expected, truth_of(question));
}

TEST(CasesTest, HugeCounterexampleIsNotKept) {
    Question question;
    for (int i = 0; i < 100; ++i) {
        question.ledger.push_back({std::string(9'000, 'x') + std::to_string(i), "1", "USD"});
    }
    EXPECT_EQ(case_text(question, {}), "");
}

}  // namespace
}  // namespace onsite::reconciliation
