// Goal: follow-ups come in order and in time, and minutes scale without rounding twice.
#include "harness/loop/schedule.hpp"

namespace onsite {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

TEST(ScheduleTest, OneFollowUpComesAtFortyPercent) {
    EXPECT_EQ(followup_due_ms(1, 1, kHourMs), 24 * 60'000);
}

TEST(ScheduleTest, TwoFollowUpsComeAtFortyAndSeventyPercent) {
    EXPECT_EQ(followup_due_ms(1, 2, kHourMs), 24 * 60'000);
    EXPECT_EQ(followup_due_ms(2, 2, kHourMs), 42 * 60'000);
}

TEST(ScheduleTest, MoreAreEvenlyBetween) {
    EXPECT_EQ(followup_due_ms(2, 3, kHourMs), 33 * 60'000);
    for (int total = 1; total <= 20; ++total) {
        for (int number = 2; number <= total; ++number) {
            EXPECT_GT(followup_due_ms(number, total, kHourMs),
                      followup_due_ms(number - 1, total, kHourMs));
        }
    }
}

TEST(ScheduleTest, CountsThoseThatAreDue) {
    EXPECT_EQ(followups_due(2, 24 * 60'000 - 1, kHourMs), 0);
    EXPECT_EQ(followups_due(2, 24 * 60'000, kHourMs), 1);
    EXPECT_EQ(followups_due(2, 42 * 60'000, kHourMs), 2);
    EXPECT_EQ(followups_due(0, kHourMs, kHourMs), 0);
}

TEST(ScaleTest, IsReadWithoutFloats) {
    EXPECT_EQ(parse_minutes_scale("1").value(), kScaleOne);
    EXPECT_EQ(parse_minutes_scale("0.01").value(), 10'000);
    EXPECT_EQ(parse_minutes_scale("0.000001").value(), 1);
    EXPECT_EQ(parse_minutes_scale("10").value(), 10 * kScaleOne);
    EXPECT_EQ(scaled_ms(45, 10'000), 27'000);
    EXPECT_EQ(scaled_ms(1, 1), 1);
}

TEST(ScaleTest, RefusesOtherText) {
    for (const char* const bad : {"", "0", "0.0", "-1", ".5", "1.", "1e-2", "0.0000001", "10.1",
                                  "99999999999", "nan", "1 ", "0,01"}) {
        EXPECT_FALSE(parse_minutes_scale(bad)) << bad;
    }
}

TEST(ClockFaceTest, ShowsMinutesAndSeconds) {
    EXPECT_EQ(time_left_face(0), "0:00");
    EXPECT_EQ(time_left_face(-5'000), "0:00");
    EXPECT_EQ(time_left_face(1), "0:01") << "not over yet";
    EXPECT_EQ(time_used_face(1), "0:00");
    EXPECT_EQ(time_used_face(32 * 60'000 + 5'999), "32:05");
    EXPECT_EQ(time_left_face(kHourMs), "1:00:00");
}

}  // namespace
}  // namespace onsite
