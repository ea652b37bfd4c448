// Goal: kill -9 at any point of an attempt's life loses nothing, and the next command goes on where
// the last one was. Method: a child lives the life of an attempt from start to seal, grade and
// rating; its parent traces it and kills it in front of its n-th system call that changes the disk,
// looks at what is left and lets the life go on; for every n until a child comes to its end.
#include <csignal>
#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "harness/attempt/grade_store.hpp"
#include "harness/attempt/seal.hpp"
#include "harness/attempt/witness.hpp"
#include "tests/unit/attempt/attempt_fixture.hpp"

namespace onsite {
namespace {

constexpr int kKillsMax = 400;

bool changes_the_disk(const __ptrace_syscall_info& info) {
    switch (info.entry.nr) {
        case SYS_write:
        case SYS_rename:
        case SYS_renameat:
        case SYS_unlink:
        case SYS_unlinkat:
        case SYS_rmdir:
        case SYS_mkdir:
        case SYS_mkdirat:
        case SYS_ftruncate:
        case SYS_truncate:
        case SYS_fsync:
            return true;
        case SYS_open:
            return (info.entry.args[1] & O_CREAT) != 0;
        case SYS_openat:
            return (info.entry.args[2] & O_CREAT) != 0;
        default:
            return false;
    }
}

class SyscallKillTest : public AttemptFixture {
protected:
    // Goes on with whatever there is; a second time it does nothing.
    Result<Attempt> live(const std::filesystem::path& root) {
        auto attempt = latest_attempt(root, exercise_.slug);
        if (!attempt) {
            attempt = create_attempt(
                exercise_,
                {.attempts_root = root, .language = find_language(exercise_, "cpp").value()},
                clock_);
        }
        if (attempt && attempt->state.hints_used == 0) {
            attempt = record(*attempt, {.kind = EventKind::hint, .number = 1}, clock_);
        }
        if (attempt && !attempt->state.seal && !attempt->state.is_paused) {
            attempt = record(*attempt, {.kind = EventKind::paused}, clock_);
        }
        if (attempt) attempt = seal_attempt(*attempt, {.rubric = "{}"}, clock_);
        if (attempt && attempt->state.grades == 0) {
            attempt = save_grade(*attempt,
                                 {.verdicts = verdicts_,
                                  .scorecard_json = "{}",
                                  .content_hash = "cafe",
                                  .score = {.earned = 1, .judged = 2},
                                  .is_grade = true},
                                 clock_);
        }
        if (attempt && attempt->state.ratings.empty()) {
            attempt = record(*attempt,
                             {.kind = EventKind::rated,
                              .rating = {.criterion = "clarity", .level = 3, .anchor = "event:1"}},
                             clock_);
        }
        return attempt;
    }

    // Whether the child came to its end before its n-th change of the disk.
    bool ends_before(int n, const std::filesystem::path& root) {
        const pid_t child = fork();
        if (child == 0) {
            ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
            raise(SIGSTOP);
            _exit(live(root) ? 0 : 1);
        }
        int status = 0;
        waitpid(child, &status, 0);
        constexpr long kOptions = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
        ptrace(PTRACE_SETOPTIONS, child, nullptr, kOptions);
        for (int changes = 0;;) {
            ptrace(PTRACE_SYSCALL, child, nullptr, nullptr);
            if (waitpid(child, &status, 0) != child) return true;
            if (WIFEXITED(status) || WIFSIGNALED(status)) {
                EXPECT_EQ(status, 0);
                return true;
            }
            __ptrace_syscall_info info{};
            ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info);
            if (info.op != PTRACE_SYSCALL_INFO_ENTRY || !changes_the_disk(info)) continue;
            if (++changes < n) continue;
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            return false;
        }
    }

    void expect_everything_whole(const std::filesystem::path& root) const {
        const AttemptList list = list_attempts(root).value();
        for (const Error& problem : list.problems) ADD_FAILURE() << problem.message;
        for (const Attempt& attempt : list.attempts) {
            EXPECT_TRUE(std::filesystem::exists(attempt.folder / "brief.md"));
            EXPECT_EQ(attempt.chain.unchained, 0);
            const auto tool = attempt.folder / ".onsite";
            const auto found =
                contradictions_of_witness(tool, logs_in(tool), Witnessing::from_the_start);
            for (const std::string& sentence : found.value()) {
                ADD_FAILURE() << "looks like forgery: " << sentence;
            }
            EXPECT_TRUE(attempt.state.grades == 0 || load_grade(attempt, 1));
            if (!attempt.state.seal) continue;
            for (const std::string& damage : damage_of_seal(attempt, seal_of(attempt).value())) {
                ADD_FAILURE() << damage;
            }
        }
    }

    const std::vector<Verdict> verdicts_ = {passed("says_hello", 1, "one input")};
};

TEST_F(SyscallKillTest, NoPointOfALifeLosesAnything) {
    int kills = 0;
    for (int n = 1; n <= kKillsMax; ++n) {
        const std::filesystem::path root = repository_.root() / ("life-" + std::to_string(n));
        const bool has_ended = ends_before(n, root);
        expect_everything_whole(root);
        const auto attempt = live(root);
        ASSERT_TRUE(attempt) << "after kill " << n << ": " << attempt.error().message;
        expect_everything_whole(root);
        EXPECT_EQ(attempt->state.hints_used, 1);
        EXPECT_EQ(attempt->state.grades, 1);
        EXPECT_TRUE(attempt->state.seal);
        EXPECT_EQ(attempt->state.ratings.size(), 1u);
        EXPECT_EQ(list_attempts(root).value().attempts.size(), 1u) << "after kill " << n;
        kills += has_ended ? 0 : 1;
        if (has_ended) break;
    }
    EXPECT_GT(kills, 50) << "the child was not traced";
    EXPECT_LT(kills, kKillsMax) << "the life has no end";
}

}  // namespace
}  // namespace onsite
