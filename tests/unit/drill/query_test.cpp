// Questions to the logs: conditions, moments, and lines that somebody edited.
#include "exercises/4-idempotency/drill/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace onsite::drill {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t kNoonMs = 1'767'614'400'000;  // 2026-01-05T12:00:00Z

std::vector<LogLine> three_lines() {
    return {{.number = 4,
             .at_ms = kNoonMs,
             .source = Source::client,
             .event = "request",
             .members = {{"order", "order-1"}, {"key", "order-1.pay.1"}}},
            {.number = 5,
             .at_ms = kNoonMs + 40,
             .source = Source::provider,
             .event = "reply",
             .members = {{"status", "400"}, {"key", "order-1.pay.1"}}},
            {.number = 9,
             .at_ms = kNoonMs + 60'000,
             .source = Source::client,
             .event = "answer",
             .members = {{"order", "order-2"}, {"status", "200"}}}};
}

std::vector<std::string> ids(std::initializer_list<std::string_view> conditions) {
    Query query;
    for (const std::string_view condition : conditions) {
        auto filter = parse_filter(condition);
        EXPECT_TRUE(filter) << condition;
        if (filter) query.all_of.push_back(*filter);
    }
    const auto lines = three_lines();
    std::vector<std::string> found;
    for (const LogLine* line : select(lines, query)) found.push_back(line->id());
    return found;
}

TEST(QueryTest, AllConditionsHold) {
    EXPECT_THAT(ids({}), ElementsAre("e4", "e5", "e9"));
    EXPECT_THAT(ids({"status=400"}), ElementsAre("e5"));
    EXPECT_THAT(ids({"source!=provider"}), ElementsAre("e4", "e9"));
    EXPECT_THAT(ids({"key~pay", "event=reply"}), ElementsAre("e5"));
    EXPECT_THAT(ids({"id=e9"}), ElementsAre("e9"));
    EXPECT_THAT(ids({"at~12:01"}), ElementsAre("e9"));
    EXPECT_THAT(ids({"key="}), ElementsAre("e9")) << "a field that a line has not is empty";
}

TEST(QueryTest, MomentsAreIncluded) {
    const auto lines = three_lines();
    EXPECT_EQ(select(lines, {.from_ms = kNoonMs + 40}).size(), 2u);
    EXPECT_EQ(select(lines, {.to_ms = kNoonMs + 40}).size(), 2u);
}

TEST(QueryTest, SaysWhatIsNoCondition) {
    for (const char* word : {"", "status", "=400", "a!b", "!=3"}) {
        EXPECT_FALSE(parse_filter(word)) << word;
    }
    EXPECT_THAT(parse_filter("colour=red").error().message,
                AllOf(HasSubstr("body_hash"), HasSubstr("\"colour\"")));
    EXPECT_THAT(parse_filter("\x1b[2J=1").error().message, Not(HasSubstr("\x1b")));
    EXPECT_FALSE(parse_filter("key=" + std::string(kWordBytesMax, 'a')));
}

TEST(QueryTest, ATimeOfDayIsOfTheDayOfTheDrill) {
    EXPECT_EQ(parse_moment("12:01", kNoonMs), kNoonMs + 60'000);
    EXPECT_EQ(parse_moment("12:00:05", kNoonMs), kNoonMs + 5000);
    EXPECT_EQ(parse_moment("2026-01-05T12:00:05Z", 0), kNoonMs + 5000);
    for (const char* word : {"", "noon", "12", "25:00", "12:00:00.5"}) {
        EXPECT_FALSE(parse_moment(word, kNoonMs)) << word;
    }
}

TEST(QueryTest, ALineCannotHarmATerminal) {
    LogLine line = three_lines().front();
    line.members.emplace_back("message", "\x1b]0;title\x07\nsecond line");
    EXPECT_THAT(shown(line), AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\nsecond"))));
}

TEST(ReadLogTest, GivesBackWhatWasWritten) {
    std::string text;
    for (const LogLine& line : three_lines()) {
        if (line.source == Source::client) text += to_json(line) + '\n';
    }
    const auto read = read_log(Source::client, text, "client.jsonl");
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_EQ(read->size(), 2u);
    EXPECT_EQ((*read)[1].text("status"), "200");
    EXPECT_EQ((*read)[1].at_ms, kNoonMs + 60'000);
}

TEST(ReadLogTest, NamesTheLineThatSomebodyEdited) {
    const std::string good = to_json(three_lines()[0]) + '\n';
    for (const char* bad :
         {"no json\n", "[]\n", "{}\n", "{\"id\":\"4\",\"at\":\"2026-01-05T12:00:00.000Z\"}\n",
          "{\"id\":\"e4\",\"at\":\"yesterday\",\"event\":\"a\"}\n",
          "{\"id\":\"e4\",\"at\":\"2026-01-05T12:00:00.000Z\",\"event\":\"a\",\"x\":[[]]}\n",
          "{\"id\":\"e99999999999999999999\",\"at\":\"2026-01-05T12:00:00.000Z\",\"event\":"
          "\"a\"}"}) {
        const auto read = read_log(Source::client, good + bad, "client.jsonl");
        ASSERT_FALSE(read) << bad;
        EXPECT_THAT(read.error().message, HasSubstr("line 2 of client.jsonl"));
    }
}

}  // namespace
}  // namespace onsite::drill
