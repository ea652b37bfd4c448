#include "simulator/billing/subscription_lines.hpp"

#include <algorithm>
#include <array>
#include <ranges>

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/billing/calendar.hpp"
#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/discounts.hpp"
#include "simulator/billing/invoicing.hpp"
#include "simulator/resources/invoice_items.hpp"
#include "simulator/wire/currency.hpp"

namespace onsite::simulator {
namespace {

std::string name_of(const World& world, const Price& price) {
    const Product* product = world.tables.products.find(price.product);
    return product == nullptr ? price.id : product->name;
}

std::string counted(std::int64_t quantity, const std::string& name) {
    return quantity == 1 ? name : fmt::format("{} × {}", quantity, name);
}

// "$10.00 / month", "¥500 / every 3 months". Stripe's signs of other currencies are not known here:
// they show their code.
std::string shown_rate(const Price& price) {
    const int digits = exponent_of(price.currency);
    std::string amount = decimal_text(price.unit_price, kUnitDigits + digits);
    const std::size_t point = std::min(amount.find('.'), amount.size());
    const std::size_t decimals = point == amount.size() ? 0 : amount.size() - point - 1;
    if (digits > 0 && decimals == 0) amount += '.';
    for (auto i = decimals; i < static_cast<std::size_t>(digits); ++i) amount += '0';
    constexpr std::array<std::string_view, 4> kIntervals = {"day", "week", "month", "year"};
    const std::string_view interval =
        kIntervals[static_cast<std::size_t>(price.recurring.interval)];
    const std::string every = price.recurring.count == 1
                                  ? std::string(interval)
                                  : fmt::format("every {} {}s", price.recurring.count, interval);
    return fmt::format("{}{} / {}", sign_of(price.currency), amount, every);
}

// What all lines of an item have in common.
Charged charged_of(const World& world, const Subscription& subscription,
                   const SubscriptionItem& item, const Price& price) {
    return {.amount = amount_of(price.unit_price, item.quantity).value_or(0),
            .currency = subscription.currency,
            .description = name_of(world, price),
            .quantity = item.quantity,
            .unit_price = price.unit_price,
            .price = price.id,
            .product = price.product,
            .subscription = subscription.id,
            .subscription_item = item.id,
            .tax_rates = item.tax_rates.empty() ? subscription.default_tax_rates : item.tax_rates};
}

std::int64_t discounted(const World& world, const Subscription& subscription, std::int64_t amount,
                        std::int64_t moment) {
    const auto ids = discounts_of(world, subscription, moment);
    for (const Discount* discount : discounts_at(world, ids, moment)) {
        const std::int64_t percent = discount->coupon.percent_off;
        if (percent > 0) amount -= scaled(amount, percent, kPercentWhole);
    }
    return amount;
}

enum class Side { credit, debit };

Charged proration(const World& world, const Subscription& subscription,
                  const SubscriptionItem& item, const Price& price, std::int64_t moment,
                  Side side) {
    const BillingPeriod& period = subscription.period;
    Charged charged = charged_of(world, subscription, item, price);
    const std::int64_t full = discounted(world, subscription, charged.amount, moment);
    const std::int64_t part = scaled(full, period.end - moment, period.end - period.start);
    charged.amount = side == Side::credit ? -part : part;
    charged.description =
        fmt::format("{} time on {} after {}", side == Side::credit ? "Unused" : "Remaining",
                    counted(item.quantity, charged.description), shown_date(moment));
    charged.period = {moment, period.end};
    charged.is_discountable = false;
    charged.is_proration = true;
    return charged;
}

bool is_same(const SubscriptionItem& a, const SubscriptionItem& b) {
    return a.price == b.price && a.quantity == b.quantity;
}

// Whether the other list has it as it is.
bool stays(const SubscriptionItem& item, std::span<const SubscriptionItem> others) {
    return std::ranges::any_of(others, [&](const SubscriptionItem& other) {
        return other.id == item.id && is_same(other, item);
    });
}

}  // namespace

Items items_of(const World& world, const Subscription& subscription) {
    Items items;
    for (const std::string& id : subscription.items) {
        const SubscriptionItem* item = world.tables.subscription_items.find(id);
        if (item != nullptr && !item->is_deleted) items.push_back(*item);
    }
    return items;
}

Invoice subscription_invoice(const World& world, const Subscription& subscription,
                             std::string_view billing_reason) {
    const Customer& customer = *world.tables.customers.find(subscription.customer);
    Invoice invoice = new_invoice(world, customer);
    invoice.billing_reason = billing_reason;
    invoice.subscription = subscription.id;
    invoice.subscription_metadata = subscription.metadata;
    invoice.currency = subscription.currency;
    invoice.collection = subscription.collection;
    invoice.days_until_due = subscription.days_until_due;
    invoice.is_auto_advancing = true;
    invoice.discounts = discounts_of(world, subscription, invoice.created);
    return invoice;
}

void add_period_lines(const World& world, Invoice& invoice, const Subscription& subscription,
                      std::span<const SubscriptionItem> items, BillingPeriod whole) {
    const BillingPeriod& period = subscription.period;
    const bool is_trial = subscription.status == SubscriptionStatus::trialing;
    // The newest first, as Stripe orders them.
    for (const SubscriptionItem& item : items | std::views::reverse) {
        const Price* price = world.tables.prices.find(item.price);
        if (price == nullptr) continue;
        Charged charged = charged_of(world, subscription, item, *price);
        charged.period = period;
        if (is_trial) {
            charged.amount = 0;
            charged.description = "Trial period for " + counted(item.quantity, charged.description);
        } else if (period != whole) {
            charged.amount =
                scaled(charged.amount, period.end - period.start, whole.end - whole.start);
            charged.is_proration = true;
        } else {
            charged.description = fmt::format("{} × {} (at {})", item.quantity, charged.description,
                                              shown_rate(*price));
        }
        invoice.lines.push_back({.id = {}, .invoice_item = {}, .charged = std::move(charged)});
    }
}

std::vector<Charged> prorations(const World& world, const Subscription& subscription,
                                std::span<const SubscriptionItem> before,
                                std::span<const SubscriptionItem> after, std::int64_t moment) {
    std::vector<Charged> charges;
    const auto add = [&](const SubscriptionItem& item, Side side) {
        const Price* price = world.tables.prices.find(item.price);
        if (price == nullptr) return;
        charges.push_back(proration(world, subscription, item, *price, moment, side));
    };
    for (const SubscriptionItem& item : before) {
        if (!stays(item, after)) add(item, Side::credit);
    }
    for (const SubscriptionItem& item : after) {
        if (!stays(item, before)) add(item, Side::debit);
    }
    return charges;
}

void drop_used_discounts(World& world, Subscription& subscription) {
    const auto before = subscription.discounts;
    std::erase_if(subscription.discounts, [&](const std::string& id) {
        const Discount* discount = world.tables.discounts.find(id);
        return discount != nullptr && discount->coupon.duration == CouponDuration::once;
    });
    tell_discounts(world, before, subscription.discounts);
}

void add_pending(World& world, const Subscription& subscription, std::vector<Charged> charges) {
    for (Charged& charged : charges) {
        add_invoice_item(
            world, {.id = {}, .customer = subscription.customer, .charged = std::move(charged)});
    }
}

}  // namespace onsite::simulator
