// What is a quantity, and what only looks like one.
#include "exercises/5-values/checks/numbers.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/values/submission.hpp"

namespace onsite::values {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> units(std::string_view text) {
    std::vector<std::string> found;
    for (const Quantity& quantity : quantities_in(sentence(text))) found.push_back(quantity.unit);
    return found;
}

TEST(NumbersTest, HaveUnits) {
    EXPECT_THAT(units("40 % of $1,200, then 250ms"), ElementsAre("%", "$", "ms"));
    EXPECT_THAT(units("3.5k merchants and 2,000 users"), ElementsAre("merchants", "users"));
    EXPECT_THAT(units("three weeks, twenty tickets, 5"), ElementsAre("weeks", "tickets", ""));
    EXPECT_THAT(units("€41,000 came back"), ElementsAre("€"));
}

TEST(NumbersTest, AreNotDatesNamesAndCodes) {
    for (const char* text :
         {"on 14 May 2019", "in March 2022 I left", "at 23:10 it broke", "at 2 am we met",
          "version 3.2 came", "the 3rd time", "PCI 4 says", "HTTP 500 came", "many 502 errors",
          "2024-05-01", "step 2 was next", "since 2017", "p99 of v2 in Q3", "24/7"}) {
        EXPECT_THAT(units(text), IsEmpty()) << text;
    }
}

TEST(NumbersTest, MayBeAMoment) {
    EXPECT_TRUE(quantities_in(sentence("after 3 weeks it ran"))[0].is_moment);
    EXPECT_FALSE(quantities_in(sentence("it ran in 3 weeks"))[0].is_moment);
    EXPECT_FALSE(measure_in(sentence("after 3 weeks it ran")).is_measured);
}

TEST(MeasureTest, HasABaselineWhereTwoThingsAreCompared) {
    for (const char* text :
         {"It fell from 20 % to 0.6 %", "1.5 rounds instead of 5", "97 % of the 41,000 euros",
          "complaints of 2 kinds halved", "7 of 5,300 payments",
          "9 seconds, it had been 40 seconds", "errors went to zero", "not one payment was lost"}) {
        EXPECT_TRUE(measure_in(sentence(text)).has_baseline) << text;
    }
    for (const char* text : {"The page loads in 800 ms", "120 achievements and 30,000 lines",
                             "it is faster now", "I moved it from Java to Go in 2019"}) {
        EXPECT_FALSE(measure_in(sentence(text)).has_baseline) << text;
    }
}

}  // namespace
}  // namespace onsite::values
