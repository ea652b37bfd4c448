// Goal: a typing error gets a suggestion, another word gets none.
#include "base/closest_word.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace onsite {
namespace {

const std::vector<std::string> kKnown = {"check", "grade",          "invoicing",
                                         "next",  "reconciliation", "values"};

TEST(ClosestWordTest, IsTheOneThatWasMeant) {
    EXPECT_EQ(closest_word("chekc", kKnown), "check");
    EXPECT_EQ(closest_word("ceck", kKnown), "check");
    EXPECT_EQ(closest_word("nexxt", kKnown), "next");
    EXPECT_EQ(closest_word("valeus", kKnown), "values");
    EXPECT_EQ(closest_word("invoice", kKnown), "invoicing");
    EXPECT_EQ(closest_word("reconcile", kKnown), "reconciliation");
}

TEST(ClosestWordTest, IsNothingForAnotherWord) {
    for (const std::string typed : {"nothing", "tent", "trade-off", "vase", "x", ""}) {
        EXPECT_EQ(closest_word(typed, kKnown), "") << typed;
    }
    EXPECT_EQ(closest_word(std::string(1'000'000, 'x'), kKnown), "");
    EXPECT_EQ(closest_word("check", {}), "");
}

}  // namespace
}  // namespace onsite
