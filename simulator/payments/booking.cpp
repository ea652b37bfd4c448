#include "simulator/payments/booking.hpp"

namespace onsite::simulator {

std::int64_t payment_fee(std::int64_t amount) {
    return (amount * kFeePerMille + 500) / 1'000 + kFeeFixed;
}

Id book(World& world, const Booking& booking) {
    Ledger& ledger = world.tables.ledger;
    const std::int64_t now_s = world.timeline.now_s();
    const std::int64_t net = booking.amount - booking.fee;
    const auto place = booking.is_pending ? LedgerAccount::pending : LedgerAccount::available;
    ledger.post(
        booking.currency,
        {{place, net}, {LedgerAccount::fees, booking.fee}, {booking.counterpart, -booking.amount}});
    const std::int64_t available_on = booking.is_pending ? now_s + kPendingSeconds : now_s;
    if (booking.is_pending) ledger.mature_at(available_on, booking.currency, net);
    return world.tables.balance_transactions
        .add({.id = world.ids.next("txn_"),
              .created = now_s,
              .available_on = available_on,
              .type = booking.type,
              .reporting_category = booking.reporting_category,
              .amount = booking.amount,
              .fee = booking.fee,
              .currency = std::string(booking.currency),
              .source = booking.source,
              .description = std::string(booking.description)})
        .id;
}

}  // namespace onsite::simulator
