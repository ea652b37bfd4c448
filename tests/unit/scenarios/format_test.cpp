// Scenario files: what is read, what is refused and where, and one text for equal scenarios.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/format/duration.hpp"
#include "scenarios/format/position.hpp"
#include "scenarios/format/read_scenario.hpp"

namespace onsite::scenarios {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kSmall = R"({
    // Why it is here.
    "schema": 1,
    "id": "small",
    "story": "A click.",
    "clock": "2026-01-05T09:00:00Z",
    "steps": [
        {"order": "order-1", "do": "pay", "amount": 1999, "currency": "usd", "card": "pm_card_visa"}
    ],
    "faults": [
        {"operation": "order-1.pay", "at": "response", "kind": "lost"}
    ],
    "expect": {"reference": []}
})";

// kSmall with one part of it replaced.
std::string with(std::string_view part, std::string_view other) {
    std::string text(kSmall);
    text.replace(text.find(part), part.size(), other);
    return text;
}

std::string problem(const std::string& text) {
    const auto read = read_scenario(text, "small.scenario.json");
    return read ? "" : read.error().message;
}

TEST(DurationTest, IsAWholeNumberAndAUnit) {
    EXPECT_EQ(parse_duration("250ms"), 250'000);
    EXPECT_EQ(parse_duration("72h"), 72LL * 3600 * 1'000'000);
    EXPECT_EQ(parse_duration("7us"), 7);
    EXPECT_EQ(parse_duration("1d"), parse_duration("24h"));
    for (const char* bad : {"", "1", "ms", "-1s", "1.5s", "1 s", "1S", "99999999999999999999s",
                            "367d", "0x1s", "+1s"}) {
        EXPECT_EQ(parse_duration(bad), std::nullopt) << bad;
    }
}

TEST(DurationTest, IsWrittenWithTheLargestUnitThatDividesIt) {
    for (const char* text : {"0s", "1us", "1500ms", "90s", "2m", "25h", "3d"}) {
        EXPECT_EQ(to_duration(*parse_duration(text)), text);
    }
    EXPECT_EQ(to_duration(*parse_duration("48h")), "2d");
}

TEST(PositionTest, IsThatOfTheKeyWhateverStandsBefore) {
    const std::string json =
        "{ /* {\"b\" */ \"a\\\"}\": [1, {\"x\": \"]\"}],\n  \"b\": {\"c\": 2}}";
    const auto at = [&](std::vector<std::string> path) { return position_of(json, path); };
    EXPECT_EQ(at({"b"}), (Position{2, 3}));
    EXPECT_EQ(at({"b", "c"}), (Position{2, 9}));
    EXPECT_EQ(at({"b", "nothing"}), (Position{2, 3}));
    EXPECT_EQ(at({"a\\\"}", "1", "x"}), (Position{1, 27}));
}

TEST(ReadScenarioTest, ReadsWhatIsThereAndTakesTheRestForUsual) {
    const auto read = read_scenario(kSmall, "small");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->id, "small");
    EXPECT_EQ(read->start_us, 1'767'603'600'000'000);
    ASSERT_EQ(read->steps.size(), 1u);
    EXPECT_EQ(read->steps[0].amount, 1999);
    ASSERT_EQ(read->faults.size(), 1u);
    EXPECT_EQ(read->faults[0].attempt, 1);
    EXPECT_EQ(read->shop, ShopSettings{});
    EXPECT_EQ(read->horizon_us, 72LL * 3600 * 1'000'000);
}

TEST(ReadScenarioTest, NamesTheLineAndTheColumnOfWhatItRefuses) {
    EXPECT_THAT(problem(with("\"story\"", "\"storey\": \"\",\n    \"story\"")),
                StartsWith("small.scenario.json:5:5: scenario: unknown key \"storey\""));
    EXPECT_THAT(problem(with("\"story\"", "\"storey\"")),
                StartsWith("small.scenario.json:1:1: scenario: \"story\": expected this key"));
    EXPECT_THAT(problem(with("\"kind\": \"lost\"", "\"kind\": \"lots\"")),
                StartsWith("small.scenario.json:11:56: faults.0: \"kind\": expected one of"));
    EXPECT_THAT(problem(with("\"amount\": 1999", "\"amount\": 19.99")),
                StartsWith("small.scenario.json:8:43: steps.0: \"amount\": expected a whole"));
    EXPECT_THAT(problem(with("\"do\": \"pay\"", "\"do\": \"pay\", \"at\": \"1.5s\"")),
                HasSubstr("expected a duration"));
    EXPECT_THAT(problem(with("\"order\": \"order-1\"", "\"order\": \"Order 1\"")),
                HasSubstr("small letters"));
    EXPECT_THAT(problem(with("\"usd\"", "\"usx\"")), HasSubstr("expected a currency"));
    EXPECT_THAT(problem(with("\"at\": \"response\"", "\"at\": \"connect\"")),
                HasSubstr("cut point"));
    EXPECT_THAT(problem(with("\"lost\"", "\"lost\", \"nth\": 1")),
                HasSubstr("unknown key \"nth\""));
    EXPECT_THAT(problem(with("2026-01-05T09:00:00Z", "now")), HasSubstr("expected a moment"));
    EXPECT_THAT(problem(with("\"schema\": 1", "\"schema\": 2")), HasSubstr("from 1 to 1"));
    EXPECT_THAT(problem("{"), HasSubstr("is not JSON"));
    EXPECT_THAT(problem("[]"), HasSubstr("expected an object"));
    EXPECT_THAT(problem("{\"steps\": [1]}"), StartsWith("small.scenario.json:1:"));
}

TEST(CanonicalTest, IsReadAsTheSameScenarioAndHasOneTextAndHash) {
    const auto read = read_scenario(kSmall, "small");
    ASSERT_TRUE(read);
    const std::string text = canonical(*read);
    const auto again = read_scenario(text, "canonical");
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(canonical(*again), text);
    EXPECT_EQ(text.find('\n'), text.npos);
    // The order of keys, comments and what has its default say nothing.
    const auto said = read_scenario(
        with("\"at\": \"response\"", "\"attempt\": 1, \"at\": \"response\""), "small");
    EXPECT_EQ(canonical(*said), canonical(*read));
    const auto other = read_scenario(with("1999", "2000"), "small");
    EXPECT_NE(canonical(*other), canonical(*read));
}

}  // namespace
}  // namespace onsite::scenarios
