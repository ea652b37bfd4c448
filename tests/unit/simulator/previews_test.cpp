// Previews with coupons that nobody redeemed yet.
#include "tests/unit/simulator/subscription_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::HasSubstr;

struct PreviewsTest : SubscriptionSteps {
    std::string coupon(std::string_view percent) {
        return client.post("/v1/coupons", {{"percent_off", percent}, {"duration", "once"}})
            .text("/id");
    }
    Reply preview(StripeClient::Values params) {
        return client.post("/v1/invoices/create_preview", params);
    }
};

TEST_F(PreviewsTest, OfANewSubscriptionTakeTheCouponsOfTheCall) {
    const std::string who = customer();
    const std::string gold = price(1'000);
    const std::string quarter = coupon("25");
    const Reply shown = preview({{"customer", who},
                                 {"subscription_details[items][0][price]", gold},
                                 {"discounts[0][coupon]", quarter}});
    ASSERT_EQ(shown.status(), 200) << shown.body;
    EXPECT_EQ(shown.body["subtotal"], 1'000);
    EXPECT_EQ(shown.body["total"], 750);
    EXPECT_EQ(shown.body["amount_due"], 750);
    ASSERT_EQ(shown.body["total_discount_amounts"].size(), 1u);
    EXPECT_EQ(shown.body["total_discount_amounts"][0]["amount"], 250);
    EXPECT_EQ(shown.body["total_discount_amounts"][0]["discount"], shown.body["discounts"][0]);
    EXPECT_EQ(client.get("/v1/coupons/" + quarter).body["times_redeemed"], 0);
}

TEST_F(PreviewsTest, TakeThemInsteadOfThoseOfTheSubscription) {
    const std::string who = customer();
    const Reply subscription =
        client.post("/v1/subscriptions",
                    {{"customer", who},
                     {"items[0][price]", price(1'000)},
                     {"discounts[0][coupon]",
                      client.post("/v1/coupons", {{"percent_off", "50"}, {"duration", "forever"}})
                          .text("/id")}});
    const std::string id = subscription.text("/id");
    EXPECT_EQ(preview({{"subscription", id}}).body["total"], 500);
    EXPECT_EQ(preview({{"subscription", id}, {"discounts[0][coupon]", coupon("10")}}).body["total"],
              900);
    EXPECT_EQ(preview({{"subscription", id}, {"discounts", ""}}).body["total"], 1'000);
    EXPECT_EQ(preview({{"subscription", id}, {"discounts[0][coupon]", "none"}}).error("code"),
              "resource_missing");
}

TEST_F(PreviewsTest, OfACustomerAreThoseOfTheSubscriptionThatIsBilledNext) {
    const std::string who = customer();
    const std::string yearly = client
                                   .post("/v1/prices", {{"currency", "usd"},
                                                        {"unit_amount", "9000"},
                                                        {"product_data[name]", "Year"},
                                                        {"recurring[interval]", "year"}})
                                   .text("/id");
    subscribe(who, yearly);
    const Reply monthly = subscribe(who, price(1'000));
    const Reply next = preview({{"customer", who}});
    EXPECT_EQ(next.body["total"], 1'000);
    EXPECT_EQ(next.text("/parent/subscription_details/subscription"), monthly.text("/id"));
    client.post(path(monthly), {{"cancel_at_period_end", "true"}});
    EXPECT_EQ(preview({{"customer", who}}).body["total"], 9'000);
    EXPECT_EQ(preview({{"customer", customer()}}).error("code"), "invoice_upcoming_none");
}

// What Stripe has and this server does not is told as that, and not as a wrong word.
TEST_F(PreviewsTest, AndOthersSayWhatTheyDoNotTake) {
    const std::string who = customer();
    const Reply replies[] = {
        preview({{"customer", who}, {"preview_mode", "recurring"}}),
        client.post("/v1/invoiceitems", {{"customer", who}, {"price_data[currency]", "usd"}}),
        client.post("/v1/invoices", {{"from_invoice[invoice]", "in_1"}}),
        client.post("/v1/prices", {{"currency", "usd"}, {"tiers[0][up_to]", "inf"}}),
        client.post("/v1/coupons", {{"percent_off", "5"}, {"applies_to[products][]", "prod_1"}}),
    };
    for (const Reply& reply : replies) {
        EXPECT_EQ(reply.status(), 400);
        EXPECT_THAT(reply.error("message"), HasSubstr("of this simulator does not take"));
    }
}

}  // namespace
}  // namespace onsite::simulator::testing
