// The cards that requests carry: a number, a token, or the name of a test card.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/core/world.hpp"
#include "simulator/objects/payment_method.hpp"
#include "simulator/objects/token.hpp"
#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {

// A card as it was sent, not checked yet.
struct CardInput {
    std::string token = {};
    std::string number = {};  // Digits and spaces.
    std::int64_t exp_month = 0;
    std::int64_t exp_year = 0;
    std::string cvc = {};
};

// number, exp_month, exp_year and cvc, or token.
CardInput read_card(ParamReader card);

// Errors: 402 for a number, date or code that no card has, and for a card that is none of Stripe's
// test cards; 400 for a token that does not exist or was used.
std::expected<Card, ApiError> checked_card(World& world, const CardInput& input,
                                           std::string_view param);
// Marks a token as used. REQUIRES: checked_card() took it.
void use_up(World& world, const CardInput& input);

// "pm_card_visa" and "tok_visa": valid until the end of next year.
Card card_of(const World& world, const TestCard& test);

}  // namespace onsite::simulator
