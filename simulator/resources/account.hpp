// The account that a key belongs to. Source: docs.stripe.com/api/accounts.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kAccountType;
std::span<const Route> account_routes();

}  // namespace onsite::simulator
