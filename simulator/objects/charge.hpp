// Source: docs.stripe.com/api/charges.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "simulator/core/id.hpp"
#include "simulator/objects/card.hpp"
#include "simulator/objects/payment_texts.hpp"
#include "simulator/objects/token.hpp"
#include "simulator/payments/decline.hpp"

namespace onsite::simulator {

struct Charge {
    Id id;  // "ch_"
    std::int64_t created = 0;
    std::int64_t amount = 0;
    std::int64_t amount_captured = 0;
    std::int64_t released = 0;  // Of an authorization: never captured.
    std::int64_t returned = 0;  // By refunds.
    std::string currency = {};
    Id customer = {};
    Id payment_intent = {};
    Id payment_method = {};
    Card card = {};
    Shared<BillingDetails> billing_details = {};
    // Of the older API, which pays with the card of a token: "card_".
    Id source = {};
    Shared<CardOwner> source_owner = {};
    bool is_captured = false;
    bool is_authenticated = false;  // By 3-D Secure.
    bool is_disputed = false;
    Id balance_transaction = {};
    Shared<Decline> failure = {};  // Unset unless the bank declined.
    Shared<PaymentTexts> texts = {};
    std::string user_report = {};  // Of fraud_details.
    Shared<Shipping> shipping = {};
    Metadata metadata = {};

    bool has_failed() const { return static_cast<bool>(failure); }
    // It waits to be captured.
    bool is_authorized() const { return !has_failed() && !is_captured && released == 0; }
    std::int64_t amount_refunded() const { return released + returned; }
    bool is_refunded() const { return !has_failed() && amount_refunded() == amount; }
    // What refunds can still return.
    std::int64_t refundable() const { return amount_captured - returned; }
};
// core/table.hpp
inline std::array<std::string_view, 2> owners_of(const Charge& row) {
    return {row.customer, row.payment_intent};
}

}  // namespace onsite::simulator
