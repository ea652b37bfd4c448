// Versions of Stripe's API (docs.stripe.com/api/versioning). Objects have the shapes of the newest
// one; a client that asks for an older one also finds the members that are gone since.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace onsite::simulator {

inline constexpr std::string_view kApiVersion = "2026-10-28.endive";

struct ApiVersion {
    std::int32_t day = 0;  // 20261028

    auto operator<=>(const ApiVersion&) const = default;
};

inline constexpr ApiVersion kNewest = {20261028};
// An invoice has payments and a parent instead of a payment intent and a subscription, and the
// items of a subscription have its period (docs.stripe.com/changelog/basil).
inline constexpr ApiVersion kBasil = {20250331};
// Discounts and promotion codes name a source instead of a coupon
// (docs.stripe.com/changelog/clover).
inline constexpr ApiVersion kClover = {20250930};
// From here on objects have the shapes of the newest one.
inline constexpr ApiVersion kNewestShapes = kClover;

// Of a header: "2026-10-28.endive", a day since Stripe's first version, and what it is called if it
// is recent. Nothing when it is something else.
std::optional<ApiVersion> parse_api_version(std::string_view text);

}  // namespace onsite::simulator
