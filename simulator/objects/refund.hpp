// Source: docs.stripe.com/api/refunds.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {

struct Refund {
    std::string id;  // "re_"
    std::int64_t created = 0;
    std::int64_t amount = 0;
    std::string currency = {};
    std::string charge = {};
    std::string payment_intent = {};
    std::string payment_method = {};
    std::string customer = {};
    std::string balance_transaction = {};  // Empty when an authorization was released.
    std::string reason = {};
    std::string_view status = "succeeded";  // "pending", "failed"
    // Of one that failed: the money came back.
    std::string failure_balance_transaction = {};
    bool is_reversal = false;  // The payment never shows on the card's statement.
    Metadata metadata = {};
};
// core/table.hpp
inline std::array<std::string_view, 2> owners_of(const Refund& row) {
    return {row.charge, row.payment_intent};
}

}  // namespace onsite::simulator
