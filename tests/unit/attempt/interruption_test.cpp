// Goal: kill -9 at any moment leaves attempts that are whole and logs that tell the truth. Method:
// a process starts attempts and saves grades without end; it is killed after a growing number of
// steps, in the middle of the next one.
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "harness/attempt/grade_store.hpp"
#include "tests/unit/attempt/attempt_fixture.hpp"

namespace onsite {
namespace {

class InterruptionTest : public AttemptFixture {
protected:
    // One byte after each step, so that the parent knows how far it came.
    [[noreturn]] void work(int progress) {
        const std::vector<Verdict> verdicts = {passed("says_hello", 1, "one input")};
        for (;;) {
            Attempt attempt = start();
            bool is_alive = write(progress, "s", 1) == 1;
            for (int i = 0; i < 3 && is_alive; ++i) {
                attempt = save_grade(attempt,
                                     {.verdicts = verdicts,
                                      .scorecard_json = "{}",
                                      .content_hash = "cafe",
                                      .score = {.earned = 1, .judged = 2},
                                      .is_grade = true},
                                     clock_)
                              .value();
                is_alive = write(progress, "g", 1) == 1;
            }
            if (!is_alive) _exit(1);
        }
    }

    void kill_after(int steps) {
        int ends[2];
        ASSERT_EQ(pipe(ends), 0);
        const pid_t child = fork();
        if (child == 0) work(ends[1]);
        close(ends[1]);
        char step = 0;
        for (int i = 0; i < steps; ++i) ASSERT_EQ(read(ends[0], &step, 1), 1);
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        close(ends[0]);
    }

    void expect_everything_whole() const {
        const AttemptList list = list_attempts(repository_.attempts()).value();
        for (const Error& problem : list.problems) ADD_FAILURE() << problem.message;
        for (const Attempt& attempt : list.attempts) {
            EXPECT_TRUE(std::filesystem::exists(attempt.folder / "brief.md"));
            for (int grade = 1; grade <= attempt.state.grades; ++grade) {
                const auto stored = load_grade(attempt, grade);
                ASSERT_TRUE(stored) << stored.error().message;
                EXPECT_EQ(stored->verdicts.size(), 1u);
            }
        }
    }
};

TEST_F(InterruptionTest, NoAttemptIsLostOrHalfWritten) {
    for (int steps = 0; steps < 12; ++steps) {
        kill_after(steps);
        expect_everything_whole();
    }
    const std::size_t before = list_attempts(repository_.attempts()).value().attempts.size();
    EXPECT_GE(before, 12u);
    EXPECT_EQ(start().state.grades, 0);  // The next one goes on as if nothing had happened.
    EXPECT_EQ(list_attempts(repository_.attempts()).value().attempts.size(), before + 1);
}

}  // namespace
}  // namespace onsite
