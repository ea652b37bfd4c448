// What a customer does to their own subscriptions in the billing portal.
// Source: docs.stripe.com/customer-management.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/core/world.hpp"
#include "simulator/payments/method_choice.hpp"
#include "simulator/wire/api_error.hpp"

namespace onsite::simulator {

std::string portal_url(const World& world, const PortalSession& session);

// Those of the session's customer that have not ended; of a flow, only the one that it is about.
std::vector<const Subscription*> subscriptions_of(const World& world, const PortalSession& session);

// The prices that a subscription of one item can change to: active, of its currency, recurring; the
// oldest kOtherPricesMax of them.
inline constexpr std::size_t kOtherPricesMax = 20;
std::vector<const Price*> other_prices(const World& world, const Subscription& subscription);

// Lets it end with its period, or go on after all. Errors: as for a call that updates it; 400 when
// it is none of subscriptions_of().
using Changed = std::expected<void, ApiError>;
Changed end_with_period(World& world, const PortalSession& session, std::string_view subscription,
                        bool ends);
// Gives its items other prices and quantities, prorated.
Changed change_items(World& world, const PortalSession& session, std::string_view subscription,
                     const std::vector<PortalItem>& items);

// Keeps the method as the default of the customer's invoices. Errors: those of check_attachable().
Changed keep_default(World& world, const PortalSession& session, MethodChoice choice);

}  // namespace onsite::simulator
