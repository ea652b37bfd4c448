// The rule about error messages: on small trees that break it, then on the repository.
#include "tests/meta/errors.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace onsite::meta {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Problems of_code(const std::string& code) { return punctuates_an_error({{"base/a.cpp", code}}); }

TEST(ErrorFormTest, FindsAFullStopAtTheEnd) {
    EXPECT_THAT(of_code("return usage_error(\"expected a file.\");"),
                ElementsAre("base/a.cpp: \"expected a file.\""));
    EXPECT_THAT(of_code("tool_error(fmt::format(\"found {}.\", name(x)));"),
                ElementsAre("base/a.cpp: \"found {}.\""));
}

TEST(ErrorFormTest, FindsASecondSentenceAlsoOverTheEndOfALine) {
    EXPECT_THAT(of_code("usage_error(\"found none. \"\n    \"Name one\");"),
                ElementsAre("base/a.cpp: \"found none. Name one\""));
    EXPECT_THAT(of_code("usage_error(f(\"found {}\", ok ? \"a\" : \"b. Mend it\"));"),
                ElementsAre("base/a.cpp: \"b. Mend it\""));
}

TEST(ErrorFormTest, LeavesPointsThatEndNothing) {
    EXPECT_THAT(of_code("usage_error(\"expected a.cpp or http://... or 1.5; run ./onsite\");"),
                IsEmpty());
    EXPECT_THAT(of_code("usage_error(path + \"\\\".\\\" is {}\"); say(\"Done. Go on.\");"),
                IsEmpty());
    EXPECT_THAT(of_code("usage_error(f('\"', x, ')')); say(\"Done. Go on.\");"), IsEmpty());
    EXPECT_THAT(of_code("usage_error(fmt::join(parts, \".\"));"), IsEmpty());
}

TEST(ErrorFormTest, HoldsInTheRepository) {
    EXPECT_THAT(punctuates_an_error(read_tree(ONSITE_ROOT)), IsEmpty());
}

}  // namespace
}  // namespace onsite::meta
