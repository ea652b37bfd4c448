// add_invoice_items: what a new subscription is billed for once, beside its items.
// Source: docs.stripe.com/api/subscriptions/create#create_subscription-add_invoice_items.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

struct AddedItem {
    Charged charged = {};
    std::optional<Price> price_data = {};  // A price that is made for it.
};

// Problems go to the reader.
std::vector<AddedItem> read_added_items(ParamReader& params, const World& world);
// Errors: 400, when one is not in this currency.
std::expected<void, ApiError> check_added_items(const std::vector<AddedItem>& items,
                                                std::string_view currency);
// What they are charged as; the prices that were described are made.
std::vector<Charged> charged_for(World& world, std::vector<AddedItem> items);

}  // namespace onsite::simulator
