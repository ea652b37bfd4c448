// Tokens: a card's number, exchanged for a name that can be used once.
// Source: docs.stripe.com/api/tokens.
#pragma once

#include <span>

#include "simulator/core/call.hpp"
#include "simulator/objects/token.hpp"

namespace onsite::simulator {

extern const ResourceType kTokenType;
std::span<const Route> token_routes();

// The card as an object of its own, "card_", as tokens and old charges have it; one that a customer
// keeps names the customer.
void write_card_object(JsonWriter& json, std::string_view id, const Card& card,
                       const CardOwner& owner, std::string_view customer = {});

}  // namespace onsite::simulator
