// The Stripe-Signature header. Source: docs.stripe.com/webhooks/signature.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace onsite::simulator {

// How old a signature may be: what Stripe's SDKs take unless they are told otherwise.
inline constexpr std::int64_t kSignatureAgeMaxS = 300;

// "t=1700000000,v1=e97d...": one v1 for each secret, each the HMAC-SHA256 of "t.payload" with the
// whole text of the secret, "whsec_" included.
std::string webhook_signature(std::string_view payload, std::int64_t timestamp_s,
                              std::span<const std::string> secrets);

// The moment in such a header, in seconds; 0 when it has none.
std::int64_t signed_at(std::string_view header);

}  // namespace onsite::simulator
