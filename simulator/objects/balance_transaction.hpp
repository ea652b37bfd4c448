// Source: docs.stripe.com/api/balance_transactions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "simulator/core/id.hpp"

namespace onsite::simulator {

// A line of the merchant's balance.
struct BalanceTransaction {
    Id id;  // "txn_"
    std::int64_t created = 0;
    std::int64_t available_on = 0;
    std::string_view type;                // "charge"
    std::string_view reporting_category;  // "charge"
    std::int64_t amount = 0;              // Minor units, negative when the balance falls.
    std::int64_t fee = 0;
    std::string currency = {};
    Id source = {};  // The charge, refund, dispute or payout.
    std::string description = {};
};

}  // namespace onsite::simulator
