// A run that is killed, stopped, or out of disk leaves nothing half done, and the next one
// succeeds.
#include <algorithm>
#include <chrono>
#include <signal.h>

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
        EXPECT_EQ(history.status, 0) << history.errors;
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

TEST_F(RobustnessTest, CtrlCLeavesNothingAndSaysSo) {
    Running running(command({"-", "bank.csv", "--out", "results"}));
    running.send(SIGINT);
    const auto result = running.finish(std::chrono::seconds(20));
    EXPECT_NE(result.status, 0);
    EXPECT_FALSE(fs::exists(path("results")));
    EXPECT_EQ(recorded_runs(), 0);
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
    const auto spill = shell(box + "$RECONCILE ledger.csv - --temp /mnt --no-record <bank.csv");
    EXPECT_EQ(spill.status, 3) << spill.errors;
    EXPECT_THAT(spill.errors, HasSubstr("No space left"));
    const auto record = shell(box +
                              "bash -c 'head -c 60000 /dev/zero >/mnt/full; "
                              "$RECONCILE ledger.csv bank.csv --record /mnt/runs.sqlite'");
    EXPECT_EQ(record.status, 3) << record.errors;
    EXPECT_EQ(recorded_runs(), 1);
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
