// Source: docs.stripe.com/api/payouts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {

struct Payout {
    std::string id;  // "po_"
    std::int64_t created = 0;
    std::int64_t arrival_date = 0;
    std::int64_t amount = 0;
    std::string currency = {};
    std::string balance_transaction = {};
    std::string description = {};
    std::string statement_descriptor = {};
    std::string_view method = "standard";
    std::string_view status = "pending";
    Metadata metadata = {};
};

}  // namespace onsite::simulator
