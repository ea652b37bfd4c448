// Goal: time is written as RFC 3339 says, and a simulated clock moves only when it is told to.
#include "base/clock.hpp"

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

TEST(SystemClockTest, NeverGoesBack) {
    SystemClock clock;
    const std::int64_t before = clock.monotonic_ns();
    EXPECT_LE(before, clock.monotonic_ns());
    EXPECT_GT(clock.now_ms(), 1'700'000'000'000);
}

}  // namespace
}  // namespace onsite
