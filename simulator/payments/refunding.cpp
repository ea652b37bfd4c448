#include "simulator/payments/refunding.hpp"

#include <utility>

#include <fmt/format.h>

#include "simulator/payments/booking.hpp"
#include "simulator/payments/disputing.hpp"
#include "simulator/payments/payment_flow.hpp"
#include "simulator/payments/test_cards.hpp"
#include "simulator/resources/charges.hpp"
#include "simulator/resources/refunds.hpp"
#include "simulator/wire/currency.hpp"

namespace onsite::simulator {
namespace {

// "$0.50": shown_amount() without the code behind it.
std::string shown(std::int64_t amount, const std::string& currency) {
    std::string text = shown_amount(amount, currency);
    return text.substr(0, text.rfind(' '));
}

void tell_end(World& world, const Refund& refund, std::string_view type, std::string changed) {
    const Body body = rendered(world, kRefundType, refund.id);
    world.emit(type, body, changed);
    world.emit("charge.refund.updated", body, std::move(changed));
}

// docs.stripe.com/refunds#failed-refunds
void fail(World& world, Refund& refund) {
    refund.status = "failed";
    refund.failure_balance_transaction = book(world, {.type = "refund_failure",
                                                      .reporting_category = "refund_failure",
                                                      .counterpart = LedgerAccount::cardholders,
                                                      .amount = refund.amount,
                                                      .currency = refund.currency,
                                                      .source = refund.id,
                                                      .description = "REFUND FAILURE"});
    if (Charge* charge = world.tables.charges.find(refund.charge)) {
        charge->returned -= refund.amount;
    }
    tell_end(world, refund, "refund.failed", R"({"status":"succeeded"})");
}

void end_later(World& world, Refund& refund, Aftermath aftermath) {
    if (aftermath == Aftermath::refund_pends) refund.status = "pending";
    world.timeline.at(world.timeline.now_us() + kRefundEndsUs, [&world, id = refund.id] {
        Refund* ended = world.tables.refunds.find(id);
        if (ended == nullptr) return;
        if (ended->status != "pending") return fail(world, *ended);
        ended->status = "succeeded";
        tell_end(world, *ended, "refund.updated", R"({"status":"pending"})");
    });
}

ApiError too_much(std::string message) {
    ApiError error = wrong_state({}, std::move(message));
    error.param = "amount";
    return error;
}

}  // namespace

std::expected<std::int64_t, ApiError> check_refund(const World& world, const Charge& charge,
                                                   std::int64_t amount) {
    if (charge.has_failed()) {
        return std::unexpected(wrong_state(
            "charge_not_refundable",
            fmt::format("Charge {} failed, so there is nothing to refund.", charge.id)));
    }
    if (charge.is_refunded()) {
        return std::unexpected(
            wrong_state("charge_already_refunded",
                        fmt::format("Charge {} has already been refunded.", charge.id)));
    }
    if (charge.is_disputed && !is_only_inquired(world, charge)) {
        return std::unexpected(wrong_state(
            "charge_disputed",
            fmt::format("Charge {} has been charged back; cannot issue a refund.", charge.id)));
    }
    if (amount > charge.amount) {
        return std::unexpected(too_much(
            fmt::format("Refund amount ({}) is greater than charge amount ({})",
                        shown(amount, charge.currency), shown(charge.amount, charge.currency))));
    }
    const std::int64_t left = charge.is_captured ? charge.refundable() : charge.amount;
    if (amount > left) {
        return std::unexpected(too_much(
            fmt::format("Refund amount ({}) is greater than unrefunded amount on charge ({})",
                        shown(amount, charge.currency), shown(left, charge.currency))));
    }
    if (!charge.is_captured && amount != 0 && amount != left) {
        return std::unexpected(too_much(fmt::format(
            "Charge {} is not captured: its authorization can be released as a whole only.",
            charge.id)));
    }
    return amount == 0 ? left : amount;
}

Refund& refund_charge(World& world, Charge& charge, Refund refund) {
    refund.id = world.ids.next("re_");
    refund.created = world.timeline.now_s();
    refund.currency = charge.currency;
    refund.charge = charge.id;
    refund.payment_intent = charge.payment_intent;
    refund.payment_method = charge.payment_method;
    refund.customer = charge.customer;
    refund.is_reversal = !charge.is_captured;
    if (charge.is_captured) {
        charge.returned += refund.amount;
        refund.balance_transaction = book(world, {.type = "refund",
                                                  .reporting_category = "refund",
                                                  .counterpart = LedgerAccount::cardholders,
                                                  .amount = -refund.amount,
                                                  .currency = charge.currency,
                                                  .source = refund.id,
                                                  .description = "REFUND FOR CHARGE"});
    } else {
        charge.released = charge.amount;
    }
    Refund& added = world.tables.refunds.add(std::move(refund));
    const Aftermath aftermath = charge.card.test->aftermath;
    const bool ends_later =
        aftermath == Aftermath::refund_pends || aftermath == Aftermath::refund_fails;
    if (ends_later && !added.is_reversal) end_later(world, added, aftermath);
    world.emit("refund.created", rendered(world, kRefundType, added.id));
    world.emit("charge.refunded", snapshot_of(world, charge));
    if (charge.is_refunded()) close_inquiry(world, charge);
    return added;
}

}  // namespace onsite::simulator
