// The account of a key, which clients ask for to see whether the key works.
#include "tests/unit/simulator/billing_steps.hpp"

namespace onsite::simulator::testing {
namespace {

struct AccountTest : BillingTest {};

TEST_F(AccountTest, BelongsToTheKey) {
    const Reply own = client.get("/v1/account");
    ASSERT_EQ(own.status(), 200) << own.body;
    EXPECT_EQ(own.text("/object"), "account");
    EXPECT_EQ(own.body["charges_enabled"], true);
    EXPECT_EQ(own.text("/id"), world().account);
    EXPECT_EQ(client.get("/v1/accounts/" + own.text("/id")).body, own.body);
}

TEST_F(AccountTest, IsTheOnlyOneThatAKeySees) {
    const Reply other = client.get("/v1/accounts/acct_other");
    EXPECT_EQ(other.status(), 403);
    EXPECT_EQ(other.error("code"), "account_invalid");
    EXPECT_EQ(client.post("/v1/accounts", {{"type", "express"}}).status(), 501);
}

}  // namespace
}  // namespace onsite::simulator::testing
