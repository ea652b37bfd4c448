// Goal: a reader of JSON accepts what it was asked for and nothing else, and its error says where
// and what. Each wrong text is one row of a table.
#include "base/json.hpp"

#include <nlohmann/json.hpp>

namespace onsite {
namespace {

using ::testing::HasSubstr;

// What the reader below says of a text; empty when it is content.
std::string complaint_about(const std::string& text) {
    auto json = parse_json(text, "file.json", JsonComments::allowed);
    if (!json) return json.error().message;
    JsonReader reader(*json, "file.json");
    reader.text("name");
    reader.number("count", 0, 10);
    reader.flag_or("is_big", false);
    reader.texts_or_none("tags");
    reader.text_or("note", "");
    reader.number_or("limit", 1, 5, 3);
    auto done = reader.finish();
    return done ? "" : done.error().message;
}

struct WrongText {
    const char* text;
    const char* complaint;
};

class WrongTextTest : public ::testing::TestWithParam<WrongText> {};

TEST_P(WrongTextTest, IsRefusedWithItsPlace) {
    EXPECT_THAT(complaint_about(GetParam().text), HasSubstr(GetParam().complaint));
}

INSTANTIATE_TEST_SUITE_P(
    Json, WrongTextTest,
    ::testing::Values(
        WrongText{R"({"name":)", "file.json is not JSON: parse error at line 1, column 9"},
        WrongText{"[]", "file.json: expected an object, found a list"},
        WrongText{R"({"count":1})", R"(file.json: "name": expected this key, found none)"},
        WrongText{R"({"name":7,"count":1})", R"("name": expected a string, found 7)"},
        WrongText{R"({"name":"a","count":11})", "whole number from 0 to 10, found 11"},
        WrongText{R"({"name":"a","count":-1})", "expected a whole number from 0 to 10"},
        WrongText{R"({"name":"a","count":1.5})", "expected a whole number from 0 to 10, found 1.5"},
        WrongText{R"({"name":"a","count":18446744073709551615})", "expected a whole number"},
        WrongText{R"({"name":"a","count":"1"})", R"(whole number from 0 to 10, found "1")"},
        WrongText{R"({"name":"a","count":1,"is_big":1})", R"("is_big": expected true or false)"},
        WrongText{R"({"name":"a","count":1,"tags":["a",1]})",
                  "expected a list of strings, found 1 in it"},
        WrongText{R"({"name":"a","count":1,"tags":{}})",
                  R"("tags": expected a list, found an object)"},
        WrongText{R"({"name":"a","count":1,"limit":6})", "from 1 to 5"},
        WrongText{
            R"({"name":"a","count":1,"colour":"red"})",
            R"(unknown key "colour"; expected one of: name, count, is_big, tags, note, limit)"}));

TEST(JsonReaderTest, AcceptsWhatItWasAskedFor) {
    EXPECT_EQ(complaint_about(R"({"name":"a","count":10,"is_big":true,"tags":["x"]})"), "");
}

TEST(JsonReaderTest, WhatItFoundIsShortAndSafeToPrint) {
    const Json json = {{"count", "\x1b[2J" + std::string(1'000'000, 'x')}};
    JsonReader reader(json, "here");
    reader.number("count", 0, 1);
    const std::string complaint = reader.finish().error().message;
    EXPECT_LT(complaint.size(), 150u);
    EXPECT_THAT(complaint, HasSubstr(R"(found "\u001b[2Jxxx)"));
}

TEST(JsonReaderTest, TellsOnlyTheFirstProblem) {
    EXPECT_THAT(complaint_about(R"({"name":1,"count":99})"),
                ::testing::Not(HasSubstr("whole number")));
}

TEST(JsonReaderTest, GivesTheFallbackOnlyForAMissingKey) {
    const Json json = {{"limit", 4}};
    JsonReader reader(json, "here");
    EXPECT_EQ(reader.number_or("limit", 1, 5, 3), 4);
    EXPECT_EQ(reader.number_or("other", 1, 5, 3), 3);
    EXPECT_EQ(reader.text_or("note", "none"), "none");
    EXPECT_TRUE(reader.flag_or("is_big", true));
}

TEST(JsonReaderTest, ReadsTheWholeRangeOfInt64) {
    const Json json = {{"low", INT64_MIN}, {"high", INT64_MAX}};
    JsonReader reader(json, "here");
    EXPECT_EQ(reader.number("low", INT64_MIN, INT64_MAX), INT64_MIN);
    EXPECT_EQ(reader.number("high", INT64_MIN, INT64_MAX), INT64_MAX);
    EXPECT_TRUE(reader.finish());
}

TEST(ParseJsonTest, RefusesMoreLevelsThanTheStackIsAskedFor) {
    const auto nested = [](std::size_t levels) {
        return std::string(levels, '[') + std::string(levels, ']');
    };
    EXPECT_TRUE(parse_json(nested(kJsonDepthMax), "file"));
    for (const std::size_t levels : {kJsonDepthMax + 1, std::size_t{1'000'000}}) {
        const auto refused = parse_json(nested(levels), "file");
        ASSERT_FALSE(refused);
        EXPECT_THAT(refused.error().message, HasSubstr("expected at most 100 levels"));
    }
    EXPECT_FALSE(parse_json(std::string(200'000, '['), "file"));
    std::string objects;
    for (int i = 0; i < 200; ++i) objects += "{\"a\":";
    EXPECT_FALSE(parse_json(objects + "1" + std::string(200, '}'), "file"));
}

TEST(ParseJsonTest, AllowsCommentsOnlyWhereAsked) {
    const std::string text = "{ // why\n \"a\": 1 }";
    EXPECT_TRUE(parse_json(text, "file", JsonComments::allowed));
    const auto refused = parse_json(text, "file");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::usage);
}

TEST(ToTextTest, ReplacesBytesThatAreNoUtf8) {
    EXPECT_EQ(to_text(Json{{"a", "x\xff"}}), "{\"a\":\"x\xEF\xBF\xBD\"}");
}

}  // namespace
}  // namespace onsite
