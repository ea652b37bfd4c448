// What a client of an older version of the API finds: all that is there now, and what is gone.
// Source: docs.stripe.com/changelog/basil, docs.stripe.com/changelog/clover.
#include <gmock/gmock.h>

#include "tests/unit/simulator/subscription_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using nlohmann::json;

constexpr ApiVersion kAcacia = {20250224};  // The last one before kBasil.
constexpr ApiVersion kSummer = {20250827};  // Between kBasil and kClover.

// Whether `more` says all that `less` says, and perhaps more.
bool includes(const json& more, const json& less) {
    if (less.is_object()) {
        return more.is_object() && std::ranges::all_of(less.items(), [&](const auto& member) {
                   return more.contains(member.key()) &&
                          includes(more[member.key()], member.value());
               });
    }
    if (!less.is_array()) return more == less;
    bool all = more.is_array() && more.size() == less.size();
    for (std::size_t i = 0; all && i < less.size(); ++i) all = includes(more[i], less[i]);
    return all;
}

struct OlderVersionsTest : SubscriptionSteps {
    // A year's subscription with a coupon and a tax that was paid at once.
    Reply begun() {
        client.post("/v1/coupons", {{"id", "TEN"}, {"percent_off", "10"}, {"duration", "forever"}});
        const std::string rate =
            client
                .post("/v1/tax_rates",
                      {{"display_name", "VAT"}, {"percentage", "20"}, {"inclusive", "false"}})
                .text("/id");
        const Reply made = client.post("/v1/subscriptions", {{"customer", customer()},
                                                             {"items[0][price]", price(1'000)},
                                                             {"default_tax_rates[0]", rate},
                                                             {"discounts[0][coupon]", "TEN"}});
        EXPECT_EQ(made.status(), 200) << made.body;
        return made;
    }
    json seen_by(ApiVersion version, const std::string& at, std::string_view expand = "") {
        client.version = version;
        const Reply reply =
            expand.empty() ? client.get(at) : client.get(at, {{"expand[]", expand}});
        client.version = kNewest;
        EXPECT_EQ(reply.status(), 200) << at << ": " << reply.body;
        return reply.body;
    }
};

TEST_F(OlderVersionsTest, SubscriptionsHaveAPeriodAndInvoicesAPayment) {
    const Reply made = begun();
    const json old = seen_by(kAcacia, path(made), "latest_invoice.payment_intent");
    EXPECT_EQ(old["current_period_start"], kStart);
    EXPECT_EQ(old["current_period_end"], kStart + 31 * kDaySec);
    const json& invoice = old["latest_invoice"];
    EXPECT_EQ(invoice["payment_intent"]["status"], "succeeded");
    EXPECT_EQ(invoice["payment_intent"]["amount"], invoice["total"]);
    EXPECT_EQ(invoice["payment_intent"]["invoice"], invoice["id"]);
    EXPECT_EQ(invoice["charge"], invoice["payment_intent"]["latest_charge"]);
    EXPECT_EQ(invoice["paid"], true);
    EXPECT_EQ(invoice["paid_out_of_band"], false);
    EXPECT_EQ(invoice["subscription"], made.text("/id"));
    EXPECT_EQ(invoice["tax"], 180);
    EXPECT_EQ(invoice["total_tax_amounts"][0]["amount"], 180);
    EXPECT_EQ(invoice["discount"]["coupon"]["percent_off"], 10);
    const json& line = invoice["lines"]["data"][0];
    EXPECT_EQ(line["type"], "subscription");
    EXPECT_EQ(line["price"]["unit_amount"], 1'000);
    EXPECT_EQ(line["plan"]["interval"], "month");
    EXPECT_EQ(line["proration"], false);
    EXPECT_EQ(line["subscription_item"], made.text("/items/data/0/id"));
}

TEST_F(OlderVersionsTest, AllThatIsThereNowIsThereToo) {
    const Reply made = begun();
    client.post("/v1/invoiceitems",
                {{"customer", made.text("/customer")}, {"amount", "700"}, {"currency", "usd"}});
    client.post("/v1/promotion_codes",
                {{"promotion[type]", "coupon"}, {"promotion[coupon]", "TEN"}});
    for (const std::string at :
         {"/v1/subscriptions", "/v1/invoices", "/v1/invoiceitems", "/v1/payment_intents",
          "/v1/charges", "/v1/promotion_codes", "/v1/customers", "/v1/prices"}) {
        const json now = client.get(at).body;
        ASSERT_FALSE(now["data"].empty()) << at;
        EXPECT_TRUE(includes(seen_by(kAcacia, at), now)) << at;
        EXPECT_TRUE(includes(seen_by(kSummer, at), now)) << at;
    }
    EXPECT_EQ(seen_by(kAcacia, "/v1/prices"), client.get("/v1/prices").body);
}

TEST_F(OlderVersionsTest, EachChangeHasItsDay) {
    EXPECT_EQ(parse_api_version(kApiVersion), kNewest);
    const Reply made = begun();
    const std::string invoice = "/v1/invoices/" + made.text("/latest_invoice");
    EXPECT_TRUE(seen_by(kAcacia, invoice).contains("payment_intent"));
    EXPECT_FALSE(seen_by(kBasil, invoice).contains("payment_intent"));
    const std::string discount = "discounts";
    EXPECT_TRUE(seen_by(kSummer, invoice, discount)[discount][0].contains("coupon"));
    EXPECT_FALSE(seen_by(kClover, invoice, discount)[discount][0].contains("coupon"));
}

TEST_F(OlderVersionsTest, WhatIsGoneCannotBeExpanded) {
    const Reply made = begun();
    const Reply refused = client.get(path(made), {{"expand[]", "latest_invoice.payment_intent"}});
    EXPECT_EQ(refused.status(), 400);
    EXPECT_EQ(refused.error("message"),
              "This property cannot be expanded (latest_invoice.payment_intent).");
    const json charges = seen_by(kAcacia, "/v1/charges", "data.invoice.subscription");
    EXPECT_EQ(charges["data"][0]["invoice"]["subscription"]["id"], made.text("/id"));
}

// Webhooks are written for the account, whatever version its client asks for.
TEST_F(OlderVersionsTest, EventsHaveTheNewestShape) {
    const std::string id = customer();
    const std::string gold = price(1'000);
    client.version = kAcacia;
    subscribe(id, gold);
    client.version = kNewest;
    const json events = client.get("/v1/events", {{"limit", "100"}}).body["data"];
    EXPECT_GT(events.size(), 5u);
    for (const json& event : events) {
        const json& object = event["data"]["object"];
        EXPECT_FALSE(object.contains("paid") && object["object"] == "invoice") << event["type"];
        EXPECT_FALSE(object.contains("current_period_end")) << event["type"];
    }
}

TEST_F(OlderVersionsTest, TheUpcomingInvoiceIsAPreview) {
    const Reply made = begun();
    const std::string id = made.text("/id");
    const std::string item = made.text("/items/data/0/id");
    const json now = client
                         .post("/v1/invoices/create_preview",
                               {{"subscription", id},
                                {"subscription_details[items][0][id]", item},
                                {"subscription_details[items][0][quantity]", "3"},
                                {"subscription_details[proration_behavior]", "none"}})
                         .body;
    client.version = kAcacia;
    const Reply old =
        client.get("/v1/invoices/upcoming", {{"subscription", id},
                                             {"subscription_items[0][id]", item},
                                             {"subscription_items[0][quantity]", "3"},
                                             {"subscription_proration_behavior", "none"}});
    EXPECT_EQ(now["total"], 3'240);
    EXPECT_TRUE(includes(old.body, now)) << old.body;
    const Reply wrong = client.get(
        "/v1/invoices/upcoming", {{"subscription", id}, {"subscription_items[0][price]", "none"}});
    EXPECT_EQ(wrong.error("param"), "subscription_items[0][price]");
    client.version = kNewest;
    EXPECT_EQ(client.get("/v1/invoices/upcoming", {{"subscription", id}}).status(), 404);
}

}  // namespace
}  // namespace onsite::simulator::testing
