// Incidents of the same family as the visible one, made up from a seed: a few orders, and what
// brings a key and a body apart, or what a patch that hides that would break.
#pragma once

#include <cstdint>
#include <string_view>

#include "scenarios/format/scenario.hpp"

namespace onsite::idempotency {

// What goes wrong in one of them. The seed decides; every theme has its turn.
enum class Theme {
    address_before_retry,    // An e-mail address between an attempt and its retry, one request.
    address_before_confirm,  // The same with two requests.
    another_card,            // The first card is declined.
    webhook_again,           // The webhook that confirms comes again, after an address.
    impatient_shopper,       // Clicks while the provider is slow, an address among them.
    busy_provider,           // Refused, 429, 503, answers that are lost.
    crash,                   // The process dies around its request, an address just before.
    money_back,              // Two equal refunds; of one nobody knows the outcome.
};
inline constexpr std::uint64_t kThemes = 8;
std::string_view to_string(Theme theme);

inline Theme theme_of(std::uint64_t seed) { return static_cast<Theme>(seed % kThemes); }

// The same seed gives the same scenario. Names of orders differ between seeds, so that what a
// client remembers of one run is of no use in another.
scenarios::Scenario incident_of(std::uint64_t seed);

}  // namespace onsite::idempotency
