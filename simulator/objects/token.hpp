// Source: docs.stripe.com/api/tokens.
#pragma once

#include <cstdint>
#include <string>

#include "simulator/objects/card.hpp"

namespace onsite::simulator {

// The address of a card, with the names of its older form.
struct CardOwner {
    std::string name = {};
    Address address = {};
};

struct Token {
    std::string id;  // "tok_"
    std::int64_t created = 0;
    std::string card_id;  // "card_"
    Card card = {};
    CardOwner owner = {};
    bool is_used = false;
};

}  // namespace onsite::simulator
