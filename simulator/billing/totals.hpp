// The totals of an invoice, from its lines. Pure: the same lines, discounts and rates give the same
// totals, in integers, with one rounding per line and amount.
// Source: docs.stripe.com/invoicing/calculations, docs.stripe.com/billing/taxes/tax-rates.
#pragma once

#include <span>
#include <string_view>

#include "simulator/objects/discount.hpp"
#include "simulator/objects/invoice.hpp"

namespace onsite::simulator {

// What the totals depend on besides the invoice.
struct TotalsInput {
    std::span<const Discount* const> discounts = {};  // In the order of application.
    std::span<const TaxRate* const> tax_rates = {};   // At least those that lines name.
    std::string_view tax_exempt = "none";             // Of the customer.
};

// Fills the discounts and taxes of each line and the totals of the invoice. Afterwards
//     total = subtotal - discounts + exclusive taxes,
// each sum being that of the lines. Discounts never make a line negative, and lines that are
// negative have none. Percentages are of what earlier discounts left; a discount is spread over the
// lines by largest remainder. Complexity: O(lines * (discounts * log lines + rates)).
void total_up(Invoice& invoice, const TotalsInput& input);

}  // namespace onsite::simulator
