// Which strategy a run takes when the choice is left to it, and that the sketch, which parses a
// second time only what it needs, finds the same as a join of all rows.
#include <fstream>
#include <unistd.h>

#include "solutions/1-reconciliation/production/engine.hpp"
#include "tests/support/collecting_sink.hpp"
#include "tests/support/feed_generator.hpp"

namespace onsite::reconcile {
namespace {

namespace fs = std::filesystem;

// Large enough for the sketch to be thought of.
constexpr std::uint64_t kRows = 150'000;

class StrategyChoiceTest : public ::testing::Test {
protected:
    StrategyChoiceTest()
        : folder_(fs::path(::testing::TempDir()) / ("choice-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
        settings_.temp_folder = folder_;
    }
    ~StrategyChoiceTest() override { fs::remove_all(folder_); }

    void make(const FeedPlan& plan) {
        ASSERT_TRUE(write_feeds(plan, folder_ / "ledger", folder_ / "bank").has_value());
    }
    // Writes the text into the file of one feed, as it is.
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name, std::ios::binary) << text;
    }
    Summary run(Strategy strategy) {
        settings_.strategy = strategy;
        sink_ = {};
        passes_ = 0;
        settings_.progress = [&](const Progress& progress) { passes_ = progress.passes; };
        const auto summary = reconcile_feeds({.files = {folder_ / "ledger"}},
                                             {.files = {folder_ / "bank"}}, settings_, sink_);
        EXPECT_TRUE(summary) << summary.error().message;
        return summary ? *summary : Summary{};
    }
    void expect_the_findings_of_a_hash_join() {
        const auto found = sink_.lines;
        run(Strategy::hash);
        EXPECT_FALSE(found.empty());
        EXPECT_TRUE(found == sink_.lines);
    }

    fs::path folder_;
    Settings settings_;
    CollectingSink sink_;
    int passes_ = 0;
};

TEST_F(StrategyChoiceTest, TakesTheSketchWhenFewRowsDiffer) {
    make({.rows = kRows, .unmatched = kRows / 100, .discrepant = kRows / 100});
    const Summary summary = run(Strategy::automatic);
    EXPECT_EQ(summary.strategy, Strategy::sketch);
    EXPECT_LT(summary.rows_kept, kRows / 2);
    EXPECT_GE(summary.sketch_confidence_bits, 100);
    expect_the_findings_of_a_hash_join();
}

TEST_F(StrategyChoiceTest, JoinsAllRowsWhenTheFirstPassSeesThatMostDiffer) {
    make({.rows = kRows, .unmatched = kRows / 3, .discrepant = kRows / 3});
    const Summary summary = run(Strategy::automatic);
    EXPECT_EQ(summary.strategy, Strategy::hash);
    EXPECT_EQ(passes_, 2);
    EXPECT_EQ(summary.rows_kept, 2 * kRows);
    EXPECT_EQ(summary.sketch_confidence_bits, 0);
    expect_the_findings_of_a_hash_join();
}

// Without bits to check, no bucket shows that its rows differ: only the whole sums do.
TEST_F(StrategyChoiceTest, KeepsTheRowsOfAPartInWhichTheSketchMissedADifference) {
    settings_.check_bits = 0;
    for (const FeedPlan& plan : {FeedPlan{.rows = kRows, .unmatched = 1, .discrepant = 0},
                                 FeedPlan{.rows = kRows, .unmatched = 0, .discrepant = 1}}) {
        make(plan);
        const Summary summary = run(Strategy::sketch);
        EXPECT_EQ(summary.strategy, Strategy::sketch);
        EXPECT_EQ(passes_, 3);
        EXPECT_LT(summary.rows_kept, kRows / 16);
        EXPECT_GE(summary.sketch_confidence_bits, 100);
        expect_the_findings_of_a_hash_join();
    }
}

TEST_F(StrategyChoiceTest, JoinsAllRowsWhenTheSketchMissedManyDifferences) {
    settings_.check_bits = 0;
    make({.rows = kRows, .unmatched = kRows / 4});
    const Summary summary = run(Strategy::sketch);
    EXPECT_EQ(summary.strategy, Strategy::hash);
    EXPECT_EQ(passes_, 3);
    EXPECT_EQ(summary.sketch_confidence_bits, 0);
    expect_the_findings_of_a_hash_join();
}

TEST_F(StrategyChoiceTest, ReadsOnceWhenOneFeedIsMuchLarger) {
    make({.rows = kRows});
    write("bank", "id,amount,currency\nonly,1,USD\n");
    const Summary summary = run(Strategy::automatic);
    EXPECT_EQ(summary.strategy, Strategy::hash);
    EXPECT_EQ(passes_, 1);
}

TEST_F(StrategyChoiceTest, KeepsToTheSketchWhenToldTo) {
    make({.rows = kRows, .unmatched = kRows / 3, .discrepant = kRows / 3});
    EXPECT_EQ(run(Strategy::sketch).strategy, Strategy::sketch);
    expect_the_findings_of_a_hash_join();
}

std::string row(int number) { return "id" + std::to_string(number) + ",1,USD\n"; }

// More than a block of the reader, in front of the first row, between rows and behind the last.
TEST_F(StrategyChoiceTest, FindsRowsBetweenLongStretchesOfNonsense) {
    std::string nonsense;
    for (int i = 0; i < 30'000; ++i) nonsense += i % 3 == 0 ? "\n" : "nonsense," + row(i);
    std::string ledger = "\xEF\xBB\xBFid,amount,currency\n" + nonsense;
    std::string bank = "id,amount,currency\n";
    for (int i = 0; i < 5'000; ++i) {
        if (i % 1'000 != 0) ledger += row(i);
        if (i % 1'000 == 1) ledger += nonsense;
        if (i % 7 == 0) ledger += "\"quoted\n" + row(i + 10'000).insert(1, "\"\"");
        if (i % 700 != 0) bank += row(i);
    }
    write("ledger", ledger + nonsense);
    write("bank", bank);
    run(Strategy::sketch);
    expect_the_findings_of_a_hash_join();
}

}  // namespace
}  // namespace onsite::reconcile
