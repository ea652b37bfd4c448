#include "simulator/billing/portal.hpp"

#include <utility>

#include <fmt/format.h>

#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/resources/customers.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/subscription_params.hpp"

namespace onsite::simulator {
namespace {

bool is_shown(const PortalSession& session, const Subscription& subscription) {
    return !has_ended(subscription) && subscription.customer == session.customer &&
           (session.subscription.empty() || subscription.id == session.subscription);
}

Changed change(World& world, const PortalSession& session, std::string_view id, ChangeParams sent) {
    Subscription* subscription = world.tables.subscriptions.find(id);
    if (subscription == nullptr || !is_shown(session, *subscription)) {
        return std::unexpected(no_such("subscription", id, "subscription"));
    }
    auto order = order_of(world, *subscription, std::move(sent));
    if (!order) return std::unexpected(std::move(order.error()));
    return change_subscription(world, *subscription, std::move(*order));
}

}  // namespace

std::string portal_url(const World& world, const PortalSession& session) {
    return fmt::format("{}/_onsite/portal/{}", world.base_url, session.id);
}

std::vector<const Subscription*> subscriptions_of(const World& world,
                                                  const PortalSession& session) {
    std::vector<const Subscription*> shown;
    for (const Subscription* one : world.tables.subscriptions.rows_of(session.customer)) {
        if (is_shown(session, *one)) shown.push_back(one);
    }
    return shown;
}

std::vector<const Price*> other_prices(const World& world, const Subscription& subscription) {
    std::vector<const Price*> others;
    const Items items = items_of(world, subscription);
    if (items.size() != 1) return others;
    for (const Price& price : world.tables.prices.rows()) {
        const bool recurs = price.recurring.count > 0;
        if (!price.is_active || !recurs || price.currency != subscription.currency) continue;
        if (price.id != items.front().price) others.push_back(&price);
        if (others.size() == kOtherPricesMax) break;
    }
    return others;
}

Changed end_with_period(World& world, const PortalSession& session, std::string_view subscription,
                        bool ends) {
    const Subscription* before = world.tables.subscriptions.find(subscription);
    if (before == nullptr) {
        return std::unexpected(no_such("subscription", subscription, "subscription"));
    }
    Subscription after = *before;
    after.is_canceled_at_period_end = ends;
    after.cancel_at.reset();
    after.canceled_at.reset();
    after.cancel_reason.clear();
    if (ends) {
        after.cancel_at = after.period.end;
        after.canceled_at = timeline_of(world, after.customer).now_s();
        after.cancel_reason = "cancellation_requested";
    }
    return change(world, session, subscription, {.after = std::move(after)});
}

Changed change_items(World& world, const PortalSession& session, std::string_view subscription,
                     const std::vector<PortalItem>& items) {
    ChangeParams sent;
    for (const PortalItem& item : items) {
        ItemParams one;
        one.path = fmt::format("items[{}]", sent.items.size());
        one.id = item.id;
        one.price = item.price;
        one.quantity = item.quantity;
        sent.items.push_back(std::move(one));
    }
    return change(world, session, subscription, std::move(sent));
}

Changed keep_default(World& world, const PortalSession& session, MethodChoice choice) {
    if (auto good = check_customer(world, session.customer); !good) return good;
    if (auto good = check_attachable(world, *choice.get(), session.customer); !good) return good;
    const Body before = rendered(world, kCustomerType, session.customer);
    PaymentMethod& method = choice.keep(world);
    attach(world, method, session.customer);
    world.tables.customers.find(session.customer)->default_payment_method = method.id;
    emit_changed(world, kCustomerType, session.customer, "customer.updated", before);
    return {};
}

}  // namespace onsite::simulator
