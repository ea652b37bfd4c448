// Subscriptions and invoices that Stripe does not make: nothing to pay with, somebody else's card,
// one price twice.
#include "tests/unit/simulator/subscription_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct SubscriptionsRefusedTest : SubscriptionSteps {
    std::string attached(const std::string& customer_id) {
        const Reply reply =
            client.post("/v1/payment_methods/pm_card_visa/attach", {{"customer", customer_id}});
        EXPECT_EQ(reply.status(), 200) << reply.body;
        return reply.text("/id");
    }
    std::string poor() { return client.post("/v1/customers").text("/id"); }

    void expect_not_attached(const Reply& reply, std::string_view method) {
        EXPECT_EQ(reply.status(), 400) << reply.body;
        EXPECT_EQ(reply.error("code"), "resource_missing");
        EXPECT_EQ(reply.error("param"), "default_payment_method");
        EXPECT_EQ(reply.error("message"),
                  fmt::format("The customer does not have a payment method with the ID {}. The "
                              "payment method must be attached to the customer.",
                              method));
    }
};

TEST_F(SubscriptionsRefusedTest, DefaultsThatAreNotAttachedToTheCustomer) {
    const std::string who = customer();
    const std::string gold = price(1'000);
    const std::string of_another = attached(customer());
    const std::string of_nobody =
        client.post("/v1/payment_methods", {{"type", "card"}, {"card[token]", "tok_visa"}})
            .text("/id");
    const std::string own = attached(who);
    const Reply subscription = subscribe(who, gold);
    const Reply invoice = draft(who);
    for (const std::string& method : {std::string("pm_nope"), of_another, of_nobody}) {
        expect_not_attached(client.post("/v1/subscriptions", {{"customer", who},
                                                              {"items[0][price]", gold},
                                                              {"default_payment_method", method}}),
                            method);
        expect_not_attached(client.post(path(subscription), {{"default_payment_method", method}}),
                            method);
        expect_not_attached(
            client.post("/v1/invoices", {{"customer", who}, {"default_payment_method", method}}),
            method);
        expect_not_attached(client.post("/v1/invoices/" + invoice.text("/id"),
                                        {{"default_payment_method", method}}),
                            method);
    }
    const Reply changed = client.post(path(subscription), {{"default_payment_method", own}});
    EXPECT_EQ(changed.text("/default_payment_method"), own);
    EXPECT_EQ(client.post(path(subscription), {{"default_payment_method", ""}})
                  .text("/default_payment_method"),
              "null");
    EXPECT_EQ(client
                  .post("/v1/subscriptions", {{"customer", "cus_nope"},
                                              {"items[0][price]", gold},
                                              {"default_payment_method", own}})
                  .error("message"),
              "No such customer: 'cus_nope'");
}

TEST_F(SubscriptionsRefusedTest, WhenThereIsNothingToPayWith) {
    const std::string gold = price(1'000);
    const std::string who = poor();
    attached(who);  // It is not the default.
    for (const char* behavior : {"allow_incomplete", "error_if_incomplete"}) {
        const Reply reply = client.post(
            "/v1/subscriptions",
            {{"customer", who}, {"items[0][price]", gold}, {"payment_behavior", behavior}});
        EXPECT_EQ(reply.status(), 400) << reply.body;
        EXPECT_EQ(reply.error("code"), "resource_missing");
        EXPECT_THAT(reply.error("message"),
                    StartsWith("This customer has no attached payment source or default payment "
                               "method. Please consider adding a default payment method. For more "
                               "information, visit https://"));
    }
    EXPECT_EQ(subscribe(who, gold).status(), 400);
    EXPECT_TRUE(client.get("/v1/subscriptions", {{"status", "all"}}).body["data"].empty());
    EXPECT_TRUE(invoices().empty());
    EXPECT_TRUE(client.get("/v1/payment_intents").body["data"].empty());
}

TEST_F(SubscriptionsRefusedTest, ButNotWhenThereIsTimeForIt) {
    const std::string gold = price(1'000);
    const auto start = [&](std::string_view name, std::string_view value) {
        return client
            .post("/v1/subscriptions",
                  {{"customer", poor()}, {"items[0][price]", gold}, {name, value}})
            .text("/status");
    };
    EXPECT_EQ(start("payment_behavior", "default_incomplete"), "incomplete");
    EXPECT_EQ(start("trial_period_days", "7"), "trialing");
    const Reply sent = client.post("/v1/subscriptions", {{"customer", poor()},
                                                         {"items[0][price]", gold},
                                                         {"collection_method", "send_invoice"},
                                                         {"days_until_due", "7"}});
    EXPECT_EQ(sent.text("/status"), "active");
    EXPECT_EQ(subscribe(poor(), price(0)).text("/status"), "active");
}

TEST_F(SubscriptionsRefusedTest, OnePriceInTwoItems) {
    const std::string gold = price(1'000);
    const std::string extra = price(200);
    const std::string message =
        "Cannot add multiple subscription items with the same plan: " + gold;
    const std::string who = customer();
    const Reply twice =
        client.post("/v1/subscriptions",
                    {{"customer", who}, {"items[0][price]", gold}, {"items[1][price]", gold}});
    EXPECT_EQ(twice.status(), 400);
    EXPECT_EQ(twice.error("message"), message);

    const Reply made =
        client.post("/v1/subscriptions",
                    {{"customer", who}, {"items[0][price]", gold}, {"items[1][price]", extra}});
    ASSERT_EQ(made.status(), 200) << made.body;
    EXPECT_EQ(client.post(path(made), {{"items[0][price]", gold}}).error("message"), message);
    EXPECT_EQ(client
                  .post(path(made), {{"items[0][id]", made.text("/items/data/1/id")},
                                     {"items[0][price]", gold}})
                  .error("message"),
              message);
    EXPECT_EQ(
        client.post("/v1/subscription_items", {{"subscription", made.text("/id")}, {"price", gold}})
            .error("message"),
        message);
    // One goes and the other comes.
    const Reply moved = client.post(path(made), {{"items[0][id]", made.text("/items/data/0/id")},
                                                 {"items[0][deleted]", "true"},
                                                 {"items[1][price]", gold}});
    EXPECT_EQ(moved.status(), 200) << moved.body;
}

}  // namespace
}  // namespace onsite::simulator::testing
