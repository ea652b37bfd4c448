// Customers. Source: docs.stripe.com/api/customers.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kCustomerType;
std::span<const Route> customer_routes();

}  // namespace onsite::simulator
