#include "simulator/payments/ledger.hpp"

#include <gtest/gtest.h>

namespace onsite::simulator {
namespace {

TEST(Ledger, MovesMoneyAndMakesNone) {
    Ledger ledger;
    ledger.post("usd", {{LedgerAccount::pending, 941},
                        {LedgerAccount::fees, 59},
                        {LedgerAccount::cardholders, -1000}});
    EXPECT_EQ(ledger.balance(LedgerAccount::cardholders, "usd"), -1000);
    EXPECT_EQ(ledger.balance(LedgerAccount::pending, "eur"), 0);
    EXPECT_EQ(ledger.currencies(), std::vector<std::string_view>{"usd"});
}

TEST(Ledger, StopsAtEntriesThatDoNotSumToZero) {
    Ledger ledger;
    EXPECT_DEATH(ledger.post("usd", {{LedgerAccount::available, 1}}), "sum == 0");
}

TEST(Ledger, LetsMoneyMatureAtItsMoment) {
    Ledger ledger;
    ledger.post("usd", {{LedgerAccount::pending, 7}, {LedgerAccount::cardholders, -7}});
    ledger.mature_at(100, "usd", 7);
    ledger.advance_to(99);
    EXPECT_EQ(ledger.balance(LedgerAccount::available, "usd"), 0);
    ledger.advance_to(100);
    EXPECT_EQ(ledger.balance(LedgerAccount::available, "usd"), 7);
    EXPECT_EQ(ledger.balance(LedgerAccount::pending, "usd"), 0);
}

}  // namespace
}  // namespace onsite::simulator
