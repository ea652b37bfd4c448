#include "simulator/payments/decline.hpp"

#include <algorithm>
#include <array>

namespace onsite::simulator {
namespace {

struct Wording {
    std::string_view decline_code;
    std::string_view code;
    std::string_view message;
};

constexpr std::array kWordings = {
    // docs.stripe.com/payments/without-card-authentication
    Wording{"authentication_not_handled", "authentication_required",
            "This payment required an authentication action to complete, but "
            "`error_on_requires_action` was set. When you're ready, you can upgrade your "
            "integration to handle actions at "
            "https://stripe.com/docs/payments/payment-intents/upgrade-to-handle-actions."},
    Wording{"authentication_required", "authentication_required",
            "Your card was declined. This transaction requires authentication."},
    Wording{"card_velocity_exceeded", "card_declined",
            "Your card was declined for making repeated attempts too frequently or exceeding its "
            "amount limit."},
    Wording{"card_not_supported", "card_declined", "Your card is not supported."},
    Wording{"currency_not_supported", "card_declined", "Your card does not support this currency."},
    Wording{"expired_card", "expired_card", "Your card has expired."},
    Wording{"incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect."},
    Wording{"incorrect_number", "incorrect_number", "Your card number is incorrect."},
    Wording{"insufficient_funds", "card_declined", "Your card has insufficient funds."},
    Wording{"processing_error", "processing_error",
            "An error occurred while processing your card. Try again in a little bit."},
    Wording{"test_mode_live_card", "card_declined",
            "Your card was declined. Your request was in test mode, but used a non test card. For "
            "a list of valid test cards, visit: https://stripe.com/docs/testing."},
};

struct KnownAdvice {
    std::string_view decline_code;
    Advice advice;
};

// The first as in answers of the test mode that Zulip keeps (corporate/tests/stripe_fixtures,
// 2025-11). Of the others no answer was found: they follow what Stripe says of its advice codes
// (docs.stripe.com/declines/card#retrying-issuer-declines) and of the codes of the networks
// (docs.stripe.com/declines/network-codes). What no network decided has none.
constexpr std::array kAdvices = {
    KnownAdvice{"generic_decline", {"try_again_later", "01"}},
    KnownAdvice{"card_velocity_exceeded", {"try_again_later", "65"}},
    KnownAdvice{"do_not_honor", {"try_again_later", "05"}},
    KnownAdvice{"expired_card", {"confirm_card_data", "54"}},
    KnownAdvice{"incorrect_cvc", {"confirm_card_data", "N7"}},
    KnownAdvice{"incorrect_number", {"confirm_card_data", "14"}},
    KnownAdvice{"insufficient_funds", {"try_again_later", "51"}},
    KnownAdvice{"issuer_not_available", {"try_again_later", "91"}},
    KnownAdvice{"lost_card", {"do_not_try_again", "41"}},
    KnownAdvice{"pickup_card", {"do_not_try_again", "04"}},
    KnownAdvice{"stolen_card", {"do_not_try_again", "43"}},
    KnownAdvice{"transaction_not_allowed", {"do_not_try_again", "57"}},
};

}  // namespace

Decline decline_of(std::string_view decline_code) {
    const auto found = std::ranges::find(kWordings, decline_code, &Wording::decline_code);
    if (found == kWordings.end()) {
        return {"card_declined", std::string(decline_code), "Your card was declined."};
    }
    return {std::string(found->code), std::string(decline_code), std::string(found->message)};
}

Advice advice_of(std::string_view decline_code) {
    const auto found = std::ranges::find(kAdvices, decline_code, &KnownAdvice::decline_code);
    return found == kAdvices.end() ? Advice{} : found->advice;
}

ApiError card_error(std::string code, std::string message, std::string param) {
    return {.status = 402,
            .type = ErrorType::card_error,
            .stage = Stage::execution,
            .code = std::move(code),
            .message = std::move(message),
            .param = std::move(param)};
}

ApiError card_error(const Decline& decline) {
    ApiError error = card_error(decline.code, decline.message);
    error.decline_code = decline.decline_code;
    const Advice advice = advice_of(decline.decline_code);
    error.advice_code = advice.advice_code;
    error.network_decline_code = advice.network_decline_code;
    return error;
}

}  // namespace onsite::simulator
