// Rows that must be rejected, and spellings that must not be: the model decides which is which.

#include "exercises/1-reconciliation/checks/bad_rows.hpp"

#include <set>

#include <gtest/gtest.h>

#include "exercises/1-reconciliation/checks/model.hpp"

namespace onsite::reconciliation {
namespace {

TEST(BadRowsTest, EachIsDifferentAndForbidden) {
    std::set<Row> rows;
    std::set<RejectReason> reasons;
    for (std::uint32_t choice = 0; choice < kBadRows; ++choice) {
        const Row row = bad_row("t1", choice);
        const auto fault = fault_of(row);
        ASSERT_TRUE(fault) << "choice " << choice;
        reasons.insert(*fault);
        EXPECT_TRUE(rows.insert(row).second) << "choice " << choice << " comes twice";
    }
    EXPECT_EQ(reasons.size(), 5u) << "every reason but duplicate_id";
    EXPECT_EQ(bad_row("t1", kBadRows), bad_row("t1", 0)) << "no choice is left out";
}

TEST(BadRowsTest, IdsThatLookBadAreGood) {
    std::set<std::string> ids;
    for (const std::string& id : ids_that_look_bad()) {
        EXPECT_FALSE(fault_of({id, "100", "USD"})) << id;
        EXPECT_TRUE(ids.insert(id).second) << id << " comes twice";
    }
}

TEST(BadRowsTest, RepeatedRowsAreGoodByThemselves) {
    const Row original = {"t1", "9999999", "USD"};
    std::set<Row> rows;
    for (std::uint32_t choice = 0; choice < 3; ++choice) {
        rows.insert(repeated_row(original, choice));
        EXPECT_FALSE(fault_of(repeated_row(original, choice)));
    }
    EXPECT_EQ(rows.size(), 3u);
    EXPECT_TRUE(rows.contains(original));
}

TEST(BadRowsTest, SpellingsKeepTheAmount) {
    for (std::uint32_t choice = 0; choice < 7; ++choice) {
        const AmountSpelling spelling = odd_amount(choice, true);
        const std::string ledger = respelled("150", spelling.ledger, spelling.value);
        const std::string bank = respelled("150", spelling.bank, spelling.value);
        EXPECT_NE(ledger, bank) << "choice " << choice;
        ASSERT_FALSE(fault_of({"t1", ledger, "USD"})) << ledger;
        EXPECT_EQ(to_transaction({"t1", ledger, "USD"}), to_transaction({"t1", bank, "USD"}));
        EXPECT_TRUE(odd_amount(choice, false).value.empty());
    }
}

}  // namespace
}  // namespace onsite::reconciliation
