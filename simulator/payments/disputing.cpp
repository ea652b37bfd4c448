#include "simulator/payments/disputing.hpp"

#include "simulator/payments/booking.hpp"
#include "simulator/payments/test_cards.hpp"
#include "simulator/resources/disputes.hpp"

namespace onsite::simulator {
namespace {

void emit(World& world, std::string_view type, const Dispute& dispute) {
    world.emit(type, rendered(world, kDisputeType, dispute.id));
}

void withdraw(World& world, Dispute& dispute) {
    dispute.balance_transactions.push_back(book(world, {.type = "adjustment",
                                                        .reporting_category = "dispute",
                                                        .counterpart = LedgerAccount::disputes,
                                                        .amount = -dispute.amount,
                                                        .fee = kDisputeFee,
                                                        .currency = dispute.currency,
                                                        .source = dispute.id,
                                                        .description = "Chargeback withdrawal"}));
}

void reinstate(World& world, Dispute& dispute) {
    dispute.balance_transactions.push_back(book(world, {.type = "adjustment",
                                                        .reporting_category = "dispute_reversal",
                                                        .counterpart = LedgerAccount::disputes,
                                                        .amount = dispute.amount,
                                                        .currency = dispute.currency,
                                                        .source = dispute.id,
                                                        .description = "Chargeback reversal"}));
}

}  // namespace

void open_dispute(World& world, Charge& charge, bool is_inquiry) {
    Dispute& dispute = world.tables.disputes.add(
        {.id = world.ids.next("dp_"),
         .created = world.timeline.now_s(),
         .amount = charge.amount_captured,
         .currency = charge.currency,
         .charge = charge.id,
         .payment_intent = charge.payment_intent,
         .card_brand = charge.card.test->brand,
         .status = is_inquiry ? "warning_needs_response" : "needs_response",
         .is_inquiry = is_inquiry});
    charge.is_disputed = true;
    if (!is_inquiry) withdraw(world, dispute);
    emit(world, "charge.dispute.created", dispute);
    if (!is_inquiry) emit(world, "charge.dispute.funds_withdrawn", dispute);
}

bool is_only_inquired(const World& world, const Charge& charge) {
    bool is_inquired = false;
    for (const Dispute& dispute : world.tables.disputes.rows()) {
        if (dispute.charge != charge.id) continue;
        if (!dispute.is_inquiry) return false;
        is_inquired = true;
    }
    return is_inquired;
}

void close_inquiry(World& world, const Charge& charge) {
    if (!charge.is_disputed) return;
    for (Dispute& dispute : world.tables.disputes.rows()) {
        if (dispute.charge != charge.id || !dispute.is_inquiry || dispute.is_closed()) continue;
        return close_dispute(world, dispute, false);
    }
}

void close_dispute(World& world, Dispute& dispute, bool is_won) {
    dispute.status = dispute.is_inquiry ? "warning_closed" : is_won ? "won" : "lost";
    if (dispute.is_inquiry || !is_won) return emit(world, "charge.dispute.closed", dispute);
    reinstate(world, dispute);
    emit(world, "charge.dispute.closed", dispute);
    emit(world, "charge.dispute.funds_reinstated", dispute);
}

}  // namespace onsite::simulator
