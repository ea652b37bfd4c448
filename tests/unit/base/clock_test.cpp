// Goal: time is written as RFC 3339 says, and a simulated clock moves only when it is told to.
#include "base/clock.hpp"

#include <ctime>
#include <filesystem>
#include <sched.h>
#include <thread>

namespace onsite {
namespace {

TEST(ClockTest, WritesTheEpochAsMidnight) { EXPECT_EQ(to_rfc3339(0), "1970-01-01T00:00:00Z"); }

TEST(ClockTest, CutsMillisecondsOff) {
    EXPECT_EQ(to_rfc3339(1'772'359'872'999), "2026-03-01T10:11:12Z");
}

TEST(ClockTest, KnowsLeapDays) { EXPECT_EQ(to_rfc3339(951'782'400'000), "2000-02-29T00:00:00Z"); }

TEST(SimulatedClockTest, StandsStillUntilItIsAdvanced) {
    SimulatedClock clock(1'000);
    EXPECT_EQ(clock.now_ms(), 1'000);
    EXPECT_EQ(clock.now_ms(), 1'000);
    clock.advance_ms(250);
    EXPECT_EQ(clock.now_ms(), 1'250);
    EXPECT_EQ(clock.monotonic_ns(), 1'250'000'000);
}

// Two threads that share a processor: while one computes, the other one stands in line.
TEST(SystemClockTest, CountsHowLongAThreadWaitsForAProcessor) {
    if (!std::filesystem::exists("/proc/thread-self/schedstat")) GTEST_SKIP() << "nobody counts";
    std::int64_t queued_ns = 0;
    std::jthread beside([&] {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(sched_getcpu(), &one);
        ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
        SystemClock clock;
        const auto compute = [&] {
            timespec used = {};
            while (used.tv_nsec < 200 * kNsPerMs && used.tv_sec == 0) {
                clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
            }
        };
        std::jthread other(compute);  // On the same processor: it inherits it.
        compute();
        other.join();
        queued_ns = clock.queued_ns();
    });
    beside.join();
    EXPECT_GT(queued_ns, 50 * kNsPerMs);
}

TEST(SystemClockTest, NeverGoesBack) {
    SystemClock clock;
    const std::int64_t before = clock.monotonic_ns();
    EXPECT_LE(before, clock.monotonic_ns());
    EXPECT_GT(clock.now_ms(), 1'700'000'000'000);
}

}  // namespace
}  // namespace onsite
