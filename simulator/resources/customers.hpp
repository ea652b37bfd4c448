// Customers. Source: docs.stripe.com/api/customers.
#pragma once

#include <expected>
#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kCustomerType;
std::span<const Route> customer_routes();

// The customer that the path's first id names. Errors: there is none, or it was deleted.
std::expected<Customer*, ApiError> living_customer_of(const Call& call);

}  // namespace onsite::simulator
