// Webhook endpoints. Source: docs.stripe.com/api/webhook_endpoints.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

// Stripe's limit of endpoints of one account and mode.
inline constexpr std::size_t kWebhookEndpointsMax = 16;

extern const ResourceType kWebhookEndpointType;
std::span<const Route> webhook_endpoint_routes();

// Whether an endpoint wants events of that type.
bool is_subscribed(const WebhookEndpoint& endpoint, std::string_view event_type);

// Gives the endpoint a new secret; the old ones sign for `keep_us` more.
// Returns the new secret. In Stripe's dashboard this is "Roll secret".
const std::string& roll_secret(World& world, WebhookEndpoint& endpoint, std::int64_t keep_us);

}  // namespace onsite::simulator
