// A candidate's path through a whole interview, command by command.
#include <sstream>

#include "tests/e2e/small_interview.hpp"
#include "tests/support/schema.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t kMinuteMs = 60'000;
const fs::path kSchemas = root() / "docs" / "reference" / "schemas";

TEST(LoopTest, GoesFromTheFirstBriefToTheReport) {
    const SmallInterview interview;
    const auto begun = interview.onsite({"loop", "--lang", "python"});
    EXPECT_EQ(begun.status, 0) << begun.errors;
    EXPECT_THAT(begun.output, HasSubstr("# Reconcile two feeds"));
    EXPECT_THAT(begun.output, HasSubstr("reconciliation-1: 45:00 left"));
    EXPECT_THAT(interview.onsite({"loop"}).output, HasSubstr("running"));
    const auto second = interview.onsite({"loop", "next"});
    EXPECT_THAT(second.output, HasSubstr("reconciliation-1 is handed in"));
    EXPECT_THAT(second.output, HasSubstr("# Write a letter"));
    const auto over = interview.onsite({"loop", "next"});
    EXPECT_THAT(over.output, HasSubstr("All sections are over"));
    EXPECT_THAT(interview.onsite({"loop", "report"}).output, HasSubstr("0 of 2 sections graded"));
    const auto json = interview.onsite({"loop", "report", "--format", "json"});
    EXPECT_EQ(json_problems(kSchemas / "loop-report.schema.json", json.output), "");
    EXPECT_THAT(interview.onsite({"loop", "report", "--format", "html"}).output,
                HasSubstr("</html>"));
    std::istringstream lines(read_text(interview.attempts() / "loop-1" / "log.jsonl"));
    for (std::string line; std::getline(lines, line);) {
        EXPECT_EQ(json_problems(kSchemas / "loop-event.schema.json", line), "");
    }
    for (const char* const folder : {"loop-1", "letter-1/.onsite"}) {
        std::istringstream told(read_text(interview.attempts() / folder / "witness.jsonl"));
        for (std::string line; std::getline(told, line);) {
            EXPECT_EQ(json_problems(kSchemas / "witness.schema.json", line), "");
        }
    }
}

TEST(LoopTest, TheTimeEndsASectionThatNobodyEnds) {
    const SmallInterview interview;
    interview.onsite({"loop", "--lang", "python"});
    interview.begin_earlier("reconciliation-1", 45 * kMinuteMs);
    const auto late = interview.onsite({"loop"});
    EXPECT_THAT(late.output, HasSubstr("The time of reconciliation-1 is up: it is sealed"));
    EXPECT_THAT(late.output, HasSubstr("./onsite loop next       begins the next section"));
    EXPECT_THAT(interview.log("reconciliation-1"), HasSubstr("\"reason\":\"time\""));
    const auto check = interview.onsite({"check", "reconciliation-1"});
    EXPECT_EQ(check.status, 2);
    EXPECT_THAT(check.errors, HasSubstr("is sealed"));
    EXPECT_EQ(interview.onsite({"next", "reconciliation-1"}).status, 2);
    EXPECT_THAT(interview.onsite({"loop", "next"}).output, HasSubstr("# Write a letter"));
}

TEST(LoopTest, AFileSavedAfterTheTimeIsFoundByVerify) {
    const SmallInterview interview;
    interview.onsite({"loop", "--lang", "python"});
    interview.begin_earlier("reconciliation-1", 50 * kMinuteMs);
    write_text(interview.attempts() / "reconciliation-1" / "reconcile.py", "late = True\n");
    EXPECT_THAT(interview.onsite({"loop"}).output,
                HasSubstr("reconcile.py was saved after the time was up"));
    const auto verified = interview.onsite({"verify", "reconciliation-1", "--no-rerun"});
    EXPECT_EQ(verified.status, 1) << verified.output;
    EXPECT_THAT(verified.output, HasSubstr("FAIL seal     reconcile.py was saved after"));
}

TEST(LoopTest, FollowUpsComeWhenTheyAreDueOrWhenTheyAreAskedFor) {
    const SmallInterview interview;
    interview.onsite({"loop", "--lang", "python"});
    interview.onsite({"loop", "next"});
    EXPECT_THAT(interview.onsite({"loop"}).output, Not(HasSubstr("one sentence")));
    interview.begin_earlier("letter-1", 4 * kMinuteMs);
    EXPECT_THAT(interview.onsite({"loop"}).output, HasSubstr("Can you say it in one sentence?"));
    EXPECT_THAT(interview.onsite({"loop"}).output, Not(HasSubstr("one sentence"))) << "once";
    const SmallInterview impatient;
    impatient.onsite({"loop", "--lang", "python"});
    EXPECT_EQ(impatient.onsite({"next"}).status, 0);
    EXPECT_THAT(impatient.log("reconciliation-1"), HasSubstr("\"event\":\"followup\""));
}

TEST(LoopTest, AFollowUpThatNobodyCouldReadIsNotRevealed) {
    const SmallInterview interview;
    interview.onsite({"loop", "--lang", "python"});
    interview.begin_earlier("reconciliation-1", 60 * kMinuteMs);
    interview.onsite({"loop"});
    EXPECT_THAT(interview.log("reconciliation-1"), Not(HasSubstr("followup")));
}

TEST(LoopTest, TheCountdownRunsOnATerminalAndEndsWithTheTime) {
    const SmallInterview interview;
    interview.onsite({"loop", "--lang", "python"});
    EXPECT_THAT(interview.onsite({"loop", "watch"}).output, HasSubstr("running")) << "one look";
    interview.begin_earlier("reconciliation-1", 45 * kMinuteMs - 15'000);
    const auto watched = interview.on_a_terminal("loop watch");
    EXPECT_THAT(watched.output, HasSubstr("reconciliation-1   0:"));
    EXPECT_THAT(watched.output, HasSubstr("The time of reconciliation-1 is up"));
}

TEST(LoopTest, PausesAreForPracticeOnly) {
    const SmallInterview practice;
    practice.onsite({"loop", "--lang", "python"});
    EXPECT_THAT(practice.onsite({"loop", "pause"}).output, HasSubstr("left, paused"));
    EXPECT_EQ(practice.onsite({"loop", "pause"}).status, 0) << "twice changes nothing";
    EXPECT_EQ(count_of("\"event\":\"paused\"", practice.log("reconciliation-1")), 1);
    EXPECT_THAT(practice.onsite({"loop", "resume"}).output, Not(HasSubstr("paused")));
    const SmallInterview strict;
    strict.onsite({"loop", "--lang", "python", "--strict"});
    const auto refused = strict.onsite({"loop", "pause"});
    EXPECT_EQ(refused.status, 2);
    EXPECT_THAT(refused.errors, HasSubstr("pauses are for practice"));
    EXPECT_EQ(strict.onsite({"hint"}).status, 2);
}

TEST(LoopTest, BadWordsBeginNothing) {
    const SmallInterview interview;
    EXPECT_EQ(interview.onsite({"loop", "--minutes-scale", "0"}).status, 2);
    EXPECT_EQ(interview.onsite({"loop", "--lang", "cobol"}).status, 2);
    for (const char* const step : {"next", "pause", "resume", "watch", "grade", "report"}) {
        const auto refused = interview.onsite({"loop", step});
        EXPECT_EQ(refused.status, 2) << step;
        EXPECT_THAT(refused.errors, HasSubstr("begin one with: ./onsite loop")) << step;
    }
    EXPECT_FALSE(fs::exists(interview.attempts()));
}

// What an interview is was decided when it began; a word that changes nothing is not swallowed.
TEST(LoopTest, AnInterviewThatGoesOnIsNotChosenAgain) {
    const SmallInterview interview;
    interview.onsite({"loop", "--lang", "python"});
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"--minutes-scale", "0.1"}, {"--strict"}, {"--lang", "cobol"}}) {
        std::vector<std::string> command = {"loop"};
        command.insert(command.end(), words.begin(), words.end());
        const auto refused = interview.onsite(command);
        EXPECT_EQ(refused.status, 2) << words[0];
        EXPECT_THAT(refused.errors, HasSubstr("found loop-1, which goes on as it was begun"));
    }
    EXPECT_EQ(interview.onsite({"loop", "--new", "--strict", "--lang", "python"}).status, 0);
}

// A seal is made once, so one without the answer would lose it; when the time is up it is made.
TEST(LoopTest, AnAnswerThatCannotBeGradedIsNotHandedIn) {
    const SmallInterview interview;
    interview.onsite({"loop", "--lang", "python"});
    interview.onsite({"loop", "next"});
    const fs::path letter = interview.attempts() / "letter-1" / "letter.md";
    const std::string text = read_text(letter);
    write_text(letter.string() + ".kept", text);
    fs::remove(letter);
    fs::create_symlink("letter.md.kept", letter);
    for (const auto& words : {std::vector<std::string>{"loop", "next"}, {"seal", "letter-1"}}) {
        const auto refused = interview.onsite(words);
        EXPECT_EQ(refused.status, 2) << refused.output;
        EXPECT_THAT(refused.errors, HasSubstr("found a link"));
        EXPECT_THAT(refused.errors, HasSubstr("nothing was handed in"));
    }
    fs::remove(letter);
    write_text(letter, text);
    EXPECT_EQ(interview.onsite({"seal", "letter-1"}).status, 0);
    fs::remove(letter);
    EXPECT_EQ(interview.onsite({"seal", "letter-1"}).status, 0) << "it is handed in already";
}

TEST(LoopTest, ASectionThatCannotBeGradedLeavesTheOthersTheirs) {
    const SmallInterview interview;
    interview.onsite({"loop", "--lang", "python"});
    fs::remove(interview.attempts() / "reconciliation-1" / "reconcile.py");
    interview.begin_earlier("reconciliation-1", 45 * kMinuteMs);
    interview.onsite({"loop"});
    interview.onsite({"loop", "next"});
    interview.onsite({"loop", "next"});
    const auto graded = interview.onsite({"loop", "grade"});
    EXPECT_EQ(graded.status, 2);
    EXPECT_THAT(graded.errors, HasSubstr("reconcile.py, found nothing there"));
    EXPECT_THAT(graded.errors, HasSubstr("letter-1"));
}

TEST(LoopTest, ACrashBetweenTwoLogsIsMended) {
    const SmallInterview interview;
    interview.onsite({"loop", "--lang", "python"});
    const fs::path file = interview.attempts() / "loop-1" / "log.jsonl";
    const std::string begun = read_text(file);
    write_text(file, begun.substr(0, begun.find('\n') + 1));  // The section's line was not written.
    EXPECT_THAT(interview.onsite({"loop"}).output, HasSubstr("reconciliation-1"));
    EXPECT_FALSE(fs::exists(interview.attempts() / "reconciliation-2"));
    EXPECT_EQ(count_of("section_started", read_text(file)), 1);
    const std::string before = read_text(file);
    interview.onsite({"loop", "next"});
    write_text(file, before);  // Sealed, and neither the end nor the next section was written.
    EXPECT_THAT(interview.onsite({"loop"}).output, HasSubstr("letter-1"));
    EXPECT_FALSE(fs::exists(interview.attempts() / "letter-2"));
}

TEST(RateTest, WantsALevelAndAPlaceThatIsThere) {
    const SmallInterview interview;
    interview.onsite({"start", "reconciliation", "--lang", "python"});
    EXPECT_THAT(interview.onsite({"rate"}).output, HasSubstr("clarity"));
    const auto without = interview.onsite({"rate", "clarity", "3"});
    EXPECT_EQ(without.status, 2);
    EXPECT_THAT(without.errors, HasSubstr("expected an anchor"));
    const std::vector<std::string> bad = {"rate", "clarity", "5", "--anchor", "event:1"};
    EXPECT_EQ(interview.onsite(bad).status, 2);
    EXPECT_EQ(interview.onsite({"rate", "money", "3", "--anchor", "event:1"}).status, 2);
    EXPECT_EQ(interview.onsite({"rate", "clarity", "3", "--anchor", "reconcile.py:99999"}).status,
              2);
    const auto rated = interview.onsite(
        {"rate", "reconciliation-1", "clarity", "3", "--anchor", "reconcile.py:1"});
    EXPECT_EQ(rated.status, 0) << rated.errors;
    EXPECT_THAT(rated.output, HasSubstr("worth no points"));
    EXPECT_EQ(count_of("\"event\":\"rated\"", interview.log("reconciliation-1")), 1);
}

TEST(VerifyTest, ASealedGradeIsReproducedAndEveryEditIsFound) {
    const SmallInterview interview;
    interview.onsite({"start", "reconciliation", "--lang", "python"});
    interview.onsite({"rate", "clarity", "2", "--anchor", "reconcile.py:1", "--note", "mine"});
    const auto sealed = interview.onsite({"seal"});
    EXPECT_EQ(sealed.status, 0) << sealed.errors;
    const fs::path folder = interview.attempts() / "reconciliation-1";
    write_text(folder / "reconcile.py", "print('not what was handed in')\n");
    const auto graded = interview.onsite({"grade", "--growth-rows", "300"});
    EXPECT_EQ(graded.status, 0) << graded.errors;
    EXPECT_THAT(graded.output, HasSubstr("rated by the candidate, worth no points"));
    const auto changed = interview.onsite({"verify", "--no-rerun"});
    EXPECT_EQ(changed.status, 1);
    EXPECT_THAT(changed.output, HasSubstr("FAIL files"));
    fs::copy_file(folder / ".onsite" / "sealed" / "files" / "reconcile.py", folder / "reconcile.py",
                  fs::copy_options::overwrite_existing);
    const auto holds = interview.onsite({"verify"});
    EXPECT_EQ(holds.status, 0) << holds.output << holds.errors;
    EXPECT_THAT(holds.output, HasSubstr("verdicts again from seed"));
    EXPECT_EQ(interview.onsite({"verify", "--no-rerun", "--seal", "00"}).status, 1);

    write_text(folder / ".onsite" / "sealed" / "files" / "reconcile.py", "better = True\n");
    const auto refused = interview.onsite({"grade", "--growth-rows", "300"});
    EXPECT_EQ(refused.status, 2) << "a grade of other files under the same id";
    EXPECT_THAT(refused.errors, HasSubstr("the sealed copy reconcile.py"));
}

TEST(StatusTest, ShowsWhereTheCandidateStandsAndWhatComesNext) {
    const SmallInterview interview;
    EXPECT_THAT(interview.onsite({}).output, HasSubstr("next   ./onsite start reconciliation"));
    interview.onsite({"start", "reconciliation", "--lang", "python"});
    EXPECT_THAT(interview.onsite({}).output, HasSubstr("is begun and has no grade yet"));
    interview.onsite({"grade", "--growth-rows", "300"});
    const auto graded = interview.onsite({});
    EXPECT_THAT(graded.output, HasSubstr("▁"));
    EXPECT_THAT(graded.output, HasSubstr("1 of 2 sections tried, 1 graded"));
    EXPECT_THAT(graded.output, HasSubstr("because Writing was never tried")) << graded.output;
}

}  // namespace
}  // namespace onsite::testing
