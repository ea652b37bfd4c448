// Authorizations that wait: captured, raised, given up, or forgotten.
#include <utility>

#include <fmt/format.h>

#include "simulator/payments/charging.hpp"
#include "simulator/payments/payment_flow.hpp"
#include "simulator/resources/charges.hpp"

namespace onsite::simulator {

void expire_later(World& world, const PaymentIntent& intent) {
    world.timeline.at(world.timeline.now_us() + kAuthorizationUs, [&world, id = intent.id] {
        PaymentIntent* held = world.tables.payment_intents.find(id);
        if (held == nullptr || held->status != IntentStatus::requires_capture) return;
        if (Charge* charge = world.tables.charges.find(held->latest_charge)) {
            release(world, *charge, "charge.expired");
        }
        held->status = IntentStatus::canceled;
        held->amount_capturable = 0;
        held->canceled_at = world.timeline.now_s();
        held->cancellation_reason = "automatic";
        tell(world, "payment_intent.canceled", *held);
    });
}

Step capture_payment(World& world, PaymentIntent& intent, std::int64_t amount, Metadata metadata) {
    Charge* charge = world.tables.charges.find(intent.latest_charge);
    if (intent.status == IntentStatus::succeeded) {
        return std::unexpected(unexpected_state(
            world, intent,
            "This PaymentIntent could not be captured because it has already been captured."));
    }
    if (intent.status != IntentStatus::requires_capture || charge == nullptr) {
        return std::unexpected(unexpected_state(
            world, intent,
            fmt::format("This PaymentIntent could not be captured because it has a status of {}. "
                        "Only a PaymentIntent with one of the following statuses may be captured: "
                        "requires_capture.",
                        to_string(intent.status))));
    }
    if (amount > intent.amount_capturable) {
        ApiError error = wrong_state(
            "amount_too_large", fmt::format("The amount to capture ({}) is greater than the amount "
                                            "that can be captured ({}).",
                                            amount, intent.amount_capturable));
        error.param = "amount_to_capture";
        return std::unexpected(std::move(error));
    }
    intent.metadata = std::move(metadata);
    intent.amount_received = amount == 0 ? intent.amount_capturable : amount;
    capture(world, *charge, intent.amount_received, Settlement::at_once);
    intent.status = IntentStatus::succeeded;
    intent.amount_capturable = 0;
    world.emit("charge.captured", snapshot_of(world, *charge));
    Body body = tell(world, "payment_intent.succeeded", intent);
    finish_capture(world, *charge);
    return body;
}

Step increment_payment(World& world, PaymentIntent& intent, std::int64_t amount) {
    Charge* charge = world.tables.charges.find(intent.latest_charge);
    if (intent.status != IntentStatus::requires_capture || charge == nullptr) {
        return std::unexpected(unexpected_state(
            world, intent,
            fmt::format("The authorization of this PaymentIntent could not be incremented because "
                        "it has a status of {}. Only a PaymentIntent with one of the following "
                        "statuses may be incremented: requires_capture.",
                        to_string(intent.status))));
    }
    if (!intent.options.can_increment) {
        return std::unexpected(wrong_state(
            "payment_intent_invalid_parameter",
            "This PaymentIntent's authorization cannot be incremented: it was confirmed without "
            "payment_method_options[card][request_incremental_authorization]."));
    }
    if (amount <= intent.amount) {
        ApiError error = wrong_state(
            {}, fmt::format("The amount of an incremental authorization must be greater than the "
                            "currently authorized amount ({}).",
                            intent.amount));
        error.param = "amount";
        return std::unexpected(std::move(error));
    }
    if (!world.forced_decline.empty()) {
        return std::unexpected(card_error(decline_of(world.forced_decline)));
    }
    charge->amount = intent.amount = intent.amount_capturable = amount;
    return tell(world, "payment_intent.amount_capturable_updated", intent);
}

Step cancel_payment(World& world, PaymentIntent& intent, std::string_view reason) {
    if (intent.status == IntentStatus::succeeded || intent.status == IntentStatus::canceled) {
        return std::unexpected(unexpected_state(
            world, intent,
            fmt::format("You cannot cancel this PaymentIntent because it has a status of {}. Only "
                        "a PaymentIntent with one of the following statuses may be canceled: "
                        "requires_payment_method, requires_capture, requires_confirmation, "
                        "requires_action, processing.",
                        to_string(intent.status))));
    }
    Charge* charge = world.tables.charges.find(intent.latest_charge);
    if (intent.status == IntentStatus::requires_capture && charge != nullptr) {
        release(world, *charge, "charge.refunded");
    }
    intent.status = IntentStatus::canceled;
    intent.amount_capturable = 0;
    intent.canceled_at = world.timeline.now_s();
    intent.cancellation_reason = reason;
    return tell(world, "payment_intent.canceled", intent);
}

}  // namespace onsite::simulator
