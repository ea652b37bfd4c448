// Source: docs.stripe.com/api/payment_methods.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "simulator/core/id.hpp"
#include "simulator/objects/card.hpp"

namespace onsite::simulator {

struct PaymentMethod {
    Id id;  // "pm_"
    std::int64_t created = 0;
    Id customer = {};
    Card card = {};
    Shared<BillingDetails> billing_details = {};
    Metadata metadata = {};
    std::string allow_redisplay = "unspecified";
    // Paid with, or detached, without a customer: it cannot be used again.
    bool is_used_up = false;
    // Its owner agreed to payments in their absence, and proved who they are.
    bool is_set_up = false;
};
// core/table.hpp
inline std::array<std::string_view, 1> owners_of(const PaymentMethod& row) {
    return {row.customer};
}

}  // namespace onsite::simulator
