// Goal: the attempt that a candidate means is found, its clock survives everything, and an answer
// that cannot be judged is refused with what to do.
#include <sys/stat.h>
#include <thread>

#include "tests/unit/attempt/attempt_fixture.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class AttemptTest : public AttemptFixture {
protected:
    const Language cpp_ = find_language(exercise_, "cpp").value();
};

TEST_F(AttemptTest, TheLatestHasTheHighestNumber) {
    for (int i = 0; i < 10; ++i) start();
    EXPECT_EQ(latest_attempt(repository_.attempts(), "greeting").value().name(), "greeting-10");
}

TEST_F(AttemptTest, TheLatestOfAnyExerciseWasStartedLast) {
    start();
    clock_.advance_ms(1'000);
    Exercise other = exercise_;
    other.slug = "another";
    const NewAttempt options{.attempts_root = repository_.attempts(), .language = cpp_};
    ASSERT_TRUE(create_attempt(other, options, clock_));
    EXPECT_EQ(latest_attempt(repository_.attempts(), "").value().name(), "another-1");
    EXPECT_EQ(latest_attempt(repository_.attempts(), "greeting").value().name(), "greeting-1");
}

TEST_F(AttemptTest, SaysHowToBeginWhenThereIsNone) {
    const auto none = latest_attempt(repository_.attempts(), "greeting");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().kind, ErrorKind::usage);
    EXPECT_THAT(none.error().message, HasSubstr("onsite start greeting"));
    EXPECT_FALSE(latest_attempt(repository_.attempts(), ""));
}

TEST_F(AttemptTest, ADamagedLatestIsNotPassedOver) {
    start();
    const Attempt damaged = start();
    testing::write_text(log_of(damaged), "hello\n");
    EXPECT_FALSE(latest_attempt(repository_.attempts(), "greeting"));
    const AttemptList list = list_attempts(repository_.attempts()).value();
    EXPECT_EQ(list.attempts.size(), 1u);
    ASSERT_EQ(list.problems.size(), 1u);
    EXPECT_THAT(list.problems[0].message, HasSubstr("greeting-2"));
}

TEST_F(AttemptTest, AListOfNothingIsEmpty) {
    EXPECT_TRUE(list_attempts(repository_.attempts()).value().attempts.empty());
}

TEST_F(AttemptTest, TheClockGoesOnWhileNothingRuns) {
    const Attempt attempt = start();
    clock_.advance_ms(45 * 60'000);
    const Attempt later = open_attempt(attempt.folder).value();
    EXPECT_EQ(elapsed_ms(later.state, clock_), 45 * 60'000);
}

TEST_F(AttemptTest, TheClockIsNeverNegative) {
    const Attempt attempt = start();
    SimulatedClock set_back(kStartMs - 5'000);
    EXPECT_EQ(elapsed_ms(attempt.state, set_back), 0);
}

TEST_F(AttemptTest, RecordsWithTheTimeOfNow) {
    const Attempt attempt = start();
    clock_.advance_ms(90'000);
    const Event view{.kind = EventKind::solution_viewed, .at_ms = 5};
    const Attempt after = record(attempt, view, clock_).value();
    EXPECT_TRUE(after.state.is_solution_viewed);
    EXPECT_EQ(after.state.last_event_ms, kStartMs + 90'000);
    EXPECT_EQ(open_attempt(attempt.folder).value().state, after.state);
}

TEST_F(AttemptTest, RecordsOnlyWhatCanFollow) {
    const Attempt attempt = start();
    const Event hint{.kind = EventKind::hint, .number = 1};
    ASSERT_TRUE(record(attempt, hint, clock_));
    const std::string before = testing::read_text(log_of(attempt));
    const auto again = record(attempt, hint, clock_);
    ASSERT_FALSE(again);
    EXPECT_THAT(again.error().message, HasSubstr("expected hint 2, found hint 1"));
    EXPECT_EQ(testing::read_text(log_of(attempt)), before);
}

TEST_F(AttemptTest, LosesNoEventOfTwoCommandsAtOnce) {
    const Attempt attempt = start();
    constexpr int kEvents = 20;
    const auto record_several = [&] {
        SimulatedClock clock(kStartMs);
        for (int i = 0; i < kEvents; ++i) {
            ASSERT_TRUE(record(attempt, {.kind = EventKind::checked, .checks = 1}, clock));
        }
    };
    std::thread other(record_several);
    record_several();
    other.join();
    EXPECT_EQ(open_attempt(attempt.folder).value().state.checks, 2 * kEvents);
}

TEST_F(AttemptTest, ReadsTheAnswerAndTheTests) {
    const Attempt attempt = start();
    EXPECT_EQ(read_answer(attempt, cpp_).value(), "// TODO(candidate): greet.\n");
    EXPECT_EQ(read_own_tests(attempt, exercise_).value(), "{\"cases\":[]}\n");
    fs::remove(attempt.folder / "tests.json");
    EXPECT_EQ(read_own_tests(attempt, exercise_).value(), "");
}

TEST_F(AttemptTest, SaysThatTheAnswerIsMissing) {
    const Attempt attempt = start();
    fs::remove(attempt.folder / "greet.cpp");
    const auto answer = read_answer(attempt, cpp_);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::usage);
    EXPECT_THAT(answer.error().message, HasSubstr("restore it from the starter"));
}

TEST_F(AttemptTest, RefusesAnAnswerThatIsNoRegularFile) {
    const Attempt attempt = start();
    const fs::path file = attempt.folder / "greet.cpp";
    const auto is_refused = [&] {
        const auto answer = read_answer(attempt, cpp_);
        return !answer && answer.error().message.find("regular file") != std::string::npos;
    };
    fs::remove(file);
    fs::create_symlink("/etc/passwd", file);
    EXPECT_TRUE(is_refused());
    fs::remove(file);
    fs::create_directory(file);
    EXPECT_TRUE(is_refused());
    fs::remove(file);
    ASSERT_EQ(mkfifo(file.c_str(), 0600), 0);
    EXPECT_TRUE(is_refused());
}

TEST_F(AttemptTest, RefusesTestsThatAreALink) {
    const Attempt attempt = start();
    fs::remove(attempt.folder / "tests.json");
    fs::create_symlink("/etc/passwd", attempt.folder / "tests.json");
    EXPECT_FALSE(read_own_tests(attempt, exercise_));
}

TEST_F(AttemptTest, RefusesAnAnswerOverOneMebibyte) {
    const Attempt attempt = start();
    testing::write_text(attempt.folder / "greet.cpp", std::string(kAnswerBytesMax, ' '));
    EXPECT_TRUE(read_answer(attempt, cpp_));
    testing::write_text(attempt.folder / "greet.cpp", std::string(kAnswerBytesMax + 1, ' '));
    EXPECT_THAT(read_answer(attempt, cpp_).error().message, HasSubstr("at most 1048576 bytes"));
}

}  // namespace
}  // namespace onsite
