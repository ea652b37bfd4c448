// What pays for subscriptions: cards that first payments and setup intents leave behind.
#include "simulator/payments/authentication.hpp"
#include "tests/unit/simulator/subscription_steps.hpp"

namespace onsite::simulator::testing {
namespace {

struct SubscriptionMethodsTest : SubscriptionSteps {
    std::string shopper = client.post("/v1/customers").text("/id");

    // As Stripe's page to build subscriptions does, with what else is to be sent.
    Reply start(std::map<std::string, std::string> more) {
        more.insert({"customer", shopper});
        more.insert({"items[0][price]", price(1'000)});
        more.insert({"payment_behavior", "default_incomplete"});
        more.insert({"expand[0]", "pending_setup_intent"});
        more.insert({"expand[1]", "latest_invoice.confirmation_secret"});
        Reply made = client.post("/v1/subscriptions", params_of(more));
        EXPECT_EQ(made.status(), 200) << made.body;
        return made;
    }
    nlohmann::json read(const Reply& subscription) { return client.get(path(subscription)).body; }
    std::string first_intent(const Reply& subscription) {
        const std::string secret =
            subscription.text("/latest_invoice/confirmation_secret/client_secret");
        return "/v1/payment_intents/" + secret.substr(0, secret.find("_secret"));
    }
    std::string setup_of(const Reply& subscription) {
        return "/v1/setup_intents/" + subscription.text("/pending_setup_intent/id");
    }
};

TEST_F(SubscriptionMethodsTest, AFirstPaymentLeavesItsCardBehind) {
    const Reply made =
        start({{"payment_settings[save_default_payment_method]", "on_subscription"}});
    EXPECT_EQ(client.get(first_intent(made)).text("/setup_future_usage"), "off_session");
    EXPECT_TRUE(client.get(first_intent(made)).body["automatic_payment_methods"].is_null());
    const Reply paid =
        client.post(first_intent(made) + "/confirm", {{"payment_method", "pm_card_visa"}});
    ASSERT_EQ(paid.text("/status"), "succeeded") << paid.body;
    EXPECT_EQ(read(made)["status"], "active");
    EXPECT_EQ(read(made)["default_payment_method"], paid.body["payment_method"]);
    EXPECT_EQ(client.get("/v1/payment_methods/" + paid.text("/payment_method")).text("/customer"),
              shopper);
    EXPECT_EQ(count("customer.subscription.updated"), 1);
    pass(31 * kDaySec + 3'600);
    EXPECT_EQ(latest_invoice(made)["billing_reason"], "subscription_cycle");
    EXPECT_EQ(latest_invoice(made)["status"], "paid");
}

TEST_F(SubscriptionMethodsTest, ItIsNoDefaultUnlessAsked) {
    const Reply made = start({});
    const Reply paid =
        client.post(first_intent(made) + "/confirm", {{"payment_method", "pm_card_visa"}});
    EXPECT_EQ(read(made)["status"], "active");
    EXPECT_TRUE(read(made)["default_payment_method"].is_null());
    // It is the customer's, so a client can make it the default itself.
    EXPECT_EQ(client.post(path(made), {{"default_payment_method", paid.text("/payment_method")}})
                  .status(),
              200);
}

TEST_F(SubscriptionMethodsTest, ATrialAsksForACard) {
    const Reply made =
        start({{"trial_period_days", "7"},
               {"payment_settings[save_default_payment_method]", "on_subscription"}});
    EXPECT_EQ(made.text("/status"), "trialing");
    EXPECT_EQ(made.text("/pending_setup_intent/status"), "requires_payment_method");
    EXPECT_EQ(made.text("/pending_setup_intent/usage"), "off_session");
    EXPECT_EQ(made.text("/pending_setup_intent/customer"), shopper);
    const Reply done =
        client.post(setup_of(made) + "/confirm", {{"payment_method", "pm_card_visa"}});
    ASSERT_EQ(done.text("/status"), "succeeded") << done.body;
    EXPECT_TRUE(read(made)["pending_setup_intent"].is_null());
    EXPECT_EQ(read(made)["default_payment_method"], done.body["payment_method"]);
    pass(7 * kDaySec + 3'600);
    EXPECT_EQ(read(made)["status"], "active");
    EXPECT_EQ(latest_invoice(made)["status"], "paid");
}

TEST_F(SubscriptionMethodsTest, AskedForInAnyWayOfPaying) {
    const Reply made =
        start({{"trial_period_days", "7"}, {"payment_behavior", "allow_incomplete"}});
    EXPECT_EQ(made.text("/pending_setup_intent/status"), "requires_payment_method");
    client.post(setup_of(made) + "/confirm", {{"payment_method", "pm_card_visa"}});
    EXPECT_TRUE(read(made)["pending_setup_intent"].is_null());
    EXPECT_TRUE(read(made)["default_payment_method"].is_null());
}

TEST_F(SubscriptionMethodsTest, ACardThatWorksIsNotAskedFor) {
    shopper = customer();
    const Reply made = start({{"trial_period_days", "7"}});
    EXPECT_TRUE(made.body["pending_setup_intent"].is_null());
    EXPECT_EQ(count("setup_intent.created"), 0);
    const Reply paid = start({});
    EXPECT_TRUE(paid.body["pending_setup_intent"].is_null());
}

TEST_F(SubscriptionMethodsTest, ACardOfAnAskingBankWaitsForItsOwner) {
    shopper = customer("pm_card_authenticationRequired");
    const Reply made = start({{"trial_period_days", "7"}});
    EXPECT_EQ(made.text("/pending_setup_intent/status"), "requires_action");
    const std::string id = made.text("/pending_setup_intent/id");
    ASSERT_TRUE(complete_authentication(world(), id, true));
    EXPECT_EQ(client.get("/v1/setup_intents/" + id).text("/status"), "succeeded");
    EXPECT_TRUE(read(made)["pending_setup_intent"].is_null());
}

TEST_F(SubscriptionMethodsTest, AFeeIsBilledOnceWithTheFirstPeriod) {
    shopper = customer();
    const Reply fee = client.post(
        "/v1/prices", {{"currency", "usd"}, {"unit_amount", "700"}, {"product_data[name]", "Fee"}});
    const Reply made = start({{"payment_behavior", "error_if_incomplete"},
                              {"add_invoice_items[0][price]", fee.text("/id")},
                              {"add_invoice_items[0][quantity]", "2"}});
    EXPECT_EQ(made.text("/status"), "active");
    const auto first = latest_invoice(made);
    EXPECT_EQ(first["amount_paid"], 2'400);
    expect_sums(first);
    const auto& line = first["lines"]["data"][0]["amount"] == 1'400 ? first["lines"]["data"][0]
                                                                    : first["lines"]["data"][1];
    EXPECT_EQ(line["description"], "Fee");
    EXPECT_EQ(line["parent"]["type"], "invoice_item_details");
    EXPECT_EQ(line["parent"]["invoice_item_details"]["subscription"], made.body["id"]);
    pass(31 * kDaySec + 3'600);
    EXPECT_EQ(latest_invoice(made)["amount_paid"], 1'000);
    // A trial does not delay it.
    const Reply trial = start({{"trial_period_days", "7"},
                               {"payment_behavior", "allow_incomplete"},
                               {"add_invoice_items[0][price_data][currency]", "usd"},
                               {"add_invoice_items[0][price_data][unit_amount]", "500"},
                               {"add_invoice_items[0][price_data][product]",
                                client.get("/v1/products").text("/data/0/id")}});
    EXPECT_EQ(latest_invoice(trial)["amount_paid"], 500);
}

TEST_F(SubscriptionMethodsTest, AFeeOfAnotherKindIsRefused) {
    shopper = customer();
    const auto refusal = [&](std::string_view name, std::string_view value) {
        return client
            .post("/v1/subscriptions",
                  {{"customer", shopper}, {"items[0][price]", price(1'000)}, {name, value}})
            .error("param");
    };
    EXPECT_EQ(refusal("add_invoice_items[0][price]", "price_nope"), "add_invoice_items[0][price]");
    EXPECT_EQ(refusal("add_invoice_items[0][price]", price(500)), "add_invoice_items[0][price]");
    EXPECT_EQ(refusal("add_invoice_items[0][price_data][product]", "prod_nope"),
              "add_invoice_items[0][price_data][currency]");
    EXPECT_EQ(refusal("add_invoice_items[0][quantity]", "1"), "add_invoice_items[0][price]");
    EXPECT_EQ(client.get("/v1/subscriptions").body["data"].size(), 0u);
}

TEST_F(SubscriptionMethodsTest, AnInvoiceToSendAsksForNoCard) {
    const Reply made = start({{"trial_period_days", "7"},
                              {"collection_method", "send_invoice"},
                              {"days_until_due", "7"}});
    EXPECT_TRUE(made.body["pending_setup_intent"].is_null());
}

}  // namespace
}  // namespace onsite::simulator::testing
