// How billing asks for money: the only thing that invoices know of payment intents.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "simulator/wire/api_error.hpp"

namespace onsite::simulator {

class World;

struct ChargeOrder {
    std::string customer;
    std::string payment_method = {};  // Empty: the customer has none, the charge fails.
    std::int64_t amount = 0;          // Minor units, > 0.
    std::string currency = {};
    std::string description = {};
    std::string invoice = {};
    std::string payment_intent = {};  // Of open_charge(); empty: a new one is made.
    bool keeps_method = false;        // The customer keeps the card for the payments to come.
};

enum class ChargeOutcome { paid, failed, requires_action };

struct ChargeResult {
    ChargeOutcome outcome = ChargeOutcome::failed;
    std::string payment_intent = {};
    std::string client_secret = {};
    std::string charge = {};
    // Why it is not paid. Status 402; 400 when there is no payment method.
    ApiError error = {};
};

// What Stripe says of a customer who is to pay and has nothing to pay with: 400 resource_missing.
ApiError no_payment_method();

// The payment intent of an invoice that was finalised: nothing is charged yet, and a client may
// confirm it with its secret. Whoever completes it later calls invoice_payment_succeeded()
// (billing/invoicing.hpp).
ChargeResult open_charge(World& world, const ChargeOrder& order);
// Charges the method while the customer is away.
ChargeResult charge_off_session(World& world, const ChargeOrder& order);
// The invoice needs no money any more: void, or paid in another way.
void cancel_charge(World& world, std::string_view payment_intent);

}  // namespace onsite::simulator
