// Answers are compared as multisets of findings: order is free, numbers count.

#include "exercises/1-reconciliation/checks/findings.hpp"

#include <gtest/gtest.h>

namespace onsite::reconciliation {
namespace {

const Transaction kT1{"t1", 100, "USD"};
const Transaction kT2{"t2", 200, "EUR"};

TEST(FindingsTest, OrderIsFree) {
    const Reconciliation one{
        .unmatched = {{Side::ledger, kT1}, {Side::bank, kT2}}, .discrepancies = {}, .rejected = {}};
    const Reconciliation other{
        .unmatched = {{Side::bank, kT2}, {Side::ledger, kT1}}, .discrepancies = {}, .rejected = {}};
    EXPECT_EQ(findings_of(one), findings_of(other));
}

TEST(FindingsTest, SidesAndNumbersCount) {
    const Findings once = sorted({unmatched(Side::ledger, kT1)});
    const Findings twice = sorted({unmatched(Side::ledger, kT1), unmatched(Side::ledger, kT1)});
    EXPECT_NE(once, sorted({unmatched(Side::bank, kT1)}));
    EXPECT_EQ(difference(once, twice).extra.size(), 1u);
    EXPECT_TRUE(difference(once, twice).missing.empty());
    EXPECT_TRUE(difference(twice, twice).is_none());
}

TEST(FindingsTest, WhatTheSubjectSaysDiffersIsKept) {
    Reconciliation answer;
    answer.discrepancies = {{.ledger = kT1,
                             .bank = {"t1", 150, "USD"},
                             .amount_differs = true,
                             .currency_differs = true}};
    const Findings right = {discrepancy(kT1, {"t1", 150, "USD"})};
    EXPECT_NE(findings_of(answer), right) << "the currency does not differ";
    answer.discrepancies[0].currency_differs = false;
    EXPECT_EQ(findings_of(answer), right);
}

TEST(FindingsTest, MirrorSwapsSidesAndTransactions) {
    const Findings findings =
        sorted({unmatched(Side::ledger, kT2), discrepancy(kT1, {"t1", 150, "USD"}),
                rejected(Side::bank, 3, RejectReason::bad_id)});
    EXPECT_EQ(mirrored(findings),
              sorted({unmatched(Side::bank, kT2), discrepancy({"t1", 150, "USD"}, kT1),
                      rejected(Side::ledger, 3, RejectReason::bad_id)}));
    EXPECT_EQ(mirrored(mirrored(findings)), findings);
}

TEST(FindingsTest, JoinKeepsTheOrder) {
    const Findings some = sorted({unmatched(Side::bank, kT1)});
    const Findings more = sorted({unmatched(Side::ledger, kT2), unmatched(Side::bank, kT1)});
    EXPECT_EQ(joined(some, more), sorted({unmatched(Side::ledger, kT2), unmatched(Side::bank, kT1),
                                          unmatched(Side::bank, kT1)}));
}

}  // namespace
}  // namespace onsite::reconciliation
