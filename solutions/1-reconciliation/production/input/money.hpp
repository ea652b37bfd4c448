// Amounts and currencies as text, turned into numbers exactly or not at all.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

#include "solutions/1-reconciliation/production/findings.hpp"

namespace onsite::reconcile {

// How many decimals ISO 4217 gives the currency: JPY 0, KWD 3; nothing for those it does not list,
// and for those that have no minor unit (XAU, XTS).
std::optional<int> exponent_of(CurrencyCode currency);

std::expected<CurrencyCode, RejectReason> parse_currency(std::string_view text);

struct Money {
    std::int64_t amount_minor = 0;
    CurrencyCode currency = 0;
};

// Zeros in front are allowed ("007"), and zeros behind that say nothing ("1.000" USD).
std::expected<Money, RejectReason> parse_money(std::string_view amount, std::string_view currency,
                                               AmountForm form);

}  // namespace onsite::reconcile
