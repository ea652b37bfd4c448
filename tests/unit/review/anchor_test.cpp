// Goal: an anchor points at something that is there and that belongs to the attempt.
#include "harness/attempt/anchor.hpp"

#include "tests/unit/review/review_fixture.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class AnchorTest : public ReviewFixture {
protected:
    std::string stored(std::string_view word) const {
        const auto anchor = checked_anchor(word, places());
        return anchor ? *anchor : "refused: " + anchor.error().message;
    }
};

TEST_F(AnchorTest, TakesPlacesThatAreThere) {
    for (const char* word : {"greet.cpp:1", "greet.cpp:2", "case:says_hello", "event:1", "event:4",
                             "minute:0", "minute:25"}) {
        EXPECT_EQ(stored(word), word);
    }
}

TEST_F(AnchorTest, KnowsACheckByItsBareName) {
    EXPECT_EQ(stored("says_goodbye"), "case:says_goodbye");
}

TEST_F(AnchorTest, RefusesPlacesThatAreNot) {
    for (const char* word : {"greet.cpp:0", "greet.cpp:3", "gone.cpp:1", "case:nobody", "event:0",
                             "event:5", "minute:26", "minute:x"}) {
        EXPECT_THAT(stored(word), HasSubstr("points at nothing")) << word;
    }
    for (const char* word : {"", "greet.cpp", "because", "greet.cpp:", ":3", "greet.cpp:-1",
                             "greet.cpp:99999999999999999999"}) {
        EXPECT_THAT(stored(word), HasSubstr("refused: ")) << word;
    }
}

TEST_F(AnchorTest, NeverLeavesTheAttempt) {
    write_text(folder_.path() / "outside", "secret\n");
    std::filesystem::create_directories(folder_.path() / "attempt" / ".onsite");
    write_text(folder_.path() / "attempt" / ".onsite" / "log.jsonl", "{}\n");
    std::filesystem::create_symlink(folder_.path() / "outside", folder_.path() / "attempt/link");
    std::filesystem::create_symlink(folder_.path(), folder_.path() / "attempt/up");
    const AnchorPlaces inside{.folder = folder_.path() / "attempt", .cases = {}};
    for (const char* word : {"../outside:1", "/etc/passwd:1", "link:1", "up/outside:1",
                             ".onsite/log.jsonl:1", "./../outside:1"}) {
        EXPECT_FALSE(checked_anchor(word, inside)) << word;
    }
}

TEST_F(AnchorTest, AMessageShowsNoControlCharacters) {
    EXPECT_THAT(stored("\x1b]0;owned\x07:1"), Not(HasSubstr("\x1b")));
}

TEST(LooksLikeAnchorTest, TellsAPlaceFromTheFirstWordOfAComment) {
    for (const char* word : {"a.py:3", "docs/a.md:12", "case:x", "event:1", "minute:7"}) {
        EXPECT_TRUE(looks_like_anchor(word)) << word;
    }
    for (const char* word : {"good", "note:", ":names", "a:b", "", "http://x", "case:"}) {
        EXPECT_FALSE(looks_like_anchor(word)) << word;
    }
}

}  // namespace
}  // namespace onsite::testing
