#include "simulator/billing/totals.hpp"

#include <algorithm>

#include "simulator/billing/arithmetic.hpp"

namespace onsite::simulator {
namespace {

std::int64_t left_of(const InvoiceLine& line) {
    std::int64_t left = line.charged.amount;
    for (const DiscountAmount& discount : line.discounts) left -= discount.amount;
    return left;
}

std::int64_t off(const Coupon& coupon, std::int64_t base) {
    if (coupon.percent_off > 0) return scaled(base, coupon.percent_off, kPercentWhole);
    return std::min(base, coupon.amount_off);
}

void apply(Invoice& invoice, const Discount& discount) {
    std::vector<std::int64_t> weights;
    std::int64_t base = 0;
    for (const InvoiceLine& line : invoice.lines) {
        const std::int64_t left = line.charged.is_discountable ? left_of(line) : 0;
        weights.push_back(std::max<std::int64_t>(left, 0));
        base += weights.back();
    }
    const std::int64_t whole = off(discount.coupon, base);
    const auto parts = allocate(whole, weights);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (weights[i] > 0) invoice.lines[i].discounts.push_back({discount.id, parts[i]});
    }
    invoice.total_discounts.push_back({discount.id, base > 0 ? whole : 0});
}

std::string_view reason_of(std::string_view tax_exempt) {
    if (tax_exempt == "exempt") return "customer_exempt";
    return tax_exempt == "reverse" ? "reverse_charge" : "standard_rated";
}

void tax(InvoiceLine& line, const std::vector<const TaxRate*>& rates, std::string_view exempt) {
    std::int64_t inclusive = 0;
    for (const TaxRate* rate : rates) inclusive += rate->is_inclusive ? rate->percentage : 0;
    const std::int64_t gross = left_of(line);
    // An inclusive price stays what it is: the tax is taken out of it.
    const std::int64_t net = scaled(gross, kPercentWhole, kPercentWhole + inclusive);
    std::int64_t to_share = gross - net;
    std::int64_t percent_left = inclusive;
    for (const TaxRate* rate : rates) {
        TaxAmount amount{.tax_rate = rate->id,
                         .is_inclusive = rate->is_inclusive,
                         .taxable = net,
                         .reason = reason_of(exempt)};
        if (rate->is_inclusive && percent_left > 0) {
            amount.amount = scaled(to_share, rate->percentage, percent_left);
            to_share -= amount.amount;
            percent_left -= rate->percentage;
        } else if (!rate->is_inclusive) {
            amount.amount = scaled(net, rate->percentage, kPercentWhole);
        }
        if (exempt != "none") amount.amount = 0;
        line.taxes.push_back(std::move(amount));
    }
}

void add_to_totals(Invoice& invoice, const TaxAmount& tax) {
    (tax.is_inclusive ? invoice.inclusive_tax : invoice.exclusive_tax) += tax.amount;
    const auto same = std::ranges::find(invoice.total_taxes, tax.tax_rate, &TaxAmount::tax_rate);
    if (same == invoice.total_taxes.end()) {
        invoice.total_taxes.push_back(tax);
    } else {
        same->amount += tax.amount;
        same->taxable += tax.taxable;
    }
}

}  // namespace

void total_up(Invoice& invoice, const TotalsInput& input) {
    invoice.subtotal = invoice.inclusive_tax = invoice.exclusive_tax = 0;
    invoice.total_discounts.clear();
    invoice.total_taxes.clear();
    for (InvoiceLine& line : invoice.lines) {
        line.discounts.clear();
        line.taxes.clear();
        invoice.subtotal += line.charged.amount;
    }
    for (const Discount* discount : input.discounts) apply(invoice, *discount);
    std::int64_t discounted = 0;
    for (InvoiceLine& line : invoice.lines) {
        const auto& named =
            line.charged.tax_rates.empty() ? invoice.default_tax_rates : line.charged.tax_rates;
        std::vector<const TaxRate*> rates;
        for (const TaxRate* rate : input.tax_rates) {
            if (std::ranges::find(named, rate->id) != named.end()) rates.push_back(rate);
        }
        tax(line, rates, input.tax_exempt);
        for (const TaxAmount& amount : line.taxes) add_to_totals(invoice, amount);
        for (const DiscountAmount& amount : line.discounts) discounted += amount.amount;
    }
    invoice.total = invoice.subtotal - discounted + invoice.exclusive_tax;
}

}  // namespace onsite::simulator
