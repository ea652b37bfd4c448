// A review as docs/guides/review.md tells it, command by command: two people score an attempt
// blind, their scores stay sealed, they are compared, and the result is exported.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/attempt/grade_store.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/scoring/scorecard_json.hpp"
#include "tests/e2e/onsite.hpp"
#include "tests/support/schema.hpp"

namespace onsite::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kAttempt = "reconciliation-1";

// What the checks of the rubric could have said: one failed, the follow-ups were not reached.
std::vector<Verdict> some_verdicts(const Rubric& rubric) {
    std::vector<Verdict> verdicts;
    for (const Criterion& criterion : rubric.criteria) {
        for (const std::string& check : criterion.checks) {
            verdicts.push_back(criterion.followup > 0 ? not_run(check, "not revealed")
                                                      : passed(check, 100, "as expected"));
        }
    }
    verdicts.front() = failed(verdicts.front().check, Cause::wrong_answer,
                              "expected t1 in the ledger only, found nothing");
    verdicts.front().evidence.story = "ledger  t1\nbank    (no rows)";
    verdicts.front().evidence.case_json = R"({"ledger":[["t1","1","USD"]],"bank":[]})";
    return verdicts;
}

// Stored as a grade stores it, without a quarter of a minute of grading in every test.
void store_grade(const Attempt& attempt, const Exercise& exercise, Clock& clock) {
    const Rubric rubric = load_rubric(exercise).value();
    const std::vector<Verdict> verdicts = some_verdicts(rubric);
    const std::string hash(64, 'a');
    GradeFacts facts{.exercise = exercise.slug,
                     .title = exercise.title,
                     .attempt = attempt.name(),
                     .language = "python",
                     .content_hash = hash,
                     .seed = 7,
                     .toolchain = "python3",
                     .isolation = {.layers = LayerSet::all(), .level = IsolationLevel::full}};
    facts.started_at_ms = attempt.state.started_at_ms;
    facts.graded_at_ms = clock.now_ms();
    facts.minutes_allowed = exercise.minutes;
    const Scorecard card = score(rubric, verdicts, facts);
    const GradeRecord record{.verdicts = verdicts,
                             .scorecard_json = scorecard_text(card),
                             .content_hash = hash,
                             .score = {.earned = card.earned, .judged = card.judged},
                             .is_grade = true};
    ASSERT_TRUE(save_grade(attempt, record, clock));
}

class ReviewTest : public ::testing::Test {
protected:
    void SetUp() override {
        SimulatedClock clock(1'772'359'872'000);
        const auto catalog = load_catalog(root()).value();
        const Exercise exercise = find_exercise(catalog, "reconciliation").value();
        const auto attempt = create_attempt(exercise,
                                            {.attempts_root = practice_.attempts(),
                                             .language = find_language(exercise, "python").value()},
                                            clock);
        ASSERT_TRUE(attempt) << attempt.error().message;
        clock.advance_ms(31 * 60'000);
        store_grade(*attempt, exercise, clock);
    }

    CommandResult review(std::vector<std::string> words, const std::string& input = "") {
        words.insert(words.begin(), {"review", kAttempt});
        Command command = practice_.command(words);
        command.input = input;
        return run(command);
    }
    CommandResult rate(const std::string& reviewer, const std::string& level) {
        return review({"--as", reviewer, "--set", "clarity=" + level, "--anchor",
                       "clarity=reconcile.py:10", "--comment", "clarity=nothing to read yet",
                       "--set", "scale=1", "--anchor", "scale=minute:0", "--signal", "no",
                       "--because", "not solved", "--done"});
    }
    fs::path log_of(const std::string& reviewer) const {
        return practice_.attempt(kAttempt) / ".onsite" / "reviews" / (reviewer + ".jsonl");
    }

    Practice practice_;
};

TEST_F(ReviewTest, APipeAnswersAsAPersonWould) {
    const auto said = review({"--as", "ada"},
                             "2\n\n2 reconcile.py:10 bolted on\nc\nb\n"
                             "g scale\n1\nminute:0\nsignal no because nothing works\ndone\n");
    EXPECT_EQ(said.status, 0) << said.errors;
    EXPECT_THAT(said.output, HasSubstr("clarity: Code that a colleague can change"));
    EXPECT_THAT(said.output, HasSubstr("no level without an anchor"));
    EXPECT_THAT(said.output, HasSubstr("the input"));
    EXPECT_THAT(said.output, HasSubstr("the review is complete"));
    EXPECT_THAT(read_text(log_of("ada")), HasSubstr("\"criterion\":\"clarity\""));
}

TEST_F(ReviewTest, IsLeftAndContinued) {
    EXPECT_THAT(review({"--as", "ada"}, "2 reconcile.py:10 so far\nq\n").output, HasSubstr("kept"));
    const auto again = review({"--as", "ada"}, "");
    EXPECT_THAT(again.output, HasSubstr("scale: Speaks to data"));
    EXPECT_THAT(again.output, HasSubstr("kept"));
}

TEST_F(ReviewTest, ABlindReviewerSeesNoName) {
    write_text(practice_.attempt(kAttempt) / "reconcile.py",
               "# Author: Ada Lovelace <ada@example.org>\n# \x1b]0;owned\x07\n" +
                   read_text(practice_.attempt(kAttempt) / "reconcile.py"));
    const auto seen = review({"--as", "bob", "--blind"}, "d\nc\nq\n");
    EXPECT_EQ(seen.status, 0) << seen.errors;
    for (const std::string& name : {kAttempt, std::string("Lovelace"), std::string("example.org"),
                                    practice_.attempts().string(), std::string("\x1b")}) {
        EXPECT_THAT(seen.output + seen.errors, Not(HasSubstr(name)));
    }
    EXPECT_THAT(seen.output, HasSubstr("right the reference"));
    EXPECT_THAT(seen.errors, HasSubstr("was changed after this grade"));
}

TEST_F(ReviewTest, WhoBeganBlindStaysBlind) {
    review({"--as", "bob", "--blind"});
    const auto again = review({"--as", "bob"});
    EXPECT_THAT(again.output, HasSubstr("as bob"));
    EXPECT_THAT(again.output + again.errors, Not(HasSubstr(kAttempt)));
    EXPECT_THAT(review({"--as", "bob", "--diff"}).output, Not(HasSubstr(kAttempt)));
    EXPECT_THAT(review({"--as", "ada"}).output, HasSubstr(kAttempt));
}

TEST_F(ReviewTest, AWordThatWouldBeIgnoredIsRefused) {
    const std::vector<std::vector<std::string>> mixed = {{"--reveal", "--set", "clarity=2"},
                                                         {"--reveal", "--format", "html"},
                                                         {"--format", "csv", "--done"},
                                                         {"--diff", "--again"}};
    for (const auto& words : mixed) {
        const auto refused = review(words);
        EXPECT_EQ(refused.status, 2) << words[0];
        EXPECT_THAT(refused.errors, HasSubstr("expected one thing to do, found several"));
    }
}

TEST_F(ReviewTest, StaysSealedUntilTwoAreThere) {
    ASSERT_EQ(rate("ada", "3").status, 0);
    EXPECT_THAT(review({"--reveal"}).errors, HasSubstr("sealed until 2 are complete"));
    review({"--as", "bob", "--set", "clarity=1", "--anchor", "clarity=reconcile.py:10"});
    EXPECT_THAT(review({"--reveal"}).errors, HasSubstr("bob began and is not complete"));
    EXPECT_EQ(review({"--format", "json"}).status, 2);
    const auto as_bob = review({"--as", "bob"}, "b\nb\nb\n");
    EXPECT_THAT(as_bob.output, Not(HasSubstr("level 3")));
    EXPECT_THAT(practice_.onsite({"agreement"}).output, HasSubstr("1 left out, still sealed"));
}

TEST_F(ReviewTest, WhatIsRefusedBeginsNothing) {
    ASSERT_EQ(rate("ada", "3").status, 0);
    write_text(practice_.attempts() / ".snippets", "no snippet\n");
    EXPECT_EQ(review({"--as", "bob"}).status, 2);
    fs::remove(practice_.attempts() / ".snippets");
    const std::string anchor = "clarity=reconcile.py:10";
    const std::vector<std::vector<std::string>> refused = {
        {"--set", "clarity=9", "--anchor", anchor},
        {"--set", "clarity=2", "--anchor", "clarity=reconcile.py:100000"},
        {"--set", "clarity=2", "--anchor", anchor, "--signal", "maybe"},
        {"--set", "clarity=2", "--anchor", anchor, "--snippets", "gone"},
        {"--done"}};
    for (std::vector<std::string> words : refused) {
        words.insert(words.begin(), {"--as", "bob"});
        EXPECT_EQ(review(words).status, 2) << words.back();
        EXPECT_FALSE(fs::exists(log_of("bob"))) << words.back();
    }
    EXPECT_EQ(review({"--format", "csv"}).status, 0);

    const std::string before = read_text(log_of("ada"));
    EXPECT_EQ(review({"--as", "ada", "--again", "--set", "clarity=9"}).status, 2);
    EXPECT_EQ(read_text(log_of("ada")), before);
}

TEST_F(ReviewTest, IsPartOfWhatIsVerified) {
    ASSERT_EQ(rate("ada", "3").status, 0);
    const auto verify = [&] { return practice_.onsite({"verify", kAttempt, "--no-rerun"}); };
    EXPECT_THAT(verify().output, HasSubstr("ok   reviews  1 begun"));
    std::string log = read_text(log_of("ada"));
    log.replace(log.find("\"level\":3"), 9, "\"level\":4");
    write_text(log_of("ada"), log);
    const auto edited = verify();
    EXPECT_EQ(edited.status, 1);
    EXPECT_THAT(edited.output, HasSubstr("FAIL reviews"));
}

TEST_F(ReviewTest, IsRevealedVotedOnAgainAndExported) {
    ASSERT_EQ(rate("ada", "3").status, 0);
    ASSERT_EQ(rate("bob", "1").status, 0);
    const auto opened = review({"--reveal"});
    EXPECT_EQ(opened.status, 0) << opened.errors;
    EXPECT_THAT(opened.output, HasSubstr("they differ"));
    ASSERT_EQ(rate("bob", "3").status, 0);

    const auto schemas = root() / "docs" / "reference" / "schemas";
    const auto json = review({"--format", "json"});
    EXPECT_EQ(json_problems(schemas / "scorecard.schema.json", json.output), "");
    const auto card = nlohmann::json::parse(json.output);
    for (const auto& criterion : card.at("criteria")) {
        if (criterion.at("id") != "clarity") continue;
        EXPECT_EQ(criterion.at("level"), 3);
        EXPECT_TRUE(criterion.at("ratings").at(1).at("is_revote").get<bool>());
    }
    EXPECT_EQ(xml_problems(schemas / "junit.xsd", review({"--format", "junit"}).output), "");
    EXPECT_EQ(json_problems(schemas / "gradescope.schema.json",
                            review({"--format", "gradescope"}).output),
              "");
    EXPECT_THAT(review({"--format", "csv"}).output, HasSubstr("\"clarity\""));
    EXPECT_THAT(review({"--format", "html"}).output, HasSubstr("Score per criterion"));
    EXPECT_THAT(review({"--blind", "--format", "html"}).output, Not(HasSubstr(kAttempt)));

    const auto agreement = practice_.onsite({"agreement", "--json"});
    EXPECT_EQ(json_problems(schemas / "agreement.schema.json", agreement.output), "");
    EXPECT_THAT(practice_.onsite({"agreement"}).output, HasSubstr("ada and bob: 1 of 2 equal"));
}

TEST_F(ReviewTest, RefusesALevelWithoutAnAnchorAndALogThatWasEdited) {
    const auto refused = review({"--as", "ada", "--set", "clarity=4"});
    EXPECT_EQ(refused.status, 2);
    EXPECT_THAT(refused.errors, HasSubstr("needs an anchor"));
    ASSERT_EQ(rate("ada", "3").status, 0);
    std::string log = read_text(log_of("ada"));
    log.replace(log.find("\"level\":3"), 9, "\"level\":4");
    write_text(log_of("ada"), log);
    EXPECT_THAT(review({"--format", "text"}).errors, HasSubstr("was edited"));
}

TEST_F(ReviewTest, ARubricIsTriedOnOldAttemptsBeforeItIsApplied) {
    ASSERT_EQ(rate("ada", "3").status, 0);
    const auto rubric = root() / "exercises" / "1-reconciliation" / "rubric.json";
    std::string text = read_text(rubric);
    text.replace(text.find("\"version\": 2"), 12, "\"version\": 3");
    text.replace(text.find("\"weight\": 8"), 11, "\"weight\": 5");
    text.replace(text.rfind("\"weight\": 5"), 11, "\"weight\": 8");
    const auto changed = practice_.attempts() / "rubric.json";
    write_text(changed, text);
    const auto shown =
        practice_.onsite({"rubric", "diff", rubric.string(), changed.string(), "--attempts"});
    EXPECT_EQ(shown.status, 0) << shown.errors;
    EXPECT_THAT(shown.output, HasSubstr("clarity: weighs 5 instead of 8"));
    EXPECT_THAT(shown.output, HasSubstr("1 of 1 attempts would move"));
    EXPECT_THAT(shown.output, HasSubstr("clarity: level 3 (5 of 8) -> level 3 (3 of 5)"));
}

}  // namespace
}  // namespace onsite::testing
