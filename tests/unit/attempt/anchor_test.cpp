// Goal: an anchor is a place that is there; nothing that a candidate types leads out of the answer.
#include "harness/attempt/anchor.hpp"

#include "tests/unit/attempt/attempt_fixture.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;

class AnchorTest : public AttemptFixture {
protected:
    std::string problem(const std::string& anchor) {
        const std::vector<std::string> cases = {"money_is_exact"};
        const auto good = expect_anchor(attempt_, anchor, cases, 5 * 60'000);
        return good ? "" : good.error().message;
    }
    Attempt attempt_ = start();
};

TEST_F(AnchorTest, TakesWhatIsThere) {
    testing::write_text(attempt_.folder / "greet.cpp", "one\ntwo\nthree");
    for (const char* const good :
         {"greet.cpp:1", "greet.cpp:3", "case:money_is_exact", "event:1", "minute:0", "minute:5"}) {
        EXPECT_EQ(problem(good), "") << good;
    }
}

TEST_F(AnchorTest, RefusesWhatIsNot) {
    testing::write_text(attempt_.folder / "greet.cpp", "one\ntwo\nthree");
    EXPECT_THAT(problem("greet.cpp:0"), HasSubstr("from 1 to 3"));
    EXPECT_THAT(problem("greet.cpp:4"), HasSubstr("from 1 to 3"));
    EXPECT_THAT(problem("other.cpp:1"), HasSubstr("none of that name"));
    EXPECT_THAT(problem("case:speed"), HasSubstr("money_is_exact"));
    EXPECT_THAT(problem("event:2"), HasSubstr("from 1 to 1"));
    EXPECT_THAT(problem("event:0"), HasSubstr("from 1 to 1"));
    EXPECT_THAT(problem("minute:6"), HasSubstr("from 0 to 5"));
}

TEST_F(AnchorTest, RefusesOtherForms) {
    for (const char* const bad :
         {"", ":", "greet.cpp", "greet.cpp:", ":3", "greet.cpp:x", "greet.cpp:-1", "greet.cpp:1x",
          "minute:99999999999999999999", "event: 1"}) {
        EXPECT_NE(problem(bad), "") << bad;
    }
}

TEST_F(AnchorTest, LeadsNowhereElse) {
    std::filesystem::create_symlink("/etc/passwd", attempt_.folder / "passwd");
    for (const char* const bad : {"/etc/passwd:1", "../greeting-1/greet.cpp:1", "passwd:1",
                                  ".onsite/log.jsonl:1", "..:1"}) {
        EXPECT_NE(problem(bad), "") << bad;
    }
    EXPECT_THAT(problem("\x1b[2J:1"), HasSubstr("\\x1b"));
}

}  // namespace
}  // namespace onsite
