#include "simulator/resources/subscriptions.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "simulator/billing/calendar.hpp"
#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/scheduling.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/resources/added_items.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/subscription_params.hpp"
#include "simulator/resources/subscription_settings.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kSubscriptionSource =
    "docs.stripe.com/api/subscriptions, docs.stripe.com/billing/subscriptions/overview";
// docs.stripe.com/billing/testing/test-clocks
constexpr std::ptrdiff_t kSubscriptionsOfClockCustomerMax = 3;

// ---- Create ----

std::expected<void, ApiError> check_anchor(const Subscription& subscription, std::int64_t now) {
    const BillingAnchor& anchor = subscription.anchor;
    if (anchor.config && !counts_months(subscription.recurrence)) {
        return std::unexpected(invalid_parameter(
            "billing_cycle_anchor_config",
            "billing_cycle_anchor_config is only valid with monthly and yearly prices."));
    }
    if (!anchor.config && anchor.moment > boundary({now}, subscription.recurrence, 1)) {
        return std::unexpected(invalid_parameter(
            "billing_cycle_anchor",
            "billing_cycle_anchor cannot be later than next natural billing date for plan."));
    }
    return {};
}

}  // namespace

std::expected<void, ApiError> check_start(const World& world, const StartOrder& order) {
    const Subscription& subscription = order.subscription;
    const Customer& customer = *world.tables.customers.find(subscription.customer);
    const std::int64_t now = timeline_of(world, customer).now_s();
    if (subscription.collection == Collection::send_invoice && !subscription.days_until_due) {
        return std::unexpected(parameter_missing("days_until_due"));
    }
    if (auto good = check_anchor(subscription, now); !good) return good;
    const auto live =
        std::ranges::count_if(world.tables.subscriptions.rows_of(customer.id),
                              [&](const Subscription* other) { return !has_ended(*other); });
    if (!customer.test_clock.empty() && live >= kSubscriptionsOfClockCustomerMax) {
        return std::unexpected(invalid_parameter(
            "customer", fmt::format("A customer with a test clock can have at most {} "
                                    "subscriptions.",
                                    kSubscriptionsOfClockCustomerMax)));
    }
    if (auto good = check_currency(customer, subscription.currency, "items[0][price]"); !good) {
        return good;
    }
    return check_discounts(
        world, order.discounts,
        {.customer = customer.id, .currency = subscription.currency, .now_s = now});
}

namespace {

Answer create_subscription(Call& call) {
    ParamReader& params = call.params;
    World& world = call.world;
    StartOrder order;
    Subscription& subscription = order.subscription;
    subscription.customer = params.required_text("customer");
    const std::int64_t now = timeline_of(world, subscription.customer).now_s();
    if (!params.has("items")) params.refuse(parameter_missing("items"));
    auto items = read_items(params, world);
    auto added = read_added_items(params, world);
    read_subscription(call, subscription);
    read_trial(params, subscription, now);
    read_anchor(params, subscription, now);
    order.ends_with_period = read_cancel_at(params, subscription, now);
    read_payment_behavior(params, order.payment_behavior);
    read_prorate(params, order.prorate);
    order.discounts = read_discounts(params);
    const auto currency = params.currency("currency");
    params.ignore("off_session");
    if (auto good = params.finish(); !good) return std::unexpected(good.error());
    const Customer* customer = world.tables.customers.find(subscription.customer);
    if (customer == nullptr || customer->is_deleted) {
        return std::unexpected(no_such("customer", subscription.customer, "customer"));
    }
    subscription.test_clock = customer->test_clock;
    subscription.currency = currency.value_or("");
    auto found = items_after(world, {}, std::move(items), subscription, [&] {
        auto good = check_start(world, order);
        return good ? check_added_items(added, subscription.currency) : good;
    });
    if (!found) return std::unexpected(found.error());
    order.items = std::move(*found);
    order.added = charged_for(world, std::move(added));
    const auto id = start_subscription(world, std::move(order));
    if (!id) return std::unexpected(id.error());
    return answer(call, kSubscriptionType, *id);
}

// ---- The rest ----

std::expected<Subscription*, ApiError> subscription_of(const Call& call) {
    Subscription* subscription = call.world.tables.subscriptions.find(call.ids[0]);
    // Without its customer, which a full table drops, it has no time.
    if (subscription == nullptr ||
        call.world.tables.customers.find(subscription->customer) == nullptr) {
        return std::unexpected(no_such_in_path("subscription", call.ids[0]));
    }
    return subscription;
}

Answer retrieve_subscription(Call& call) {
    const auto subscription = subscription_of(call);
    if (!subscription) return std::unexpected(subscription.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kSubscriptionType, (*subscription)->id);
}

ApiError is_over() {
    return wrong_state("",
                       "A canceled subscription can only update its cancellation_details and "
                       "metadata.");
}

// `ends_otherwise`: the call says when it ends.
std::expected<void, ApiError> check_change(const World& world, const Subscription& subscription,
                                           bool ends_otherwise) {
    if (has_ended(subscription)) return std::unexpected(is_over());
    if (!ends_otherwise || schedule_of(world, subscription) == nullptr) return {};
    return std::unexpected(wrong_state(
        "", fmt::format("The subscription is managed by the subscription schedule `{}`, and "
                        "updating any cancelation behavior directly is not allowed. Please update "
                        "the schedule instead.",
                        subscription.schedule)));
}

Answer update_subscription(Call& call) {
    constexpr std::array<std::string_view, 2> kAnchors = {"now", "unchanged"};
    const auto found = subscription_of(call);
    if (!found) return std::unexpected(found.error());
    World& world = call.world;
    ParamReader& params = call.params;
    Subscription& subscription = **found;
    const std::int64_t now = timeline_of(world, subscription.customer).now_s();
    Subscription after = subscription;
    ChangeParams change;
    change.items = read_items(params, world);
    read_subscription(call, after);
    read_pause(params, after);
    const bool ends_otherwise = params.has("cancel_at") || params.has("cancel_at_period_end");
    if (read_cancel_at(params, after, now)) after.cancel_at = after.period.end;
    change.ends_trial = read_trial_end(params, after, now);
    change.moves_anchor = params.choice("billing_cycle_anchor", kAnchors).value_or(1) == 0;
    read_details(params, after.cancel_comment, after.cancel_feedback);
    read_change(params, change);
    const bool is_to_discount = has_discounts(params);
    const auto orders = read_discounts(params);
    if (params.clears("discounts")) params.ignore("discounts");
    if (auto good = params.finish(); !good) return std::unexpected(good.error());
    if (auto good = check_change(world, subscription, ends_otherwise); !good) {
        return std::unexpected(good.error());
    }
    const DiscountOwner owner{.customer = subscription.customer,
                              .subscription = subscription.id,
                              .currency = subscription.currency,
                              .now_s = now};
    if (auto good = check_discounts(world, orders, owner); !good) {
        return std::unexpected(good.error());
    }
    change.after = std::move(after);
    auto order = order_of(world, subscription, std::move(change));
    if (!order) return std::unexpected(order.error());
    const auto discounts = subscription.discounts;
    if (is_to_discount) order->after.discounts = redeem(world, orders, owner);
    const auto discounts_after = order->after.discounts;
    if (auto done = change_subscription(world, subscription, std::move(*order)); !done) {
        return std::unexpected(done.error());
    }
    tell_discounts(world, discounts, discounts_after);
    return answer(call, kSubscriptionType, subscription.id);
}

Answer delete_subscription(Call& call) {
    const auto subscription = subscription_of(call);
    if (!subscription) return std::unexpected(subscription.error());
    CancelOrder order;
    update_flag(call.params, "invoice_now", order.is_invoiced_now);
    update_flag(call.params, "prorate", order.is_prorated);
    read_details(call.params, order.comment, order.feedback);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (has_ended(**subscription)) {
        return std::unexpected(no_such_in_path("subscription", call.ids[0]));
    }
    cancel_subscription(call.world, **subscription, order);
    return answer(call, kSubscriptionType, (*subscription)->id);
}

Answer resume(Call& call) {
    constexpr std::array<std::string_view, 2> kAnchors = {"now", "unchanged"};
    const auto subscription = subscription_of(call);
    if (!subscription) return std::unexpected(subscription.error());
    const bool is_moved = call.params.choice("billing_cycle_anchor", kAnchors).value_or(0) == 0;
    call.params.ignore({"proration_behavior", "proration_date", "payment_behavior"});
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if ((*subscription)->status != SubscriptionStatus::paused) {
        return std::unexpected(
            wrong_state("", fmt::format("Only paused subscriptions can be resumed. This one is {}.",
                                        to_string((*subscription)->status))));
    }
    resume_subscription(call.world, **subscription, is_moved);
    return answer(call, kSubscriptionType, (*subscription)->id);
}

constexpr std::string_view kSubscriptionNote =
    "one interval for all items; classic billing mode; pending_if_incomplete, "
    "backdate_start_date, thresholds, transfers and an anchor with a trial are refused; "
    "what billing_cycle_anchor_config does not say of the time is as at the call; automatic_tax "
    "and "
    "invoice_settings are taken and have no effect; retries follow billing/dunning.hpp; a "
    "pending_setup_intent is made when no card works off session, and makes its card the default "
    "where save_default_payment_method says so";

constexpr std::array kSubscriptionRoutes = {
    Route{.method = Method::post,
          .path = "/v1/subscriptions",
          .handle = create_subscription,
          .result = "subscription",
          .fidelity = Fidelity::simplified,
          .note = kSubscriptionNote,
          .source = kSubscriptionSource},
    Route{.method = Method::get,
          .path = "/v1/subscriptions/{id}",
          .handle = retrieve_subscription,
          .result = "subscription",
          .source = kSubscriptionSource},
    Route{.method = Method::post,
          .path = "/v1/subscriptions/{id}",
          .handle = update_subscription,
          .result = "subscription",
          .fidelity = Fidelity::simplified,
          .note = kSubscriptionNote,
          .source = kSubscriptionSource},
    Route{.method = Method::del,
          .path = "/v1/subscriptions/{id}",
          .handle = delete_subscription,
          .result = "subscription",
          .source = kSubscriptionSource},
    Route{.method = Method::post,
          .path = "/v1/subscriptions/{id}/resume",
          .handle = resume,
          .result = "subscription",
          .fidelity = Fidelity::simplified,
          .note = "proration_behavior, proration_date and payment_behavior have no effect: the "
                  "period from now is billed, and active follows when it is paid",
          .source = kSubscriptionSource},
};

}  // namespace

std::span<const Route> subscription_routes() { return kSubscriptionRoutes; }

}  // namespace onsite::simulator
