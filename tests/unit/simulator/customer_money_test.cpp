// What customers have besides their names: payment methods, a discount, unpaid invoices.
#include "tests/unit/simulator/subscription_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct CustomerMoneyTest : SubscriptionSteps {
    std::string coupon(std::string_view percent, std::string_view duration) {
        return client.post("/v1/coupons", {{"percent_off", percent}, {"duration", duration}})
            .text("/id");
    }
    Reply get(const Reply& made) { return client.get("/v1/customers/" + made.text("/id")); }
};

// ---- Payment methods ----

TEST_F(CustomerMoneyTest, AreMadeWithAMethodThatTheirInvoicesCharge) {
    const Reply made = client.post("/v1/customers",
                                   {{"payment_method", "pm_card_visa"},
                                    {"invoice_settings[default_payment_method]", "pm_card_visa"}});
    ASSERT_EQ(made.status(), 200) << made.body;
    const std::string method = made.text("/invoice_settings/default_payment_method");
    EXPECT_THAT(method, HasSubstr("pm_"));
    EXPECT_EQ(client.get("/v1/payment_methods/" + method).text("/customer"), made.text("/id"));
    EXPECT_THAT(events(), ElementsAre("customer.created", "payment_method.attached"));
    EXPECT_EQ(subscribe(made.text("/id"), price(1'000)).text("/status"), "active");
}

TEST_F(CustomerMoneyTest, AreNotMadeWithACardThatTheBankRefuses) {
    const Reply refused =
        client.post("/v1/customers", {{"payment_method", "pm_card_visa_chargeDeclined"}});
    EXPECT_EQ(refused.status(), 402);
    EXPECT_EQ(refused.error("code"), "card_declined");
    EXPECT_EQ(client.get("/v1/customers").body["data"].size(), 0u);
}

TEST_F(CustomerMoneyTest, HaveADefaultThatIsTheirs) {
    const Reply one = client.post("/v1/customers", {{"payment_method", "pm_card_visa"}});
    const Reply other = client.post("/v1/customers");
    const std::string method =
        client.get("/v1/customers/" + one.text("/id") + "/payment_methods").text("/data/0/id");
    const std::string path = "/v1/customers/" + other.text("/id");
    const Reply refused = client.post(path, {{"invoice_settings[default_payment_method]", method}});
    EXPECT_EQ(refused.error("code"), "resource_missing");
    EXPECT_THAT(refused.error("message"), HasSubstr("must be attached to the customer"));
    EXPECT_EQ(client.post(path, {{"invoice_settings[default_payment_method]", "pm_nothing"}})
                  .error("message"),
              "No such PaymentMethod: 'pm_nothing'");
    const Reply own = client.post("/v1/customers/" + one.text("/id"),
                                  {{"invoice_settings[default_payment_method]", method}});
    EXPECT_EQ(own.text("/invoice_settings/default_payment_method"), method);
}

TEST_F(CustomerMoneyTest, KeepTheCardOfATokenAsTheirSource) {
    const Reply made =
        client.post("/v1/customers", {{"source", "tok_visa"}, {"expand[]", "default_source"}});
    ASSERT_EQ(made.status(), 200) << made.body;
    EXPECT_EQ(made.text("/default_source/object"), "card");
    EXPECT_EQ(made.text("/default_source/customer"), made.text("/id"));
    EXPECT_EQ(subscribe(made.text("/id"), price(1'000)).text("/status"), "active");
    const Reply none = client.post("/v1/customers/" + made.text("/id"), {{"default_source", ""}});
    EXPECT_TRUE(none.body["default_source"].is_null());
}

TEST_F(CustomerMoneyTest, AreChargedOnTheirSourceByTheOlderApi) {
    const Reply who = client.post("/v1/customers", {{"source", "tok_mastercard"}});
    const auto charge = [&](std::string_view customer_id) {
        return client.post("/v1/charges",
                           {{"amount", "500"}, {"currency", "usd"}, {"customer", customer_id}});
    };
    const Reply made = charge(who.text("/id"));
    ASSERT_EQ(made.status(), 200) << made.body;
    EXPECT_EQ(made.text("/source/id"), who.text("/default_source"));
    EXPECT_EQ(made.text("/payment_method_details/card/brand"), "mastercard");
    const Reply refused = charge(client.post("/v1/customers").text("/id"));
    EXPECT_EQ(refused.status(), 402);
    EXPECT_EQ(refused.error("message"), "Cannot charge a customer that has no active card");
    EXPECT_EQ(client.post("/v1/charges", {{"amount", "500"}, {"currency", "usd"}}).error("message"),
              "Must provide source or customer.");
}

TEST_F(CustomerMoneyTest, LoseMethodsAndSubscriptionsWhenTheyAreDeleted) {
    const std::string who = customer();
    const Reply method = client.get("/v1/customers/" + who + "/payment_methods");
    const Reply subscription = subscribe(who, price(1'000));
    EXPECT_EQ(client.del("/v1/customers/" + who).status(), 200);
    EXPECT_EQ(status(subscription), "canceled");
    const std::string id = method.text("/data/0/id");
    EXPECT_TRUE(client.get("/v1/payment_methods/" + id).body["customer"].is_null());
    EXPECT_EQ(count("payment_method.detached"), 1);
    EXPECT_EQ(count("customer.subscription.deleted"), 1);
}

TEST_F(CustomerMoneyTest, FindATestCardByItsNameAsANewMethodEachTime) {
    const Reply one = client.get("/v1/payment_methods/pm_card_visa");
    const Reply two = client.get("/v1/payment_methods/pm_card_visa");
    EXPECT_EQ(one.text("/card/last4"), "4242");
    EXPECT_NE(one.text("/id"), two.text("/id"));
    EXPECT_EQ(client.get("/v1/payment_methods/" + one.text("/id")).body, one.body);
    EXPECT_EQ(client.get("/v1/payment_methods/pm_card_nothing").status(), 404);
}

// ---- Discounts ----

TEST_F(CustomerMoneyTest, GiveTheirDiscountToInvoicesThatHaveNone) {
    const Reply who = client.post("/v1/customers", {{"coupon", coupon("25", "forever")}});
    EXPECT_THAT(who.text("/discount/id"), HasSubstr("di_"));
    EXPECT_EQ(who.text("/discount/customer"), who.text("/id"));
    EXPECT_EQ(count("customer.discount.created"), 1);
    add_item(who.text("/id"), 1'000);
    EXPECT_EQ(draft(who.text("/id")).body["total"], 750);
    add_item(who.text("/id"), 1'000);
    const Reply without =
        client.post("/v1/invoices", {{"customer", who.text("/id")},
                                     {"pending_invoice_items_behavior", "include"},
                                     {"discounts", ""}});
    EXPECT_EQ(without.body["total"], 1'000) << "an empty text inherits none";
}

TEST_F(CustomerMoneyTest, GiveWayToTheDiscountOfASubscription) {
    const std::string who = customer();
    client.post("/v1/customers/" + who, {{"coupon", coupon("25", "forever")}});
    const Reply own =
        client.post("/v1/subscriptions", {{"customer", who},
                                          {"items[0][price]", price(1'000)},
                                          {"discounts[0][coupon]", coupon("10", "forever")}});
    EXPECT_EQ(latest_invoice(own)["total"], 900);
    EXPECT_EQ(latest_invoice(subscribe(who, price(1'000)))["total"], 750);
}

TEST_F(CustomerMoneyTest, UseUpADiscountThatIsForOneInvoice) {
    const std::string who = customer();
    client.post("/v1/customers/" + who, {{"coupon", coupon("25", "once")}});
    EXPECT_EQ(latest_invoice(subscribe(who, price(1'000)))["total"], 750);
    EXPECT_EQ(latest_invoice(subscribe(who, price(1'000)))["total"], 1'000);
    EXPECT_TRUE(client.get("/v1/customers/" + who).body["discount"].is_null());
    EXPECT_EQ(count("customer.discount.deleted"), 1);
}

TEST_F(CustomerMoneyTest, LoseTheirDiscountByCall) {
    const Reply who = client.post("/v1/customers", {{"coupon", coupon("25", "forever")}});
    const std::string path = "/v1/customers/" + who.text("/id") + "/discount";
    const Reply gone = client.del(path);
    EXPECT_EQ(gone.body["deleted"], true);
    EXPECT_EQ(gone.text("/id"), who.text("/discount/id"));
    EXPECT_FALSE(gone.body.contains("end"));
    EXPECT_TRUE(get(who).body["discount"].is_null());
    EXPECT_EQ(count("customer.discount.deleted"), 1);
    const Reply again = client.del(path);
    EXPECT_EQ(again.status(), 404);
    EXPECT_EQ(again.error("message"), "No active discount for customer: " + who.text("/id"));
}

TEST_F(CustomerMoneyTest, LoseTheDiscountOfASubscriptionByCall) {
    const Reply subscription =
        client.post("/v1/subscriptions", {{"customer", customer()},
                                          {"items[0][price]", price(1'000)},
                                          {"discounts[0][coupon]", coupon("10", "forever")}});
    const Reply gone = client.del(path(subscription, "/discount"));
    EXPECT_EQ(gone.text("/subscription"), subscription.text("/id"));
    EXPECT_EQ(client.get(path(subscription)).body["discounts"].size(), 0u);
    EXPECT_EQ(client.del(path(subscription, "/discount")).status(), 404);
    pass(32 * kDaySec);
    EXPECT_EQ(latest_invoice(subscription)["total"], 1'000);
}

TEST_F(CustomerMoneyTest, RefuseACouponThatThereIsNot) {
    const Reply refused = client.post("/v1/customers", {{"coupon", "nothing"}});
    EXPECT_EQ(refused.error("message"), "No such coupon: 'nothing'");
    EXPECT_EQ(refused.error("param"), "coupon");
    EXPECT_EQ(client.get("/v1/customers").body["data"].size(), 0u);
}

// ---- Delinquency ----

TEST_F(CustomerMoneyTest, AreDelinquentFromAFailedRenewalUntilItIsPaid) {
    const std::string who = customer();
    const Reply subscription = subscribe(who, price(1'000));
    client.post("/v1/customers/" + who,
                {{"invoice_settings[default_payment_method]", "pm_card_chargeCustomerFail"}});
    pass(31 * kDaySec + 2 * 3'600);
    EXPECT_EQ(status(subscription), "past_due");
    EXPECT_EQ(client.get("/v1/customers/" + who).body["delinquent"], true);
    const std::string invoice = latest_invoice(subscription)["id"];
    client.post("/v1/invoices/" + invoice + "/pay", {{"payment_method", "pm_card_visa"}});
    EXPECT_EQ(client.get("/v1/customers/" + who).body["delinquent"], false);
}

}  // namespace
}  // namespace onsite::simulator::testing
