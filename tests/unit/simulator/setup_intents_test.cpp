#include "simulator/payments/authentication.hpp"
#include "tests/support/simulator_test.hpp"

namespace onsite::simulator::testing {
namespace {

struct SetupIntentsTest : SimulatorTest {
    std::string customer = client.post("/v1/customers").text("/id");

    Reply set_up(std::string_view card) {
        return client.post("/v1/setup_intents",
                           {{"customer", customer}, {"confirm", "true"}, {"payment_method", card}});
    }
    std::string status(const std::string& id) {
        return client.get("/v1/setup_intents/" + id).text("/status");
    }
    Reply pay_off_session(const std::string& method) {
        return client.post("/v1/payment_intents", {{"amount", "1000"},
                                                   {"currency", "usd"},
                                                   {"customer", customer},
                                                   {"confirm", "true"},
                                                   {"off_session", "true"},
                                                   {"payment_method", method}});
    }
    bool authenticate(const std::string& id, bool succeeds) {
        return complete_authentication(*simulator.find_world("sk_test_1"), id, succeeds)
            .has_value();
    }
};

TEST_F(SetupIntentsTest, KeepACardForItsCustomer) {
    const Reply done = set_up("pm_card_visa");
    ASSERT_EQ(done.text("/status"), "succeeded") << done.body;
    EXPECT_EQ(client.get("/v1/payment_methods/" + done.text("/payment_method")).text("/customer"),
              customer);
    EXPECT_EQ(client.get("/v1/events").text("/data/0/type"), "setup_intent.succeeded");
    EXPECT_EQ(client.get("/v1/events").text("/data/1/type"), "payment_method.attached");
    EXPECT_EQ(client.post("/v1/setup_intents/" + done.text("/id") + "/cancel").error("code"),
              "setup_intent_unexpected_state");
}

TEST_F(SetupIntentsTest, AskTheOwnerOnceForAllLaterPayments) {
    const Reply waiting = set_up("pm_card_authenticationRequiredOnSetup");
    ASSERT_EQ(waiting.text("/status"), "requires_action") << waiting.body;
    const std::string id = waiting.text("/id");
    EXPECT_TRUE(authenticate(id, true));
    EXPECT_EQ(status(id), "succeeded");
    const std::string method = waiting.text("/payment_method");
    EXPECT_EQ(pay_off_session(method).text("/status"), "succeeded");
}

TEST_F(SetupIntentsTest, FailWithTheAuthenticationOrTheCard) {
    const std::string id = set_up("pm_card_authenticationRequired").text("/id");
    EXPECT_TRUE(authenticate(id, false));
    EXPECT_EQ(client.get("/v1/setup_intents/" + id).text("/last_setup_error/code"),
              "setup_intent_authentication_failure");
    const Reply refused = set_up("pm_card_visa_chargeDeclined");
    EXPECT_EQ(refused.status(), 402);
    EXPECT_EQ(refused.text("/error/setup_intent/status"), "requires_payment_method");
    EXPECT_EQ(refused.text("/error/setup_intent/last_setup_error/decline_code"), "generic_decline");
    const Reply kept = set_up("pm_card_chargeCustomerFail");
    EXPECT_EQ(kept.text("/status"), "succeeded");
    EXPECT_EQ(pay_off_session(kept.text("/payment_method")).status(), 402);
}

TEST_F(SetupIntentsTest, AreUpdatedConfirmedListedAndCanceled) {
    const std::string id = client.post("/v1/setup_intents").text("/id");
    const std::string path = "/v1/setup_intents/" + id;
    EXPECT_EQ(client.post(path + "/confirm").error("code"), "setup_intent_unexpected_state");
    EXPECT_EQ(client.post(path, {{"payment_method", "pm_card_visa"}, {"metadata[a]", "b"}})
                  .text("/status"),
              "requires_confirmation");
    EXPECT_EQ(client.post(path + "/confirm").text("/status"), "succeeded");
    EXPECT_EQ(client.post(path + "/confirm").status(), 400);
    const std::string other = client.post("/v1/setup_intents").text("/id");
    EXPECT_EQ(
        client
            .post("/v1/setup_intents/" + other + "/cancel", {{"cancellation_reason", "abandoned"}})
            .text("/status"),
        "canceled");
    EXPECT_EQ(client.get("/v1/setup_intents").body["data"].size(), 2u);
}

}  // namespace
}  // namespace onsite::simulator::testing
