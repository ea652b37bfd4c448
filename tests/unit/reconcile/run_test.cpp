// A pass over both feeds: an error of one of them ends it, also while the other one is read.
#include "solutions/1-reconciliation/production/strategies/run.hpp"

#include <atomic>
#include <filesystem>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/feed_generator.hpp"

namespace onsite::reconcile {
namespace {

TEST(RunTest, AnErrorOfOneFeedEndsTheReadingOfTheOther) {
    const std::filesystem::path folder = ::testing::TempDir();
    const auto ledger = folder / "run-test-ledger";
    const auto bank = folder / "run-test-bank";
    ASSERT_TRUE(write_feeds({.rows = 200'000}, ledger, bank));
    Settings settings;
    settings.temp_folder = folder;
    auto run = Run::open({.files = {ledger}}, {.files = {bank}}, settings);
    ASSERT_TRUE(run);
    std::atomic<bool> has_failed = false;
    std::size_t rows_of_bank = 0;
    const auto read = (*run)->read_feeds(1, 1, [&](Side side, const Batch& batch) -> Result<void> {
        if (side == Side::ledger) {
            has_failed = true;
            return tool_error("the disk is full");
        }
        rows_of_bank += batch.rows.size();
        while (!has_failed) std::this_thread::yield();
        for (int i = 0; i < 1'000; ++i) std::this_thread::yield();
        return {};
    });
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().message, "the disk is full");
    EXPECT_LT(rows_of_bank, 200'000u);
    std::filesystem::remove(ledger);
    std::filesystem::remove(bank);
}

}  // namespace
}  // namespace onsite::reconcile
