// The grader of this section graded: the starter scores low, the model answer passes every check,
// and each wrong answer loses exactly the criterion that its defect is named for.
#include <filesystem>
#include <iostream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "tests/unit/values/submission.hpp"

namespace onsite::values {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::size_t kMutantsMin = 10;

TEST(ValuesGraderTest, FindsNothingInTheStarter) {
    for (const auto& [name, verdict] :
         judge(repository_file("exercises/5-values/starter/answers.md"))) {
        const bool is_honesty = name == "reads_honestly";
        EXPECT_EQ(verdict.outcome, is_honesty ? Outcome::pass : Outcome::fail) << name;
        EXPECT_EQ(verdict.percent, is_honesty ? 100 : 0) << name;
        EXPECT_GT(verdict.cases, 0u) << name;
    }
}

TEST(ValuesGraderTest, SurvivesNothingAndNoise) {
    for (const std::string& text :
         {std::string(), std::string("# \n## 1.\n## 1. a\n"), std::string(1'000, '\0'),
          std::string("## Why Stripe?\n\xff\xfe"), std::string("## 3. x\n```\nI did it.\n")}) {
        for (const auto& [name, verdict] : judge(text)) EXPECT_LE(verdict.percent, 100) << name;
    }
}

TEST(ValuesGraderTest, HasNothingToSayToTheModelAnswer) {
    for (const auto& [name, verdict] : judge(model_answers())) {
        EXPECT_EQ(verdict.outcome, Outcome::pass) << name << ": " << verdict.message << '\n'
                                                  << verdict.evidence.story;
    }
}

TEST(ValuesGraderTest, TakesExactlyOneCriterionFromEachMutant) {
    const std::filesystem::path folder = std::string(ONSITE_ROOT) + "/tests/mutants/5-values";
    std::size_t mutants = 0;
    std::set<std::string> criteria;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string path = "tests/mutants/5-values/" + entry.path().filename().string();
        const auto manifest = parse_json(repository_file(path + "/mutant.json"), path);
        ASSERT_TRUE(manifest) << manifest.error().message;
        const std::string criterion = manifest->at("criterion");
        const auto verdicts = judge(repository_file(path + "/answers.md"), model_answers());
        EXPECT_THAT(criteria_lost(verdicts), ElementsAre(criterion)) << path;
        if (criteria_lost(verdicts) != std::set<std::string>{criterion}) {
            for (const auto& [name, verdict] : verdicts) {
                if (verdict.outcome == Outcome::pass || name == "reads_honestly") continue;
                std::cout << name << ": " << verdict.message << '\n' << verdict.evidence.story;
            }
        }
        criteria.insert(criterion);
        ++mutants;
    }
    EXPECT_GE(mutants, kMutantsMin);
    EXPECT_THAT(criteria,
                ElementsAre("action", "delivery", "judgement", "outcome", "story", "why_stripe"));
}

TEST(ValuesGraderTest, ShowsTheSharesOfEveryStory) {
    const auto verdicts = judge(model_answers());
    EXPECT_THAT(verdicts.at("action_is_half_of_it").evidence.story,
                ::testing::ContainsRegex("answers.md:3: situation [0-9]+ %, task [0-9]+ %, action "
                                         "[5-9][0-9] %, result [0-9]+ %, learning [0-9]+ %\n"));
}

TEST(ValuesGraderTest, QuotesTheLineThatItJudges) {
    const auto verdicts = judge("## 1. A\n\nI usually ask.\n\n## Why Stripe?\n\nIt is amazing.\n");
    EXPECT_THAT(verdicts.at("tells_what_happened").evidence.story,
                ::testing::HasSubstr("answers.md:3: I usually ask.\n              ^^^^^^^^^ "));
    EXPECT_THAT(verdicts.at("ends_in_a_result").evidence.story,
                ::testing::HasSubstr("answers.md:1: ## 1. A\n"));
    EXPECT_THAT(verdicts.at("ends_in_a_result").evidence.story,
                ::testing::HasSubstr("answers.md: expected the heading \"## 2. ...\""));
}

}  // namespace
}  // namespace onsite::values
