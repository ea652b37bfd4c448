// A run that is killed, stopped, or out of disk leaves nothing half done, and the next one
// succeeds.
#include <chrono>
#include <signal.h>

#include "base/rng.hpp"
#include "tests/e2e/reconcile/tool.hpp"
#include "tests/support/feed_generator.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;

namespace fs = std::filesystem;

constexpr int kKills = 100;
constexpr FeedPlan kPlan = {
    .rows = 20'000, .unmatched = 500, .discrepant = 500, .duplicates = 50, .malformed = 50};

class RobustnessTest : public ReconcileTest {
protected:
    void SetUp() override {
        ASSERT_TRUE(write_feeds(kPlan, path("ledger.csv"), path("bank.csv")));
        const auto start = std::chrono::steady_clock::now();
        ASSERT_EQ(reconcile({"ledger.csv", "bank.csv", "--no-record", "--out", "truth"}).status,
                  kRejectedRows);
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
    int leftovers() const {
        int found = 0;
        for (const auto& entry : fs::directory_iterator(path("."))) {
            found += entry.path().filename().string().ends_with(".partial") ? 1 : 0;
        }
        return found;
    }

    std::chrono::steady_clock::duration run_{};
};

TEST_F(RobustnessTest, KilledAtAHundredMomentsItIsWholeOrNothing) {
    Rng rng(7);
    int recorded = 0;
    for (int kill = 0; kill < kKills; ++kill) {
        // A day of its own for each, so that none finds another's record.
        const std::string day = std::to_string(2000 + kill) + "-01-01";
        const std::string folder = "results-" + std::to_string(kill);
        const std::vector<std::string> words = {"ledger.csv", "bank.csv", "--date",   day,
                                                "--out",      folder,     "--memory", "32MiB"};
        {
            Running running(command(words));
            const auto moment = std::chrono::duration_cast<std::chrono::microseconds>(run_) *
                                static_cast<int>(rng.below(110)) / 100;
            // Not a sleep: the run may end before.
            running.wait_for("never printed", 1, std::chrono::seconds(0));
            const auto until = std::chrono::steady_clock::now() + moment;
            while (std::chrono::steady_clock::now() < until) {
            }
            running.send(SIGKILL);
            running.finish(std::chrono::seconds(10));
        }
        expect_whole_or_nothing(folder);
        recorded += recorded_runs() > recorded ? 1 : 0;
        if (kill % 10 == 0) {
            // The same again succeeds, whatever the killed one had done.
            const auto again = reconcile(words);
            EXPECT_EQ(again.status, kRejectedRows) << again.errors;
            recorded = recorded_runs();
            EXPECT_TRUE(fs::exists(path(folder)));
        }
        expect_whole_or_nothing(folder);
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

TEST_F(RobustnessTest, ALeftoverOfAKilledRunIsRemovedByTheNext) {
    const auto made =
        shell("$RECONCILE ledger.csv bank.csv --no-record --out x --json >/dev/null; ls -a");
    EXPECT_EQ(leftovers(), 0) << made.output;
}

TEST_F(RobustnessTest, ATruncatedCompressedFileIsAnErrorAndNoResult) {
    const auto result = shell(
        "gzip -c bank.csv | head -c 20000 >cut.csv.gz; $RECONCILE ledger.csv cut.csv.gz --out r");
    EXPECT_EQ(result.status, 2);
    EXPECT_THAT(result.errors, HasSubstr("cut.csv.gz"));
    EXPECT_FALSE(fs::exists(path("r")));
    EXPECT_EQ(leftovers(), 0);
    EXPECT_EQ(recorded_runs(), 0);
}

}  // namespace
}  // namespace onsite::testing
