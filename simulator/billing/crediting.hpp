// Credit notes: what an invoice that was finalised asks for less, or gives back.
// Source: docs.stripe.com/invoicing/integration/programmatic-credit-notes.
#pragma once

#include <expected>
#include <string>

#include "simulator/core/world.hpp"
#include "simulator/wire/api_error.hpp"

namespace onsite::simulator {

// Of an open invoice the amount is taken from what remains; of a paid one it goes to the customer's
// balance or is given back out of band, and the two parts sum to the amount.
struct CreditOrder {
    std::string invoice;
    std::int64_t amount = 0;
    std::int64_t to_balance = 0;
    std::int64_t out_of_band = 0;
    std::string memo = {};
    std::string reason = {};
    Metadata metadata = {};
};

// Returns the id of the note. All notes of an invoice together never exceed what it asked for.
// Errors: 400 when the invoice is neither open nor paid, or the amount is too much.
std::expected<std::string, ApiError> credit(World& world, CreditOrder order);
// The invoice asks for the amount again. Errors: 400 unless the invoice is still open.
std::expected<void, ApiError> void_credit(World& world, CreditNote& note);

}  // namespace onsite::simulator
