// Goal: a grade that the log tells of is on the disk as a whole; wherever a save is interrupted,
// the attempt has the grades it had before. Counterexamples are those of the present.
#include "harness/attempt/grade_store.hpp"

#include <atomic>
#include <thread>

#include <nlohmann/json.hpp>

#include "tests/unit/attempt/attempt_fixture.hpp"
#include "tests/unit/base/limited_disk.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;
using ::testing::ExitedWithCode;
using ::testing::HasSubstr;

class GradeStoreTest : public AttemptFixture {
protected:
    Result<Attempt> save(const std::string& scorecard = "{}", int earned = 40) {
        return save_grade(attempt_,
                          {.verdicts = verdicts_,
                           .scorecard_json = scorecard,
                           .content_hash = "cafe",
                           .score = {.earned = earned, .judged = 87},
                           .is_grade = true},
                          clock_);
    }
    fs::path grades() const { return attempt_.folder / ".onsite" / "grades"; }
    Attempt reopened() const { return open_attempt(attempt_.folder).value(); }
    static Verdict with_case(const std::string& check, const std::string& case_json) {
        Verdict verdict = failed(check, Cause::wrong_answer, "expected 1, found 2");
        verdict.evidence.case_json = case_json;
        return verdict;
    }

    const std::vector<Verdict> verdicts_ = {passed("says_hello", 100, "100 inputs"),
                                            with_case("says_goodbye", "{\"name\":\"x\"}")};
    Attempt attempt_ = start();
};

TEST_F(GradeStoreTest, AGradeIsReadBackAsItWasSaved) {
    attempt_ = save("{\"earned\":40}").value();
    EXPECT_EQ(attempt_.state.grades, 1);
    EXPECT_EQ(attempt_.state.best, (Score{.earned = 40, .judged = 87}));
    const StoredGrade grade = load_grade(attempt_, 1).value();
    EXPECT_EQ(grade.scorecard_json, "{\"earned\":40}");
    ASSERT_EQ(grade.verdicts.size(), 2u);
    EXPECT_EQ(to_json(grade.verdicts[0]), to_json(verdicts_[0]));
    EXPECT_EQ(to_json(grade.verdicts[1]), to_json(verdicts_[1]));
}

TEST_F(GradeStoreTest, EarlierGradesStay) {
    ASSERT_TRUE(save("first"));
    attempt_ = save("second").value();  // The attempt was read before the first grade.
    EXPECT_EQ(attempt_.state.grades, 2);
    EXPECT_EQ(load_grade(attempt_, 1).value().scorecard_json, "first");
    EXPECT_EQ(load_grade(attempt_, 2).value().scorecard_json, "second");
}

TEST_F(GradeStoreTest, NobodySeesHalfAGrade) {
    std::atomic<bool> is_done = false;
    std::thread other([&] {
        for (int i = 0; i < 10; ++i) EXPECT_TRUE(save("whole"));
        is_done = true;
    });
    while (!is_done) {
        const Attempt now = reopened();
        for (int grade = 1; grade <= now.state.grades; ++grade) {
            EXPECT_EQ(load_grade(now, grade).value().scorecard_json, "whole");
        }
    }
    other.join();
}

TEST_F(GradeStoreTest, RefusesAGradeThatIsNotInTheLog) {
    const auto grade = load_grade(attempt_, 1);
    ASSERT_FALSE(grade);
    EXPECT_THAT(grade.error().message, HasSubstr("expected a grade from 1 to 0"));
    EXPECT_FALSE(load_grade(save().value(), 0));
}

TEST_F(GradeStoreTest, InterruptedBeforeTheRenameThereIsNoGrade) {
    fs::create_directories(grades() / ".1.unfinished");
    testing::write_text(grades() / ".1.unfinished" / "verdicts.jsonl", "half");
    EXPECT_EQ(reopened().state.grades, 0);
    EXPECT_EQ(load_grade(save("whole").value(), 1).value().scorecard_json, "whole");
    EXPECT_FALSE(fs::exists(grades() / ".1.unfinished"));
}

TEST_F(GradeStoreTest, InterruptedBeforeTheEventThereIsNoGrade) {
    fs::create_directories(grades() / "1");
    testing::write_text(grades() / "1" / "scorecard.json", "unrecorded");
    EXPECT_EQ(reopened().state.grades, 0);
    EXPECT_FALSE(load_grade(reopened(), 1));
    EXPECT_EQ(load_grade(save("whole").value(), 1).value().scorecard_json, "whole");
}

TEST_F(GradeStoreTest, OnAFullDiskTheAttemptKeepsWhatItHad) {
    attempt_ = save("first").value();
    const std::string log = testing::read_text(log_of(attempt_));
    const auto save_fails = [&] {
        const auto saved = save(std::string(100'000, 'x'));
        return !saved && saved.error().kind == ErrorKind::tool;
    };
    EXPECT_EXIT(testing::exit_with_full_disk(50'000, save_fails), ExitedWithCode(0), "");
    EXPECT_EQ(testing::read_text(log_of(attempt_)), log);
    EXPECT_EQ(load_grade(reopened(), 1).value().scorecard_json, "first");
    EXPECT_FALSE(fs::exists(grades() / ".2.unfinished"));
    EXPECT_FALSE(fs::exists(grades() / "2"));
}

TEST_F(GradeStoreTest, OnADiskTooFullForTheEventThereIsNoGrade) {
    // Room for the files of the grade but not for another line of the longer log.
    while (testing::read_text(log_of(attempt_)).size() < 4'000) {
        attempt_ = record(attempt_, {.kind = EventKind::checked}, clock_).value();
    }
    const std::string long_log = testing::read_text(log_of(attempt_));
    const auto save_fails = [&] { return !save("{}"); };
    EXPECT_EXIT(testing::exit_with_full_disk(long_log.size() + 10, save_fails), ExitedWithCode(0),
                "");
    EXPECT_EQ(testing::read_text(log_of(attempt_)), long_log);
    EXPECT_EQ(reopened().state.grades, 0);
}

TEST_F(GradeStoreTest, NamesTheLineOfADamagedGrade) {
    attempt_ = save().value();
    testing::write_text(grades() / "1" / "verdicts.jsonl", "{}\n");
    const auto grade = load_grade(attempt_, 1);
    ASSERT_FALSE(grade);
    EXPECT_THAT(grade.error().message, HasSubstr("verdicts.jsonl: line 1"));
}

TEST_F(GradeStoreTest, KeepsTheCounterexampleOfAFailingCheck) {
    ASSERT_TRUE(save_counterexamples(attempt_, verdicts_));
    EXPECT_EQ(testing::read_text(attempt_.folder / "failures" / "says_goodbye.json"),
              "{\"name\":\"x\"}\n");
    EXPECT_FALSE(fs::exists(attempt_.folder / "failures" / "says_hello.json"));
}

TEST_F(GradeStoreTest, RemovesTheCounterexampleOfACheckThatPassesNow) {
    const std::vector<Verdict> both = {with_case("one", "1"), with_case("two", "2")};
    ASSERT_TRUE(save_counterexamples(attempt_, both));
    const std::vector<Verdict> one_passes = {passed("one", 1, "yes")};
    ASSERT_TRUE(save_counterexamples(attempt_, one_passes));
    EXPECT_FALSE(fs::exists(attempt_.folder / "failures" / "one.json"));
    EXPECT_TRUE(fs::exists(attempt_.folder / "failures" / "two.json"));
    ASSERT_TRUE(save_counterexamples(attempt_, std::vector{passed("two", 1, "yes")}));
    EXPECT_FALSE(fs::exists(attempt_.folder / "failures"));
}

TEST_F(GradeStoreTest, WritesNoFileOutsideForAStrangeName) {
    for (const char* const name : {"../escaped", "a/b", "", "A", ".hidden"}) {
        EXPECT_FALSE(save_counterexamples(attempt_, std::vector{with_case(name, "1")})) << name;
    }
    EXPECT_FALSE(fs::exists(attempt_.folder / "escaped.json"));
}

}  // namespace
}  // namespace onsite
