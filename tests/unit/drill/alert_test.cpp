// Alerts: what the small language means, and that anything else is refused in one sentence.
#include "exercises/4-idempotency/drill/alert.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace onsite::drill {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Ten quiet minutes of ten payments each, and in minute 6 so many conflicts.
Metrics hour(std::int64_t conflicts) {
    Metrics metrics;
    metrics.minutes.resize(10);
    for (Minute& minute : metrics.minutes) {
        minute[Metric::payments] = 10;
        minute[Metric::p95_ms] = 80;
    }
    metrics.minutes[6][Metric::conflicts] = conflicts;
    return metrics;
}

std::int64_t first_minute(std::string_view alert, const Metrics& metrics) {
    const auto parsed = parse_alert(alert);
    EXPECT_TRUE(parsed) << alert << ": " << parsed.error().message;
    return parsed ? parsed->first_minute(metrics) : -2;
}

TEST(AlertTest, ARatioIsOfTheSumsOverTheWindow) {
    // 1 of 50 payments in five minutes is 2 %.
    EXPECT_EQ(first_minute("rate(conflicts)/rate(payments) > 0.0199", hour(1)), 6);
    EXPECT_EQ(first_minute("rate(conflicts)/rate(payments) > 0.02", hour(1)), -1);
    EXPECT_EQ(first_minute("rate(conflicts)/rate(payments) >= 2%", hour(1)), 6);
    EXPECT_EQ(first_minute("rate(conflicts, 1m)/rate(payments, 1m) >= 10%", hour(1)), 6);
    EXPECT_EQ(first_minute("rate(conflicts)/rate(payments) > 0.005", hour(0)), -1);
}

TEST(AlertTest, WindowsOfDifferentLengthsAreRatesOfAMinute) {
    // 5 in one minute against 10 a minute.
    EXPECT_EQ(first_minute("rate(conflicts, 1m)/rate(payments, 5m) >= 0.5", hour(5)), 6);
    EXPECT_EQ(first_minute("rate(conflicts, 1m)/rate(payments, 5m) > 0.5", hour(5)), -1);
}

TEST(AlertTest, ARateAloneIsAMinute) {
    EXPECT_EQ(first_minute("rate(conflicts, 2m) > 1.4", hour(3)), 6);
    EXPECT_EQ(first_minute("rate(conflicts, 2m) > 1.5", hour(3)), -1);
    EXPECT_EQ(first_minute("p95_ms > 79", hour(0)), 0);
    EXPECT_EQ(first_minute("p95_ms < 80", hour(0)), -1);
    EXPECT_EQ(first_minute("p95_ms <= 80", hour(0)), 0);
}

TEST(AlertTest, NothingHappenedIsNoReasonToWakeAnybody) {
    EXPECT_EQ(first_minute("rate(conflicts)/rate(charges) >= 0", hour(3)), -1);
}

TEST(AlertTest, AndBindsMoreTightlyThanOr) {
    const Metrics metrics = hour(3);
    EXPECT_EQ(
        first_minute("rate(charges) > 1 and rate(charges) > 1 or rate(conflicts) > 0", metrics), 6);
    EXPECT_EQ(first_minute("rate(conflicts) > 0 and p95_ms > 100", metrics), -1);
}

TEST(AlertTest, SaysWhatWasExpectedAndWhere) {
    const auto problem = [](std::string_view text) {
        const auto parsed = parse_alert(text);
        return parsed ? std::string("accepted") : parsed.error().message;
    };
    EXPECT_THAT(problem(""), HasSubstr("at character 1 of the alert, found \"its end\""));
    EXPECT_THAT(problem("rate(happiness) > 1"),
                HasSubstr("at character 6 of the alert, found \"happiness\""));
    EXPECT_THAT(problem("rate(p95_ms) > 1"), HasSubstr("\"p95_ms\""));
    EXPECT_THAT(problem("conflicts > 1"), HasSubstr("rate(...)"));
    EXPECT_THAT(problem("rate(conflicts"), HasSubstr("\")\""));
    EXPECT_THAT(problem("rate(conflicts, 0m) > 1"),
                AllOf(HasSubstr("1 to 60 minutes at character 17"), HasSubstr("\"0m\"")));
    EXPECT_THAT(problem("rate(conflicts, 5) > 1"), HasSubstr("\"5\""));
    EXPECT_THAT(problem("rate(conflicts) = 1"), HasSubstr("\"= 1\""));
    for (const char* number : {"", ".5", "1.", "1e9", "-1", "99999999", "0.0000001", "0.00001%"}) {
        EXPECT_NE(problem(std::string("rate(conflicts) > ") + number), "accepted") << number;
    }
    EXPECT_THAT(problem("rate(conflicts) > 1 xor p95_ms > 1"), HasSubstr("\"xor\""));
    EXPECT_THAT(problem("rate(conflicts) > 1 \x1b[2J"),
                AllOf(HasSubstr("character 21"), Not(HasSubstr("\x1b"))));
    EXPECT_THAT(problem(std::string(kAlertBytesMax + 1, 'a')), HasSubstr("501"));
    std::string many = "p95_ms > 1";
    for (std::size_t i = 0; i < kClausesMax; ++i) many += " or p95_ms > 1";
    EXPECT_THAT(problem(many), HasSubstr("at most 20 clauses"));
}

}  // namespace
}  // namespace onsite::drill
