// Charges, refunds, disputes, the balance and payouts.

#include "simulator/payments/booking.hpp"
#include "tests/support/simulator_test.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct MoneyTest : SimulatorTest {
    Reply pay(std::string_view card, std::string_view amount = "1000") {
        return client.post("/v1/payment_intents", {{"amount", amount},
                                                   {"currency", "usd"},
                                                   {"confirm", "true"},
                                                   {"payment_method", card}});
    }
    std::int64_t balance(const char* kind) {
        return client.get("/v1/balance").body[kind][0]["amount"].get<std::int64_t>();
    }
    // The newest, oldest of them first.
    std::vector<std::string> last_events(const char* count) {
        std::vector<std::string> types;
        const Reply list = client.get("/v1/events", {{"limit", count}});
        for (const auto& event : list.body["data"]) types.push_back(event["type"]);
        return {types.rbegin(), types.rend()};
    }
    void wait_days(std::int64_t days) {
        simulator.timeline().advance_to(simulator.timeline().now_us() + days * kDay);
    }
};

TEST_F(MoneyTest, RefundsThatPendSucceedLater) {
    const std::string charge = pay("pm_card_pendingRefund").text("/latest_charge");
    const Reply refund = client.post("/v1/refunds", {{"charge", charge}});
    EXPECT_EQ(refund.text("/status"), "pending") << refund.body;
    wait_days(1);
    EXPECT_EQ(client.get("/v1/refunds/" + refund.text("/id")).text("/status"), "succeeded");
    EXPECT_THAT(last_events("2"), ElementsAre("refund.updated", "charge.refund.updated"));
    EXPECT_EQ(balance("available"), -1'000);
}

TEST_F(MoneyTest, RefundsThatFailBringTheMoneyBack) {
    const std::string charge = pay("pm_card_refundFail").text("/latest_charge");
    const Reply refund = client.post("/v1/refunds", {{"charge", charge}, {"amount", "400"}});
    EXPECT_EQ(refund.text("/status"), "succeeded") << refund.body;
    EXPECT_EQ(balance("available"), -400);
    wait_days(1);
    EXPECT_THAT(last_events("2"), ElementsAre("refund.failed", "charge.refund.updated"));
    const Reply failed = client.get("/v1/refunds/" + refund.text("/id"),
                                    {{"expand[]", "failure_balance_transaction"}});
    EXPECT_EQ(failed.text("/status"), "failed");
    EXPECT_EQ(failed.text("/failure_reason"), "unknown");
    EXPECT_EQ(failed.text("/failure_balance_transaction/amount"), "400");
    EXPECT_EQ(failed.text("/failure_balance_transaction/type"), "refund_failure");
    EXPECT_EQ(balance("available"), 0);
    const Reply after = client.get("/v1/charges/" + charge);
    EXPECT_EQ(after.text("/amount_refunded"), "0");
    EXPECT_EQ(client.post("/v1/refunds", {{"charge", charge}}).text("/amount"), "1000");
}

TEST(PaymentFee, IsRoundedHalfUp) {
    EXPECT_EQ(payment_fee(0), 30);
    EXPECT_EQ(payment_fee(17), 30);    // 0.493
    EXPECT_EQ(payment_fee(500), 45);   // 14.5
    EXPECT_EQ(payment_fee(1000), 59);  // 29
    EXPECT_EQ(payment_fee(kAmountMax), 2'900'030);
}

TEST_F(MoneyTest, IsPendingForTwoDays) {
    pay("pm_card_visa");
    EXPECT_EQ(balance("pending"), 941);
    EXPECT_EQ(balance("available"), 0);
    wait_days(2);
    EXPECT_EQ(balance("pending"), 0);
    EXPECT_EQ(balance("available"), 941);
    pay("pm_card_bypassPending");
    EXPECT_EQ(balance("available"), 1882);
}

TEST_F(MoneyTest, GoesBackInParts) {
    const std::string intent = pay("pm_card_visa").text("/id");
    const Reply first = client.post("/v1/refunds", {{"payment_intent", intent},
                                                    {"amount", "400"},
                                                    {"reason", "requested_by_customer"},
                                                    {"expand[]", "balance_transaction"}});
    ASSERT_EQ(first.status(), 200) << first.body;
    EXPECT_EQ(first.text("/status"), "succeeded");
    EXPECT_EQ(first.body["balance_transaction"]["net"], -400);
    EXPECT_THAT(last_events("2"), ElementsAre("refund.created", "charge.refunded"));
    const std::string charge = first.text("/charge");
    EXPECT_EQ(client.post("/v1/refunds", {{"charge", charge}, {"amount", "601"}}).error("message"),
              "Refund amount ($6.01) is greater than unrefunded amount on charge ($6.00)");
    EXPECT_EQ(client.post("/v1/refunds", {{"charge", charge}, {"amount", "1001"}}).error("message"),
              "Refund amount ($10.01) is greater than charge amount ($10.00)");
    EXPECT_EQ(client.post("/v1/refunds", {{"charge", charge}}).body["amount"], 600);
    const Reply again = client.post("/v1/refunds", {{"charge", charge}});
    EXPECT_EQ(again.error("code"), "charge_already_refunded");
    EXPECT_EQ(again.error("message"), "Charge " + charge + " has already been refunded.");
    EXPECT_EQ(client.get("/v1/charges/" + charge).body["refunded"], true);
    EXPECT_EQ(client.get("/v1/charges/" + charge + "/refunds").body["data"].size(), 2u);
    EXPECT_EQ(balance("pending") + balance("available"), -59);
}

TEST_F(MoneyTest, DoesNotGoBackFromNowhere) {
    const Reply refused = pay("pm_card_visa_chargeDeclined");
    const std::string intent = refused.text("/error/payment_intent/id");
    EXPECT_THAT(client.post("/v1/refunds", {{"payment_intent", intent}}).error("message"),
                HasSubstr("does not have a successful charge to refund"));
    EXPECT_EQ(client.post("/v1/refunds", {{"charge", refused.error("charge")}}).status(), 400);
    EXPECT_EQ(client.post("/v1/refunds").error("code"), "parameter_missing");
    EXPECT_EQ(client.post("/v1/refunds", {{"charge", "ch_0"}}).error("code"), "resource_missing");
}

TEST_F(MoneyTest, RefundsKeepMetadataAndCannotBeCanceled) {
    const std::string intent = pay("pm_card_visa").text("/id");
    const std::string id = client.post("/v1/refunds", {{"payment_intent", intent}}).text("/id");
    EXPECT_EQ(client.post("/v1/refunds/" + id, {{"metadata[a]", "b"}}).text("/metadata/a"), "b");
    EXPECT_EQ(client.post("/v1/refunds/" + id + "/cancel").status(), 400);
    EXPECT_EQ(client.get("/v1/refunds", {{"payment_intent", intent}}).text("/data/0/id"), id);
}

TEST_F(MoneyTest, IsTakenByADisputeAndComesBackWhenItIsWon) {
    const std::string intent = pay("pm_card_createDispute").text("/id");
    EXPECT_THAT(last_events("3"), ElementsAre("charge.updated", "charge.dispute.created",
                                              "charge.dispute.funds_withdrawn"));
    EXPECT_EQ(balance("available"), -2500);
    const Reply list = client.get("/v1/disputes", {{"payment_intent", intent}});
    EXPECT_EQ(list.text("/data/0/status"), "needs_response");
    EXPECT_EQ(client.post("/v1/refunds", {{"payment_intent", intent}}).error("code"),
              "charge_disputed");
    const std::string path = "/v1/disputes/" + list.text("/data/0/id");
    EXPECT_EQ(
        client
            .post(path, {{"evidence[uncategorized_text]", "winning_evidence"}, {"submit", "false"}})
            .text("/status"),
        "needs_response");
    const Reply won = client.post(path, {{"submit", "true"}});
    EXPECT_EQ(won.text("/status"), "won");
    EXPECT_EQ(won.body["balance_transactions"].size(), 2u);
    EXPECT_EQ(balance("available"), -1500);
    EXPECT_THAT(last_events("3"), ElementsAre("charge.dispute.updated", "charge.dispute.closed",
                                              "charge.dispute.funds_reinstated"));
    EXPECT_EQ(client.post(path + "/close").status(), 400);
}

TEST_F(MoneyTest, IsLeftAloneByAnInquiry) {
    pay("pm_card_createDisputeInquiry");
    EXPECT_EQ(balance("available"), 0);
    const Reply list = client.get("/v1/disputes");
    EXPECT_EQ(list.text("/data/0/status"), "warning_needs_response");
    const Reply closed = client.post("/v1/disputes/" + list.text("/data/0/id") + "/close");
    EXPECT_EQ(closed.text("/status"), "warning_closed");
}

TEST_F(MoneyTest, ClosesAnInquiryWhenAllOfItGoesBack) {
    const std::string intent = pay("pm_card_createDisputeInquiry").text("/id");
    const std::string path = "/v1/disputes/" + client.get("/v1/disputes").text("/data/0/id");
    EXPECT_EQ(client.get(path).body["is_charge_refundable"], true);
    const Reply part = client.post("/v1/refunds", {{"payment_intent", intent}, {"amount", "400"}});
    EXPECT_EQ(part.text("/status"), "succeeded") << part.body;
    EXPECT_EQ(client.get(path).text("/status"), "warning_needs_response");
    EXPECT_EQ(client.post("/v1/refunds", {{"payment_intent", intent}}).status(), 200);
    EXPECT_EQ(client.get(path).text("/status"), "warning_closed");
    EXPECT_EQ(client.get(path).body["is_charge_refundable"], false);
    EXPECT_THAT(last_events("3"),
                ElementsAre("refund.created", "charge.refunded", "charge.dispute.closed"));
}

TEST_F(MoneyTest, IsPaidOutWhenItIsAvailable) {
    pay("pm_card_visa");
    const StripeClient::Values all = {{"amount", "941"}, {"currency", "usd"}};
    EXPECT_EQ(client.post("/v1/payouts", all).error("code"), "balance_insufficient");
    wait_days(2);
    const Reply sent = client.post("/v1/payouts", all);
    ASSERT_EQ(sent.text("/status"), "pending") << sent.body;
    EXPECT_EQ(balance("available"), 0);
    const std::string path = "/v1/payouts/" + sent.text("/id");
    EXPECT_EQ(client.post(path + "/cancel").text("/status"), "canceled");
    EXPECT_EQ(balance("available"), 941);
    const std::string second = "/v1/payouts/" + client.post("/v1/payouts", all).text("/id");
    wait_days(2);
    EXPECT_EQ(client.get(second).text("/status"), "paid");
    EXPECT_EQ(last_events("1"), std::vector<std::string>{"payout.paid"});
    EXPECT_EQ(client.post(second + "/cancel").status(), 400);
    EXPECT_EQ(client.get(path).text("/status"), "canceled");
    EXPECT_EQ(client.get("/v1/balance_transactions", {{"type", "payout"}}).body["data"].size(), 2u);
}

TEST_F(MoneyTest, ChargesOfTheOlderApiPayWithTokens) {
    const Reply made = client.post(
        "/v1/charges",
        {{"amount", "1000"}, {"currency", "usd"}, {"source", "tok_visa"}, {"capture", "false"}});
    ASSERT_EQ(made.status(), 200) << made.body;
    EXPECT_EQ(made.text("/source/object"), "card");
    const std::string path = "/v1/charges/" + made.text("/id");
    EXPECT_EQ(client.post(path + "/capture", {{"amount", "600"}}).body["amount_captured"], 600);
    EXPECT_EQ(client.post(path + "/capture").error("code"), "charge_already_captured");
    EXPECT_EQ(client.post(path, {{"description", "a"}}).text("/description"), "a");
    const Reply refused = client.post(
        "/v1/charges", {{"amount", "1000"}, {"currency", "usd"}, {"source", "tok_chargeDeclined"}});
    EXPECT_EQ(refused.status(), 402);
    EXPECT_EQ(client.get("/v1/charges/" + refused.error("charge")).text("/status"), "failed");
}

}  // namespace
}  // namespace onsite::simulator::testing
