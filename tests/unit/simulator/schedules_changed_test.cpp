// Updates of subscription schedules, and what they do not take.
#include "tests/unit/simulator/schedule_steps.hpp"

namespace onsite::simulator::testing {
namespace {

using ::testing::HasSubstr;

struct SchedulesChangedTest : ScheduleSteps {
    std::string start = fmt::format("{}", kStart);
    std::string end = fmt::format("{}", add_months(kStart, 1));

    Reply update(const Reply& schedule, const Fields& fields) {
        return client.post(at(schedule), params_of(fields));
    }
    // The running phase with that quantity.
    Fields running(std::string_view quantity, const Fields& more = {}) {
        Fields fields = {{"phases[0][start_date]", start},
                         {"phases[0][end_date]", end},
                         {"phases[0][items][0][price]", gold},
                         {"phases[0][items][0][quantity]", std::string(quantity)}};
        fields.insert(fields.end(), more.begin(), more.end());
        return fields;
    }
    nlohmann::json pending() { return client.get("/v1/invoiceitems").body["data"]; }
};

TEST_F(SchedulesChangedTest, TheRunningPhaseChangesTheSubscriptionNow) {
    const Reply subscription = subscribe(who, gold);
    const Reply schedule = adopt(subscription);
    EXPECT_EQ(update(schedule, running("1")).status(), 200);
    EXPECT_TRUE(pending().empty());
    EXPECT_EQ(count("customer.subscription.updated"), 1);
    pass(kDaySec);
    ASSERT_EQ(update(schedule, running("3")).status(), 200);
    EXPECT_EQ(client.get(path(subscription)).body["items"]["data"][0]["quantity"], 3);
    EXPECT_EQ(client.get(path(subscription)).text("/items/data/0/id"),
              subscription.text("/items/data/0/id"));
    EXPECT_EQ(pending().size(), 2u);
    ASSERT_EQ(update(schedule, running("4", {{"proration_behavior", "none"}})).status(), 200);
    EXPECT_EQ(pending().size(), 2u);
    to(1);
    EXPECT_EQ(invoices()[0]["lines"]["data"].size(), 3u);
    EXPECT_EQ(client.get(at(schedule)).text("/status"), "released");
}

TEST_F(SchedulesChangedTest, APhaseThatStartsNowEndsTheRunningOne) {
    const Reply subscription = subscribe(who, gold);
    const Reply schedule = adopt(subscription);
    pass(kDaySec);
    const Reply changed = update(schedule, {{"phases[0][start_date]", "now"},
                                            {"phases[0][items][0][price]", bronze},
                                            {"phases[0][proration_behavior]", "none"}});
    ASSERT_EQ(changed.status(), 200) << changed.body;
    ASSERT_EQ(changed.body["phases"].size(), 2u);
    EXPECT_EQ(changed.body["phases"][0]["end_date"], kStart + kDaySec);
    EXPECT_EQ(changed.body["current_phase"]["start_date"], kStart + kDaySec);
    EXPECT_EQ(price_of(subscription), bronze);
    EXPECT_TRUE(pending().empty());
    // What is over may be sent again, and stays as it was.
    const std::string now = fmt::format("{}", kStart + kDaySec);
    Fields both = {{"phases[0][start_date]", start},
                   {"phases[0][end_date]", now},
                   {"phases[0][items][0][price]", bronze}};
    EXPECT_EQ(update(schedule, both).error("param"), "phases[0][start_date]");
    both.emplace_back("phases[1][items][0][price]", bronze);
    both.emplace_back("phases[1][iterations]", "2");
    const Reply again = update(schedule, both);
    ASSERT_EQ(again.body["phases"].size(), 2u) << again.body;
    EXPECT_EQ(again.body["phases"][0], changed.body["phases"][0]);
    EXPECT_EQ(again.body["phases"][1]["end_date"], add_months(kStart + kDaySec, 2));
}

TEST_F(SchedulesChangedTest, ADirectChangeIsOneOfTheRunningPhase) {
    const Reply subscription = subscribe(who, gold);
    const Reply schedule = adopt(subscription);
    downgrade(schedule);
    client.post(path(subscription), {{"items[0][id]", subscription.text("/items/data/0/id")},
                                     {"items[0][quantity]", "5"},
                                     {"proration_behavior", "none"}});
    const Reply there = client.get(at(schedule));
    EXPECT_EQ(there.body["phases"][0]["items"][0]["quantity"], 5);
    EXPECT_EQ(there.body["phases"][1]["items"][0]["quantity"], 1);
    for (const std::string_view name : {"cancel_at_period_end", "cancel_at"}) {
        const std::string value = name == "cancel_at" ? end : "true";
        const Reply refused = client.post(path(subscription), {{name, value}});
        EXPECT_THAT(refused.error("message"),
                    HasSubstr("managed by the subscription schedule `" + schedule.text("/id")));
    }
    EXPECT_EQ(client.get(path(subscription)).body["cancel_at"], nullptr);
}

TEST_F(SchedulesChangedTest, ATrialThatIsNotNamedGoesOn) {
    const Reply subscription =
        client.post("/v1/subscriptions",
                    {{"customer", who}, {"items[0][price]", gold}, {"trial_period_days", "7"}});
    const Reply schedule = adopt(subscription);
    EXPECT_EQ(schedule.body["phases"][0]["trial_end"], kStart + 7 * kDaySec);
    ASSERT_EQ(downgrade(schedule).status(), 200);
    EXPECT_EQ(status(subscription), "trialing");
    pass(7 * kDaySec);
    EXPECT_EQ(status(subscription), "active");
    EXPECT_EQ(invoices()[0]["total"], 1'000);
}

TEST_F(SchedulesChangedTest, OneThatHasNotStartedMayBeMoved) {
    const auto later = [](std::int64_t days) { return fmt::format("{}", kStart + days * kDaySec); };
    const Reply made =
        create({{"customer", who}, {"start_date", later(5)}, {"phases[0][items][0][price]", gold}});
    const Reply moved =
        update(made, {{"phases[0][start_date]", later(9)}, {"phases[0][items][0][price]", bronze}});
    ASSERT_EQ(moved.status(), 200) << moved.body;
    pass(6 * kDaySec);
    EXPECT_EQ(client.get(at(made)).text("/status"), "not_started");
    const Reply now =
        update(made, {{"phases[0][start_date]", "now"}, {"phases[0][items][0][price]", bronze}});
    EXPECT_EQ(now.text("/status"), "active") << now.body;
    EXPECT_EQ(invoices()[0]["total"], 1'000);
    pass(10 * kDaySec);
    EXPECT_EQ(invoices().size(), 1u);
}

TEST_F(SchedulesChangedTest, WaitForACardWhenTheyStartLater) {
    const Reply made = create({{"customer", client.post("/v1/customers").text("/id")},
                               {"start_date", fmt::format("{}", kStart + kDaySec)},
                               {"phases[0][items][0][price]", gold}});
    pass(kDaySec);
    const Reply begun = client.get(at(made), {{"expand[]", "subscription"}});
    EXPECT_EQ(begun.text("/status"), "active");
    EXPECT_EQ(begun.text("/subscription/status"), "incomplete");
    pass(kDaySec);
    EXPECT_EQ(client.get(at(made)).text("/status"), "canceled");
    const Reply at_once = create({{"customer", client.post("/v1/customers").text("/id")},
                                  {"start_date", "now"},
                                  {"phases[0][items][0][price]", gold}});
    EXPECT_EQ(at_once.status(), 400);
}

TEST_F(SchedulesChangedTest, RefusesWhatIsNotTaken) {
    const Fields good = {
        {"customer", who}, {"start_date", "now"}, {"phases[0][items][0][price]", gold}};
    const std::vector<std::pair<std::string, std::string>> bad = {
        {"phases[0][add_invoice_items][0][price]", "phases[0][add_invoice_items]"},
        {"phases[0][application_fee_percent]", "phases[0][application_fee_percent]"},
        {"phases[0][billing_thresholds][amount_gte]", "phases[0][billing_thresholds]"},
        {"phases[0][transfer_data][destination]", "phases[0][transfer_data]"},
        {"phases[0][on_behalf_of]", "phases[0][on_behalf_of]"},
        {"phases[0][items][0][discounts][0][coupon]", "phases[0][items][0][discounts]"},
        {"phases[0][items][0][quantity]", "phases[0][items][0][quantity]"},
        {"phases[0][invoice_settings][footer]", "phases[0][invoice_settings][footer]"},
        {"phases[0][duration][interval]", "phases[0][duration][interval]"},
        {"phases[0][end_date]", "phases[0][end_date]"},
        {"phases[0][proration_behavior]", "phases[0][proration_behavior]"},
        {"phases[0][start_date]", "phases[0][start_date]"},
        {"phases[0][discounts][0][coupon]", "discounts[0][coupon]"},
        {"phases[1][items][0][price]", "phases[1][items][0][price]"},
        {"phases[1][trial]", "phases[1][items]"},
        {"default_settings[transfer_data][destination]", "default_settings[transfer_data]"},
        {"default_settings[collection_method]", "default_settings[collection_method]"},
        {"pause_schedules[0][key]", "pause_schedules"},
        {"end_behavior", "end_behavior"},
    };
    const auto invoices_before = invoices().size();
    for (const auto& [name, param] : bad) {
        Fields fields = good;
        fields.emplace_back(name, name.ends_with("end_date]") ? "1" : "x");
        if (name.ends_with("[trial]")) fields.back().second = "true";
        const Reply reply = create(fields);
        EXPECT_EQ(reply.status(), 400) << name << reply.body;
        EXPECT_EQ(reply.error("param"), param) << reply.body;
    }
    EXPECT_EQ(create({{"customer", who}, {"start_date", "now"}}).error("param"), "phases");
    for (const auto name : {"phases", "phases[0]", "phases[0][items]"}) {
        for (const auto value : {"", "x"}) {
            EXPECT_EQ(create({{"customer", who}, {"start_date", "now"}, {name, value}}).status(),
                      400)
                << name;
        }
    }
    EXPECT_EQ(create({{"customer", who}, {"phases[0][items][0][price]", gold}}).error("param"),
              "start_date");
    EXPECT_EQ(
        create({{"customer", who}, {"start_date", "1000"}, {"phases[0][items][0][price]", gold}})
            .error("param"),
        "start_date");
    EXPECT_EQ(create({{"from_subscription", "sub_0"}}).error("param"), "from_subscription");
    EXPECT_EQ(adopt(subscribe(who, gold), {{"end_behavior", "cancel"}}).error("param"),
              "end_behavior");
    EXPECT_EQ(invoices().size(), invoices_before + 1);
    EXPECT_TRUE(world().tables.subscription_schedules.rows().empty());
    EXPECT_EQ(client.get("/v1/subscription_schedules/sub_sched_0").status(), 404);
}

TEST_F(SchedulesChangedTest, AnUpdateHasToKeepTheRunningPhase) {
    const Reply schedule = adopt(subscribe(who, gold));
    pass(kDaySec);
    const Reply before = client.get(at(schedule));
    EXPECT_THAT(update(schedule, {{"phases[0][items][0][price]", bronze}}).error("message"),
                HasSubstr("missing at least one phase with a `start_date`"));
    EXPECT_EQ(
        update(schedule, {{"phases[0][start_date]", end}, {"phases[0][items][0][price]", bronze}})
            .error("param"),
        "phases[0][start_date]");
    EXPECT_EQ(update(schedule, running("1", {{"phases[1][items][0][price]", bronze},
                                             {"phases[1][start_date]", start}}))
                  .error("param"),
              "phases[1][start_date]");
    EXPECT_EQ(client.get(at(schedule)).body, before.body);
}

}  // namespace
}  // namespace onsite::simulator::testing
