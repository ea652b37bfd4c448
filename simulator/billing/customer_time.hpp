// The time and the balance of a customer.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "simulator/core/world.hpp"
#include "simulator/wire/api_error.hpp"

namespace onsite::simulator {

// The customer's test clock, or the time of the account. Everything that a customer has takes its
// moments from here. Source: docs.stripe.com/billing/testing/test-clocks.
Timeline& timeline_of(World& world, const Customer& customer);
const Timeline& timeline_of(const World& world, const Customer& customer);
// Of a customer that may be gone: then the time of the account.
Timeline& timeline_of(World& world, std::string_view customer);

// Adds change.amount to the balance and keeps the change, with customer.updated. Returns its id.
// Source: docs.stripe.com/billing/customer/balance.
std::string change_balance(World& world, Customer& customer, BalanceChange change);

// Whether the last attempt to collect an invoice failed, with customer.updated when that is news.
// Source: docs.stripe.com/api/customers/object#customer_object-delinquent.
void set_delinquent(World& world, std::string_view customer, bool is_delinquent);

// The first thing that is billed decides the currency of a customer.
// Errors: 400 on `param` when it is another one.
std::expected<void, ApiError> check_currency(const Customer& customer, std::string_view currency,
                                             std::string_view param);

}  // namespace onsite::simulator
