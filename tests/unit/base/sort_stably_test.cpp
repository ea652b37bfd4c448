// Goal: values come in the order of their keys, and equals in the order they had.
#include "base/sort_stably.hpp"

#include <string>

#include <gtest/gtest.h>

namespace onsite {
namespace {

using Named = std::pair<int, std::string>;

TEST(SortStablyTest, KeepsTheOrderOfEquals) {
    std::vector<Named> values = {{2, "a"}, {1, "b"}, {2, "c"}, {1, "d"}, {0, "e"}};
    sort_stably(values, &Named::first);
    EXPECT_EQ(values, (std::vector<Named>{{0, "e"}, {1, "b"}, {1, "d"}, {2, "a"}, {2, "c"}}));
}

TEST(SortStablyTest, LeavesNothingAsItIs) {
    std::vector<Named> values;
    sort_stably(values, &Named::first);
    EXPECT_TRUE(values.empty());
}

}  // namespace
}  // namespace onsite
