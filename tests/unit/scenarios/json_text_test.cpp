// One text out of a document: what a parser finds there, and nothing where there is nothing.
#include "scenarios/player/json_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace onsite::scenarios {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kDocument =
    R"( { "id" : "evt_1", "n":-12, "on" : true, "none":null, "list":[{"id":"a"},"]}\""],
      "data": {"object": {"id":"pi_1", "quote":"a \"b\" \u00e9", "metadata":{"order":"order-1"}}},
      "empty": {}, "last":"" } )";

TEST(JsonTextTest, FindsWhatAPathLeadsTo) {
    EXPECT_EQ(json_text(kDocument, "/id"), "evt_1");
    EXPECT_EQ(json_text(kDocument, "/n"), "-12");
    EXPECT_EQ(json_text(kDocument, "/on"), "true");
    EXPECT_EQ(json_text(kDocument, "/data/object/id"), "pi_1");
    EXPECT_EQ(json_text(kDocument, "/data/object/metadata/order"), "order-1");
    EXPECT_EQ(json_text(kDocument, "/data/object/quote"), "a \"b\" é");
    EXPECT_EQ(json_text(kDocument, "/last"), "");
}

TEST(JsonTextTest, FindsSeveralInTheirOrder) {
    EXPECT_THAT(json_texts(kDocument, {"/last", "/data/object/metadata/order", "/data/object/no",
                                       "/id", "/data/object/id", "/data/object/id", "/on"}),
                ElementsAre("", "order-1", "", "evt_1", "pi_1", "pi_1", "true"));
    EXPECT_THAT(json_texts(R"({"a":{"b":1}})", {"/a", "/a/b"}), ElementsAre(R"({"b":1})", "1"));
    EXPECT_THAT(json_texts(R"({"a":1,"a":2,"b":3})", {"/a", "/b"}), ElementsAre("1", "3"));
    EXPECT_THAT(json_texts(R"({"a":1,"b":)", {"/b", "/a"}), ElementsAre("", "1"));
}

TEST(JsonTextTest, FindsNothingWhereThereIsNothing) {
    for (const char* path : {"/no", "/data/no", "/empty/id", "/id/id", "/list/id", "/n/id"}) {
        EXPECT_EQ(json_text(kDocument, path), "") << path;
    }
}

TEST(JsonTextTest, ADocumentThatIsCutGivesNothingAndEnds) {
    for (std::size_t size = 0; size < kDocument.size(); ++size) {
        const std::string_view cut = kDocument.substr(0, size);
        EXPECT_EQ(json_text(cut, "/last"), "") << size;
        const std::string found = json_text(cut, "/data/object/id");
        EXPECT_TRUE(found.empty() || found == "pi_1") << size;
    }
    for (const char* bad :
         {"}", "]", "{]", "{\"id\"}", "{\"id\":}", "[", "{\"id\"", ",", ":", "{,"}) {
        EXPECT_EQ(json_text(bad, "/id").find_first_of("{["), std::string::npos) << bad;
    }
}

}  // namespace
}  // namespace onsite::scenarios
