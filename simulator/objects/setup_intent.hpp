// Source: docs.stripe.com/api/setup_intents.
#pragma once

#include <cstdint>
#include <string>

#include "simulator/objects/payment_intent.hpp"

namespace onsite::simulator {

struct SetupIntent {
    std::string id;  // "seti_"
    std::int64_t created = 0;
    IntentStatus status = IntentStatus::requires_payment_method;
    IntentOptions options = {};
    IntentAttempt attempt = {};
    Shared<IntentError> last_error = {};
    std::string customer = {};
    std::string payment_method = {};
    std::string client_secret = {};
    std::string description = {};
    std::string usage = "off_session";
    std::string cancellation_reason = {};
    Metadata metadata = {};
};

}  // namespace onsite::simulator
