// Goal: who says the same over and over earns nothing by it, and nobody else is told so.
#include "exercises/5-values/checks/repetition.hpp"

#include <string>

#include <gtest/gtest.h>

#include "exercises/5-values/checks/answers.hpp"
#include "harness/documents/markdown.hpp"
#include "tests/unit/values/labelled.hpp"
#include "tests/unit/values/submission.hpp"

namespace onsite::values {
namespace {

constexpr int kHonestMax = 10;  // Percent, far from what is refused.

int said_before(const std::string& text) {
    const auto document = read_markdown(text, "a test");
    return percent_said_before(answer_in(document.value().lines));
}

std::string times(int count, const std::string& text) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
}

TEST(RepetitionTest, CountsWhatWasSaidBefore) {
    EXPECT_EQ(said_before("I built the queue and I wrote the tests."), 0);
    EXPECT_EQ(said_before("One two three four. One two three four."), 50);
    EXPECT_GT(said_before(times(50, "I did I wrote I built. ")), 95);
    EXPECT_EQ(said_before(""), 0);
}

TEST(RepetitionTest, NobodyWhoTellsSomethingRepeatsIt) {
    for (const Labelled& answer : labelled_answers()) {
        EXPECT_LE(said_before(answer.text), kHonestMax) << answer.id;
    }
    const auto document = read_markdown(model_answers(), "the model answers").value();
    const Answers answers = answers_in(document);
    for (const Answer& story : answers.stories) EXPECT_LE(percent_said_before(story), kHonestMax);
    EXPECT_LE(percent_said_before(answers.why), kHonestMax);
}

TEST(RepetitionTest, EarnsNothing) {
    std::string text;
    for (int story = 1; story <= 5; ++story) {
        text += "## " + std::to_string(story) + ". A story\n\n" +
                times(50, "I did I wrote I built. ") + "\n\n";
    }
    for (const auto& [name, verdict] :
         judge(text + "## Why Stripe?\n\n" + times(10, "I built it. "))) {
        if (name == "reads_honestly") continue;
        EXPECT_EQ(verdict.percent, 0) << name;
    }
}

}  // namespace
}  // namespace onsite::values
