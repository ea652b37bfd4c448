// Subscriptions through the API: golden cases of Stripe's pages, first payments, dunning, calendar.
#include "simulator/billing/calendar.hpp"
#include "simulator/billing/invoicing.hpp"
#include "tests/unit/simulator/subscription_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

struct SubscriptionsTest : SubscriptionSteps {};

// ---- Golden cases (docs.stripe.com/billing/testing/test-clocks/api-advanced-usage) ----

TEST_F(SubscriptionsTest, RenewEachMonth) {
    const std::string clock_id = clock(kStart);
    const Reply made = subscribe(customer("pm_card_visa", clock_id), price(5'000));
    ASSERT_EQ(made.status(), 200) << made.body;
    EXPECT_EQ(made.text("/status"), "active");
    EXPECT_EQ(latest_invoice(made)["amount_paid"], 5'000);
    const std::int64_t february = add_months(kStart, 1);
    EXPECT_EQ(made.body["items"]["data"][0]["current_period_end"], february);
    advance(clock_id, february + 600);
    EXPECT_EQ(latest_invoice(made)["status"], "draft");
    advance(clock_id, february + 3'600);
    const auto invoice = latest_invoice(made);
    EXPECT_EQ(invoice["status"], "paid");
    EXPECT_EQ(invoice["billing_reason"], "subscription_cycle");
    EXPECT_EQ(invoice["created"], february);
    EXPECT_EQ(invoice["total"], 5'000);
    expect_sums(invoice);
}

TEST_F(SubscriptionsTest, ProrateAnUpgradeInTheMiddle) {
    const std::string clock_id = clock(kStart);
    const std::string who = customer("pm_card_visa", clock_id);
    const std::string large = price(10'000);
    const Reply made = subscribe(who, price(5'000));
    advance(clock_id, kStart + 15 * kDaySec + kDaySec / 2);  // 16 January, noon: half of it.
    const std::string item = made.text("/items/data/0/id");
    const Reply changed =
        client.post(path(made), {{"items[0][id]", item}, {"items[0][price]", large}});
    ASSERT_EQ(changed.status(), 200) << changed.body;
    EXPECT_EQ(changed.text("/items/data/0/price/id"), large);
    const Reply items = client.get("/v1/invoiceitems", {{"pending", "true"}});
    EXPECT_EQ(items.body["data"][0]["amount"], 5'000);
    EXPECT_EQ(items.body["data"][1]["amount"], -2'500);
    EXPECT_EQ(items.text("/data/1/description"), "Unused time on Gold after 16 Jan 2026");
    advance(clock_id, add_months(kStart, 1) + 3'600);
    const auto invoice = latest_invoice(made);
    EXPECT_EQ(invoice["total"], 12'500);
    EXPECT_EQ(invoice["status"], "paid");
    expect_sums(invoice);
}

TEST_F(SubscriptionsTest, BeginWithATrial) {
    const std::string clock_id = clock(kStart);
    const Reply made =
        client.post("/v1/subscriptions", {{"customer", customer("pm_card_visa", clock_id)},
                                          {"items[0][price]", price(5'000)},
                                          {"trial_period_days", "7"}});
    EXPECT_EQ(made.text("/status"), "trialing");
    EXPECT_EQ(made.body["trial_end"], kStart + 7 * kDaySec);
    EXPECT_EQ(latest_invoice(made)["total"], 0);
    EXPECT_EQ(latest_invoice(made)["status"], "paid");
    advance(clock_id, kStart + 4 * kDaySec);
    EXPECT_EQ(count("customer.subscription.trial_will_end"), 1);
    advance(clock_id, kStart + 7 * kDaySec + 3'600);
    EXPECT_EQ(status(made), "active");
    EXPECT_EQ(latest_invoice(made)["amount_paid"], 5'000);
    EXPECT_EQ(latest_invoice(made)["lines"]["data"][0]["period"]["start"], kStart + 7 * kDaySec);
}

// ---- The calendar ----

TEST_F(SubscriptionsTest, BillTheLastDayOfShortMonths) {
    const std::int64_t january_31 = kStart + 30 * kDaySec;
    pass(30 * kDaySec);
    const Reply made = subscribe(customer(), price(5'000));
    std::vector<std::string> days;
    for (int month = 0; month < 4; ++month) {
        const std::int64_t end =
            get_subscription(made.text("/id")).body["items"]["data"][0]["current_period_end"];
        days.push_back(shown_date(end));
        pass(end - simulator.timeline().now_s());
    }
    EXPECT_THAT(days,
                ::testing::ElementsAre("28 Feb 2026", "31 Mar 2026", "30 Apr 2026", "31 May 2026"));
    EXPECT_EQ(made.body["billing_cycle_anchor"], january_31);
}

TEST_F(SubscriptionsTest, BillEachPeriodOnceAfterALongJump) {
    subscribe(customer(), price(5'000));
    pass(100 * kDaySec);
    const auto all = invoices();
    ASSERT_EQ(all.size(), 4u);
    EXPECT_EQ(all[0]["created"], add_months(kStart, 3));
    EXPECT_EQ(all[3]["created"], kStart);
    for (const auto& invoice : all) EXPECT_EQ(invoice["status"], "paid");
    EXPECT_EQ(count("invoice.upcoming"), 3);
}

TEST_F(SubscriptionsTest, BillAPartUntilAChosenAnchor) {
    const Reply made = client.post(
        "/v1/subscriptions", {{"customer", customer()},
                              {"items[0][price]", price(3'100)},
                              {"billing_cycle_anchor", fmt::format("{}", kStart + 10 * kDaySec)}});
    ASSERT_EQ(made.status(), 200) << made.body;
    EXPECT_EQ(latest_invoice(made)["total"], 1'000);  // 10 days of the 31 from 11 December.
}

TEST_F(SubscriptionsTest, BillOnTheDayOfAConfiguration) {
    const auto made = [&](std::string_view day, std::string_view interval = "month") {
        return client.post("/v1/subscriptions", {{"customer", customer()},
                                                 {"items[0][price]", price(3'100, interval)},
                                                 {"billing_cycle_anchor_config[day_of_month]", day},
                                                 {"billing_cycle_anchor_config[hour]", "0"}});
    };
    const Reply middle = made("11");
    ASSERT_EQ(middle.status(), 200) << middle.body;
    EXPECT_EQ(middle.body["billing_cycle_anchor"], kStart + 10 * kDaySec);
    EXPECT_EQ(middle.body["billing_cycle_anchor_config"]["day_of_month"], 11);
    EXPECT_TRUE(middle.body["billing_cycle_anchor_config"]["minute"].is_null());
    EXPECT_EQ(latest_invoice(middle)["total"], 1'000);     // 10 days of the 31 from 11 December.
    EXPECT_EQ(latest_invoice(made("1"))["total"], 3'100);  // Today: a whole month.
    EXPECT_EQ(made("11", "week").error("param"), "billing_cycle_anchor_config");
    EXPECT_EQ(made("32").error("param"), "billing_cycle_anchor_config[day_of_month]");
    const Reply both = client.post("/v1/subscriptions",
                                   {{"customer", customer()},
                                    {"items[0][price]", price(3'100)},
                                    {"billing_cycle_anchor", fmt::format("{}", kStart + kDaySec)},
                                    {"billing_cycle_anchor_config[day_of_month]", "2"}});
    EXPECT_THAT(both.error("message"), HasSubstr("only specify one of these"));
}

// ---- First payment ----

TEST_F(SubscriptionsTest, ExpireWhenNobodyPaysFor23Hours) {
    const Reply made = subscribe(customer("pm_card_chargeDeclined"), price(5'000));
    EXPECT_EQ(made.status(), 200);
    EXPECT_EQ(made.text("/status"), "incomplete");
    pass(23 * 3'600 - 1);
    EXPECT_EQ(status(made), "incomplete");
    pass(1);
    EXPECT_EQ(status(made), "incomplete_expired");
    EXPECT_EQ(latest_invoice(made)["status"], "void");
}

TEST_F(SubscriptionsTest, BecomeActiveWhenTheFirstInvoiceIsPaid) {
    const Reply made =
        client.post("/v1/subscriptions", {{"customer", customer()},
                                          {"items[0][price]", price(5'000)},
                                          {"payment_behavior", "default_incomplete"},
                                          {"expand[]", "latest_invoice.confirmation_secret"}});
    EXPECT_EQ(made.text("/status"), "incomplete");
    EXPECT_THAT(made.text("/latest_invoice/confirmation_secret/client_secret"),
                HasSubstr("_secret_"));
    invoice_payment_succeeded(world(), made.text("/latest_invoice/id"));
    EXPECT_EQ(status(made), "active");
    pass(24 * 3'600);
    EXPECT_EQ(status(made), "active");
}

TEST_F(SubscriptionsTest, MakeNothingWhenAFailureIsAnError) {
    const Reply refused =
        client.post("/v1/subscriptions", {{"customer", customer("pm_card_chargeDeclined")},
                                          {"items[0][price]", price(5'000)},
                                          {"payment_behavior", "error_if_incomplete"}});
    EXPECT_EQ(refused.status(), 402);
    EXPECT_EQ(refused.error("code"), "card_declined");
    EXPECT_TRUE(client.get("/v1/subscriptions", {{"status", "all"}}).body["data"].empty());
    EXPECT_TRUE(invoices().empty());
    const Reply made =
        client.post("/v1/subscriptions", {{"customer", customer()},
                                          {"items[0][price]", price(5'000)},
                                          {"payment_behavior", "error_if_incomplete"}});
    EXPECT_EQ(made.text("/status"), "active");
    EXPECT_EQ(latest_invoice(made)["status"], "paid");
}

// ---- Dunning ----

struct DunningTest : SubscriptionsTest {
    // Active, and its card is declined from now on.
    Reply failing() {
        const std::string who = customer();
        const Reply made = subscribe(who, price(5'000));
        client.post("/v1/customers/" + who,
                    {{"invoice_settings[default_payment_method]", "pm_card_chargeDeclined"}});
        pass(31 * kDaySec + 3'600);
        return made;
    }
};

TEST_F(DunningTest, RetriesEightTimesInTwoWeeksAndCancels) {
    const Reply made = failing();
    EXPECT_EQ(status(made), "past_due");
    EXPECT_EQ(latest_invoice(made)["attempt_count"], 1);
    EXPECT_EQ(latest_invoice(made)["next_payment_attempt"], kStart + 32 * kDaySec + 3'600);
    pass(14 * kDaySec - 1);
    EXPECT_EQ(status(made), "past_due");
    pass(1);
    EXPECT_EQ(count("invoice.payment_failed"), 8);
    const Reply ended = client.get(path(made));
    EXPECT_EQ(ended.text("/status"), "canceled");
    EXPECT_EQ(ended.text("/cancellation_details/reason"), "payment_failed");
    pass(60 * kDaySec);
    EXPECT_EQ(invoices().size(), 2u);
}

TEST_F(DunningTest, RecoversWithANewCard) {
    const Reply made = failing();
    client.post("/v1/customers/" + made.text("/customer"),
                {{"invoice_settings[default_payment_method]", "pm_card_visa"}});
    pass(kDaySec);
    EXPECT_EQ(status(made), "active");
    EXPECT_EQ(latest_invoice(made)["attempt_count"], 2);
}

TEST_F(DunningTest, LeavesDraftsToUnpaidSubscriptions) {
    subscribe(customer(), price(100));
    world().after_retries = AfterRetries::mark_unpaid;
    const Reply made = failing();
    pass(14 * kDaySec);
    EXPECT_EQ(status(made), "unpaid");
    pass(20 * kDaySec);
    EXPECT_EQ(latest_invoice(made)["status"], "draft");
    const std::string id = latest_invoice(made)["id"];
    client.post("/v1/invoices/" + id + "/pay", {{"payment_method", "pm_card_visa"}});
    EXPECT_EQ(status(made), "active");
}

TEST_F(DunningTest, DoesNotChargeAHardDeclineAgain) {
    const std::string who = customer();
    const Reply made = subscribe(who, price(5'000));
    client.post("/v1/customers/" + who, {{"invoice_settings[default_payment_method]",
                                          "pm_card_visa_chargeDeclinedLostCard"}});
    pass(35 * kDaySec);
    EXPECT_GT(latest_invoice(made)["attempt_count"], 1);
    client.post("/v1/customers/" + who,
                {{"invoice_settings[default_payment_method]", "pm_card_visa"}});
    pass(4 * kDaySec);
    EXPECT_EQ(status(made), "active");
}

}  // namespace
}  // namespace onsite::simulator::testing
