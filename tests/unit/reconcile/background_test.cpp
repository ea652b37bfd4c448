#include "solutions/1-reconciliation/production/storage/background.hpp"

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "solutions/1-reconciliation/production/storage/block_pool.hpp"

namespace onsite::reconcile {
namespace {

TEST(BackgroundTest, RunsTasksInTurnInAnotherThread) {
    std::vector<std::size_t> ran;
    Background background;
    for (std::size_t number = 0; number < 1'000; ++number) {
        ASSERT_TRUE(background.run([&ran, number, here = std::this_thread::get_id()] {
            EXPECT_NE(std::this_thread::get_id(), here);
            ran.push_back(number);
            return Result<void>();
        }));
    }
    ASSERT_TRUE(background.finish());
    ASSERT_EQ(ran.size(), 1'000u);
    for (std::size_t number = 0; number < ran.size(); ++number) EXPECT_EQ(ran[number], number);
    EXPECT_TRUE(background.finish());
}

TEST(BackgroundTest, RunsNothingBehindAnError) {
    bool has_run = false;
    Background background;
    ASSERT_TRUE(background.run([] { return tool_error("the disk is full"); }));
    ASSERT_FALSE(background.finish());
    const auto next = background.run([&] {
        has_run = true;
        return Result<void>();
    });
    ASSERT_FALSE(next);
    EXPECT_EQ(next.error().message, "the disk is full");
    EXPECT_FALSE(background.finish());
    EXPECT_FALSE(has_run);
}

TEST(BackgroundTest, HandsOnWhatATaskThrows) {
    Background background;
    ASSERT_TRUE(background.run([]() -> Result<void> { throw std::runtime_error("no memory"); }));
    EXPECT_THROW(static_cast<void>(background.finish()), std::runtime_error);
    EXPECT_THROW(static_cast<void>(background.run([] { return Result<void>(); })),
                 std::runtime_error);
}

// Whoever fills buffers in turn relies on it: with one more than that, one of them is free.
TEST(BackgroundTest, HasNoMoreTasksThanItSays) {
    std::atomic<std::size_t> ended = 0;
    Background background;
    for (std::size_t number = 1; number <= 10'000; ++number) {
        ASSERT_TRUE(background.run([&ended] {
            ++ended;
            return Result<void>();
        }));
        ASSERT_LE(number - ended, Background::kTasksMax);
    }
}

TEST(BackgroundTest, DoesWhatIsWaitingBeforeItGoes) {
    int ran = 0;
    {
        Background background;
        for (std::size_t number = 0; number < Background::kTasksMax; ++number) {
            ASSERT_TRUE(background.run([&ran] {
                ++ran;
                return Result<void>();
            }));
        }
    }
    EXPECT_EQ(ran, static_cast<int>(Background::kTasksMax));
}

TEST(BlockPoolTest, IsFilledAheadOfWhatIsTaken) {
    BlockPool pool;
    std::stop_source stop;
    std::thread idle([&] { pool.fill_ahead(stop.get_token()); });
    // Until the other thread has seen that blocks are wanted: it only looks at those taken since.
    while (!pool.has_blocks()) {
        const HugeMemory block = pool.take();
        ASSERT_EQ(block.size(), BlockPool::kBlockBytes);
        std::this_thread::yield();
    }
    EXPECT_EQ(pool.bytes_held(), BlockPool::kBlockBytes);
    stop.request_stop();
    idle.join();
    EXPECT_LE(pool.bytes_held(), BlockPool::kBlockBytes);
}

}  // namespace
}  // namespace onsite::reconcile
