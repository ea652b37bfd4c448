// Subscription schedules: phases that come in time, what they bill, and how they end.
#include "simulator/billing/calendar.hpp"
#include "tests/unit/simulator/schedule_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct SubscriptionSchedulesTest : ScheduleSteps {};

TEST_F(SubscriptionSchedulesTest, TakeOverASubscriptionAsItIs) {
    const Reply subscription = subscribe(who, gold);
    const Reply made = adopt(subscription, {{"metadata[a]", "1"}, {"expand[]", "subscription"}});
    ASSERT_EQ(made.status(), 200) << made.body;
    EXPECT_THAT(made.text("/id"), StartsWith("sub_sched_"));
    EXPECT_EQ(made.text("/status"), "active");
    EXPECT_EQ(made.text("/end_behavior"), "release");
    EXPECT_EQ(made.text("/subscription/id"), subscription.text("/id"));
    EXPECT_EQ(made.text("/subscription/schedule"), made.text("/id"));
    EXPECT_EQ(made.body["phases"].size(), 1u);
    EXPECT_EQ(made.body["phases"][0]["start_date"], kStart);
    EXPECT_EQ(made.body["phases"][0]["end_date"], add_months(kStart, 1));
    EXPECT_EQ(made.text("/phases/0/items/0/price"), gold);
    EXPECT_EQ(made.body["current_phase"]["end_date"], add_months(kStart, 1));
    EXPECT_EQ(client.get(at(made)).text("/metadata/a"), "1");
    EXPECT_EQ(client.get(path(subscription), {{"expand[]", "schedule.customer"}})
                  .text("/schedule/customer/id"),
              who);
    EXPECT_THAT(told(),
                ElementsAre("customer.subscription.created", "customer.subscription.updated",
                            "subscription_schedule.created"));
    EXPECT_THAT(adopt(subscription).error("message"), HasSubstr("already attached to a schedule"));
}

TEST_F(SubscriptionSchedulesTest, ChangeThePriceWhenThePeriodEnds) {
    const Reply subscription = subscribe(who, gold);
    const Reply schedule = adopt(subscription);
    const Reply updated = downgrade(schedule, {{"metadata[why]", "dear"}});
    ASSERT_EQ(updated.status(), 200) << updated.body;
    EXPECT_EQ(updated.body["phases"][1]["end_date"], add_months(kStart, 2));
    EXPECT_EQ(invoices().size(), 1u);
    EXPECT_EQ(price_of(subscription), gold);
    const Reply preview =
        client.post("/v1/invoices/create_preview", {{"subscription", subscription.text("/id")}});
    EXPECT_EQ(preview.body["total"], 1'000) << preview.body;

    to(1);
    EXPECT_EQ(price_of(subscription), bronze);
    EXPECT_FALSE(client.get(path(subscription)).body["metadata"].contains("why"));
    ASSERT_EQ(invoices().size(), 2u);
    EXPECT_EQ(invoices()[0]["total"], 1'000);
    EXPECT_EQ(invoices()[0]["billing_reason"], "subscription_cycle");
    EXPECT_EQ(invoices()[0]["lines"]["data"].size(), 1u);
    expect_sums(invoices()[0]);
    EXPECT_EQ(client.get(at(schedule)).body["current_phase"]["start_date"], add_months(kStart, 1));

    to(2);
    const Reply over = client.get(at(schedule));
    EXPECT_EQ(over.text("/status"), "released");
    EXPECT_EQ(over.body["released_at"], add_months(kStart, 2));
    EXPECT_EQ(over.text("/released_subscription"), subscription.text("/id"));
    EXPECT_EQ(over.body["subscription"], nullptr);
    EXPECT_EQ(over.body["current_phase"], nullptr);
    EXPECT_EQ(client.get(path(subscription)).body["schedule"], nullptr);
    EXPECT_EQ(status(subscription), "active");
    to(3);
    EXPECT_EQ(invoices().size(), 4u);
    EXPECT_EQ(invoices()[0]["total"], 1'000);
    std::vector<std::string> of_schedules = told();
    std::erase_if(of_schedules, [](const auto& type) { return type.starts_with("customer"); });
    EXPECT_THAT(of_schedules,
                ElementsAre("subscription_schedule.created", "subscription_schedule.updated",
                            "subscription_schedule.updated", "subscription_schedule.expiring",
                            "subscription_schedule.released"));
}

TEST_F(SubscriptionSchedulesTest, ProrateWithinAPeriodAsAsked) {
    for (const std::string_view prorate : {"create_prorations", "always_invoice", "none"}) {
        SCOPED_TRACE(prorate);
        const std::string someone = customer();
        const Reply made = create({{"customer", someone},
                                   {"start_date", "now"},
                                   {"phases[0][items][0][price]", gold},
                                   {"phases[0][duration][interval]", "day"},
                                   {"phases[0][duration][interval_count]", "10"},
                                   {"phases[1][items][0][price]", bronze},
                                   {"phases[1][proration_behavior]", std::string(prorate)}});
        ASSERT_EQ(made.status(), 200) << made.body;
        const auto before = invoices().size();
        pass(10 * kDaySec);
        EXPECT_EQ(price_id_of(made.text("/subscription")), bronze);
        const auto items = client.get("/v1/invoiceitems", {{"customer", someone}}).body["data"];
        ASSERT_EQ(items.size(), prorate == "none" ? 0u : 2u);
        EXPECT_EQ(invoices().size(), before + (prorate == "always_invoice" ? 1 : 0));
        if (items.empty()) continue;
        // 21 or so days of the month are left; the credit is three times the debit.
        EXPECT_LT(items[1]["amount"].get<std::int64_t>(), 0);
        EXPECT_NEAR(-items[1]["amount"].get<double>(), 3 * items[0]["amount"].get<double>(), 3);
        EXPECT_TRUE(items[0]["proration"].is_boolean() || items[0].contains("proration_details"));
    }
}

TEST_F(SubscriptionSchedulesTest, BeginWhenTheyAreToBegin) {
    const std::int64_t start = kStart + 5 * kDaySec;
    const Reply made = create({{"customer", who},
                               {"start_date", fmt::format("{}", start)},
                               {"end_behavior", "cancel"},
                               {"phases[0][items][0][price]", gold},
                               {"phases[0][items][0][quantity]", "2"},
                               {"phases[0][iterations]", "2"},
                               {"phases[0][metadata][a]", "1"},
                               {"phases[0][description]", "by plan"}});
    ASSERT_EQ(made.status(), 200) << made.body;
    EXPECT_EQ(made.text("/status"), "not_started");
    EXPECT_EQ(made.body["subscription"], nullptr);
    EXPECT_EQ(made.body["current_phase"], nullptr);
    const std::int64_t end = add_months(start, 2);
    EXPECT_EQ(made.body["phases"][0]["end_date"], end);
    EXPECT_EQ(client.get("/v1/subscription_schedules", {{"scheduled", "true"}}).body["data"].size(),
              1u);
    EXPECT_TRUE(invoices().empty());
    pass(5 * kDaySec);
    const Reply active = client.get(at(made), {{"expand[]", "subscription"}});
    EXPECT_EQ(active.text("/status"), "active");
    const auto& subscription = active.body["subscription"];
    EXPECT_EQ(subscription["status"], "active");
    EXPECT_EQ(subscription["created"], start);
    EXPECT_EQ(subscription["cancel_at"], end);
    EXPECT_EQ(subscription["metadata"]["a"], "1");
    EXPECT_EQ(subscription["description"], "by plan");
    EXPECT_EQ(invoices()[0]["total"], 6'000);
    pass(62 * kDaySec);
    const Reply over = client.get(at(made), {{"expand[]", "subscription"}});
    EXPECT_EQ(over.text("/status"), "completed");
    EXPECT_EQ(over.body["completed_at"], end);
    EXPECT_EQ(over.text("/subscription/status"), "canceled");
    EXPECT_EQ(invoices().size(), 2u);
    EXPECT_EQ(told().back(), "subscription_schedule.completed");
}

TEST_F(SubscriptionSchedulesTest, HaveTrialsCouponsAndIntervals) {
    const std::string half =
        client.post("/v1/coupons", {{"percent_off", "50"}, {"duration", "forever"}}).text("/id");
    const std::string yearly = price(20'000, "year");
    const Reply made = create({{"customer", who},
                               {"start_date", "now"},
                               {"phases[0][items][0][price]", gold},
                               {"phases[0][trial]", "true"},
                               {"phases[0][duration][interval]", "week"},
                               {"phases[1][items][0][price]", gold},
                               {"phases[1][discounts][0][coupon]", half},
                               {"phases[2][items][0][price]", yearly},
                               {"phases[2][iterations]", "1"}});
    ASSERT_EQ(made.status(), 200) << made.body;
    const std::string id = made.text("/subscription");
    EXPECT_EQ(get_subscription(id).text("/status"), "trialing");
    EXPECT_EQ(made.body["phases"][0]["trial_end"], kStart + 7 * kDaySec);
    EXPECT_EQ(made.text("/phases/1/discounts/0/coupon"), half);
    pass(7 * kDaySec);
    EXPECT_EQ(get_subscription(id).text("/status"), "active");
    EXPECT_EQ(invoices()[0]["total"], 1'500) << invoices()[0];
    pass(31 * kDaySec);
    EXPECT_EQ(invoices()[0]["total"], 20'000);
    EXPECT_EQ(invoices().size(), 3u);
    const auto period = get_subscription(id).body["items"]["data"][0];
    const std::int64_t start = add_months(kStart + 7 * kDaySec, 1);
    EXPECT_EQ(period["current_period_start"], start);
    EXPECT_EQ(period["current_period_end"], add_months(start, 12));
    EXPECT_TRUE(get_subscription(id).body["discounts"].empty());
}

TEST_F(SubscriptionSchedulesTest, AreReleasedAndLeaveTheSubscription) {
    const Reply subscription = subscribe(who, gold);
    const Reply schedule = adopt(subscription);
    downgrade(schedule, {{"end_behavior", "cancel"}});
    EXPECT_EQ(client.get(path(subscription)).body["cancel_at"], add_months(kStart, 2));
    const Reply released = client.post(at(schedule, "/release"));
    EXPECT_EQ(released.text("/status"), "released");
    EXPECT_EQ(client.get(path(subscription)).body["cancel_at"], nullptr);
    EXPECT_EQ(client.post(at(schedule, "/release")).status(), 400);
    EXPECT_EQ(client.post(at(schedule, "/cancel")).status(), 400);
    EXPECT_EQ(client.post(at(schedule), {{"end_behavior", "release"}}).status(), 400);
    to(3);
    EXPECT_EQ(invoices()[0]["total"], 3'000);
    EXPECT_EQ(status(subscription), "active");
    const Reply again = adopt(subscription);
    downgrade(again, {{"end_behavior", "cancel"}});
    client.post(at(again, "/release"), {{"preserve_cancel_date", "true"}});
    to(5);
    EXPECT_EQ(status(subscription), "canceled");
    EXPECT_EQ(count("subscription_schedule.released"), 2);
}

TEST_F(SubscriptionSchedulesTest, AreCanceledWithTheSubscription) {
    const Reply first = subscribe(who, gold);
    const Reply schedule = adopt(first);
    pass(15 * kDaySec);
    const Reply canceled = client.post(at(schedule, "/cancel"));
    EXPECT_EQ(canceled.text("/status"), "canceled");
    EXPECT_EQ(canceled.body["canceled_at"], kStart + 15 * kDaySec);
    EXPECT_EQ(status(first), "canceled");
    EXPECT_LT(invoices()[0]["total"].get<std::int64_t>(), -1'000);
    EXPECT_EQ(told().back(), "subscription_schedule.canceled");

    const Reply second = subscribe(who, gold);
    const Reply other = adopt(second);
    client.del(path(second));
    EXPECT_EQ(client.get(at(other)).text("/status"), "canceled");

    const Reply later = create({{"customer", who},
                                {"start_date", fmt::format("{}", kStart + 40 * kDaySec)},
                                {"phases[0][items][0][price]", gold}});
    client.del("/v1/customers/" + who);
    EXPECT_EQ(client.get(at(later)).text("/status"), "canceled");
    const auto count_before = invoices().size();
    pass(60 * kDaySec);
    EXPECT_EQ(invoices().size(), count_before);
}

TEST_F(SubscriptionSchedulesTest, AreAbortedWhenNobodyPays) {
    const Reply subscription = subscribe(customer("pm_card_chargeCustomerFail"), gold);
    const Reply schedule = adopt(subscription);
    pass(2 * kDaySec);
    EXPECT_EQ(status(subscription), "incomplete_expired");
    EXPECT_EQ(client.get(at(schedule)).text("/status"), "canceled");
    EXPECT_EQ(told().back(), "subscription_schedule.aborted");
}

TEST_F(SubscriptionSchedulesTest, AreListed) {
    const Reply one = adopt(subscribe(who, gold));
    const Reply two = adopt(subscribe(customer(), gold));
    pass(100);
    client.post(at(one, "/cancel"));
    const auto ids = [&](std::string_view name, std::string_view value) {
        const Reply list = client.get("/v1/subscription_schedules", {{name, value}});
        std::string text;
        for (const auto& row : list.body["data"]) text += row["id"].get<std::string>() + " ";
        return text;
    };
    EXPECT_EQ(ids("limit", "5"), two.text("/id") + " " + one.text("/id") + " ");
    EXPECT_EQ(ids("customer", who), one.text("/id") + " ");
    EXPECT_EQ(ids("canceled_at[gte]", fmt::format("{}", kStart + 100)), one.text("/id") + " ");
    EXPECT_EQ(ids("canceled_at[gt]", fmt::format("{}", kStart + 100)), "");
    EXPECT_EQ(ids("canceled_at", fmt::format("{}", kStart + 100)), one.text("/id") + " ");
    EXPECT_EQ(ids("completed_at[gte]", "0"), "");
    EXPECT_EQ(ids("scheduled", "true"), "");
}

TEST_F(SubscriptionSchedulesTest, SubscriptionsOfACustomerAreAList) {
    const Reply subscription = subscribe(who, gold);
    subscribe(customer(), gold);
    const std::string url = client.get("/v1/customers/" + who, {{"expand[]", "subscriptions"}})
                                .text("/subscriptions/url");
    const Reply list = client.get(url, {{"status", "active"}});
    ASSERT_EQ(list.status(), 200) << list.body;
    ASSERT_EQ(list.body["data"].size(), 1u);
    EXPECT_EQ(list.text("/data/0/id"), subscription.text("/id"));
    EXPECT_EQ(list.text("/url"), url);
    EXPECT_EQ(client.get("/v1/customers/cus_0/subscriptions").status(), 404);
}

}  // namespace
}  // namespace onsite::simulator::testing
