// Source: docs.stripe.com/api/customer_balance_transactions.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kBalanceChangeType;
std::span<const Route> customer_balance_routes();

}  // namespace onsite::simulator
