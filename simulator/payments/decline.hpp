// What a bank answers when it does not pay, in Stripe's codes and words.
// Source: docs.stripe.com/declines/codes, docs.stripe.com/error-codes.
#pragma once

#include <string>
#include <string_view>

#include "simulator/wire/api_error.hpp"

namespace onsite::simulator {

struct Decline {
    std::string code;  // "card_declined", or "expired_card" and the few that are codes themselves.
    std::string decline_code;
    std::string message;
};

// What Stripe tells of a decline besides: what to do now, and the network's own code. Empty where
// no network declined.
struct Advice {
    std::string_view advice_code = {};
    std::string_view network_decline_code = {};
};
Advice advice_of(std::string_view decline_code);

// REQUIRES: decline_code is not empty; one that Stripe does not have is a plain decline.
Decline decline_of(std::string_view decline_code);

// 402, kept for the idempotency key. `param` may be empty.
ApiError card_error(std::string code, std::string message, std::string param = {});
ApiError card_error(const Decline& decline);

}  // namespace onsite::simulator
