// What expand[] leads to. Source: docs.stripe.com/expand.
#include <gmock/gmock.h>

#include "tests/unit/simulator/subscription_steps.hpp"

namespace onsite::simulator::testing {
namespace {

struct ExpandingTest : SubscriptionSteps {
    nlohmann::json expanded(const std::string& path, std::string_view field) {
        const Reply reply = client.get(path, {{"expand[]", field}});
        EXPECT_EQ(reply.status(), 200) << field << ": " << reply.body;
        return reply.body;
    }
    // Whether each of these is accepted, and null before and after.
    void expect_null(const std::string& path, const std::vector<std::string>& fields) {
        const nlohmann::json plain = client.get(path).body;
        for (const std::string& field : fields) {
            EXPECT_EQ(expanded(path, field), plain) << field;
            EXPECT_TRUE(!plain.contains(field) || plain[field].is_null()) << field;
        }
    }
    Reply pay() {
        return client.post("/v1/payment_intents", {{"amount", "1000"},
                                                   {"currency", "usd"},
                                                   {"confirm", "true"},
                                                   {"payment_method", "pm_card_visa"}});
    }
};

TEST_F(ExpandingTest, ShowsTheLiveSubscriptionsOfACustomer) {
    const std::string id = customer();
    const std::string gold = price(1'000);
    const Reply first = subscribe(id, gold);
    const Reply ended = subscribe(id, gold);
    const Reply last = subscribe(id, gold);
    client.del(path(ended));
    const std::string at = "/v1/customers/" + id;
    EXPECT_FALSE(client.get(at).body.contains("subscriptions"));
    const auto list = expanded(at, "subscriptions")["subscriptions"];
    EXPECT_EQ(list["object"], "list");
    EXPECT_EQ(list["url"], at + "/subscriptions");
    EXPECT_EQ(list["has_more"], false);
    ASSERT_EQ(list["data"].size(), 2u);
    EXPECT_EQ(list["data"][0]["id"], last.text("/id"));
    EXPECT_EQ(list["data"][1]["id"], first.text("/id"));
    const auto deep = expanded(at, "subscriptions.data.latest_invoice");
    EXPECT_EQ(deep["subscriptions"]["data"][0]["latest_invoice"]["object"], "invoice");
    const auto listed = expanded("/v1/customers", "data.subscriptions");
    EXPECT_EQ(listed["data"][0]["subscriptions"]["data"].size(), 2u);
    for (int i = 0; i < 9; ++i) subscribe(id, gold);
    const auto many = expanded(at, "subscriptions")["subscriptions"];
    EXPECT_EQ(many["data"].size(), 10u);
    EXPECT_EQ(many["has_more"], true);
}

TEST_F(ExpandingTest, ShowsWhatElseACustomerHasOnlyWhenAsked) {
    const std::string id = customer();
    const std::string at = "/v1/customers/" + id;
    for (const std::string name : {"sources", "tax_ids"}) {
        const auto list = expanded(at, name)[name];
        EXPECT_EQ(list["object"], "list");
        EXPECT_TRUE(list["data"].empty());
        EXPECT_EQ(list["url"], at + "/" + name);
    }
    EXPECT_EQ(expanded(at, "tax")["tax"]["automatic_tax"], "unrecognized_location");
    EXPECT_TRUE(expanded(at, "cash_balance").at("cash_balance").is_null());
    EXPECT_EQ(expanded(at, "invoice_credit_balance")["invoice_credit_balance"],
              nlohmann::json::object());
    client.post(at + "/balance_transactions", {{"amount", "-500"}, {"currency", "usd"}});
    EXPECT_EQ(expanded(at, "invoice_credit_balance")["invoice_credit_balance"]["usd"], 500);
    EXPECT_FALSE(client.get(at).body.contains("sources"));
}

TEST_F(ExpandingTest, LeavesNullWhatIsNull) {
    const Reply subscription = subscribe(customer(), price(1'000));
    expect_null(path(subscription), {"pending_setup_intent", "schedule", "default_source",
                                     "application", "on_behalf_of", "transfer_data.destination",
                                     "pending_setup_intent.payment_method"});
    EXPECT_EQ(expanded(path(subscription), "items"), client.get(path(subscription)).body);
    expect_null("/v1/invoices/" + subscription.text("/latest_invoice"),
                {"account_tax_ids", "latest_revision", "application", "on_behalf_of",
                 "default_source", "lines.data.discounts", "total_discount_amounts.discount"});
    const Reply paid = pay();
    expect_null("/v1/payment_intents/" + paid.text("/id"),
                {"application", "on_behalf_of", "review", "transfer_data.destination"});
    expect_null("/v1/charges/" + paid.text("/latest_charge"),
                {"application", "on_behalf_of", "review", "transfer_data.destination",
                 "application_fee", "transfer", "failure_balance_transaction"});
    const Reply setup = client.post("/v1/setup_intents");
    expect_null("/v1/setup_intents/" + setup.text("/id"),
                {"latest_attempt", "mandate", "application", "on_behalf_of"});
}

TEST_F(ExpandingTest, ShowsTheDiscountsOfLines) {
    const std::string coupon =
        client.post("/v1/coupons", {{"percent_off", "10"}, {"duration", "forever"}}).text("/id");
    const Reply made =
        client.post("/v1/subscriptions", {{"customer", customer()},
                                          {"items[0][price]", price(1'000)},
                                          {"discounts[0][coupon]", coupon},
                                          {"expand[0]", "items.data.discounts"},
                                          {"expand[1]", "latest_invoice.lines.data.discounts"}});
    ASSERT_EQ(made.status(), 200) << made.body;
    EXPECT_EQ(made.text("/latest_invoice/lines/data/0/discounts/0/object"), "discount");
    const std::string at = "/v1/invoices/" + made.text("/latest_invoice/id");
    EXPECT_EQ(
        expanded(
            at,
            "total_discount_amounts.discount")["total_discount_amounts"][0]["discount"]["object"],
        "discount");
    EXPECT_EQ(expanded(at + "/lines", "data.discounts")["data"][0]["discounts"][0]["object"],
              "discount");
}

TEST_F(ExpandingTest, ShowsWhatThePartsOfTheCatalogueHaveWhenAsked) {
    const std::string at = "/v1/prices/" + price(1'000);
    EXPECT_FALSE(client.get(at).body.contains("currency_options"));
    EXPECT_EQ(expanded(at, "currency_options")["currency_options"]["usd"]["unit_amount"], 1'000);
    EXPECT_FALSE(expanded(at, "tiers").contains("tiers"));
    const Reply product =
        client.post("/v1/products", {{"name", "Gold"}, {"tax_code", "txcd_10000000"}});
    EXPECT_EQ(expanded("/v1/products/" + product.text("/id"), "tax_code"), product.body);
    const Reply coupon = client.post("/v1/coupons", {{"percent_off", "10"}, {"duration", "once"}});
    EXPECT_EQ(expanded("/v1/coupons/" + coupon.text("/id"), "applies_to"), coupon.body);
}

TEST_F(ExpandingTest, ShowsTheBreakdownOfACheckoutSession) {
    const std::string coupon =
        client.post("/v1/coupons", {{"percent_off", "10"}, {"duration", "once"}}).text("/id");
    const Reply made = client.post("/v1/checkout/sessions",
                                   {{"mode", "payment"},
                                    {"success_url", "http://shop.test/"},
                                    {"line_items[0][quantity]", "1"},
                                    {"line_items[0][price_data][currency]", "usd"},
                                    {"line_items[0][price_data][unit_amount]", "1000"},
                                    {"line_items[0][price_data][product_data][name]", "Shirt"},
                                    {"discounts[0][coupon]", coupon},
                                    {"expand[0]", "total_details.breakdown"},
                                    {"expand[1]", "payment_link"}});
    ASSERT_EQ(made.status(), 200) << made.body;
    const auto breakdown = made.body["total_details"]["breakdown"];
    EXPECT_TRUE(breakdown["taxes"].empty());
    EXPECT_EQ(breakdown["discounts"][0]["amount"], 100);
    EXPECT_EQ(breakdown["discounts"][0]["discount"]["source"]["coupon"], coupon);
    EXPECT_TRUE(made.body["payment_link"].is_null());
}

TEST_F(ExpandingTest, ShowsTheRefundsOfACharge) {
    const std::string charge = pay().text("/latest_charge");
    const std::string at = "/v1/charges/" + charge;
    client.post("/v1/refunds", {{"charge", charge}, {"amount", "100"}});
    const Reply last = client.post("/v1/refunds", {{"charge", charge}, {"amount", "200"}});
    EXPECT_FALSE(client.get(at).body.contains("refunds"));
    const auto refunds = expanded(at, "refunds.data.balance_transaction")["refunds"];
    EXPECT_EQ(refunds["url"], at + "/refunds");
    ASSERT_EQ(refunds["data"].size(), 2u);
    EXPECT_EQ(refunds["data"][0]["id"], last.text("/id"));
    EXPECT_EQ(refunds["data"][0]["balance_transaction"]["net"], -200);
}

TEST_F(ExpandingTest, ExpandsWhatSomeSourcesOfALedgerHave) {
    const Reply paid = pay();
    client.post("/v1/refunds", {{"payment_intent", paid.text("/id")}, {"amount", "100"}});
    const std::string at = "/v1/balance_transactions";
    const auto list = expanded(at, "data.source.charge.payment_intent")["data"];
    ASSERT_EQ(list.size(), 2u);
    EXPECT_EQ(list[0]["source"]["object"], "refund");
    EXPECT_EQ(list[0]["source"]["charge"]["payment_intent"]["id"], paid.text("/id"));
    EXPECT_EQ(list[1]["source"]["object"], "charge");
    EXPECT_EQ(client.get(at, {{"expand[]", "data.source.color"}}).error("message"),
              "This property cannot be expanded (data.source.color).");
}

TEST_F(ExpandingTest, SaysWhatCannotBeExpanded) {
    const auto refused = [&](const std::string& path, std::string_view field) {
        return client.get(path, {{"expand[]", field}}).error("message");
    };
    EXPECT_EQ(refused("/v1/prices", "product"),
              "This property cannot be expanded (product). You may want to try expanding "
              "'data.product' instead.");
    EXPECT_EQ(refused("/v1/prices", "product.default_price"),
              "This property cannot be expanded (product). You may want to try expanding "
              "'data.product' instead.");
    EXPECT_EQ(refused("/v1/prices", "data.color"),
              "This property cannot be expanded (data.color).");
    const std::string intent = "/v1/payment_intents/" + pay().text("/id");
    EXPECT_EQ(refused(intent, "color"), "This property cannot be expanded (color).");
    const Reply deep =
        client.get("/v1/subscriptions", {{"expand[]", "data.items.data.price.product"}});
    EXPECT_EQ(deep.status(), 400);
    EXPECT_EQ(deep.error("code"), "property_expansion_max_depth");
    EXPECT_EQ(deep.error("message"),
              "You cannot expand more than 4 levels of a property. Property: "
              "data.items.data.price.product");
    const Reply four = client.get("/v1/subscriptions", {{"expand[]", "data.items.data.price"}});
    EXPECT_EQ(four.status(), 200);
}

}  // namespace
}  // namespace onsite::simulator::testing
