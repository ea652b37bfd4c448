#include "simulator/payments/charge_customer.hpp"

#include <utility>

#include "simulator/core/world.hpp"
#include "simulator/payments/payment_flow.hpp"

namespace onsite::simulator {
namespace {

PaymentIntent& intent_for(World& world, const ChargeOrder& order) {
    PaymentIntent* found = world.tables.payment_intents.find(order.payment_intent);
    if (found != nullptr) return *found;
    PaymentIntent intent{.id = {}, .amount = order.amount, .currency = order.currency};
    intent.customer = order.customer;
    intent.texts = PaymentTexts{.description = order.description};
    intent.invoice = order.invoice;
    // Billing lists the types itself, so automatic_payment_methods is null.
    intent.options.has_own_types = true;
    if (order.keeps_method) intent.options.setup_future_usage = "off_session";
    return add_payment_intent(world, std::move(intent)).intent;
}

ChargeResult result_of(const PaymentIntent& intent, ChargeOutcome outcome) {
    return {.outcome = outcome,
            .payment_intent = intent.id,
            .client_secret = intent.client_secret,
            .charge = intent.latest_charge};
}

ChargeResult failed(const PaymentIntent& intent, ApiError error) {
    ChargeResult result = result_of(intent, ChargeOutcome::failed);
    result.error = std::move(error);
    return result;
}

ChargeResult needs_action(const PaymentIntent& intent) {
    ChargeResult result = result_of(intent, ChargeOutcome::requires_action);
    result.error = {.status = 402,
                    .type = ErrorType::card_error,
                    .stage = Stage::execution,
                    .code = "invoice_payment_intent_requires_action",
                    .message =
                        "Payment for this invoice requires additional user action before it "
                        "can be completed successfully."};
    return result;
}

}  // namespace

ApiError no_payment_method() {
    return wrong_state("resource_missing",
                       "This customer has no attached payment source or default payment method. "
                       "Please consider adding a default payment method. For more information, "
                       "visit https://stripe.com/docs/billing/subscriptions/"
                       "payment-methods-setting#payment-method-priority.");
}

ChargeResult open_charge(World& world, const ChargeOrder& order) {
    return result_of(intent_for(world, order), ChargeOutcome::requires_action);
}

ChargeResult charge_off_session(World& world, const ChargeOrder& order) {
    PaymentIntent& intent = intent_for(world, order);
    if (order.payment_method.empty()) return failed(intent, no_payment_method());
    auto choice = choose_method(world, order.payment_method);
    if (!choice) return failed(intent, std::move(choice.error()));
    if (auto good = check_confirm(world, intent, *choice); !good) {
        return failed(intent, std::move(good.error()));
    }
    intent.payment_method = choice->keep(world).id;
    // The customer is asked to come back for 3-D Secure, so this is no off_session confirmation,
    // which would be declined.
    intent.attempt = {};
    const Step step = confirm_payment(world, intent);
    if (!step) return failed(intent, step.error());
    return intent.status == IntentStatus::succeeded ? result_of(intent, ChargeOutcome::paid)
                                                    : needs_action(intent);
}

void cancel_charge(World& world, std::string_view payment_intent) {
    PaymentIntent* intent = world.tables.payment_intents.find(payment_intent);
    // One that succeeded meanwhile stays as it is.
    if (intent != nullptr) cancel_payment(world, *intent, "void_invoice");
}

}  // namespace onsite::simulator
