// A card and whom it belongs to. The number itself is never kept.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "simulator/core/id.hpp"
#include "simulator/objects/address.hpp"

namespace onsite::simulator {

struct TestCard;

struct Card {
    const TestCard* test = nullptr;  // Never nothing in an object that exists.
    Id fingerprint = {};             // The same for the same number in one account.
    std::int64_t exp_month = 0;
    std::int64_t exp_year = 0;
    std::string cvc_check = {};  // "pass", "fail", or empty when no code was sent.

    std::string_view last4() const;
};

struct BillingDetails {
    Address address = {};
    std::string email = {};
    std::string name = {};
    std::string phone = {};
    std::string tax_id = {};
};

// Applies `billing_details` to what is there.
void update_billing_details(ParamReader& params, Shared<BillingDetails>& details);
void write_billing_details(JsonWriter& json, const BillingDetails& details);

// Members that the cards of payment methods, charges and tokens share: country to last4.
void write_card_members(JsonWriter& json, const Card& card);
void write_card_checks(JsonWriter& json, const Card& card);

}  // namespace onsite::simulator
