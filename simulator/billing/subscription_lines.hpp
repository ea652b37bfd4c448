// What a subscription bills: whole periods, and to the second what changes within one.
// Source: docs.stripe.com/billing/subscriptions/prorations.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "simulator/core/world.hpp"

namespace onsite::simulator {

using Items = std::vector<SubscriptionItem>;

// The items that it has now.
Items items_of(const World& world, const Subscription& subscription);

// A draft with the settings of the subscription and the discounts in force; no lines.
Invoice subscription_invoice(const World& world, const Subscription& subscription,
                             std::string_view billing_reason);

// A line for each item over that period. A part of a period (a first one that ends at a chosen
// anchor) is billed in proportion to `whole`; during a trial nothing is.
void add_period_lines(const World& world, Invoice& invoice, const Subscription& subscription,
                      std::span<const SubscriptionItem> items, BillingPeriod whole);

// Credit for the unused time of items that change or go, and debit for the remaining time of those
// that come; from `moment` to the end of the period, over the whole period, one rounding each. The
// amounts have the percent discounts in force, and no other discount applies to them.
std::vector<Charged> prorations(const World& world, const Subscription& subscription,
                                std::span<const SubscriptionItem> before,
                                std::span<const SubscriptionItem> after, std::int64_t moment);

// A coupon that is for one invoice was on it.
void drop_used_discounts(World& world, Subscription& subscription);

// Keeps them as invoice items that wait for the next invoice.
void add_pending(World& world, const Subscription& subscription, std::vector<Charged> charges);

}  // namespace onsite::simulator
