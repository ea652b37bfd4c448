#include "simulator/resources/invoice_preview.hpp"

#include <fmt/format.h>

#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/discounts.hpp"
#include "simulator/billing/invoicing.hpp"
#include "simulator/resources/invoices.hpp"
#include "simulator/resources/subscription_params.hpp"
#include "simulator/resources/unsimulated.hpp"

namespace onsite::simulator {
namespace {

Answer shown(const Call& call, const Invoice& invoice) {
    Invoice preview = invoice;
    preview.id = fmt::format(
        "upcoming_in_{}", invoice.subscription.empty() ? invoice.customer : invoice.subscription);
    JsonWriter json;
    write_invoice(json, call.view(), preview);
    return std::make_shared<const std::string>(json.written());
}

// What a change bills at once; else the renewal after it, with what it leaves for that.
std::expected<Invoice, ApiError> after_change(World& world, const Subscription& subscription,
                                              ChangeParams change) {
    auto order = order_of(world, subscription, std::move(change));
    if (!order) return std::unexpected(order.error());
    if (auto at_once = invoice_of_change(world, subscription, *order)) return *at_once;
    Invoice invoice = subscription_invoice(world, subscription, "upcoming");
    Subscription next = order->after;
    next.period = renewal_invoice_period(subscription);
    next.status = SubscriptionStatus::active;
    add_period_lines(world, invoice, next, order->items, next.period);
    take_pending_items(world, invoice);
    for (Charged& charged : prorations_of(world, subscription, *order)) {
        invoice.lines.push_back({.id = {}, .invoice_item = {}, .charged = std::move(charged)});
    }
    recalculate(world, invoice);
    return invoice;
}

std::expected<Invoice, ApiError> of_subscription(World& world, std::string_view id,
                                                 ChangeParams change) {
    const Subscription* subscription = world.tables.subscriptions.find(id);
    if (subscription == nullptr || has_ended(*subscription) ||
        world.tables.customers.find(subscription->customer) == nullptr) {
        return std::unexpected(no_such("subscription", id, "subscription"));
    }
    if (!change.items.empty()) return after_change(world, *subscription, std::move(change));
    if (subscription->cancel_at) {
        return std::unexpected(wrong_state(
            "invoice_upcoming_none", fmt::format("No upcoming invoices for subscription: {}", id)));
    }
    return renewal_invoice(world, *subscription);
}

// The one of the customer's that is billed next; nullptr when none is.
const Subscription* next_to_renew(const World& world, std::string_view customer) {
    const Subscription* next = nullptr;
    for (const Subscription* one : world.tables.subscriptions.rows_of(customer)) {
        const bool is_going_on = one->status == SubscriptionStatus::trialing ||
                                 one->status == SubscriptionStatus::active ||
                                 one->status == SubscriptionStatus::past_due;
        if (!is_going_on || one->cancel_at) continue;
        if (next == nullptr || one->period.end < next->period.end) next = one;
    }
    return next;
}

std::expected<Invoice, ApiError> of_customer(World& world, const Customer& customer,
                                             ChangeParams change) {
    if (!change.items.empty()) {
        StartOrder order;
        order.subscription.customer = customer.id;
        auto items = items_after(world, {}, std::move(change.items), order.subscription);
        if (!items) return std::unexpected(items.error());
        order.items = std::move(*items);
        return first_invoice(world, std::move(order));
    }
    if (const Subscription* next = next_to_renew(world, customer.id)) {
        return renewal_invoice(world, *next);
    }
    Invoice invoice = new_invoice(world, customer);
    take_pending_items(world, invoice);
    if (invoice.lines.empty()) {
        return std::unexpected(
            wrong_state("invoice_upcoming_none",
                        fmt::format("No upcoming invoices for customer: {}", customer.id)));
    }
    recalculate(world, invoice);
    return invoice;
}

ChangeParams read_change_to_preview(ParamReader& params, const World& world) {
    ParamReader details = params.object("subscription_details");
    ChangeParams change;
    change.items = read_items(details, world);
    read_prorate(details, change.prorate);
    change.proration_date = details.integer("proration_date", 0);
    return change;
}

// Before kBasil there was a word for each of the details.
void read_older_change_to_preview(ParamReader& params, const World& world, ChangeParams& change) {
    auto items = read_items(params, world, "subscription_items");
    if (!items.empty()) change.items = std::move(items);
    read_prorate(params, change.prorate, "subscription_proration_behavior");
    if (const auto date = params.integer("subscription_proration_date", 0)) {
        change.proration_date = *date;
    }
}

// The coupons that the call names instead of those that the invoice has from its subscription or
// customer.
std::expected<void, ApiError> replace_discounts(const World& world, Invoice& invoice,
                                                const std::vector<DiscountOrder>& orders) {
    const DiscountOwner owner{
        .customer = invoice.customer, .currency = invoice.currency, .now_s = invoice.created};
    if (auto good = check_discounts(world, orders, owner); !good) return good;
    auto discounts = preview_discounts(world, orders, owner);
    invoice.discounts.clear();
    for (Discount& discount : discounts) {
        if (!discount.id.empty()) continue;
        discount.id = fmt::format("di_preview{}", &discount - discounts.data());
    }
    recalculate(world, invoice, discounts);
    for (const Discount& discount : discounts) invoice.discounts.push_back(discount.id);
    return {};
}

Answer preview(Call& call, ChangeParams change) {
    ParamReader& params = call.params;
    World& world = call.world;
    const auto customer_id = params.set_text("customer");
    const auto subscription = params.set_text("subscription");
    refuse_unsimulated(params, "A preview",
                       {"invoice_items", "preview_mode", "schedule", "schedule_details"});
    const bool has_own_discounts = has_discounts(params);
    const auto orders = read_discounts(params);
    if (params.clears("discounts")) params.ignore("discounts");
    params.ignore({"automatic_tax", "currency", "customer_details"});
    for (const ItemParams& item : change.items) {
        if (item.price_data) {
            params.refuse("subscription_details",
                          "This simulator previews prices that are there, not price_data.");
        }
    }
    if (!customer_id && !subscription) params.refuse(parameter_missing("customer"));
    if (auto good = params.finish(); !good) return std::unexpected(good.error());
    const Customer* customer = world.tables.customers.find(customer_id.value_or(""));
    if (customer_id && (customer == nullptr || customer->is_deleted)) {
        return std::unexpected(no_such("customer", *customer_id, "customer"));
    }
    auto invoice = subscription ? of_subscription(world, *subscription, std::move(change))
                                : of_customer(world, *customer, std::move(change));
    if (!invoice) return std::unexpected(invoice.error());
    if (has_own_discounts) {
        if (auto good = replace_discounts(world, *invoice, orders); !good) {
            return std::unexpected(good.error());
        }
    }
    return shown(call, *invoice);
}

}  // namespace

Answer preview_invoice(Call& call) {
    return preview(call, read_change_to_preview(call.params, call.world));
}

Answer upcoming_invoice(Call& call) {
    // The word is an id like any other since then.
    if (call.version >= kBasil) return std::unexpected(no_such_in_path("invoice", "upcoming"));
    ChangeParams change = read_change_to_preview(call.params, call.world);
    read_older_change_to_preview(call.params, call.world, change);
    return preview(call, std::move(change));
}

}  // namespace onsite::simulator
