// A reply is taken for a reply only when it is one JSON object with one id of the right kind.
// Each test gives a line that is nearly right and expects the word that says what is wrong.
#include "harness/subject/reply_id.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;

TEST(ReplyIdTest, FindsTheIdWhereverItStands) {
    EXPECT_EQ(read_reply_id(R"({"id":"a1","unmatched":[]})").id, "a1");
    EXPECT_EQ(read_reply_id(R"({"unmatched":[{"id":"no"}],"more":{"id":"no"},"id":"a1"})").id,
              "a1");
    EXPECT_EQ(read_reply_id(R"({"id":"a1"})").problem, "");
}

TEST(ReplyIdTest, RefusesWhatIsNotJson) {
    for (const char* line : {"", "hello", "{", "{\"id\":\"a\"", "{\"id\":\"a\"} x", "{\"id\":NaN}",
                             "{\"id\":\"a\",}", "{'id':'a'}", "{\"id\":\"a\"}{\"id\":\"a\"}"}) {
        EXPECT_THAT(read_reply_id(line).problem, HasSubstr("expected JSON")) << line;
    }
}

TEST(ReplyIdTest, RefusesInvalidUtf8) {
    EXPECT_THAT(read_reply_id("{\"id\":\"a\",\"x\":\"\xff\"}").problem, HasSubstr("UTF-8"));
    EXPECT_THAT(read_reply_id("{\"id\":\"a\",\"x\":\"\xc0\xaf\"}").problem, HasSubstr("UTF-8"));
}

TEST(ReplyIdTest, RefusesOtherKindsOfValues) {
    for (const char* line : {"[]", "[{\"id\":\"a\"}]", "\"id\"", "7", "null", "true"}) {
        EXPECT_THAT(read_reply_id(line).problem, HasSubstr("expected a JSON object")) << line;
    }
}

TEST(ReplyIdTest, RefusesAnIdThatIsMissingDoubledOrNoString) {
    for (const char* line :
         {"{}", "{\"id\":7}", "{\"id\":null}", "{\"id\":[\"a\"]}", "{\"id\":{\"id\":\"a\"}}",
          "{\"id\":\"a\",\"id\":\"a\"}", "{\"x\":{\"id\":\"a\"}}"}) {
        EXPECT_THAT(read_reply_id(line).problem, HasSubstr("expected one \"id\"")) << line;
    }
}

TEST(ReplyIdTest, SurvivesDeepNesting) {
    const std::string deep(1'000'000, '[');
    EXPECT_NE(read_reply_id("{\"id\":\"a\",\"x\":" + deep).problem, "");
    EXPECT_EQ(read_reply_id("{\"id\":\"a\",\"x\":" + deep + std::string(deep.size(), ']') + "}").id,
              "a");
}

}  // namespace
}  // namespace onsite
