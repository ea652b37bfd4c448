#include "simulator/payments/charging.hpp"

#include <utility>

#include "simulator/billing/customer_time.hpp"
#include "simulator/payments/booking.hpp"
#include "simulator/payments/disputing.hpp"
#include "simulator/payments/test_cards.hpp"
#include "simulator/resources/charges.hpp"

namespace onsite::simulator {
namespace {

void settle(World& world, Charge& charge) {
    charge.balance_transaction =
        book(world, {.type = "charge",
                     .reporting_category = "charge",
                     .counterpart = LedgerAccount::cardholders,
                     .amount = charge.amount_captured,
                     .fee = payment_fee(charge.amount_captured),
                     .currency = charge.currency,
                     .source = charge.id,
                     .description = charge.texts->description,
                     .is_pending = charge.card.test->aftermath != Aftermath::available_at_once});
}

}  // namespace

Charge& add_charge(World& world, Charge charge) {
    charge.id = world.ids.next("ch_");
    charge.created = timeline_of(world, charge.customer).now_s();
    return world.tables.charges.add(std::move(charge));
}

Charge& add_failed_charge(World& world, Charge charge, const Decline& decline) {
    charge.failure = decline;
    Charge& failed = add_charge(world, std::move(charge));
    world.emit("charge.failed", snapshot_of(world, failed));
    return failed;
}

void capture(World& world, Charge& charge, std::int64_t amount, Settlement settlement) {
    charge.is_captured = true;
    charge.amount_captured = amount;
    charge.released = charge.amount - amount;
    if (settlement == Settlement::at_once) settle(world, charge);
}

void finish_capture(World& world, Charge& charge) {
    if (charge.balance_transaction.empty()) {
        settle(world, charge);
        world.emit("charge.updated", snapshot_of(world, charge), R"({"balance_transaction":null})");
    }
    const Aftermath aftermath = charge.card.test->aftermath;
    if (aftermath != Aftermath::dispute && aftermath != Aftermath::inquiry) return;
    // Nobody's request: the bank comes back by itself.
    Shared<Origin> origin = std::exchange(world.origin, {});
    open_dispute(world, charge, aftermath == Aftermath::inquiry);
    world.origin = std::move(origin);
}

void release(World& world, Charge& charge, std::string_view event) {
    charge.released = charge.amount;
    world.emit(event, snapshot_of(world, charge));
}

}  // namespace onsite::simulator
