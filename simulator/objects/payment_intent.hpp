// Source: docs.stripe.com/api/payment_intents, docs.stripe.com/payments/paymentintents/lifecycle.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "simulator/core/id.hpp"
#include "simulator/objects/address.hpp"
#include "simulator/objects/payment_texts.hpp"

namespace onsite::simulator {

// The states of payment intents and of setup intents, which know no requires_capture.
enum class IntentStatus {
    requires_payment_method,
    requires_confirmation,
    requires_action,
    processing,
    requires_capture,
    canceled,
    succeeded,
};
inline constexpr std::array<std::string_view, 7> kIntentStatuses = {"requires_payment_method",
                                                                    "requires_confirmation",
                                                                    "requires_action",
                                                                    "processing",
                                                                    "requires_capture",
                                                                    "canceled",
                                                                    "succeeded"};
constexpr std::string_view to_string(IntentStatus status) {
    return kIntentStatuses[static_cast<std::size_t>(status)];
}

enum class CaptureMethod { automatic, automatic_async, manual };
inline constexpr std::array<std::string_view, 3> kCaptureMethods = {"automatic", "automatic_async",
                                                                    "manual"};
enum class ConfirmationMethod { automatic, manual };
inline constexpr std::array<std::string_view, 2> kConfirmationMethods = {"automatic", "manual"};

// What went wrong at the last attempt: last_payment_error and last_setup_error.
struct IntentError {
    std::string_view type;  // "card_error"
    std::string code = {};
    std::string decline_code = {};
    std::string message = {};
    std::string charge = {};
    Id payment_method = {};
};

// How the client wants the card's owner to be asked, and what it may pay with.
struct IntentOptions {
    // Only payment_method_types were sent; else Stripe chooses the types.
    bool has_own_types = false;
    bool takes_link = false;  // "link" is among them. Cards always are.
    bool never_redirects = false;
    bool asks_authentication = false;  // request_three_d_secure: any or challenge.
    std::string_view request_three_d_secure = "automatic";
    bool can_increment = false;  // request_incremental_authorization: if_available.
    std::string setup_future_usage = {};
};

// One confirmation: what its later steps need to know.
struct IntentAttempt {
    std::string return_url = {};
    bool is_off_session = false;
    bool fails_on_action = false;  // error_on_requires_action
    bool uses_stripe_sdk = false;
    bool is_authenticated = false;
};

struct PaymentIntent {
    Id id;  // "pi_"
    std::int64_t created = 0;
    std::int64_t amount = 0;
    std::int64_t amount_capturable = 0;
    std::int64_t amount_received = 0;
    std::string currency = {};
    IntentStatus status = IntentStatus::requires_payment_method;
    CaptureMethod capture_method = CaptureMethod::automatic_async;
    ConfirmationMethod confirmation_method = ConfirmationMethod::automatic;
    IntentOptions options = {};
    IntentAttempt attempt = {};
    Shared<IntentError> last_error = {};
    Id customer = {};
    Id invoice = {};  // That it pays; told of a success, and never shown.
    Id payment_method = {};
    Id latest_charge = {};
    std::string client_secret = {};
    Shared<PaymentTexts> texts = {};
    Shared<Shipping> shipping = {};
    Metadata metadata = {};
    std::int64_t canceled_at = 0;  // 0: never.
    std::string cancellation_reason = {};
};
// core/table.hpp
inline std::array<std::string_view, 1> owners_of(const PaymentIntent& row) {
    return {row.customer};
}

}  // namespace onsite::simulator
