// Settings and names in bytes that are no UTF-8: Latin-1 headers, files of another system.
#include "tests/e2e/reconcile/tool.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(ReconcileTest, ColumnsThatDifferInOneByteMakeTwoRuns) {
    write("a.csv", "i\xe9,i\xe8,amount,currency\nx,y,1,USD\n");
    write("b.csv", "i\xe9,i\xe8,amount,currency\nx,z,1,USD\n");
    EXPECT_EQ(reconcile({"a.csv", "b.csv", "--columns", "id=i\xe9"}).status, kEqual);
    const auto other = reconcile({"a.csv", "b.csv", "--columns", "id=i\xe8"});
    EXPECT_EQ(other.status, kDifferences) << other.output << other.errors;
    // Nor is what the record makes of a byte the same as that text.
    EXPECT_EQ(reconcile({"a.csv", "b.csv", "--columns", "id=i\\xe9"}).status, 2);
    EXPECT_EQ(recorded_runs(), 2);
}

TEST_F(ReconcileTest, SettingsAndNamesInLatin1AreVerified) {
    write("a.csv", "id,amount,W\xe4hrung\nx,1,USD\n");
    write("b\xff.csv", "id,amount,W\xe4hrung\nx,2,USD\n");
    write("b\\xff.csv", "another file");
    const auto made =
        reconcile({"a.csv", "b\xff.csv", "--columns", "currency=W\xe4hrung", "--out", "r\xfe"});
    ASSERT_EQ(made.status, kDifferences) << made.errors;
    EXPECT_THAT(made.output, HasSubstr("b\\xff.csv (")) << "as harmless text";
    const std::string name = made.output.substr(4, 12);
    const auto verified = reconcile({"verify", name});
    EXPECT_EQ(verified.status, 0) << verified.output << verified.errors;
    EXPECT_EQ(reconcile({"show", name}).output, made.output);
}

TEST_F(ReconcileTest, ADelimiterOfAnyByteWorks) {
    write("a.csv",
          "id\xa7"
          "amount\xa7"
          "currency\nx\xa7"
          "1\xa7"
          "USD\n\"\xa7\"\xa7"
          "2\xa7"
          "USD\n");
    write("b.csv", "id,amount,currency\nx,1,USD\n\xa7,2,USD\n");
    const auto made = reconcile({"a.csv", "b.csv", "--ledger-delimiter", "\xa7"});
    ASSERT_EQ(made.status, kEqual) << made.output << made.errors;
    EXPECT_EQ(reconcile({"verify", made.output.substr(4, 12)}).status, 0);
    // "§" in UTF-8 is two bytes.
    EXPECT_EQ(reconcile({"a.csv", "b.csv", "--ledger-delimiter", "\u00a7"}).status, 2);
    EXPECT_EQ(recorded_runs(), 1);
}

}  // namespace
}  // namespace onsite::testing
