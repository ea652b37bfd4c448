// The currencies of the simulator and how many digits their minor units have.
// Source: docs.stripe.com/currencies (zero-decimal and three-decimal currencies).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace onsite::simulator {

// Codes in lower case, in alphabetical order.
std::span<const std::string_view> currencies();
bool is_currency(std::string_view code);
// Digits behind the point: 0 for jpy, 3 for kwd, 2 for most. REQUIRES: is_currency(code).
int exponent_of(std::string_view code);
// The least amount of a charge, in minor units: 50 for usd.
// Source: docs.stripe.com/currencies#minimum-and-maximum-charge-amounts.
std::int64_t least_charge(std::string_view code);
// "$" of usd; "CHF " where Stripe's sign is not known here.
std::string sign_of(std::string_view code);
// "$0.50 usd", as Stripe writes the least charge in an error.
std::string shown_amount(std::int64_t amount, std::string_view code);

}  // namespace onsite::simulator
