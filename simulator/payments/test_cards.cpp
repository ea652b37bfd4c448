#include "simulator/payments/test_cards.hpp"

#include <algorithm>
#include <array>

namespace onsite::simulator {
namespace {

using enum Authentication;

// The plain Visa is first: most payments of a test use it.
constexpr std::array kCards = {
    // ---- Approved ----
    TestCard{"4242424242424242", "pm_card_visa", "tok_visa"},
    TestCard{.number = "4000056655665556",
             .payment_method = "pm_card_visa_debit",
             .token = "tok_visa_debit",
             .funding = "debit"},
    TestCard{"5555555555554444", "pm_card_mastercard", "tok_mastercard", "mastercard"},
    TestCard{"2223003122003222", "", "", "mastercard"},
    TestCard{.number = "5200828282828210",
             .payment_method = "pm_card_mastercard_debit",
             .token = "tok_mastercard_debit",
             .brand = "mastercard",
             .funding = "debit"},
    TestCard{.number = "5105105105105100",
             .payment_method = "pm_card_mastercard_prepaid",
             .token = "tok_mastercard_prepaid",
             .brand = "mastercard",
             .funding = "prepaid"},
    TestCard{.number = "378282246310005",
             .payment_method = "pm_card_amex",
             .token = "tok_amex",
             .brand = "amex",
             .authentication = unsupported},
    TestCard{"6011111111111117", "pm_card_discover", "tok_discover", "discover"},
    TestCard{"3056930009020004", "pm_card_diners", "tok_diners", "diners"},
    TestCard{.number = "3566002020360505",
             .payment_method = "pm_card_jcb",
             .token = "tok_jcb",
             .brand = "jcb",
             .country = "JP"},
    TestCard{.number = "6200000000000005",
             .payment_method = "pm_card_unionpay",
             .token = "tok_unionpay",
             .brand = "unionpay",
             .country = "CN"},
    TestCard{.number = "4000000000000077",
             .payment_method = "pm_card_bypassPending",
             .token = "tok_bypassPending",
             .aftermath = Aftermath::available_at_once},
    // ---- Declined, each time ----
    TestCard{"4000000000000002", "pm_card_visa_chargeDeclined", "tok_visa_chargeDeclined", "visa",
             "generic_decline"},
    TestCard{"4000000000009995", "pm_card_visa_chargeDeclinedInsufficientFunds",
             "tok_visa_chargeDeclinedInsufficientFunds", "visa", "insufficient_funds"},
    TestCard{"4000000000009987", "pm_card_visa_chargeDeclinedLostCard",
             "tok_visa_chargeDeclinedLostCard", "visa", "lost_card"},
    TestCard{"4000000000009979", "pm_card_visa_chargeDeclinedStolenCard",
             "tok_visa_chargeDeclinedStolenCard", "visa", "stolen_card"},
    TestCard{"4000000000000069", "pm_card_chargeDeclinedExpiredCard",
             "tok_chargeDeclinedExpiredCard", "visa", "expired_card"},
    TestCard{"4000000000000127", "pm_card_chargeDeclinedIncorrectCvc",
             "tok_chargeDeclinedIncorrectCvc", "visa", "incorrect_cvc"},
    TestCard{"4000000000000119", "pm_card_chargeDeclinedProcessingError",
             "tok_chargeDeclinedProcessingError", "visa", "processing_error"},
    TestCard{"4000000000006975", "pm_card_visa_chargeDeclinedVelocityLimitExceeded",
             "tok_visa_chargeDeclinedVelocityLimitExceeded", "visa", "card_velocity_exceeded"},
    TestCard{"4100000000000019", "pm_card_radarBlock", "tok_radarBlock", "visa", "fraudulent"},
    // The older names of the same cards; fixtures of Stripe's CLI use them.
    TestCard{"4000000000000002", "pm_card_chargeDeclined", "tok_chargeDeclined", "visa",
             "generic_decline"},
    TestCard{"4000000000009995", "pm_card_chargeDeclinedInsufficientFunds",
             "tok_chargeDeclinedInsufficientFunds", "visa", "insufficient_funds"},
    TestCard{"4000000000000341", "pm_card_chargeCustomerFail", "tok_chargeCustomerFail", "visa",
             "generic_decline", true},
    // ---- 3-D Secure ----
    TestCard{.number = "4000002500003155",
             .payment_method = "pm_card_authenticationRequiredOnSetup",
             .token = "tok_authenticationRequiredOnSetup",
             .authentication = unless_set_up},
    TestCard{.number = "4000002760003184",
             .payment_method = "pm_card_authenticationRequired",
             .token = "tok_authenticationRequired",
             .authentication = always},
    TestCard{.number = "4000003800000446",
             .payment_method = "pm_card_authenticationRequiredSetupForOffSession",
             .token = "tok_authenticationRequiredSetupForOffSession",
             .authentication = set_up_before},
    TestCard{.number = "4000008260003178",
             .payment_method = "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
             .token = "tok_authenticationRequiredChargeDeclinedInsufficientFunds",
             .decline_code = "insufficient_funds",
             .attaches = true,
             .authentication = set_up_before},
    TestCard{.number = "4000000000003220",
             .payment_method = "pm_card_threeDSecure2Required",
             .token = "tok_threeDSecure2Required",
             .authentication = always},
    TestCard{.number = "4000000000003063",
             .payment_method = "pm_card_threeDSecureRequired",
             .token = "tok_threeDSecureRequired",
             .authentication = always},
    TestCard{.number = "4000008400001629",
             .payment_method = "pm_card_threeDSecureRequiredChargeDeclined",
             .token = "tok_threeDSecureRequiredChargeDeclined",
             .decline_code = "generic_decline",
             .attaches = true,
             .authentication = always},
    TestCard{"4000000000003055", "pm_card_threeDSecureOptional", "tok_threeDSecureOptional"},
    // ---- Disputed afterwards ----
    TestCard{.number = "4000000000000259",
             .payment_method = "pm_card_createDispute",
             .token = "tok_createDispute",
             .aftermath = Aftermath::dispute},
    TestCard{.number = "4000000000001976",
             .payment_method = "pm_card_createDisputeInquiry",
             .token = "tok_createDisputeInquiry",
             .aftermath = Aftermath::inquiry},
};

const TestCard* found(std::string_view wanted, std::string_view TestCard::*name) {
    if (wanted.empty()) return nullptr;
    const auto card = std::ranges::find(kCards, wanted, name);
    return card == kCards.end() ? nullptr : &*card;
}

}  // namespace

std::span<const TestCard> test_cards() { return kCards; }

const TestCard* find_test_card(std::string_view number) { return found(number, &TestCard::number); }

const TestCard* find_test_payment_method(std::string_view name) {
    return found(name, &TestCard::payment_method);
}

const TestCard* find_test_token(std::string_view name) { return found(name, &TestCard::token); }

bool has_check_digit(std::string_view number) {
    int sum = 0;
    bool is_doubled = false;
    for (auto digit = number.rbegin(); digit != number.rend(); ++digit, is_doubled = !is_doubled) {
        if (*digit < '0' || *digit > '9') return false;
        const int value = (*digit - '0') * (is_doubled ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return !number.empty() && sum % 10 == 0;
}

}  // namespace onsite::simulator
