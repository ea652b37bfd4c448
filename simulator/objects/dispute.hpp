// Source: docs.stripe.com/api/disputes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {

struct Dispute {
    std::string id;  // "dp_"
    std::int64_t created = 0;
    std::int64_t amount = 0;
    std::string currency = {};
    std::string charge = {};
    std::string payment_intent = {};
    std::string_view card_brand = {};
    std::string_view status = {};  // "needs_response"
    bool is_inquiry = false;
    std::map<std::string, std::string, std::less<>> evidence = {};
    std::int64_t submission_count = 0;
    std::vector<std::string> balance_transactions = {};
    Metadata metadata = {};

    bool is_closed() const {
        return status == "won" || status == "lost" || status == "warning_closed";
    }
};

}  // namespace onsite::simulator
