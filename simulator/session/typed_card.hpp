// The card that somebody types into a page.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "simulator/payments/method_choice.hpp"

namespace onsite::simulator {

// As the form asks for it, with a card that works filled in.
std::string card_field();

struct TypedCard {
    std::string card = {};  // A test card's number, or a name like pm_card_visa.
    CardInput input = {};
    std::string email = {};
    std::string name = {};
};

// Reads card, exp_month, exp_year, cvc, email and name, all of them optional. Problems go to the
// reader.
TypedCard read_typed_card(ParamReader& form, const World& world);
// Errors: those of checked_card(); 400 when the name is none of a test card.
std::expected<MethodChoice, ApiError> choose_typed(World& world, const TypedCard& typed);

}  // namespace onsite::simulator
