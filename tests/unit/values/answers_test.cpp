// Six answers under their headings, the parts that notes name, and how long they say they took.
#include "exercises/5-values/checks/answers.hpp"

#include <string>

#include <gtest/gtest.h>

#include "exercises/5-values/checks/length.hpp"
#include "tests/unit/values/submission.hpp"

namespace onsite::values {
namespace {

Answer answer(std::string_view text) {
    return answer_in(read_markdown(text, "a.md").value_or(Markdown{}).lines);
}

TEST(AnswersTest, StandUnderTheirHeadings) {
    const Markdown document = *read_markdown(
        "# Values\n\n## 2. B\nI did. Two.\n### Deeper\nMore.\n\n## Why Stripe?\nBecause.\n"
        "## 2. again\nNo.\n## Other\nNo.\n## 12. no\nNo.\n",
        "a.md");
    const Answers answers = answers_in(document);
    EXPECT_EQ(answers.stories[0].line, 0);
    EXPECT_EQ(answers.stories[1].line, 3);
    EXPECT_EQ(answers.stories[1].sentences.size(), 2u);  // What is asked later is not of the story.
    EXPECT_EQ(answers.why.sentences.size(), 1u);
    EXPECT_EQ(answers.why.line, 8);
}

TEST(AnswersTest, AreFoundByTheQuestionToo) {
    for (const char* heading :
         {"Something of yours broke", "Question 1: it broke", "Story 1", "Q1. It broke",
          "**1.** It broke", "(1) It broke", "SOMETHING OF YOURS BROKE."}) {
        const Markdown document =
            *read_markdown("## " + std::string(heading) + "\nI did it.\n", "a.md");
        EXPECT_EQ(answers_in(document).stories[0].line, 1) << heading;
    }
    for (const char* heading : {"Quarter 1", "What broke", "10 lessons", "Questions"}) {
        const Markdown document =
            *read_markdown("## " + std::string(heading) + "\nI did it.\n", "a.md");
        for (const Answer& story : answers_in(document).stories) {
            EXPECT_EQ(story.line, 0) << heading;
        }
    }
}

TEST(AnswersTest, MayNameTheirParts) {
    const Answer named =
        answer("**Situation:** It broke.\n\nA: I ran.\n\nR: It works.\n\nMore of it.\n");
    ASSERT_EQ(named.sentences.size(), 4u);
    EXPECT_EQ(named.named_parts[0], Part::situation);
    EXPECT_EQ(named.sentences[0].words[0].text, "it");
    EXPECT_EQ(named.named_parts[2], Part::result);
    EXPECT_EQ(named.named_parts[3], Part::result);
    const Answer headed = answer("### Task\nIt was mine.\n### Action\nI did it.\n");
    EXPECT_EQ(headed.named_parts[0], Part::task);
    EXPECT_EQ(headed.named_parts[1], Part::action);
    for (const char* name : {"Learned", "Learnt", "Lessons", "Takeaway", "L"}) {
        const Answer told = answer("A: I ran.\n\n" + std::string(name) + ": I ask.\n");
        EXPECT_EQ(told.named_parts[1], Part::learning) << name;
    }
    for (const char* name : {"My part:", "**My job** \u2014", "My task \u2013", "Task -"}) {
        const Answer told = answer(std::string(name) + " the oven.\n\nWhat I did: I baked.\n");
        EXPECT_EQ(told.named_parts[0], Part::task) << name;
        EXPECT_EQ(told.sentences[0].words.size(), 2u) << name;
        EXPECT_EQ(told.named_parts[1], Part::action) << name;
    }
    for (const char* name : {"What I learned:", "**What stayed** \u2014", "What I took away:"}) {
        const Answer told = answer("A: I baked.\n\n" + std::string(name) + " I ask.\n");
        EXPECT_EQ(told.named_parts[1], Part::learning) << name;
    }
    EXPECT_FALSE(answer("A: I did.\n\nWhat I did was hard.").named_parts[1]);
    EXPECT_FALSE(answer("Result: one name is none.").named_parts[0]);
    EXPECT_FALSE(answer("Situations differ. Results do too.").named_parts[0]);
}

// Notes name the place and the end, and tell what was done in between.
TEST(AnswersTest, WhereNoActionIsNamedANameIsAboutItsSentence) {
    const Answer told =
        answer("Situation: May 2021.\n\nI stopped it.\n\nResult: 4 mails, not 9.\n");
    EXPECT_EQ(told.named_parts[0], Part::situation);
    EXPECT_FALSE(told.named_parts[1]);
    EXPECT_EQ(told.named_parts[2], Part::result);
}

TEST(AnswersTest, AreTimedByTheirWordsOrTheirNotes) {
    std::string words;
    for (int i = 0; i < 280; ++i) words += "word ";
    EXPECT_EQ(spoken_seconds(answer(words)), 120);
    EXPECT_EQ(spoken_seconds(answer("minutes: 2.5\n\nshort")), 150);
    EXPECT_EQ(spoken_seconds(answer("seconds: 100\n\nshort")), 100);
    EXPECT_EQ(spoken_seconds(answer("time: 2:05\n\nshort")), 125);
    EXPECT_EQ(spoken_seconds(answer("- [0:10] I began\n- [1:50] I ended\n")), 100);
    EXPECT_EQ(spoken_seconds(answer("It broke at 2:15\nand at 2:45\n")), 3);
    EXPECT_EQ(spoken_seconds(answer("minutes: many\n")), 0);
    EXPECT_EQ(spoken_seconds(answer("minutes: 99999999999\n")), 0);
}

TEST(AnswersTest, AreReadUpToALimit) {
    std::string words;
    for (std::size_t i = 0; i < kAnswerWordsMax + 10; ++i) words += "word ";
    EXPECT_EQ(answer(words).words(), kAnswerWordsMax);
}

}  // namespace
}  // namespace onsite::values
