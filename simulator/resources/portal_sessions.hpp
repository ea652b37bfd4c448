// Source: docs.stripe.com/api/customer_portal/sessions.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kPortalSessionType;
std::span<const Route> portal_session_routes();

}  // namespace onsite::simulator
