// Goal: an attempt exists as a whole or not at all, and no two have one number, whoever starts them
// at the same time and wherever a start is interrupted.
#include <algorithm>
#include <atomic>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "tests/unit/attempt/attempt_fixture.hpp"
#include "tests/unit/base/limited_disk.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::ExitedWithCode;
using ::testing::HasSubstr;

class CreateAttemptTest : public AttemptFixture {
protected:
    std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& entry : fs::directory_iterator(repository_.attempts())) {
            found.push_back(entry.path().filename());
        }
        std::ranges::sort(found);
        return found;
    }
    Result<Attempt> try_start(Clock& clock) const {
        return create_attempt(exercise_,
                              {.attempts_root = repository_.attempts(),
                               .language = find_language(exercise_, "cpp").value()},
                              clock);
    }
};

TEST_F(CreateAttemptTest, CopiesTheStarterOfOneLanguage) {
    const Attempt attempt = start("python");
    EXPECT_EQ(attempt.name(), "greeting-1");
    EXPECT_EQ(testing::read_text(attempt.folder / "greet.py"), "pass\n");
    EXPECT_EQ(testing::read_text(attempt.folder / "main.py"), "import greet\n");
    EXPECT_EQ(testing::read_text(attempt.folder / "tests.json"), "{\"cases\":[]}\n");
    EXPECT_EQ(testing::read_text(attempt.folder / "brief.md"), "# Greet\n");
    EXPECT_FALSE(fs::exists(attempt.folder / "greet.cpp"));
    EXPECT_FALSE(fs::exists(attempt.folder / "cpp"));
}

TEST_F(CreateAttemptTest, CopiesFoldersOfTheStarter) {
    EXPECT_TRUE(fs::exists(start().folder / "include" / "greet.hpp"));
}

TEST_F(CreateAttemptTest, StartsTheClockInTheLog) {
    const Attempt attempt = start();
    EXPECT_EQ(attempt.state.started_at_ms, kStartMs);
    EXPECT_EQ(attempt.state.language, "cpp");
    EXPECT_EQ(open_attempt(attempt.folder).value().state, attempt.state);
    EXPECT_THAT(testing::read_text(log_of(attempt)), HasSubstr("2026-03-01T10:11:12Z"));
}

TEST_F(CreateAttemptTest, NeverUsesANumberTwice) {
    EXPECT_EQ(start().name(), "greeting-1");
    EXPECT_EQ(start().name(), "greeting-2");
    fs::create_directories(repository_.attempts() / "greeting-10");
    fs::create_directories(repository_.attempts() / "greeting-x");
    fs::create_directories(repository_.attempts() / "greeting-99999999999999999999");
    EXPECT_EQ(start().name(), "greeting-11");
}

TEST_F(CreateAttemptTest, GivesEveryThreadItsOwnNumber) {
    constexpr int kStarts = 8;
    const auto start_several = [&] {
        SimulatedClock clock(kStartMs);
        for (int i = 0; i < kStarts; ++i) ASSERT_TRUE(try_start(clock));
    };
    std::thread other(start_several);
    start_several();
    other.join();
    EXPECT_EQ(names().size(), 2 * kStarts + 1u);  // And the lock.
    EXPECT_EQ(list_attempts(repository_.attempts()).value().attempts.size(), 2u * kStarts);
    EXPECT_TRUE(fs::exists(repository_.attempts() / "greeting-16"));
}

TEST_F(CreateAttemptTest, GivesEveryProcessItsOwnNumber) {
    constexpr int kProcesses = 4;
    constexpr int kStarts = 4;
    std::vector<pid_t> children;
    for (int child = 0; child < kProcesses; ++child) {
        children.push_back(fork());
        if (children.back() != 0) continue;
        int good = 0;
        for (int i = 0; i < kStarts; ++i) good += try_start(clock_).has_value();
        _exit(good == kStarts ? 0 : 1);
    }
    for (const pid_t child : children) {
        int status = 0;
        ASSERT_EQ(waitpid(child, &status, 0), child);
        EXPECT_EQ(status, 0);
    }
    EXPECT_EQ(list_attempts(repository_.attempts()).value().attempts.size(), 16u);
    EXPECT_TRUE(fs::exists(repository_.attempts() / "greeting-16"));
}

TEST_F(CreateAttemptTest, NobodySeesHalfAnAttempt) {
    std::atomic<bool> is_done = false;
    std::thread other([&] {
        SimulatedClock clock(kStartMs);
        for (int i = 0; i < 10; ++i) EXPECT_TRUE(try_start(clock));
        is_done = true;
    });
    while (!is_done) {
        const AttemptList list = list_attempts(repository_.attempts()).value();
        for (const Error& problem : list.problems) ADD_FAILURE() << problem.message;
        for (const Attempt& attempt : list.attempts) {
            EXPECT_TRUE(fs::exists(attempt.folder / "brief.md"));
        }
    }
    other.join();
}

TEST_F(CreateAttemptTest, RemovesWhatAnInterruptedStartLeft) {
    repository_.write("attempts/.greeting-1.unfinished/greet.cpp", "half a fi");
    EXPECT_TRUE(list_attempts(repository_.attempts()).value().attempts.empty());
    EXPECT_EQ(start().name(), "greeting-1");
    EXPECT_THAT(names(), ElementsAre(".lock", "greeting-1"));
    EXPECT_EQ(testing::read_text(repository_.attempts() / "greeting-1" / "greet.cpp"),
              "// TODO(candidate): greet.\n");
}

TEST_F(CreateAttemptTest, LeavesNothingOnAFullDisk) {
    repository_.write("exercises/1-greeting/starter/cpp/large.txt", std::string(100'000, 'x'));
    const auto start_fails = [&] {
        const auto attempt = try_start(clock_);
        return !attempt && attempt.error().kind == ErrorKind::tool;
    };
    EXPECT_EXIT(testing::exit_with_full_disk(50'000, start_fails), ExitedWithCode(0), "");
    EXPECT_THAT(names(), ElementsAre(".lock"));
}

TEST_F(CreateAttemptTest, LeavesNothingWhenTheStarterIsMissing) {
    fs::remove_all(exercise_.folder / "starter" / "cpp");
    const auto attempt = try_start(clock_);
    ASSERT_FALSE(attempt);
    EXPECT_THAT(attempt.error().message, HasSubstr("starter/cpp"));
    EXPECT_THAT(names(), ElementsAre(".lock"));
}

TEST_F(CreateAttemptTest, RefusesAStarterWithoutEnd) {
    for (int i = 0; i <= 200; ++i) {
        repository_.write("exercises/1-greeting/starter/cpp/many/" + std::to_string(i), "");
    }
    const auto attempt = try_start(clock_);
    ASSERT_FALSE(attempt);
    EXPECT_THAT(attempt.error().message, HasSubstr("at most 200 files"));
}

}  // namespace
}  // namespace onsite
