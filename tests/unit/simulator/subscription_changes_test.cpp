// What happens to a subscription after it began: changes, trials that end, pauses, cancellations.
#include "simulator/billing/calendar.hpp"
#include "simulator/billing/invoicing.hpp"
#include "tests/unit/simulator/subscription_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

struct SubscriptionChangesTest : SubscriptionSteps {};

TEST_F(SubscriptionChangesTest, InvoiceAProrationAtOnce) {
    const Reply made = subscribe(customer(), price(3'100));
    pass(10 * kDaySec);
    const Reply changed = client.post(path(made), {{"items[0][id]", made.text("/items/data/0/id")},
                                                   {"items[0][quantity]", "3"},
                                                   {"proration_behavior", "always_invoice"}});
    ASSERT_EQ(changed.status(), 200) << changed.body;
    const auto invoice = latest_invoice(made);
    EXPECT_EQ(invoice["billing_reason"], "subscription_update");
    EXPECT_EQ(invoice["total"], 4'200);  // -2,100 and +6,300 for 21 of 31 days.
    EXPECT_EQ(invoice["status"], "paid");
    expect_sums(invoice);
}

TEST_F(SubscriptionChangesTest, CountEverySecondOfAProration) {
    const Reply made = subscribe(customer(), price(31 * kDaySec));  // A cent for each second.
    pass(10 * kDaySec + 1);
    client.post(path(made), {{"items[0][id]", made.text("/items/data/0/id")},
                             {"items[0][quantity]", "2"},
                             {"proration_behavior", "always_invoice"}});
    EXPECT_EQ(latest_invoice(made)["total"], 21 * kDaySec - 1);
}

TEST_F(SubscriptionChangesTest, BillNothingWithoutProration) {
    const Reply made = subscribe(customer(), price(3'100));
    pass(10 * kDaySec);
    client.post(path(made), {{"items[0][id]", made.text("/items/data/0/id")},
                             {"items[0][quantity]", "2"},
                             {"proration_behavior", "none"}});
    EXPECT_TRUE(client.get("/v1/invoiceitems").body["data"].empty());
    pass(21 * kDaySec + 3'600);
    EXPECT_EQ(latest_invoice(made)["total"], 6'200);
}

TEST_F(SubscriptionChangesTest, NetToNothingUpAndDownInOneSecond) {
    const Reply made = subscribe(customer(), price(3'100));
    pass(10 * kDaySec + 1);
    for (const char* quantity : {"2", "1"}) {
        client.post(path(made), {{"items[0][id]", made.text("/items/data/0/id")},
                                 {"items[0][quantity]", quantity}});
    }
    pass(21 * kDaySec + 3'600);
    EXPECT_EQ(latest_invoice(made)["total"], 3'100);
    expect_sums(latest_invoice(made));
}

TEST_F(SubscriptionChangesTest, StartAPeriodWhenTheIntervalChanges) {
    const Reply made = subscribe(customer(), price(3'100));
    const std::string yearly = price(30'000, "year");
    pass(15 * kDaySec + kDaySec / 2);
    client.post(path(made),
                {{"items[0][id]", made.text("/items/data/0/id")}, {"items[0][price]", yearly}});
    EXPECT_EQ(latest_invoice(made)["total"], 28'450);
    const Reply now = client.get(path(made));
    EXPECT_EQ(now.body["billing_cycle_anchor"], simulator.timeline().now_s());
}

TEST_F(SubscriptionChangesTest, EndATrialNow) {
    const Reply made = client.post(
        "/v1/subscriptions",
        {{"customer", customer()}, {"items[0][price]", price(5'000)}, {"trial_period_days", "30"}});
    pass(kDaySec);
    EXPECT_EQ(client.post(path(made), {{"trial_end", "now"}}).text("/status"), "active");
    EXPECT_EQ(latest_invoice(made)["amount_paid"], 5'000);
    EXPECT_EQ(client.get(path(made)).body["billing_cycle_anchor"], kStart + kDaySec);
    EXPECT_EQ(invoices().size(), 2u);
}

TEST_F(SubscriptionChangesTest, PauseOrCancelAfterATrialWithoutACard) {
    const auto trial = [&](std::string_view then) {
        return client.post("/v1/subscriptions",
                           {{"customer", customer("")},
                            {"items[0][price]", price(5'000)},
                            {"trial_period_days", "7"},
                            {"trial_settings[end_behavior][missing_payment_method]", then}});
    };
    const Reply paused = trial("pause");
    const Reply canceled = trial("cancel");
    pass(7 * kDaySec);
    EXPECT_EQ(status(paused), "paused");
    EXPECT_EQ(status(canceled), "canceled");
    EXPECT_EQ(count("customer.subscription.paused"), 1);
    pass(40 * kDaySec);
    EXPECT_EQ(status(paused), "paused");
    const Reply card = client.post("/v1/payment_methods/pm_card_visa/attach",
                                   {{"customer", paused.text("/customer")}});
    client.post(path(paused), {{"default_payment_method", card.text("/id")}});
    const Reply resumed = client.post(path(paused, "/resume"));
    EXPECT_EQ(resumed.text("/status"), "active");
    EXPECT_EQ(count("customer.subscription.resumed"), 1);
    EXPECT_EQ(latest_invoice(paused)["amount_paid"], 5'000);
}

TEST_F(SubscriptionChangesTest, AreCanceledAtThePeriodsEndUnlessUndone) {
    const Reply made = subscribe(customer(), price(5'000));
    const Reply at_end = client.post(path(made), {{"cancel_at", "min_period_end"}});
    EXPECT_EQ(at_end.body["cancel_at"], at_end.body["items"]["data"][0]["current_period_end"]);
    EXPECT_EQ(at_end.body["cancel_at_period_end"], false);
    EXPECT_TRUE(client.post(path(made), {{"cancel_at", ""}}).body["cancel_at"].is_null());
    const Reply marked = client.post(path(made), {{"cancel_at_period_end", "true"}});
    EXPECT_EQ(marked.body["cancel_at"], add_months(kStart, 1));
    client.post(path(made), {{"cancel_at_period_end", "false"}});
    pass(32 * kDaySec);
    EXPECT_EQ(status(made), "active");
    client.post(path(made), {{"cancel_at_period_end", "true"}});
    pass(32 * kDaySec);
    EXPECT_EQ(status(made), "canceled");
    EXPECT_EQ(invoices().size(), 2u);
    EXPECT_EQ(count("customer.subscription.deleted"), 1);
}

TEST_F(SubscriptionChangesTest, AreCanceledNowWithCredit) {
    const std::string who = customer();
    const Reply made = subscribe(who, price(3'100));
    pass(10 * kDaySec);
    const Reply ended = client.del(path(made), {{"prorate", "true"}, {"invoice_now", "true"}});
    EXPECT_EQ(ended.text("/status"), "canceled");
    EXPECT_EQ(client.get("/v1/customers/" + who).body["balance"], -2'100);
    EXPECT_EQ(client.del(path(made)).status(), 404);
    EXPECT_EQ(client.post(path(made), {{"description", "x"}}).status(), 400);
}

TEST_F(SubscriptionChangesTest, KeepDraftsWhileCollectionIsPaused) {
    const Reply made = subscribe(customer(), price(5'000));
    client.post(path(made), {{"pause_collection[behavior]", "void"}});
    pass(32 * kDaySec);
    EXPECT_EQ(latest_invoice(made)["status"], "void");
    client.post(path(made), {{"pause_collection[behavior]", "keep_as_draft"}});
    pass(30 * kDaySec);
    EXPECT_EQ(latest_invoice(made)["status"], "draft");
    client.post(path(made), {{"pause_collection", ""}});
    pass(31 * kDaySec);
    EXPECT_EQ(latest_invoice(made)["status"], "paid");
}

TEST_F(SubscriptionChangesTest, UseACouponOnceOrForMonths) {
    client.post("/v1/coupons", {{"id", "once"}, {"percent_off", "50"}});
    client.post("/v1/coupons", {{"id", "two"},
                                {"percent_off", "10"},
                                {"duration", "repeating"},
                                {"duration_in_months", "2"}});
    const Reply made = client.post("/v1/subscriptions", {{"customer", customer()},
                                                         {"items[0][price]", price(5'000)},
                                                         {"discounts[0][coupon]", "once"},
                                                         {"discounts[1][coupon]", "two"}});
    ASSERT_EQ(made.status(), 200) << made.body;
    pass(70 * kDaySec);
    const auto all = invoices();
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[2]["total"], 2'250);
    EXPECT_EQ(all[1]["total"], 4'500);
    EXPECT_EQ(all[0]["total"], 5'000);
    for (const auto& invoice : all) expect_sums(invoice);
}

TEST_F(SubscriptionChangesTest, ChangeThroughTheirItems) {
    const Reply made = subscribe(customer(), price(3'100));
    const Reply added = client.post("/v1/subscription_items",
                                    {{"subscription", made.text("/id")}, {"price", price(6'200)}});
    ASSERT_EQ(added.status(), 200) << added.body;
    EXPECT_EQ(client.get("/v1/subscription_items", {{"subscription", made.text("/id")}})
                  .body["data"]
                  .size(),
              2u);
    EXPECT_EQ(client.del("/v1/subscription_items/" + added.text("/id")).body["deleted"], true);
    EXPECT_EQ(client.del("/v1/subscription_items/" + made.text("/items/data/0/id")).status(), 400);
}

TEST_F(SubscriptionChangesTest, ArePreviewed) {
    const std::string who = customer();
    const std::string large = price(10'000);
    const Reply made = subscribe(who, price(5'000));
    const Reply renewal =
        client.post("/v1/invoices/create_preview", {{"subscription", made.text("/id")}});
    ASSERT_EQ(renewal.status(), 200) << renewal.body;
    EXPECT_EQ(renewal.body["total"], 5'000);
    pass(15 * kDaySec + kDaySec / 2);
    const Reply change =
        client.post("/v1/invoices/create_preview",
                    {{"subscription", made.text("/id")},
                     {"subscription_details[items][0][id]", made.text("/items/data/0/id")},
                     {"subscription_details[items][0][price]", large}});
    EXPECT_EQ(change.body["total"], 12'500) << change.body;
    EXPECT_EQ(invoices().size(), 1u);
    EXPECT_EQ(client.post("/v1/invoices/create_preview", {{"customer", who}}).body["total"], 5'000);
}

TEST_F(SubscriptionChangesTest, RefuseWhatStripeRefuses) {
    const std::string who = customer();
    const Reply once =
        client.post("/v1/prices",
                    {{"currency", "usd"}, {"unit_amount", "100"}, {"product_data[name]", "Setup"}});
    EXPECT_THAT(subscribe(who, once.text("/id")).error("message"), HasSubstr("type=one_time"));
    EXPECT_EQ(subscribe(who, "price_0").error("message"), "No such price: 'price_0'");
    EXPECT_EQ(subscribe("cus_0", price(100)).error("param"), "customer");
    EXPECT_EQ(client.post("/v1/subscriptions", {{"customer", who}}).error("param"), "items");
    EXPECT_THAT(client
                    .post("/v1/subscriptions", {{"customer", who},
                                                {"items[0][price]", price(100)},
                                                {"items[1][price]", price(100, "year")}})
                    .error("message"),
                HasSubstr("interval fields must match"));
    const Reply described =
        client.post("/v1/subscriptions", {{"customer", who},
                                          {"items[0][price_data][currency]", "usd"},
                                          {"items[0][price_data][product]", once.text("/product")},
                                          {"items[0][price_data][unit_amount]", "100"},
                                          {"items[0][price_data][recurring][interval]", "month"},
                                          {"discounts[0][coupon]", "none"}});
    EXPECT_EQ(described.error("code"), "resource_missing");
    EXPECT_EQ(count("price.created"), 4);  // Not that of the call that was refused.
    EXPECT_TRUE(invoices().empty());
}
}  // namespace
}  // namespace onsite::simulator::testing
