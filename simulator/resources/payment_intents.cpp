#include "simulator/resources/payment_intents.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "simulator/core/list.hpp"
#include "simulator/payments/payment_flow.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kPaymentIntentSource = "docs.stripe.com/api/payment_intents";
constexpr std::string_view kStatesSource = "docs.stripe.com/payments/paymentintents/lifecycle";

std::expected<PaymentIntent*, ApiError> intent_of(const Call& call) {
    PaymentIntent* intent = call.world.tables.payment_intents.find(call.ids[0]);
    if (intent == nullptr) return std::unexpected(no_such_in_path("payment_intent", call.ids[0]));
    return intent;
}

// ---- Create ----

Answer create_payment_intent(Call& call) {
    PaymentIntent intent;
    for (const std::string_view name : {"amount", "currency"}) {
        if (!call.params.has(name)) call.params.refuse(parameter_missing(name));
    }
    read_amount(call.params, intent);
    read_payment_intent(call.params, intent);
    intent.customer = call.params.set_text("customer").value_or("");
    const bool is_confirmed = call.params.flag("confirm").value_or(false);
    if (const auto word = call.params.choice("confirmation_method", kConfirmationMethods)) {
        intent.confirmation_method = static_cast<ConfirmationMethod>(*word);
    }
    if (is_confirmed) {
        read_payment_attempt(call.params, intent.attempt);
    } else {
        refuse_attempt(call.params, "PaymentIntent",
                       {"off_session", "return_url", "error_on_requires_action"});
    }
    MethodParams method = read_method_params(call.params);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    World& world = call.world;
    if (auto good = check_customer(world, intent.customer); !good) {
        return std::unexpected(good.error());
    }
    auto choice = choose_method(world, std::move(method));
    if (!choice) return std::unexpected(choice.error());
    if (choice->get() != nullptr) {
        if (auto good = check_owner(*choice->get(), intent.customer); !good) {
            return std::unexpected(good.error());
        }
        intent.status = IntentStatus::requires_confirmation;
    } else if (is_confirmed) {
        ApiError error = wrong_state(
            "payment_intent_unexpected_state",
            "You cannot confirm this PaymentIntent because it's missing a payment method. You can "
            "either update the PaymentIntent with a payment method and then confirm it again, or "
            "confirm it again directly with a payment method or ConfirmationToken.");
        return std::unexpected(std::move(error));
    }
    if (choice->get() != nullptr) intent.payment_method = choice->keep(world).id;
    MadeIntent made = add_payment_intent(world, std::move(intent));
    if (!is_confirmed) return answer(call, kPaymentIntentType, made.intent.id, made.body);
    return answer(call, kPaymentIntentType, made.intent.id, confirm_payment(world, made.intent));
}

// ---- Update and confirm ----

bool is_open(IntentStatus status) {
    return status == IntentStatus::requires_payment_method ||
           status == IntentStatus::requires_confirmation || status == IntentStatus::requires_action;
}

// What was sent and can only be changed before the payment is made; empty when nothing was.
std::string_view frozen_param(const ParamReader& params) {
    for (const std::string_view name :
         {"amount", "currency", "customer", "payment_method", "payment_method_data",
          "payment_method_types", "setup_future_usage", "capture_method", "shipping"}) {
        if (params.has(name)) return name;
    }
    return {};
}

std::expected<void, ApiError> check_update(const Call& call, const PaymentIntent& intent) {
    const std::string_view name = frozen_param(call.params);
    if (name.empty() || is_open(intent.status)) return {};
    return std::unexpected(unexpected_state(
        call.world, intent,
        fmt::format("This PaymentIntent's {0} could not be updated because it has a status of {1}. "
                    "You may only update the {0} of a PaymentIntent with one of the following "
                    "statuses: requires_payment_method, requires_confirmation, requires_action.",
                    name, to_string(intent.status))));
}

Answer update_payment_intent(Call& call) {
    const auto intent = intent_of(call);
    if (!intent) return std::unexpected(intent.error());
    PaymentIntent changed = **intent;
    read_amount(call.params, changed);
    read_payment_intent(call.params, changed);
    check_client_secret(call.params, changed.client_secret);
    if (const auto sent = call.params.text("customer")) changed.customer = *sent;
    MethodParams method = read_method_params(call.params);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (auto good = check_update(call, **intent); !good) return std::unexpected(good.error());
    if (auto good = check_customer(call.world, changed.customer); !good) {
        return std::unexpected(good.error());
    }
    auto choice = choose_method(call.world, std::move(method));
    if (!choice) return std::unexpected(choice.error());
    if (choice->get() != nullptr) {
        if (auto good = check_owner(*choice->get(), changed.customer); !good) {
            return std::unexpected(good.error());
        }
        changed.payment_method = choice->keep(call.world).id;
        changed.status = IntentStatus::requires_confirmation;
        changed.attempt.is_authenticated = false;
    }
    call.world.tables.payment_intents.replace(**intent, std::move(changed));
    return answer(call, kPaymentIntentType, (*intent)->id);
}

Answer confirm_payment_intent(Call& call) {
    const auto intent = intent_of(call);
    if (!intent) return std::unexpected(intent.error());
    PaymentIntent changed = **intent;
    read_payment_intent(call.params, changed);
    read_payment_attempt(call.params, changed.attempt);
    check_client_secret(call.params, changed.client_secret);
    MethodParams method = read_method_params(call.params);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    World& world = call.world;
    auto choice = choose_method(world, std::move(method));
    if (!choice) return std::unexpected(choice.error());
    if (auto good = check_confirm(world, **intent, *choice); !good) {
        return std::unexpected(good.error());
    }
    if (choice->get() != nullptr) {
        const PaymentMethod& kept = choice->keep(world);
        if (kept.id != changed.payment_method) changed.attempt.is_authenticated = false;
        changed.payment_method = kept.id;
    }
    **intent = std::move(changed);
    return answer(call, kPaymentIntentType, (*intent)->id, confirm_payment(world, **intent));
}

// ---- The other steps ----

Answer capture_payment_intent(Call& call) {
    const auto intent = intent_of(call);
    const auto amount = call.params.integer("amount_to_capture", 1, kAmountMax);
    Metadata metadata = intent ? (*intent)->metadata : Metadata();
    call.params.update_metadata(metadata);
    if (!call.params.flag("final_capture").value_or(true)) {
        call.params.refuse("final_capture",
                           "This simulator captures once: multicapture is not "
                           "available for this PaymentIntent.");
    }
    call.params.ignore({"amount_details", "application_fee_amount", "hooks", "payment_details",
                        "statement_descriptor", "statement_descriptor_suffix"});
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!intent) return std::unexpected(intent.error());
    return answer(call, kPaymentIntentType, (*intent)->id,
                  capture_payment(call.world, **intent, amount.value_or(0), std::move(metadata)));
}

Answer increment_payment_intent(Call& call) {
    const auto intent = intent_of(call);
    const std::int64_t amount = call.params.required_integer("amount", 1, kAmountMax);
    call.params.ignore({"amount_details", "description", "hooks", "metadata", "payment_details",
                        "statement_descriptor"});
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!intent) return std::unexpected(intent.error());
    return answer(call, kPaymentIntentType, (*intent)->id,
                  increment_payment(call.world, **intent, amount));
}

Answer cancel_payment_intent(Call& call) {
    constexpr std::array<std::string_view, 4> kReasons = {"duplicate", "fraudulent",
                                                          "requested_by_customer", "abandoned"};
    const auto intent = intent_of(call);
    const auto reason = call.params.choice("cancellation_reason", kReasons);
    if (intent) check_client_secret(call.params, (*intent)->client_secret);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!intent) return std::unexpected(intent.error());
    const std::string_view word = reason ? kReasons[*reason] : std::string_view();
    return answer(call, kPaymentIntentType, (*intent)->id,
                  cancel_payment(call.world, **intent, word));
}

// ---- Reading ----

Answer retrieve_payment_intent(Call& call) {
    const auto intent = intent_of(call);
    if (!intent) return std::unexpected(intent.error());
    check_client_secret(call.params, (*intent)->client_secret);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kPaymentIntentType, (*intent)->id);
}

Answer list_payment_intents(Call& call) {
    const Page page = read_page(call.params);
    const auto customer = read_filter(call.params, "customer", call.world.tables.customers);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows_of(
        call, customer.value_or(""), call.world.tables.payment_intents, kPaymentIntentType, page,
        [&](const PaymentIntent& intent) { return !customer || intent.customer == *customer; });
}

constexpr std::string_view kPaymentIntentNote =
    "cards only, so return_url is never required; amount_details, payment_details, mandate_data, "
    "radar_options, hooks and most of payment_method_options are taken and have no effect; "
    "connected accounts and confirmation tokens are refused; the money of automatic_async is "
    "booked right behind payment_intent.succeeded, within the call; statement_descriptor is "
    "refused only together with payment_method_types; advice_code and network_decline_code of "
    "declines other than generic_decline follow their meaning and were never seen";

constexpr std::array kPaymentIntentRoutes = {
    Route{.method = Method::post,
          .path = "/v1/payment_intents",
          .handle = create_payment_intent,
          .result = "payment_intent",
          .fidelity = Fidelity::simplified,
          .note = kPaymentIntentNote,
          .source = kPaymentIntentSource},
    Route{.method = Method::get,
          .path = "/v1/payment_intents/{id}",
          .handle = retrieve_payment_intent,
          .result = "payment_intent",
          .source = kPaymentIntentSource},
    Route{.method = Method::post,
          .path = "/v1/payment_intents/{id}",
          .handle = update_payment_intent,
          .result = "payment_intent",
          .fidelity = Fidelity::simplified,
          .note = kPaymentIntentNote,
          .source = kStatesSource},
    Route{.method = Method::post,
          .path = "/v1/payment_intents/{id}/confirm",
          .handle = confirm_payment_intent,
          .result = "payment_intent",
          .fidelity = Fidelity::simplified,
          .note = kPaymentIntentNote,
          .source = kStatesSource},
    Route{.method = Method::post,
          .path = "/v1/payment_intents/{id}/capture",
          .handle = capture_payment_intent,
          .result = "payment_intent",
          .fidelity = Fidelity::simplified,
          .note = "captures once; new statement descriptors are taken and have no effect; the "
                  "released rest is in amount_refunded and is no refund object",
          .source = "docs.stripe.com/payments/place-a-hold-on-a-payment-method"},
    Route{.method = Method::post,
          .path = "/v1/payment_intents/{id}/increment_authorization",
          .handle = increment_payment_intent,
          .result = "payment_intent",
          .fidelity = Fidelity::simplified,
          .note = "only amount has an effect; any card can be incremented when "
                  "request_incremental_authorization was if_available",
          .source = "docs.stripe.com/payments/incremental-authorization"},
    Route{.method = Method::post,
          .path = "/v1/payment_intents/{id}/cancel",
          .handle = cancel_payment_intent,
          .result = "payment_intent",
          .fidelity = Fidelity::simplified,
          .note = "a released authorization is in amount_refunded and is no refund object",
          .source = kStatesSource},
    Route{.method = Method::get,
          .path = "/v1/payment_intents",
          .handle = list_payment_intents,
          .result = "payment_intent",
          .shape = Shape::list,
          .source = kPaymentIntentSource},
};

}  // namespace

std::span<const Route> payment_intent_routes() { return kPaymentIntentRoutes; }

}  // namespace onsite::simulator
