// Credit notes: what an invoice that was finalised asks for less, or gives back.
// Source: docs.stripe.com/invoicing/integration/programmatic-credit-notes.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "simulator/core/world.hpp"
#include "simulator/wire/api_error.hpp"

namespace onsite::simulator {

// A part of a line of the invoice, with its part of the discounts and taxes; or a line of its own.
struct CreditLineOrder {
    std::string invoice_line = {};  // Empty: a custom line, of a price for each unit.
    std::optional<std::int64_t> amount = {};
    std::int64_t quantity = 1;
    std::int64_t unit_price = 0;  // kUnitScale.
    std::string description = {};
};

// Of an open invoice the amount is taken from what remains; of a paid one it goes to the customer's
// balance, is refunded or was given back out of band, and the three parts sum to the amount.
struct CreditOrder {
    std::string invoice;
    std::optional<std::int64_t> amount = {};  // Without lines: that of the one custom line.
    std::vector<CreditLineOrder> lines = {};
    std::int64_t to_balance = 0;
    std::int64_t out_of_band = 0;
    std::int64_t refunded = 0;
    std::string memo = {};
    std::string reason = {};
    Metadata metadata = {};
};

// The note of such an order, not stored; its lines have no ids. All notes of an invoice together
// never exceed what it asked for, and those of a line what the line did.
// Errors: 400 when the invoice is neither open nor paid, an amount is too much, the parts do not
// sum, or the charge cannot be refunded.
std::expected<CreditNote, ApiError> drafted_credit(const World& world, const CreditOrder& order);
// Makes it. Returns the id of the note.
std::expected<std::string, ApiError> credit(World& world, const CreditOrder& order);
// The invoice asks for the amount again. Errors: 400 unless the invoice is still open.
std::expected<void, ApiError> void_credit(World& world, CreditNote& note);

}  // namespace onsite::simulator
