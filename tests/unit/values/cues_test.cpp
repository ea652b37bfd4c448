// The families of phrases: each is tried on sentences that are in no answer of the labelled set.
#include <string>

#include <gtest/gtest.h>

#include "exercises/5-values/checks/comparisons.hpp"
#include "exercises/5-values/checks/learning.hpp"
#include "exercises/5-values/checks/star_cues.hpp"
#include "exercises/5-values/checks/tone.hpp"
#include "exercises/5-values/checks/trade_off.hpp"
#include "exercises/5-values/checks/verbs.hpp"
#include "tests/unit/values/submission.hpp"

namespace onsite::values {
namespace {

TEST(PresentTest, IsWhatIDoNow) {
    for (const char* text : {"I ask for the bill first", "We never ship on a Friday",
                             "I don't trust it", "Now I always write it down"}) {
        EXPECT_TRUE(present_deed_in(sentence(text))) << text;
    }
    for (const char* text : {"I wrote it down", "I am careful", "I think so", "I have a dog",
                             "He said: I ask for nothing", "They ask me", "I would ask"}) {
        EXPECT_FALSE(present_deed_in(sentence(text))) << text;
    }
}

TEST(LearningTest, IsSaidInManyWays) {
    for (const char* text :
         {"It taught me patience", "What stuck with me was her calm", "If I did it again I'd ask",
          "These days I call before I write", "Ever since, I count twice",
          "In hindsight it was late", "I should have told them sooner", "It changed the way I plan",
          "I no longer guess", "Next time I will ask", "Learned: call first"}) {
        EXPECT_TRUE(is_learning(sentence(text))) << text;
    }
    for (const char* text : {"I taught her to swim", "She learned to swim", "I took the bus home",
                             "I changed the way it was called", "Then I stopped the job"}) {
        EXPECT_FALSE(is_learning(sentence(text))) << text;
    }
}

TEST(LearningTest, IsSeenInWhatIDoAtTheEnd) {
    const Sentence habit = sentence("I read every contract twice before I sign");
    EXPECT_TRUE(tells_what_stayed(habit, Place::near_the_end));
    EXPECT_FALSE(tells_what_stayed(habit, Place::before_the_end));
    const Sentence short_habit = sentence("I call them");
    EXPECT_TRUE(tells_what_stayed(short_habit, Place::last));
    EXPECT_FALSE(tells_what_stayed(short_habit, Place::near_the_end));
    EXPECT_TRUE(tells_what_stayed(sentence("A plan that nobody reads is no plan"), Place::last));
    for (const char* text : {"He drives a bus now", "I still have the photo", "It was over",
                             "The shop is open today", "I think that they were glad"}) {
        EXPECT_FALSE(tells_what_stayed(sentence(text), Place::last)) << text;
    }
}

TEST(TradeOffTest, IsAPriceARiskOrAnotherOpinion) {
    for (const char* text :
         {"Cost: four weeks", "Trade-off: it is later now", "What it cost: my Sunday",
          "We gave up the second screen for it", "It came at the price of a weekend",
          "That cost us two customers", "At the risk of losing the deal, I called",
          "My boss disagreed", "I left the report out", "We decided against it"}) {
        EXPECT_TRUE(trade_off_words(sentence(text), false)) << text;
    }
    for (const char* text : {"I fixed the printer", "She gave up on the book",
                             "It took 2 hours instead of 4", "They asked me to come"}) {
        EXPECT_FALSE(trade_off_words(sentence(text), true)) << text;
    }
}

TEST(TradeOffTest, IsAComplaintOnlyBehindADeed) {
    for (const char* text : {"Sales was furious", "Nobody liked it", "The cook was not happy",
                             "It meant two nights without sleep", "My sister didn't talk to me",
                             "Rather than guess, I waited"}) {
        EXPECT_TRUE(trade_off_words(sentence(text), true)) << text;
        EXPECT_FALSE(trade_off_words(sentence(text), false)) << text;
    }
}

TEST(TaskTest, IsWhatFellToMe) {
    for (const char* text :
         {"It landed on my desk", "The garden was mine to water", "They put me on the night shift",
          "I got handed the keys", "I signed up to lead it", "Nobody else could drive",
          "She wanted me to repair it", "I'd been hired to sell", "I had until Monday",
          "It was up to us", "I was the lead"}) {
        EXPECT_TRUE(task_words(sentence(text))) << text;
    }
    for (const char* text : {"I repaired it", "The shop was closed", "She asked him to leave"}) {
        EXPECT_FALSE(task_words(sentence(text))) << text;
    }
}

TEST(ComparisonTest, IsWithWhatWasOrShouldBe) {
    for (const char* text :
         {"2 hours, where before it was a day", "a third of what we had", "40 in place of 90",
          "twice as many as in May", "9 % against 3 %", "we had planned 10", "one in five was late",
          "from nothing to 5", "the year before it was 12"}) {
        EXPECT_TRUE(comparison_words(sentence(text))) << text;
    }
    EXPECT_FALSE(comparison_words(sentence("it took 40 minutes")));
}

TEST(BlameTest, IsSaidOfPeopleAndNotOfThings) {
    for (const char* text :
         {"The vendor was useless", "A bunch of amateurs", "They couldn't be bothered",
          "It was thanks to their laziness", "He had no clue", "What do you expect"}) {
        EXPECT_TRUE(blame_words(sentence(text))) << text;
    }
    for (const char* text : {"The log was useless", "It was a stupid rule", "I had no clue",
                             "We wrote it without blaming anyone", "He did not know it"}) {
        EXPECT_FALSE(blame_words(sentence(text))) << text;
    }
}

}  // namespace
}  // namespace onsite::values
