// Who did what, what is a habit, and what the advice on an answer says.
#include "exercises/5-values/checks/advice.hpp"

#include <string>

#include <gtest/gtest.h>

#include "exercises/5-values/checks/action.hpp"
#include "exercises/5-values/checks/mood.hpp"
#include "exercises/5-values/checks/scene.hpp"
#include "exercises/5-values/checks/tone.hpp"
#include "exercises/5-values/checks/why.hpp"
#include "tests/unit/values/submission.hpp"

namespace onsite::values {
namespace {

TEST(DeedTest, IsWhatIOrWeDidInThePast) {
    for (const char* text : {"I rolled it back", "Then I also wrote a test", "Rolled it back",
                             "It was late, so I slowly rebuilt it", "I've already fixed it"}) {
        ASSERT_TRUE(deed_in(sentence(text))) << text;
        EXPECT_EQ(deed_in(sentence(text))->doer, Doer::i) << text;
    }
    EXPECT_EQ(deed_in(sentence("We moved it"))->doer, Doer::we);
    EXPECT_EQ(deed_in(sentence("We met, and I moved it"))->doer, Doer::i);
}

TEST(DeedTest, IsNotWhatOneWasOrWouldDo) {
    for (const char* text : {"I was on call", "I had to wait", "I would fix it", "I did not ask",
                             "The team fixed it", "I believed him", "I usually listen"}) {
        EXPECT_FALSE(deed_in(sentence(text))) << text;
    }
}

TEST(MoodTest, FindsHabitsAndIntentions) {
    for (const char* text : {"I would ask", "I'd ask", "I usually ask", "I am someone who asks",
                             "If a colleague disagrees, talk", "It is important to listen"}) {
        EXPECT_TRUE(hypothetical_words(sentence(text))) << text;
    }
}

TEST(MoodTest, LeavesWhatHappenedAlone) {
    for (const char* text :
         {"I told them I would call", "I'd been there for a year", "I would have lost the data",
          "The job usually took an hour and crashed", "Next time I would ask first",
          "He asked if I would help", "I asked whether we would wait"}) {
        EXPECT_FALSE(hypothetical_words(sentence(text))) << text;
    }
}

TEST(SceneTest, HasATimeOrAPlace) {
    for (const char* text : {"In March it broke", "It was at Acme", "Two years ago it broke",
                             "At 2 am it broke", "In 2019 it broke", "On Black Friday it broke"}) {
        EXPECT_TRUE(anchor_words(sentence(text))) << text;
    }
    for (const char* text :
         {"It may break", "I was at work", "In the end it broke", "Once it broke and I did it"}) {
        EXPECT_FALSE(anchor_words(sentence(text))) << text;
    }
}

TEST(ToneTest, TellsBlameFromOwnFault) {
    EXPECT_TRUE(blame_words(sentence("It was his fault")));
    EXPECT_TRUE(blame_words(sentence("They had no idea")));
    EXPECT_FALSE(blame_words(sentence("We wrote a blameless review")));
    EXPECT_FALSE(blame_words(sentence("It was my fault, I messed up")));
}

Answer answer(std::string_view text) {
    return answer_in(read_markdown(text, "a.md").value_or(Markdown{}).lines);
}

TEST(AdviceTest, NamesThePlace) {
    const Answer hedged = answer("It was kind of late.\nI guess I probably slept.");
    const auto advice = hedges(story_of(hedged));
    ASSERT_TRUE(advice);
    EXPECT_EQ(advice->place.line, 1);
    EXPECT_EQ(advice->place.begin, 7u);
    EXPECT_EQ(advice->note, "the first of 3 words that take back what you say");
}

TEST(AdviceTest, DoesNotSayWhereNoActionBegins) {
    const Answer idle = answer("In May 2021 our shop was down. It was a bad week for us.");
    const auto advice = has_little_action(story_of(idle));
    ASSERT_TRUE(advice);
    EXPECT_EQ(advice->place.line, 0);
    EXPECT_EQ(advice->note,
              "no action, expected at least 50 % of the words: say what you did, step by step");
}

TEST(WhyTest, WantsAFactAndADeed) {
    const Answer good = answer(
        "When I integrated your webhooks I lost a day to a replayed event. Then I read the "
        "documentation of event ids, and built our queue the same way.");
    EXPECT_FALSE(why_names_no_fact(good));
    EXPECT_FALSE(why_is_not_about_you(good));
    EXPECT_FALSE(why_is_flattery(good));
    EXPECT_TRUE(why_is_not_tight(good)) << "it takes 11 seconds";
    const Answer praise = answer(
        "Stripe is an amazing company with great culture and the best "
        "people, and I would love to grow there.");
    EXPECT_TRUE(why_names_no_fact(praise));
    EXPECT_TRUE(why_is_not_about_you(praise));
    EXPECT_TRUE(why_is_flattery(praise));
}

}  // namespace
}  // namespace onsite::values
