// The model on the examples that the words of the contract suggest; tests/property shows the rest.

#include "exercises/1-reconciliation/checks/model.hpp"

#include <gtest/gtest.h>

#include "exercises/1-reconciliation/checks/findings.hpp"

namespace onsite::reconciliation {
namespace {

Findings answer(const std::vector<Row>& ledger, const std::vector<Row>& bank) {
    return findings_of(model_reconcile_feeds(ledger, bank));
}

TEST(ModelTest, EqualRowsAreNotListed) {
    EXPECT_TRUE(answer({{"t1", "100", "USD"}}, {{"t1", "100", "USD"}}).empty());
    EXPECT_TRUE(answer({}, {}).empty());
    EXPECT_TRUE(answer({{"t1", "-0", "USD"}}, {{"t1", "000", "USD"}}).empty());
}

TEST(ModelTest, FirstFaultOfARowCounts) {
    EXPECT_EQ(fault_of({}), RejectReason::wrong_field_count);
    EXPECT_EQ(fault_of({"", "x"}), RejectReason::wrong_field_count);
    EXPECT_EQ(fault_of({"", "x", "usd"}), RejectReason::bad_id);
    EXPECT_EQ(fault_of({"t", "1.5", "usd"}), RejectReason::amount_not_an_integer);
    EXPECT_EQ(fault_of({"t", "9223372036854775808", "usd"}), RejectReason::amount_out_of_range);
    EXPECT_EQ(fault_of({"t", "9223372036854775807", "usd"}), RejectReason::bad_currency);
    EXPECT_EQ(fault_of({"t", "-9223372036854775808", "USD"}), std::nullopt);
    EXPECT_EQ(fault_of({std::string(kIdBytesMax, 'x'), "1", "USD"}), std::nullopt);
    EXPECT_EQ(fault_of({std::string(kIdBytesMax + 1, 'x'), "1", "USD"}), RejectReason::bad_id);
    EXPECT_EQ(fault_of({"t", "99999999999999999999999x", "USD"}),
              RejectReason::amount_not_an_integer);
}

TEST(ModelTest, FirstGoodRowWithAnIdStands) {
    EXPECT_EQ(answer({{"t1", "5", "us"}, {"t1", "6", "USD"}, {"t1", "7", "USD"}}, {}),
              sorted({unmatched(Side::ledger, {"t1", 6, "USD"}),
                      rejected(Side::ledger, 1, RejectReason::bad_currency),
                      rejected(Side::ledger, 3, RejectReason::duplicate_id)}));
}

TEST(ModelTest, DiscrepancyNamesWhatDiffers) {
    const Findings found = answer({{"t1", "5", "USD"}}, {{"t1", "5", "EUR"}});
    ASSERT_EQ(found.size(), 1u);
    EXPECT_FALSE(found[0].amount_differs);
    EXPECT_TRUE(found[0].currency_differs);
}

}  // namespace
}  // namespace onsite::reconciliation
