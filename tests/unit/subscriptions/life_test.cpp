#include "exercises/3-subscriptions/checks/life.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/subscription_documents.hpp"

namespace onsite::subscriptions {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kDeclined = R"({"cases": [{
    "name": "declined", "topic": "failed_payments", "title": "The card is declined.",
    "steps": [
      {"day": 0, "event": "create", "facts": ["trial", "card"], "expect": [
        {"state": ["trialing"], "does_not": ["charge"], "because": "it is a trial"}]},
      {"day": 14, "event": "trial_ended", "expect": [
        {"state": ["active"], "does": ["invoice", "charge"], "because": "it is over"}]},
      {"day": 14, "event": "payment_failed", "facts": ["not card"], "expect": [
        {"from": "paused", "nothing": true, "because": "nobody is billed"},
        {"state": ["past_due", "unpaid"], "does_one_of": ["retry", "ask_for_card"],
         "because": "the debt is shown"}]}
    ]}], "sums": []})";

std::optional<std::string> story_of(std::string_view lines) {
    const Page page = read_page("```machine\n" + std::string(lines) + "\n```\n");
    const auto lives = lives_from_json(kDeclined, "cases.json");
    EXPECT_TRUE(lives) << lives.error().message;
    return misstep(read_machine(page.blocks.at(0)), lives->at(0), "decisions.md");
}

const std::string kStart =
    "none + create [trial] -> trialing\ntrialing + trial_ended -> active : invoice, charge\n";

TEST(LifeTest, RightMachineHasNoStory) {
    EXPECT_EQ(story_of(kStart + "active + payment_failed -> past_due : retry"), std::nullopt);
    EXPECT_EQ(story_of(kStart + "active + payment_failed [not card] -> unpaid : ask_for_card"),
              std::nullopt);
}

TEST(LifeTest, StoryEndsAtTheFirstMistakeAndQuotesTheLine) {
    const auto story = story_of(kStart + "active + payment_failed -> same : retry");
    ASSERT_TRUE(story);
    EXPECT_THAT(*story, HasSubstr("declined: The card is declined."));
    EXPECT_THAT(*story, HasSubstr("day   0  a customer subscribes [trial, card]"));
    EXPECT_THAT(*story, HasSubstr("active: invoice, charge"));
    EXPECT_THAT(*story, HasSubstr("your machine says active; expected past_due or unpaid"));
    EXPECT_THAT(*story, HasSubstr("because the debt is shown"));
    EXPECT_THAT(*story, HasSubstr("decisions.md:4: active + payment_failed -> same : retry"));
}

TEST(LifeTest, StorySaysWhenNoLineTakesTheEvent) {
    EXPECT_THAT(story_of(kStart).value_or(""), HasSubstr("no line of your machine takes "
                                                         "payment_failed there"));
}

TEST(LifeTest, EffectsAreExpectedToo) {
    EXPECT_THAT(story_of(kStart + "active + payment_failed -> past_due").value_or(""),
                HasSubstr("your machine does nothing; expected retry or ask_for_card"));
    EXPECT_THAT(story_of("none + create -> trialing : charge").value_or(""),
                HasSubstr("expected no charge"));
    EXPECT_THAT(story_of("none + create -> trialing\ntrialing + trial_ended -> active : charge")
                    .value_or(""),
                HasSubstr("expected invoice as well"));
}

TEST(LifeTest, WhatWasGivenBackIsNotGivenBackAgain) {
    constexpr std::string_view kPaused = R"({"cases": [{
        "name": "paused", "topic": "pausing", "title": "Paused and left.",
        "steps": [
          {"day": 0, "event": "create", "facts": ["paid"], "expect": []},
          {"day": 10, "event": "pause", "expect": []},
          {"day": 20, "event": "change_plan", "expect": []},
          {"day": 30, "event": "cancel_now", "expect": []}]}], "sums": []})";
    const auto story = [&](std::string_view lines) {
        const Page page = read_page("```machine\nnone + create -> active : invoice\n" +
                                    std::string(lines) + "\n```\n");
        const auto lives = lives_from_json(kPaused, "cases.json");
        EXPECT_TRUE(lives) << lives.error().message;
        return misstep(read_machine(page.blocks.at(0)), lives->at(0), "decisions.md").value_or("");
    };
    const std::string pause = "active + pause -> paused : credit\n";
    const std::string cancel = "paused + cancel_now [paid] -> canceled : credit";
    const std::string twice = story(pause + cancel);
    EXPECT_THAT(twice, HasSubstr("your machine does credit again; expected no credit"));
    EXPECT_THAT(twice, HasSubstr("because day 10 gave it back, and nothing was billed since"));
    EXPECT_EQ(story("active + pause -> paused\n" + cancel), "");
    EXPECT_EQ(story(pause + "paused + change_plan -> same : debit\n" + cancel), "");
}

TEST(LifeTest, APeriodThatIsPaidIsNotBilledAgain) {
    constexpr std::string_view kRested = R"({"cases": [{
        "name": "rested", "topic": "pausing", "title": "A short rest.",
        "steps": [
          {"day": 0, "event": "create", "expect": []},
          {"day": 0, "event": "payment_succeeded", "facts": ["paid"], "expect": []},
          {"day": 10, "event": "pause", "expect": []},
          {"day": 12, "event": "resume", "expect": []},
          {"day": 12, "event": "payment_succeeded", "facts": ["paid"], "expect": []},
          {"day": 30, "event": "period_ended", "expect": []}]}], "sums": []})";
    const auto story = [&](std::string_view lines) {
        const Page page = read_page("```machine\nnone + create -> active : invoice, charge\n" +
                                    std::string(lines) + "\n```\n");
        const auto lives = lives_from_json(kRested, "cases.json");
        EXPECT_TRUE(lives) << lives.error().message;
        return misstep(read_machine(page.blocks.at(0)), lives->at(0), "decisions.md").value_or("");
    };
    const std::string bills = "paused + resume -> active : invoice, charge\n";
    const std::string twice = story("active + pause -> paused\n" + bills);
    EXPECT_THAT(twice, HasSubstr("your machine does invoice, charge; expected no invoice"));
    EXPECT_THAT(twice, HasSubstr("the period that was paid on day 0 goes on, and nothing of it"));
    EXPECT_EQ(story("active + pause -> paused : credit\n" + bills), "");
    EXPECT_EQ(story("active + pause -> paused\npaused + resume -> active\n"
                    "active + period_ended -> same : invoice, charge\n"),
              "");
}

TEST(LifeTest, OurOwnCasesAreReadStrictly) {
    const auto error_of = [](std::string_view steps) {
        const auto lives =
            lives_from_json(R"({"cases": [{"name": "a", "topic": "b", "title": "c", "steps": )" +
                                std::string(steps) + R"(}], "sums": []})",
                            "cases.json");
        return lives ? "" : lives.error().message;
    };
    EXPECT_EQ(error_of(R"([{"day": 0, "event": "create"}])"), "");
    EXPECT_THAT(error_of("[]"), HasSubstr("1 to 50 steps"));
    EXPECT_THAT(error_of(R"([{"day": 0, "event": "nap"}])"), HasSubstr("\"nap\""));
    EXPECT_THAT(error_of(R"([{"day": 0, "event": "create", "facts": ["not rich"]}])"),
                HasSubstr("\"rich\""));
    EXPECT_THAT(error_of(R"([{"day": 0, "event": "create", "expect": [{"state": ["gone"],
                             "because": "x"}]}])"),
                HasSubstr("\"gone\""));
    EXPECT_THAT(error_of(R"([{"day": 0, "event": "create", "expect": [{"dose": ["charge"],
                             "because": "x"}]}])"),
                HasSubstr("dose"));
}

TEST(LifeTest, EveryEventOfTheGrammarHasAMeaningAndACase) {
    const auto lives = lives_from_json(cases_text(), "cases.json");
    ASSERT_TRUE(lives) << lives.error().message;
    EXPECT_GE(lives->size(), 40u);
    std::set<std::string> names;
    std::set<std::string> events;
    for (const Life& life : *lives) {
        EXPECT_TRUE(names.insert(life.name).second) << life.name;
        for (const LifeStep& step : life.steps) events.insert(step.event);
    }
    for (const std::string_view event : event_words()) {
        EXPECT_FALSE(meaning_of_event(event).empty());
        EXPECT_TRUE(events.contains(std::string(event))) << event;
    }
}

}  // namespace
}  // namespace onsite::subscriptions
