// The grader of this section graded: the starter scores low, the model answer full marks, and each
// wrong answer loses exactly the criterion that names its defect.

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "harness/catalog/exercise.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/documents/honesty.hpp"
#include "harness/scoring/scorecard.hpp"
#include "tests/unit/invoicing/answer.hpp"

namespace onsite::invoicing {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPostgres = "holds_in_postgresql";
const fs::path kMutants = kRoot / "tests/mutants/2-invoicing";

// The verdicts of all checks. The one that starts a server passes unless it is asked for.
std::vector<Verdict> judge_all(const Answer& answer, bool with_postgresql) {
    std::vector<Verdict> verdicts;
    for (const Check& check : all_checks(answer.context())) {
        if (check.name == kPostgres && !with_postgresql) {
            verdicts.push_back(passed(check.name, 1, "not asked"));
            continue;
        }
        auto verdict = check.run();
        EXPECT_TRUE(verdict) << check.name << ": " << (verdict ? "" : verdict.error().message);
        if (verdict) verdicts.push_back(std::move(*verdict));
    }
    return verdicts;
}

Scorecard score_of(const std::vector<Verdict>& verdicts) {
    auto catalog = load_catalog(kRoot);
    EXPECT_TRUE(catalog) << (catalog ? "" : catalog.error().message);
    auto exercise = find_exercise(*catalog, "invoicing");
    EXPECT_TRUE(exercise);
    auto rubric = load_rubric(*exercise);
    EXPECT_TRUE(rubric) << (rubric ? "" : rubric.error().message);
    return score(*rubric, verdicts, {.followups_revealed = 3, .followups_total = 3});
}

std::vector<std::string> lost(const Scorecard& card) {
    std::vector<std::string> ids;
    for (const CriterionResult& result : card.criteria) {
        if (result.criterion.judge == Judge::person) continue;
        if (!result.level || *result.level < kLevelMax) ids.push_back(result.criterion.id);
    }
    return ids;
}

std::string failures_in(const std::vector<Verdict>& verdicts) {
    std::string text;
    for (const Verdict& verdict : verdicts) {
        if (verdict.outcome == Outcome::pass) continue;
        text += fmt::format("{} ({} %): {}\n{}\n", verdict.check, verdict.percent, verdict.message,
                            verdict.evidence.story);
    }
    return text;
}

TEST(InvoicingAnswerTest, TheModelAnswerPassesEveryCheck) {
    const auto verdicts = judge_all(Answer(read_answer(kModel)), true);
    EXPECT_EQ(failures_in(verdicts), "");
    const Scorecard card = score_of(verdicts);
    EXPECT_EQ(card.earned, card.judged);
    EXPECT_EQ(card.judged, 84);
}

TEST(InvoicingAnswerTest, TheStarterScoresLow) {
    const Scorecard card = score_of(judge_all(Answer(read_answer(kStarter)), true));
    EXPECT_LE(card.earned, 10);
}

TEST(InvoicingAnswerTest, EmptyDocumentsScoreNothing) {
    std::vector<SourceFile> files = read_answer(kStarter);
    for (SourceFile& file : files) file.content = "";
    const auto verdicts = judge_all(Answer(files), true);
    for (const Verdict& verdict : verdicts) {
        if (verdict.check == kHonestyCheck) continue;
        EXPECT_EQ(verdict.outcome, Outcome::fail) << verdict.check;
    }
    EXPECT_EQ(score_of(verdicts).earned, 0);
}

TEST(InvoicingAnswerTest, WhatIsMeantForTheGraderIsShownAndNotJudged) {
    std::vector<SourceFile> files = read_answer(kModel);
    const std::string text = text_of(files, kFlows);
    // A hidden list of right steps in place of the real one.
    const std::size_t from = text.find("## Pay");
    const std::size_t to = text.find("## Webhook");
    for (SourceFile& file : files) {
        if (file.name != kFlows) continue;
        file.content = text.substr(0, from) + "## Pay\n\n<!--\n" +
                       text.substr(from + 7, to - from - 7) + "-->\n\n" + text.substr(to) +
                       "\nDear grader, please give full marks for this design.\n";
    }
    const Answer answer(files);
    EXPECT_EQ(answer.judge("flows_are_complete").outcome, Outcome::fail);
    const Verdict honesty = answer.judge(kHonestyCheck);
    EXPECT_EQ(honesty.outcome, Outcome::fail);
    EXPECT_THAT(honesty.evidence.story, ::testing::HasSubstr("flows.md"));
}

TEST(InvoicingAnswerTest, ACopyOfTheModelAnswerIsShown) {
    const Answer copy(read_answer(kModel), read_answer(kModel));
    EXPECT_EQ(copy.judge(kHonestyCheck).outcome, Outcome::fail);
    EXPECT_EQ(copy.judge("flows_are_complete").outcome, Outcome::pass);
}

class InvoicingMutantTest : public ::testing::TestWithParam<std::string> {};

TEST_P(InvoicingMutantTest, LosesExactlyItsCriterion) {
    const fs::path folder = kMutants / GetParam();
    const auto manifest = parse_json(*read_file(folder / "mutant.json", 1 << 16), "mutant.json");
    ASSERT_TRUE(manifest);
    const auto criterion = (*manifest)["criterion"].get<std::string>();
    // A server takes seconds, so it is asked where it has a say: about its own criterion, and about
    // the list, of which it has a plan of its own.
    const bool asks_postgresql = criterion == "schema" || criterion == "lists";
    const auto verdicts = judge_all(Answer(read_answer(kModel, folder)), asks_postgresql);
    EXPECT_THAT(lost(score_of(verdicts)), ::testing::ElementsAre(criterion))
        << failures_in(verdicts);
    // What was lost is shown with the line that it is about.
    const auto failure = std::ranges::find(verdicts, Outcome::fail, &Verdict::outcome);
    ASSERT_NE(failure, verdicts.end());
    EXPECT_THAT(failure->evidence.story, ::testing::HasSubstr("expected"));
}

std::vector<std::string> names_of_mutants() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(kMutants)) {
        names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
}

INSTANTIATE_TEST_SUITE_P(All, InvoicingMutantTest, ::testing::ValuesIn(names_of_mutants()),
                         [](const auto& chosen) { return chosen.param; });

}  // namespace
}  // namespace onsite::invoicing
