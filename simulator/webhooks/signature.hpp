// The Stripe-Signature header. Source: docs.stripe.com/webhooks/signature.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace onsite::simulator {

// "t=1700000000,v1=e97d...": one v1 for each secret, each the HMAC-SHA256 of "t.payload" with the
// whole text of the secret, "whsec_" included.
std::string webhook_signature(std::string_view payload, std::int64_t timestamp_s,
                              std::span<const std::string> secrets);

}  // namespace onsite::simulator
