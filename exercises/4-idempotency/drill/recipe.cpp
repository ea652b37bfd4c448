#include "exercises/4-idempotency/drill/recipe.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "exercises/4-idempotency/drill/taxonomy.hpp"
#include "exercises/4-idempotency/drill/traffic.hpp"
#include "simulator/core/timeline.hpp"

namespace onsite::drill {
namespace {

using scenarios::Flow;
using simulator::CutPoint;
using simulator::FaultKind;
using simulator::kHour;
using simulator::kMinute;
using simulator::kSecond;
using simulator::WebhookFaultKind;

// 2026-01-05T08:00:00Z, a Monday morning; an incident is on one of the days after it.
constexpr std::int64_t kFirstMorningUs = 1'767'600'000LL * 1'000'000;

// ---- What meets the defect, for one order each ----

// The answer is lost, and the shopper fills in an address before the retry.
void change_before_retry(Traffic& traffic, const Order& order) {
    traffic.click(order).email.clear();
    traffic.lose_answer(order);
    traffic.change(order, traffic.later(order, 300'000, 1'900'000));
}

void buy_again(Traffic& traffic, const Order& order) {
    const Order& before = traffic.earlier(order);
    traffic.click(order).customer = traffic.click(before).customer;
}

void click_twice(Traffic& traffic, const Order& order) {
    traffic.click_again(order, traffic.later(order, 30'000, 900'000));
}

// A form saves itself between the first delivery and the second.
void change_before_redelivery(Traffic& traffic, const Order& order) {
    traffic.click(order).email.clear();
    traffic.change(order, traffic.later(order, 420'000, 640'000));
    traffic.webhook_fault({.event_type = "payment_intent.created", .nth = order.nth});
}

void second_card(Traffic& traffic, const Order& order) { traffic.decline(order); }

void one_refund(Traffic& traffic, const Order& order) {
    traffic.refund(order, traffic.later(order, 4 * kMinute, 12 * kMinute),
                   traffic.click(order).amount / 2, "r1");
}

void two_equal_refunds(Traffic& traffic, const Order& order) {
    const std::int64_t amount = traffic.click(order).amount / 3;
    traffic.refund(order, traffic.later(order, 3 * kMinute, 6 * kMinute), amount, "r1");
    traffic.refund(order, traffic.later(order, 7 * kMinute, 12 * kMinute), amount, "r2");
}

void slow(Traffic& traffic, const Order& order) { traffic.slow_down(order); }

void error_after_charge(Traffic& traffic, const Order& order) {
    traffic.fault(
        {.operation = order.payment, .at = CutPoint::after_commit, .kind = FaultKind::status});
}

void cancel_while_paying(Traffic& traffic, const Order& order) {
    traffic.fault({.operation = order.payment,
                   .at = CutPoint::before_commit,
                   .kind = FaultKind::delay,
                   .delay_us = 1'200'000});
    traffic.cancel(order, traffic.later(order, 200'000, 1'100'000));
}

void deliver_twice(Traffic& traffic, const Order& order) {
    traffic.webhook_fault({.event_type = "payment_intent.succeeded", .nth = order.nth});
}

// The answer comes in the millisecond of the webhook, the third one of its order.
void answer_with_webhook(Traffic& traffic, const Order& order) {
    traffic.fault({.operation = order.payment, .kind = FaultKind::stall, .delay_us = 220'000});
}

void created_comes_late(Traffic& traffic, const Order& order) {
    traffic.webhook_fault({.event_type = "payment_intent.created",
                           .nth = order.nth,
                           .kind = WebhookFaultKind::delay,
                           .delay_us = 3 * kSecond});
}

void in_yen(Traffic& traffic, const Order& order) { traffic.click(order).currency = "jpy"; }

void crash_at_settling(Traffic& traffic, const Order& order) {
    traffic.crash({.order = order.name, .await = "settle"});
}

void lose_answers(Traffic& traffic, const Order& order) { traffic.lose_answer(order); }

constexpr unsigned kQuiet = kLateChange;
constexpr std::int64_t kMany = 12;

// In no order that says anything.
constexpr std::array kRecipes = {
    Recipe{.id = "incident-01",
           .cause = "looks-then-acts",
           .stage = answer_with_webhook,
           .slow_percent = 5,
           .habits = kEverything & ~(kLostAnswer | kSecondCard)},
    Recipe{.id = "incident-02",
           .cause = "retry-with-another-body",
           .stage = change_before_retry,
           .late_webhooks_us = 4 * kSecond},
    Recipe{.id = "incident-03", .cause = "slow-provider", .stage = slow},
    Recipe{.id = "incident-04",
           .cause = "forgets-cancelled-orders",
           .stage = cancel_while_paying,
           .staged_percent = 4,
           .slow_percent = 5},
    Recipe{.id = "incident-05",
           .cause = "key-of-the-customer",
           .stage = buy_again,
           .habits = kEverything & ~(kSecondCard | kLateCancel)},
    Recipe{.id = "incident-06",
           .cause = "refund-key-of-the-amount",
           .stage = two_equal_refunds,
           .slow_percent = 5},
    Recipe{.id = "incident-07", .cause = "conflict-is-failure", .stage = slow},
    Recipe{.id = "incident-08",
           .cause = "confirms-at-every-delivery",
           .flow = Flow::confirm_on_webhook,
           .stage = change_before_redelivery,
           .staged_percent = 6,
           .habits = kLateChange | kLateCancel,
           .webhook_us = 300'000},
    Recipe{.id = "incident-09",
           .cause = "impatient-shoppers",
           .stage = click_twice,
           .staged_percent = kMany,
           .slow_percent = 5},
    Recipe{.id = "incident-10",
           .cause = "works-at-every-delivery",
           .flow = Flow::fulfil_on_webhook,
           .stage = deliver_twice,
           .slow_percent = 5,
           .habits = kEverything & ~kLostAnswer},
    Recipe{.id = "incident-11",
           .cause = "payment-per-click",
           .stage = click_twice,
           .slow_percent = 5,
           .habits = kEverything & ~kDoubleClick},
    Recipe{.id = "incident-12",
           .cause = "new-key-after-500",
           .stage = error_after_charge,
           .staged_percent = 4,
           .slow_percent = 5},
    Recipe{.id = "incident-13",
           .cause = "lost-answers",
           .stage = lose_answers,
           .staged_percent = kMany,
           .slow_percent = 5},
    Recipe{.id = "incident-14", .cause = "hundredths-of-a-yen", .stage = in_yen, .slow_percent = 5},
    Recipe{.id = "incident-15",
           .cause = "key-without-the-card",
           .stage = second_card,
           .habits = kEverything & ~kSecondCard},
    Recipe{.id = "incident-16",
           .cause = "notes-the-event-first",
           .flow = Flow::fulfil_on_webhook,
           .stage = crash_at_settling,
           .staged_percent = 3,
           .slow_percent = 5,
           .habits = kQuiet},
    Recipe{.id = "incident-17",
           .cause = "repeated-webhooks",
           .flow = Flow::fulfil_on_webhook,
           .stage = deliver_twice,
           .staged_percent = kMany,
           .slow_percent = 5,
           .habits = kQuiet},
    Recipe{.id = "incident-18",
           .cause = "retries-at-once",
           .stage = slow,
           .habits = kEverything & ~kLostAnswer},
    Recipe{.id = "incident-19",
           .cause = "key-of-the-order",
           .stage = one_refund,
           .slow_percent = 5,
           .habits = kEverything & ~kOneRefund},
    Recipe{.id = "incident-20",
           .cause = "believes-the-latest-event",
           .flow = Flow::fulfil_on_webhook,
           .stage = created_comes_late,
           .slow_percent = 5,
           .habits = kQuiet},
    Recipe{.id = "incident-21",
           .cause = "order-after-the-payment",
           .flow = Flow::fulfil_on_webhook,
           .stage = slow,
           .habits = kQuiet},
    Recipe{.id = "incident-22",
           .cause = "declined-cards",
           .stage = second_card,
           .staged_percent = kMany,
           .slow_percent = 5},
};

}  // namespace

bool Recipe::is_control() const { return find_cause(cause)->is_harmless; }

const scenarios::ShopKind& Recipe::shop() const {
    return *scenarios::find_shop(is_control() ? scenarios::kReference : cause);
}

std::span<const Recipe> recipes() { return kRecipes; }

const Recipe* find_recipe(std::string_view id) {
    const auto found = std::ranges::find(kRecipes, id, &Recipe::id);
    return found == kRecipes.end() ? nullptr : &*found;
}

const Recipe& random_recipe(std::uint64_t seed) {
    Rng chance = Rng(seed).fork("recipe");
    const bool wants_control = chance.below(4) == 0;
    std::vector<const Recipe*> fitting;
    for (const Recipe& recipe : kRecipes) {
        if (recipe.is_control() == wants_control) fitting.push_back(&recipe);
    }
    return *fitting[chance.below(fitting.size())];
}

scenarios::Scenario make_scenario(const Recipe& recipe, std::uint64_t seed) {
    const Rng chance = Rng(seed).fork(recipe.id);
    const auto day = static_cast<std::int64_t>(chance.fork("day").below(300));
    scenarios::Scenario scenario{.id = "drill", .story = "An incident.", .seed = seed};
    scenario.start_us = kFirstMorningUs + day * 24 * kHour;
    scenario.latency.webhook_us = recipe.webhook_us;
    scenario.shop.flow = recipe.flow;
    scenario.horizon_us = 8 * kHour;
    Traffic(scenario, recipe, chance.fork("traffic")).make();
    if (recipe.late_webhooks_us > 0) {
        scenario.webhook_faults.push_back({.event_type = "payment_intent.succeeded",
                                           .nth = 0,
                                           .kind = WebhookFaultKind::delay,
                                           .delay_us = recipe.late_webhooks_us});
    }
    scenario.expect = {{std::string(recipe.shop().name), {}}};
    return scenario;
}

}  // namespace onsite::drill
