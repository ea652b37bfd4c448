// The balance and its lines. Source: docs.stripe.com/api/balance,
// docs.stripe.com/api/balance_transactions.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kBalanceTransactionType;
std::span<const Route> balance_routes();

}  // namespace onsite::simulator
