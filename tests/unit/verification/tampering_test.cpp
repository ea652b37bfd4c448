// Goal: every way to edit an attempt after the fact is found and told in one sentence: points, the
// scorecard, verdicts, the rubric, the clock, files after the time, a grade of other files (T47,
// T48); and an attempt that nobody touched holds. Method: a sealed and graded attempt, one edit.
#include <sstream>

#include <nlohmann/json.hpp>

#include "base/hash.hpp"
#include "base/json.hpp"
#include "harness/attempt/grade_store.hpp"
#include "harness/attempt/seal.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/scoring/scorecard_json.hpp"
#include "harness/verification/verification.hpp"
#include "tests/unit/attempt/attempt_fixture.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string rubric_text(int version, const std::string& behaviour) {
    std::string levels;
    std::string person;
    for (int level = 1; level <= 4; ++level) {
        const std::string begin =
            R"({"level": )" + std::to_string(level) + R"(, "behaviour": ")" + behaviour + '"';
        levels += begin + R"(, "percent": )" + std::to_string(33 * (level - 1)) + "},";
        person += begin + "},";
    }
    levels.pop_back();
    person.pop_back();
    return R"({"exercise": "greeting", "version": )" + std::to_string(version) +
           R"(, "criteria": [{"id": "greets", "title": "Greets", "weight": 60, "judge": "checks",
              "followup": 0, "checks": ["says_hello"], "levels": [)" +
           levels + R"(]}, {"id": "clarity", "title": "Is clear", "weight": 40, "judge": "person",
              "followup": 0, "evidence": ["names"], "levels": [)" +
           person + "]}]}\n";
}

class TamperingTest : public AttemptFixture {
protected:
    TamperingTest() {
        clock_.advance_ms(60'000);
        attempt_ = record(attempt_, {.kind = EventKind::hint, .number = 1}, clock_).value();
        clock_.advance_ms(60'000);
        attempt_ = seal_attempt(attempt_, {.rubric = rubric_}, clock_).value();
        handed_in_ = seal_of(attempt_).value();
        grade();
    }

    // As `onsite grade` does, without running anything.
    void grade(const std::string& content = "// TODO(candidate): greet.\n") {
        GradeFacts facts{.exercise = "greeting",
                         .title = "Greet",
                         .attempt = attempt_.name(),
                         .language = "cpp",
                         .content_hash = sha256_hex(content)};
        facts.started_at_ms = attempt_.state.started_at_ms;
        facts.graded_at_ms = clock_.now_ms();
        facts.isolation.level = IsolationLevel::full;
        const std::vector<Verdict> verdicts = {
            failed("says_hello", Cause::wrong_answer, "expected hello, found nothing")};
        const Scorecard card = score(parse_rubric(rubric_, "rubric.json").value(), verdicts, facts);
        attempt_ = save_grade(attempt_,
                              {.verdicts = verdicts,
                               .scorecard_json = scorecard_text(card),
                               .content_hash = facts.content_hash,
                               .score = {.earned = card.earned, .judged = card.judged},
                               .is_grade = card.is_grade,
                               .rubric_hash = sha256_hex(rubric_),
                               .tests_hash = sha256_hex("")},
                              clock_)
                       .value();
    }

    // "seal: one sentence" for each proof that is broken.
    std::vector<std::string> broken() {
        auto opened = open_attempt(attempt_.folder);
        if (!opened) return {"log: " + opened.error().message};
        const VerifyRequest request{.attempt = *opened,
                                    .exercise = exercise_,
                                    .language = cpp_,
                                    .rubric = rubric_now_,
                                    .expected_seal = handed_in_,
                                    .section = section_,
                                    .missing_loop = "none"};
        std::vector<std::string> found;
        for (const ProofLine& line : verify_records(request)) {
            if (line.kind == ProofKind::broken) found.push_back(line.about + ": " + line.sentence);
        }
        return found;
    }
    void edit(const fs::path& file, const std::string& from, const std::string& to) const {
        std::string text = testing::read_text(file);
        const auto at = text.find(from);
        ASSERT_NE(at, std::string::npos) << from << " in " << text;
        testing::write_text(file, text.replace(at, from.size(), to));
    }
    // Edits the log and writes the chain anew, as one does who knows how it is made.
    void forge_log(const std::string& from, const std::string& to) const {
        edit(log_of(attempt_), from, to);
        std::istringstream lines(testing::read_text(log_of(attempt_)));
        std::string forged;
        Chain chain;
        for (std::string line; std::getline(lines, line);) {
            Json event = Json::parse(line);
            event.erase("prev");
            event.erase("sum");
            line = chained_line(event, chain);
            chain = {.head = sha256_hex(line), .lines = chain.lines + 1};
            forged += line + '\n';
        }
        testing::write_text(log_of(attempt_), forged);
    }
    fs::path tool() const { return attempt_.folder / ".onsite"; }

    const Language cpp_ = find_language(exercise_, "cpp").value();
    std::string rubric_ = rubric_text(1, "greets");
    std::string rubric_now_ = rubric_;
    std::string handed_in_;
    std::optional<LoopSection> section_;
    Attempt attempt_ = start();
};

TEST_F(TamperingTest, AnAttemptThatNobodyTouchedHolds) { EXPECT_THAT(broken(), IsEmpty()); }

TEST_F(TamperingTest, EveryByteOfTheLogCounts) {
    const std::string whole = testing::read_text(log_of(attempt_));
    for (std::size_t at = 0; at + 1 < whole.size(); at += 7) {
        std::string edited = whole;
        edited[at] = edited[at] == '0' ? '1' : '0';
        if (edited == whole) continue;
        testing::write_text(log_of(attempt_), edited);
        EXPECT_FALSE(broken().empty()) << "byte " << at << ": " << edited;
    }
}

TEST_F(TamperingTest, PointsInTheLog) {
    forge_log("\"earned\":0", "\"earned\":60");
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("the log says 60 of 60 points, the verdicts give "
                                                "0 of 60")));
}

TEST_F(TamperingTest, TheScorecard) {
    edit(tool() / "grades" / "1" / "scorecard.json", "\"earned\": 0", "\"earned\": 60");
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("grade 1: scorecard.json was recorded with")));
}

TEST_F(TamperingTest, TheVerdicts) {
    edit(tool() / "grades" / "1" / "verdicts.jsonl", "found nothing", "found hello");
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("grade 1: verdicts.jsonl was recorded with")));
}

// Hashes in the log and all: the scorecard does not follow from the verdicts.
TEST_F(TamperingTest, TheScorecardAndItsHash) {
    const fs::path card = tool() / "grades" / "1" / "scorecard.json";
    const std::string before = sha256_hex(testing::read_text(card));
    edit(card, "\"hints_used\": 0", "\"hints_used\": 0 ");
    forge_log(before, sha256_hex(testing::read_text(card)));
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("scorecard.json is not what the verdicts and the "
                                                "rubric give")));
}

TEST_F(TamperingTest, AGradeThatIsGone) {
    fs::remove_all(tool() / "grades" / "1");
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("grade 1")));
}

TEST_F(TamperingTest, AGradeOfAnotherAttempt) {
    fs::rename(attempt_.folder, repository_.attempts() / "greeting-7");
    attempt_.folder = repository_.attempts() / "greeting-7";
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("expected a grade of greeting-7")));
}

TEST_F(TamperingTest, ARubricThatWasEditedUnderTheSameVersion) {
    rubric_now_ = rubric_text(1, "is generous");
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("rubric: rubric.json has version 1 as when it was "
                                                "sealed, and other content")));
    rubric_now_ = rubric_text(2, "is generous");
    EXPECT_THAT(broken(), IsEmpty()) << "a new version says so itself";
}

TEST_F(TamperingTest, TheSealedRubric) {
    testing::write_text(tool() / "sealed" / "rubric.json", rubric_text(1, "is generous"));
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("seal: expected the sealed copy of rubric.json")));
}

TEST_F(TamperingTest, AFileAfterTheSeal) {
    testing::write_text(attempt_.folder / "greet.cpp", "better\n");
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("files: expected your file greet.cpp")));
}

TEST_F(TamperingTest, TheSealedFile) {
    testing::write_text(tool() / "sealed" / "files" / "greet.cpp", "better\n");
    EXPECT_THAT(broken(), Contains(HasSubstr("seal: expected the sealed copy greet.cpp")));
}

TEST_F(TamperingTest, AGradeOfChangedFilesUnderTheSameId) {
    grade("better\n");
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("grade 2: judged the answer")));
}

TEST_F(TamperingTest, ALaterStart) {
    const std::string at_ms = std::to_string(kStartMs);
    edit(log_of(attempt_), "\"at_ms\":" + at_ms, "\"at_ms\":" + std::to_string(kStartMs + 30'000));
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("log: ")));
}

// The whole chain written anew: the seal that was handed in shows it, and so does the scorecard.
TEST_F(TamperingTest, ALaterStartInAForgedLog) {
    edit(log_of(attempt_), "10:11:12Z", "10:11:42Z");
    forge_log("\"at_ms\":" + std::to_string(kStartMs),
              "\"at_ms\":" + std::to_string(kStartMs + 30'000));
    EXPECT_THAT(broken(), Contains(HasSubstr("the log gives 1 min 30 s of use until the seal, the "
                                             "seal says 2 min 00 s")));
    EXPECT_THAT(broken(), Contains(HasSubstr("the seal that was handed in is")));
    EXPECT_THAT(broken(), Contains(HasSubstr("different times of the start")));
}

TEST_F(TamperingTest, AnotherSealThanTheOneHandedIn) {
    handed_in_ = std::string(64, 'a');
    EXPECT_THAT(broken(),
                ElementsAre(HasSubstr("seal: the seal that was handed in is aaaaaaaaaaaa")));
}

TEST_F(TamperingTest, ASealThatIsCutOffTheLog) {
    const std::string text = testing::read_text(log_of(attempt_));
    const auto second = text.find("\n", text.find("\n") + 1) + 1;
    testing::write_text(log_of(attempt_), text.substr(0, second));
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("the log's is none")));
}

TEST_F(TamperingTest, AMachinesClockThatWasSetBack) {
    SimulatedClock set_back(kStartMs);
    ASSERT_TRUE(record(attempt_, {.kind = EventKind::solution_viewed}, set_back));
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("clock: event 5 (solution_viewed) is 2 min 00 s "
                                                "before event 4")));
}

TEST_F(TamperingTest, AFileThatWasSavedAfterTheTimeWasUp) {
    attempt_ = start();  // Its files are saved now, long after the time of the simulated clock.
    clock_.advance_ms(120'000);
    attempt_ = seal_attempt(attempt_, {.allowed_ms = 60'000, .rubric = rubric_}, clock_).value();
    handed_in_ = seal_of(attempt_).value();
    EXPECT_THAT(broken(), Contains("seal: greet.cpp was saved after the time was up"));
}

class InterviewTest : public TamperingTest {
protected:
    InterviewTest() {
        attempt_ = create_attempt(exercise_,
                                  {.attempts_root = repository_.attempts(),
                                   .language = cpp_,
                                   .loop = "loop-1",
                                   .allowed_ms = 2'700'000},
                                  clock_)
                       .value();
        section_ = LoopSection{
            .slug = "greeting", .attempt = attempt_.name(), .first_line = attempt_.chain.head};
        clock_.advance_ms(60'000);
        attempt_ =
            seal_attempt(attempt_, {.allowed_ms = 2'700'000, .rubric = rubric_}, clock_).value();
        section_->seal = seal_of(attempt_).value();
        handed_in_.clear();
    }
};

TEST_F(InterviewTest, ASectionThatNobodyTouchedHolds) { EXPECT_THAT(broken(), IsEmpty()); }

TEST_F(InterviewTest, AForgedLogIsShownByTheInterviews) {
    forge_log("\"rules\":\"practice\"", "\"rules\":\"strict\"");
    EXPECT_THAT(broken(), Contains(HasSubstr("loop: loop-1 recorded another beginning")));
    EXPECT_THAT(broken(), Contains(HasSubstr("loop: loop-1 recorded the seal")));
}

TEST_F(InterviewTest, MoreTimeThanTheAttemptWasBegunWith) {
    forge_log("\"allowed_ms\":2700000,\"at\"", "\"allowed_ms\":5400000,\"at\"");
    EXPECT_THAT(broken(), Contains(HasSubstr("begun with 90 min 00 s, its seal says 45 min")));
}

TEST_F(InterviewTest, AnAttemptThatItsInterviewDoesNotKnow) {
    section_.reset();
    EXPECT_THAT(broken(), ElementsAre("loop: expected it in loop-1, found: none"));
}

TEST_F(TamperingTest, AnOldLogIsReadAndSaysSo) {
    Attempt old = start();
    std::string text = testing::read_text(log_of(old));
    Json event = Json::parse(text);
    event.erase("prev");
    event.erase("sum");
    testing::write_text(log_of(old), event.dump() + "\n");
    old = open_attempt(old.folder).value();
    const VerifyRequest request{.attempt = old,
                                .exercise = exercise_,
                                .language = cpp_,
                                .rubric = rubric_now_,
                                .expected_seal = "",
                                .section = {},
                                .missing_loop = ""};
    const std::vector<ProofLine> lines = verify_records(request);
    EXPECT_TRUE(all_hold(lines));
    EXPECT_EQ(lines[0].kind, ProofKind::note);
    EXPECT_THAT(lines[0].sentence, HasSubstr("from before lines carried the hash"));
}

}  // namespace
}  // namespace onsite
