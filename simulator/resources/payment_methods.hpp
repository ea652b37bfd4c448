// Payment methods: cards. Source: docs.stripe.com/api/payment_methods.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kPaymentMethodType;
std::span<const Route> payment_method_routes();

}  // namespace onsite::simulator
