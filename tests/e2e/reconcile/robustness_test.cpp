// A run that is killed, stopped, or out of disk leaves nothing half done, and the next one
// succeeds.
#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/rng.hpp"
#include "tests/e2e/reconcile/tool.hpp"
#include "tests/support/feed_generator.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;

namespace fs = std::filesystem;

constexpr int kKills = 100;
constexpr int kKillsPerRepeat = 5;
constexpr std::chrono::seconds kPatience{30};
const std::string kWords = "$RECONCILE ledger.csv bank.csv --date 2026-11-23 --memory 64MiB";
constexpr FeedPlan kPlan = {
    .rows = 20'000, .unmatched = 500, .discrepant = 500, .duplicates = 50, .malformed = 50};

class RobustnessTest : public ReconcileTest {
protected:
    void SetUp() override {
        ASSERT_TRUE(write_feeds(kPlan, path("ledger.csv"), path("bank.csv")));
        const auto start = std::chrono::steady_clock::now();
        ASSERT_EQ(shell(kWords + " --no-record --out truth").status, kRejectedRows);
        run_ = std::chrono::steady_clock::now() - start;
    }
    // The results under this name are whole, or there are none.
    void expect_whole_or_nothing(const std::string& folder) const {
        if (!fs::exists(path(folder))) return;
        for (const auto& file : fs::directory_iterator(path("truth"))) {
            const std::string name = file.path().filename().string();
            EXPECT_EQ(read(folder + "/" + name), read("truth/" + name)) << name;
        }
    }
    // Whether something unfinished stands beside that folder: while a run writes, and never after.
    bool has_leftover(const std::string& folder) const {
        return std::ranges::any_of(fs::directory_iterator(path(".")), [&](const auto& entry) {
            return entry.path().filename().string().starts_with("." + folder + ".");
        });
    }

    std::chrono::steady_clock::duration run_{};
};

TEST_F(RobustnessTest, KilledAtAHundredMomentsItIsWholeOrNothing) {
    Rng rng(7);
    for (int kill = 0; kill < kKills; ++kill) {
        const std::string number = std::to_string(kill);
        const std::string folder = "results-" + number;
        const std::string words = kWords + " --out " + folder + " --record runs-" + number;
        const auto moment_us = std::chrono::duration_cast<std::chrono::microseconds>(run_).count() *
                               static_cast<std::int64_t>(rng.below(110)) / 100;
        shell(fmt::format("timeout --signal=KILL {}.{:06} {}", moment_us / 1'000'000,
                          moment_us % 1'000'000 + 1, words));
        expect_whole_or_nothing(folder);
        const auto history = reconcile({"history", "--json", "--record", "runs-" + number});
        // Killed early there is no database yet.
        EXPECT_EQ(history.status, fs::exists(path("runs-" + number)) ? 0 : 2) << history.errors;
        // The record comes first: results without one are never seen.
        const int runs = count_of("\"run\":", history.output);
        EXPECT_LE(runs, 1);
        EXPECT_TRUE(runs == 1 || !fs::exists(path(folder)));
        if (kill % kKillsPerRepeat != 0) continue;
        // The same again succeeds, whatever the killed one had done, and clears up after it.
        EXPECT_EQ(shell(words).status, kRejectedRows);
        EXPECT_TRUE(fs::exists(path(folder)));
        expect_whole_or_nothing(folder);
        EXPECT_FALSE(has_leftover(folder));
    }
}

// A feed that somebody else still writes, and may never finish.
class Pipe {
public:
    explicit Pipe(const fs::path& path) {
        if (::mkfifo(path.c_str(), 0600) == 0) {
            descriptor_ = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
        }
    }
    ~Pipe() { close(); }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    bool write(const std::string& text) const {
        return ::write(descriptor_, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    }
    // Nothing waits in it: its reader has come, and knows of its end only when this one closes.
    bool is_drained() const {
        int waiting = 0;
        return ::ioctl(descriptor_, FIONREAD, &waiting) == 0 && waiting == 0;
    }
    void close() { ::close(std::exchange(descriptor_, -1)); }

private:
    int descriptor_ = -1;
};

TEST_F(RobustnessTest, CtrlCLeavesNothingAndSaysSo) {
    const Pipe pipe(path("pipe"));
    ASSERT_TRUE(pipe.write("id,amount,currency\n"));
    Running running(command({"pipe", "bank.csv", "--out", "results"}));
    ASSERT_TRUE(wait_until([&] { return has_leftover("results"); }, kPatience));
    running.send(SIGINT);
    const auto result = running.finish(kPatience);
    EXPECT_EQ(result.status, 3);
    EXPECT_THAT(result.errors, HasSubstr("found that the run was stopped"));
    EXPECT_FALSE(fs::exists(path("results")));
    EXPECT_FALSE(has_leftover("results"));
    EXPECT_EQ(recorded_runs(), 0);
}

TEST_F(RobustnessTest, CtrlCEndsARunThatOnlyWaitsForAnother) {
    const Pipe pipe(path("pipe"));
    const std::vector<std::string> words = {"pipe", "bank.csv", "--date", "2026-11-23"};
    auto first = words;
    first.insert(first.end(), {"--out", "results"});
    Running running(command(first));
    ASSERT_TRUE(wait_until([&] { return has_leftover("results"); }, kPatience));
    Running waiting(command(words));
    ASSERT_TRUE(waiting.wait_for_error("waiting for its record", kPatience));
    waiting.send(SIGINT);
    EXPECT_EQ(waiting.finish(kPatience).status, -SIGINT);
    running.send(SIGTERM);
    EXPECT_EQ(running.finish(kPatience).status, 3);
}

TEST_F(RobustnessTest, GoesOnWhenItsTerminalIsClosedAndItWasStartedWithNohup) {
    Pipe pipe(path("pipe"));
    Command nohup = command({});
    nohup.words = {"nohup", program("onsite-reconcile"), "pipe", "bank.csv", "--out", "results"};
    Running running(nohup);
    ASSERT_TRUE(wait_until([&] { return has_leftover("results"); }, kPatience));
    running.send(SIGHUP);
    ASSERT_TRUE(pipe.write("id,amount,currency\n"));
    // A pipe closed before its reader opens it loses what was written, and the reader waits.
    ASSERT_TRUE(wait_until([&] { return pipe.is_drained(); }, kPatience));
    pipe.close();
    EXPECT_EQ(running.finish(kPatience).status, kRejectedRows);
    EXPECT_TRUE(fs::exists(path("results")));
}

TEST_F(RobustnessTest, AFullDiskIsAClearErrorAndLeavesTheRecordIntact) {
    write("small-a.csv", "id,amount,currency\nx,1,USD\n");
    ASSERT_EQ(reconcile({"small-a.csv", "small-a.csv"}).status, kEqual);
    // A disk of 64 KiB, in a mount namespace of this command only.
    const std::string box = "bwrap --dev-bind / / --size 65536 --tmpfs /mnt ";
    const auto results = shell(box + "$RECONCILE ledger.csv bank.csv --out /mnt/results");
    EXPECT_EQ(results.status, 3) << results.errors;
    EXPECT_THAT(results.errors, HasSubstr("No space left"));
    EXPECT_EQ(count_of("\n", results.errors), 1) << results.errors;
    const auto copy = shell(box + "$RECONCILE ledger.csv - --temp /mnt --no-record <bank.csv");
    EXPECT_EQ(copy.status, 3) << copy.errors;
    EXPECT_THAT(copy.errors, HasSubstr("No space left"));
    const auto record = shell(box +
                              "bash -c 'head -c 60000 /dev/zero >/mnt/full; "
                              "$RECONCILE ledger.csv bank.csv --record /mnt/runs.sqlite'");
    EXPECT_EQ(record.status, 3) << record.errors;
    EXPECT_EQ(recorded_runs(), 1);
}

TEST_F(RobustnessTest, ADiskThatIsFullOfSpilledRowsIsAClearErrorToo) {
    // Half of the rows differ: every strategy keeps more of them than 64 MiB hold.
    constexpr FeedPlan kLarge = {.rows = 400'000, .unmatched = 200'000, .discrepant = 10'000};
    ASSERT_TRUE(write_feeds(kLarge, path("ledger.csv"), path("bank.csv")));
    const std::string box = "bwrap --dev-bind / / --size 1048576 --tmpfs /mnt ";
    const std::string words =
        "$RECONCILE ledger.csv bank.csv --memory 64MiB --json --out results --strategy ";
    for (const std::string strategy : {"hash", "sort-merge", "sketch"}) {
        SCOPED_TRACE(strategy);
        const auto room = shell(words + strategy + " --no-record --temp .; rm -r results");
        EXPECT_THAT(room.output, HasSubstr("\"bytes_spilled\":"));
        EXPECT_EQ(count_of("\"bytes_spilled\":0", room.output), 0) << "it has to spill";
        const auto full = shell(box + words + strategy + " --temp /mnt");
        EXPECT_EQ(full.status, 3) << full.errors;
        EXPECT_EQ(full.output, "");
        EXPECT_THAT(full.errors, HasSubstr("expected room for temporary files"));
        EXPECT_THAT(full.errors, HasSubstr("No space left"));
        EXPECT_EQ(count_of("\n", full.errors), 1) << full.errors;
        EXPECT_FALSE(fs::exists(path("results")));
        EXPECT_FALSE(has_leftover("results"));
        EXPECT_EQ(recorded_runs(), 0);
    }
    const auto plan = shell(box + "$RECONCILE ledger.csv bank.csv --tasks 2 --shared /mnt");
    EXPECT_EQ(plan.status, 3) << plan.errors;
    EXPECT_THAT(plan.errors, HasSubstr("No space left"));
    EXPECT_EQ(recorded_runs(), 0);
}

TEST_F(RobustnessTest, ATruncatedCompressedFileIsAnErrorAndNoResult) {
    const auto result = shell(
        "gzip -c bank.csv | head -c 20000 >cut.csv.gz; $RECONCILE ledger.csv cut.csv.gz --out r");
    EXPECT_EQ(result.status, 2);
    EXPECT_THAT(result.errors, HasSubstr("cut.csv.gz"));
    EXPECT_FALSE(fs::exists(path("r")));
    EXPECT_FALSE(has_leftover("r"));
    EXPECT_EQ(recorded_runs(), 0);
}

}  // namespace
}  // namespace onsite::testing
