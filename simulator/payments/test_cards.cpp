#include "simulator/payments/test_cards.hpp"

#include <algorithm>
#include <array>

namespace onsite::simulator {
namespace {

using enum Authentication;

constexpr TestCard test_card_of(std::string_view number, std::string_view method,
                                std::string_view token, std::string_view country) {
    return {.number = number, .payment_method = method, .token = token, .country = country};
}

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
    TestCard{"4242424242424242", "pm_card_us", "tok_us"},
    test_card_of("4000008260000000", "pm_card_gb", "tok_gb", "GB"),
    test_card_of("4000002760000016", "pm_card_de", "tok_de", "DE"),
    test_card_of("4000002500000003", "pm_card_fr", "tok_fr", "FR"),
    test_card_of("4000007240000007", "pm_card_es", "tok_es", "ES"),
    test_card_of("4000003800000008", "pm_card_it", "tok_it", "IT"),
    test_card_of("4000003720000005", "pm_card_ie", "tok_ie", "IE"),
    test_card_of("4000005280000002", "pm_card_nl", "tok_nl", "NL"),
    test_card_of("4000001240000000", "pm_card_ca", "tok_ca", "CA"),
    test_card_of("4000000360000006", "pm_card_au", "tok_au", "AU"),
    test_card_of("4000003920000003", "pm_card_jp", "tok_jp", "JP"),
    test_card_of("4000003560000008", "pm_card_in", "tok_in", "IN"),
    test_card_of("4000000760000002", "pm_card_br", "tok_br", "BR"),
    test_card_of("4000004840008001", "pm_card_mx", "tok_mx", "MX"),
    test_card_of("4000007560000009", "pm_card_ch", "tok_ch", "CH"),
    // Succeeds; Stripe tells of an early fraud warning afterwards, which this simulator does not.
    TestCard{"4000000000005423", "pm_card_createIssuerFraudRecord", "tok_createIssuerFraudRecord"},
    TestCard{.number = "4000000000009235",
             .payment_method = "pm_card_riskLevelElevated",
             .token = "tok_riskLevelElevated",
             .risk_level = "elevated"},
    TestCard{.number = "4000000000000101",
             .payment_method = "pm_card_cvcCheckFail",
             .token = "tok_cvcCheckFail",
             .fails_cvc = true},
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
    TestCard{"4100000000000019", "pm_card_chargeDeclinedFraudulent", "tok_chargeDeclinedFraudulent",
             "visa", "fraudulent"},
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
    // ---- Refunded later than asked, or not after all ----
    TestCard{.number = "4000000000007726",
             .payment_method = "pm_card_pendingRefund",
             .token = "tok_pendingRefund",
             .aftermath = Aftermath::refund_pends},
    TestCard{.number = "4000000000005126",
             .payment_method = "pm_card_refundFail",
             .token = "tok_refundFail",
             .aftermath = Aftermath::refund_fails},
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
