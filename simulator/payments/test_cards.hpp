// The cards that Stripe gives to developers, each with what happens to it.
// Source: docs.stripe.com/testing.
#pragma once

#include <span>
#include <string_view>

namespace onsite::simulator {

// When the bank asks the card's owner to prove who they are (3-D Secure).
enum class Authentication {
    unsupported,
    optional,       // Only when the merchant asks for it.
    always,         // Whatever was set up before.
    unless_set_up,  // On session always; off session until it was set up.
    set_up_before,  // On session always; off session never.
};

// What comes after a payment that succeeds, or after its refund.
enum class Aftermath { none, available_at_once, dispute, inquiry, refund_pends, refund_fails };

struct TestCard {
    std::string_view number;
    std::string_view payment_method;  // "pm_card_visa"
    std::string_view token;           // "tok_visa"
    std::string_view brand = "visa";
    std::string_view decline_code = {};  // Of each charge; empty when it is approved.
    // Whether a card that declines can be kept for a customer nevertheless.
    bool attaches = false;
    Authentication authentication = Authentication::optional;
    Aftermath aftermath = Aftermath::none;
    std::string_view funding = "credit";
    std::string_view country = "US";
    std::string_view risk_level = "normal";  // Of a payment that succeeds.
    bool fails_cvc = false;  // Its security code is wrong, and the bank pays nevertheless.
};

std::span<const TestCard> test_cards();
// nullptr when there is none. Complexity: O(cards).
const TestCard* find_test_card(std::string_view number);
const TestCard* find_test_payment_method(std::string_view name);
const TestCard* find_test_token(std::string_view name);

// Whether the last digit fits the others (ISO/IEC 7812-1, annex B), for texts of digits.
bool has_check_digit(std::string_view number);

}  // namespace onsite::simulator
