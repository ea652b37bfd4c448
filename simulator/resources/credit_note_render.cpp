#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/objects/address.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/credit_notes.hpp"
#include "simulator/resources/fields.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kPreviewId = "cn_preview";

// What the lines have in all, each discount and each rate once.
struct CreditSums {
    std::int64_t subtotal = 0;
    std::int64_t discount = 0;
    std::int64_t inclusive = 0;
    std::int64_t exclusive = 0;
    std::vector<DiscountAmount> discounts = {};
    std::vector<TaxAmount> taxes = {};
};

CreditSums sums_of(const CreditNote& note) {
    CreditSums sums;
    for (const CreditLine& line : note.lines) {
        sums.subtotal += line.amount;
        for (const DiscountAmount& one : line.discounts) {
            sums.discount += one.amount;
            const auto same =
                std::ranges::find(sums.discounts, one.discount, &DiscountAmount::discount);
            if (same == sums.discounts.end()) {
                sums.discounts.push_back(one);
            } else {
                same->amount += one.amount;
            }
        }
        for (const TaxAmount& one : line.taxes) {
            (one.is_inclusive ? sums.inclusive : sums.exclusive) += one.amount;
            const auto same = std::ranges::find(sums.taxes, one.tax_rate, &TaxAmount::tax_rate);
            if (same == sums.taxes.end()) {
                sums.taxes.push_back(one);
            } else {
                same->amount += one.amount;
                same->taxable += one.taxable;
            }
        }
    }
    return sums;
}

void write_refunds(JsonWriter& json, const CreditNote& note) {
    json.key("refunds");
    json.begin_array();
    if (!note.refund.empty()) {
        json.begin_object();
        json.number("amount_refunded", note.refund_amount);
        json.null("payment_record_refund");
        json.text("refund", note.refund);
        json.word("type", "refund");
        json.end_object();
    }
    json.end_array();
}

void write_amounts(JsonWriter& json, const View& view, const CreditNote& note) {
    const CreditSums sums = sums_of(note);
    json.number("amount", note.amount);
    json.number("amount_shipping", 0);
    json.number("discount_amount", sums.discount);
    write_discount_amounts(json, view, "discount_amounts", sums.discounts);
    json.number_or_null("out_of_band_amount", note.out_of_band_amount == 0
                                                  ? std::nullopt
                                                  : std::optional(note.out_of_band_amount));
    json.number("post_payment_amount", note.amount - note.pre_payment_amount);
    json.number("pre_payment_amount", note.pre_payment_amount);
    write_texts(json, "pretax_credit_amounts", {});
    write_refunds(json, note);
    json.null("shipping_cost");
    json.number("subtotal", sums.subtotal);
    json.number("subtotal_excluding_tax", sums.subtotal - sums.inclusive);
    json.number("total", note.amount);
    json.number("total_excluding_tax", note.amount - sums.inclusive - sums.exclusive);
    write_taxes(json, "total_taxes", sums.taxes);
}

bool render_note(JsonWriter& json, const View& view, std::string_view id) {
    const CreditNote* note = view.world.tables.credit_notes.find(id);
    if (note == nullptr) return false;
    write_credit_note(json, view, *note);
    return true;
}

constexpr std::array kCreditNoteReferences = {
    Reference{"customer", "customer"},
    Reference{"customer_balance_transaction", "customer_balance_transaction"},
    Reference{"discount_amounts.discount", "discount"}, Reference{"invoice", "invoice"}};

}  // namespace

void write_credit_line(JsonWriter& json, const View& view, const CreditLine& line,
                       std::size_t place) {
    const bool is_custom = line.invoice_line.empty();
    std::int64_t discount = 0;
    for (const DiscountAmount& amount : line.discounts) discount += amount.amount;
    std::vector<std::string> rates;
    for (const TaxAmount& tax : line.taxes) rates.push_back(tax.tax_rate);
    json.begin_object();
    json.text("id", line.id.empty() ? fmt::format("cnli_tmp_{}", place + 1) : line.id);
    json.word("object", "credit_note_line_item");
    json.number("amount", line.amount);
    json.text_or_null("description", line.description);
    json.number("discount_amount", discount);
    write_discount_amounts(json, {view.world}, "discount_amounts", line.discounts);
    if (!is_custom) json.text("invoice_line_item", line.invoice_line);
    json.flag("livemode", false);
    write_metadata(json, {});
    write_texts(json, "pretax_credit_amounts", {});
    json.number("quantity", line.quantity);
    write_tax_rates(json, view, "tax_rates", rates);
    write_taxes(json, "taxes", line.taxes);
    json.text("type", is_custom ? "custom_line_item" : "invoice_line_item");
    const bool is_whole = line.unit_price % kUnitScale == 0;
    json.number_or_null("unit_amount",
                        is_whole ? std::optional(line.unit_price / kUnitScale) : std::nullopt);
    json.text("unit_amount_decimal", decimal_text(line.unit_price, kUnitDigits));
    json.end_object();
}

void write_credit_note(JsonWriter& json, const View& view, const CreditNote& note) {
    const std::string_view id = note.id.empty() ? kPreviewId : std::string_view(note.id);
    json.begin_object();
    json.text("id", id);
    json.word("object", "credit_note");
    write_amounts(json, view, note);
    json.number("created", note.created);
    json.text("currency", note.currency);
    write_reference(json, view, "customer", note.customer);
    json.null("customer_account");
    write_reference(json, view, "customer_balance_transaction", note.balance_change);
    json.number("effective_at", note.created);
    write_reference(json, view, "invoice", note.invoice);
    write_list(json, "lines", fmt::format("/v1/credit_notes/{}/lines", id), [&](JsonWriter& list) {
        for (std::size_t i = 0; i < note.lines.size(); ++i) {
            write_credit_line(list, view, note.lines[i], i);
        }
    });
    json.flag("livemode", false);
    json.text_or_null("memo", note.memo);
    write_metadata(json, note.metadata);
    json.text("number", note.number);
    json.text("pdf", fmt::format("https://invoice.onsite.test/{}/pdf", id));
    json.text_or_null("reason", note.reason);
    json.text("status", note.voided_at ? "void" : "issued");
    json.text("type", note.pre_payment_amount == note.amount ? "pre_payment" : "post_payment");
    json.number_or_null("voided_at", note.voided_at);
    json.end_object();
}

const ResourceType kCreditNoteType = {"credit_note", "cn_", kCreditNoteReferences, render_note};

}  // namespace onsite::simulator
