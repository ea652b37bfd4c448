// What changed, as it is told to webhook endpoints. Source: docs.stripe.com/api/events.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace onsite::simulator {

// An object as it was at one moment, rendered once and shared by all who keep it.
using Body = std::shared_ptr<const std::string>;

struct Event {
    std::string id;  // "evt_"
    std::int64_t created = 0;
    std::string type;  // "payment_intent.succeeded"
    Body object;
    std::string previous_attributes = {};  // JSON; empty unless the type ends in ".updated".
    // Of the request that made the change; empty when time did.
    std::string request_id = {};
    std::string idempotency_key = {};
    int pending_webhooks = 0;
};

}  // namespace onsite::simulator
