// Every change of the balance: a balance transaction and the entries of the ledger behind it.
#pragma once

#include <cstdint>
#include <string_view>

#include "simulator/core/id.hpp"
#include "simulator/core/world.hpp"
#include "simulator/payments/ledger.hpp"

namespace onsite::simulator {

// What Stripe takes of a payment, as data. Source: stripe.com/pricing, the standard rate of the US
// (2.9 % + 30), for all currencies alike.
inline constexpr std::int64_t kFeePerMille = 29;
inline constexpr std::int64_t kFeeFixed = 30;
inline constexpr std::int64_t kDisputeFee = 1'500;
// docs.stripe.com/payouts: the balance is available two business days later.
inline constexpr std::int64_t kPendingSeconds = 2 * kDay / kSecond;

// Rounded half up. REQUIRES: 0 <= amount <= kAmountMax.
std::int64_t payment_fee(std::int64_t amount);

struct Booking {
    std::string_view type;
    std::string_view reporting_category;
    LedgerAccount counterpart;  // Where the amount comes from, or goes to when it is negative.
    std::int64_t amount = 0;
    std::int64_t fee = 0;
    std::string_view currency;
    std::string_view source;
    std::string_view description = {};
    bool is_pending = false;  // Available after kPendingSeconds, not at once.
};

// The id of the balance transaction.
Id book(World& world, const Booking& booking);

}  // namespace onsite::simulator
