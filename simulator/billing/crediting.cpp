#include "simulator/billing/crediting.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/invoice_events.hpp"
#include "simulator/core/call.hpp"
#include "simulator/payments/refunding.hpp"
#include "simulator/resources/credit_notes.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/invoices.hpp"

namespace onsite::simulator {
namespace {

std::expected<void, ApiError> check_parts(const Invoice& invoice, const CreditOrder& order,
                                          std::int64_t amount) {
    const bool is_open = invoice.status == InvoiceStatus::open;
    const std::int64_t most =
        is_open ? invoice.amount_remaining : invoice.amount_paid - invoice.post_payment_credit;
    if (amount > most) {
        return std::unexpected(invalid_parameter(
            "amount",
            fmt::format("The amount of the credit note ({}) is more than what the invoice "
                        "leaves to be credited ({}).",
                        amount, most)));
    }
    const std::int64_t given = order.to_balance + order.out_of_band + order.refunded;
    if (given != (is_open ? 0 : amount)) {
        return std::unexpected(invalid_parameter(
            "credit_amount",
            fmt::format("credit_amount, refund_amount and out_of_band_amount must sum to {}, "
                        "found {}.",
                        is_open ? 0 : amount, given)));
    }
    return {};
}

// ---- Lines ----

std::int64_t credited_before(const World& world, std::string_view invoice_line) {
    std::int64_t sum = 0;
    for (const CreditNote& note : world.tables.credit_notes.rows()) {
        if (note.voided_at) continue;
        for (const CreditLine& line : note.lines) {
            if (line.invoice_line == invoice_line) sum += line.amount;
        }
    }
    return sum;
}

// The part of an invoice's line, with the same part of its discounts and taxes.
CreditLine part_of(const InvoiceLine& whole, std::int64_t amount, std::int64_t quantity) {
    const std::int64_t all = whole.charged.amount;
    CreditLine line{.id = {},
                    .invoice_line = whole.id,
                    .description = whole.charged.description,
                    .quantity = quantity,
                    .unit_price = whole.charged.unit_price,
                    .amount = amount};
    for (const DiscountAmount& discount : whole.discounts) {
        line.discounts.push_back({discount.discount, scaled(discount.amount, amount, all)});
    }
    for (TaxAmount tax : whole.taxes) {
        tax.amount = scaled(tax.amount, amount, all);
        tax.taxable = scaled(tax.taxable, amount, all);
        line.taxes.push_back(std::move(tax));
    }
    return line;
}

std::expected<CreditLine, ApiError> line_of(const World& world, const Invoice& invoice,
                                            const CreditLineOrder& order, std::int64_t earlier) {
    const auto found = std::ranges::find(invoice.lines, order.invoice_line, &InvoiceLine::id);
    if (found == invoice.lines.end()) {
        return std::unexpected(
            no_such("invoice line item", order.invoice_line, "lines[0][invoice_line_item]"));
    }
    const Charged& charged = found->charged;
    const std::int64_t left = charged.amount - credited_before(world, found->id) - earlier;
    if (order.quantity > charged.quantity || charged.amount <= 0) {
        return std::unexpected(invalid_parameter(
            "lines[0][quantity]",
            fmt::format("The line {} has {} units to credit, found {}.", found->id,
                        charged.amount > 0 ? charged.quantity : 0, order.quantity)));
    }
    const std::int64_t amount =
        order.amount.value_or(scaled(charged.amount, order.quantity, charged.quantity));
    if (amount > left) {
        return std::unexpected(invalid_parameter(
            "lines[0][amount]", fmt::format("The line {} leaves {} to be credited, found {}.",
                                            found->id, left, amount)));
    }
    return part_of(*found, amount, order.quantity);
}

CreditLine custom_line(std::int64_t amount, const CreditLineOrder& order) {
    return {.id = {},
            .description = order.description,
            .quantity = order.quantity,
            .unit_price = order.unit_price,
            .amount = amount};
}

std::expected<std::vector<CreditLine>, ApiError> lines_of(const World& world,
                                                          const Invoice& invoice,
                                                          const CreditOrder& order) {
    std::vector<CreditLine> lines;
    if (order.lines.empty()) {
        const std::int64_t amount = order.amount.value_or(0);
        lines.push_back(
            custom_line(amount, {.unit_price = amount * kUnitScale, .description = order.memo}));
    }
    for (const CreditLineOrder& one : order.lines) {
        if (one.invoice_line.empty()) {
            const auto amount = amount_of(one.unit_price, one.quantity);
            if (!amount) {
                return std::unexpected(
                    invalid_parameter("lines[0][quantity]",
                                      fmt::format("Amount must be no more than {}.", kAmountMax)));
            }
            lines.push_back(custom_line(*amount, one));
            continue;
        }
        std::int64_t earlier = 0;
        for (const CreditLine& line : lines) {
            if (line.invoice_line == one.invoice_line) earlier += line.amount;
        }
        auto line = line_of(world, invoice, one, earlier);
        if (!line) return std::unexpected(std::move(line.error()));
        lines.push_back(std::move(*line));
    }
    return lines;
}

std::int64_t total_of(const std::vector<CreditLine>& lines) {
    std::int64_t total = 0;
    for (const CreditLine& line : lines) {
        total += line.amount;
        for (const DiscountAmount& discount : line.discounts) total -= discount.amount;
        for (const TaxAmount& tax : line.taxes) total += tax.is_inclusive ? 0 : tax.amount;
    }
    return total;
}

// ---- The charge that paid the invoice ----

Id charge_of(const World& world, const Invoice& invoice) {
    const PaymentIntent* intent = world.tables.payment_intents.find(invoice.payment_intent);
    return intent == nullptr ? Id() : intent->latest_charge;
}

std::expected<void, ApiError> check_refunded(const World& world, const Invoice& invoice,
                                             const CreditOrder& order) {
    if (order.refunded == 0) return {};
    const Charge* charge = world.tables.charges.find(charge_of(world, invoice));
    if (charge == nullptr || charge->has_failed()) {
        return std::unexpected(invalid_parameter(
            "refund_amount", "This invoice was not paid by a charge that could be refunded."));
    }
    if (auto good = check_refund(world, *charge, order.refunded); !good) {
        return std::unexpected(std::move(good.error()));
    }
    return {};
}

std::string next_number(const World& world, const Invoice& invoice) {
    const auto notes =
        std::ranges::count(world.tables.credit_notes.rows(), invoice.id, &CreditNote::invoice);
    return fmt::format("{}-CN-{:02}", invoice.number, notes + 1);
}

void apply(World& world, Invoice& invoice, CreditNote& note, std::int64_t to_balance) {
    if (note.pre_payment_amount == 0) {
        invoice.post_payment_credit += note.amount;
        Customer* customer = world.tables.customers.find(note.customer);
        if (customer == nullptr || to_balance == 0) return;
        note.balance_change = change_balance(world, *customer,
                                             {.amount = -to_balance,
                                              .currency = note.currency,
                                              .type = "credit_note",
                                              .invoice = invoice.id,
                                              .credit_note = note.id});
        return;
    }
    invoice.pre_payment_credit += note.amount;
    invoice.amount_due -= note.amount;
    invoice.amount_remaining -= note.amount;
}

}  // namespace

std::expected<CreditNote, ApiError> drafted_credit(const World& world, const CreditOrder& order) {
    const Invoice* invoice = world.tables.invoices.find(order.invoice);
    if (invoice == nullptr || invoice->is_deleted) {
        return std::unexpected(no_such("invoice", order.invoice, "invoice"));
    }
    if (invoice->status != InvoiceStatus::open && invoice->status != InvoiceStatus::paid) {
        return std::unexpected(wrong_state(
            "", "Credit notes can only be created for invoices that are open or paid."));
    }
    auto lines = lines_of(world, *invoice, order);
    if (!lines) return std::unexpected(std::move(lines.error()));
    const std::int64_t amount = total_of(*lines);
    if (order.amount && *order.amount != amount) {
        return std::unexpected(invalid_parameter(
            "amount", fmt::format("The sum of credit note lines ({}) is not the amount ({}).",
                                  amount, *order.amount)));
    }
    for (const auto& checked :
         {check_parts(*invoice, order, amount), check_refunded(world, *invoice, order)}) {
        if (!checked) return std::unexpected(checked.error());
    }
    const bool is_open = invoice->status == InvoiceStatus::open;
    const Customer* customer = world.tables.customers.find(invoice->customer);
    return CreditNote{.id = {},
                      .created = customer == nullptr ? world.timeline.now_s()
                                                     : timeline_of(world, *customer).now_s(),
                      .customer = invoice->customer,
                      .invoice = invoice->id,
                      .currency = invoice->currency,
                      .number = next_number(world, *invoice),
                      .memo = order.memo,
                      .reason = order.reason,
                      .lines = std::move(*lines),
                      .amount = amount,
                      .pre_payment_amount = is_open ? amount : 0,
                      .out_of_band_amount = order.out_of_band,
                      .refund_amount = order.refunded,
                      .metadata = order.metadata};
}

std::expected<std::string, ApiError> credit(World& world, const CreditOrder& order) {
    auto drafted = drafted_credit(world, order);
    if (!drafted) return std::unexpected(std::move(drafted.error()));
    Invoice& invoice = *world.tables.invoices.find(order.invoice);
    const Body before = rendered(world, kInvoiceType, invoice.id);
    const bool is_open = invoice.status == InvoiceStatus::open;
    drafted->id = world.ids.next("cn_");
    for (CreditLine& line : drafted->lines) line.id = world.ids.next("cnli_");
    CreditNote& note = world.tables.credit_notes.add(std::move(*drafted));
    apply(world, invoice, note, order.to_balance);
    if (order.refunded > 0) {
        Charge& charge = *world.tables.charges.find(charge_of(world, invoice));
        note.refund = refund_charge(world, charge, {.id = {}, .amount = order.refunded}).id;
    }
    world.emit("credit_note.created", rendered(world, kCreditNoteType, note.id));
    emit_changed(world, kInvoiceType, invoice.id, "invoice.updated", before);
    if (is_open && invoice.amount_remaining == 0) mark_paid(world, invoice);
    return note.id;
}

std::expected<void, ApiError> void_credit(World& world, CreditNote& note) {
    Invoice* invoice = world.tables.invoices.find(note.invoice);
    if (note.voided_at || invoice == nullptr || invoice->status != InvoiceStatus::open) {
        return std::unexpected(
            wrong_state("", "Only issued credit notes of open invoices can be voided."));
    }
    const Body before = rendered(world, kInvoiceType, invoice->id);
    note.voided_at = timeline_of(world, note.customer).now_s();
    invoice->pre_payment_credit -= note.amount;
    invoice->amount_due += note.amount;
    invoice->amount_remaining += note.amount;
    world.emit("credit_note.voided", rendered(world, kCreditNoteType, note.id));
    emit_changed(world, kInvoiceType, invoice->id, "invoice.updated", before);
    return {};
}

}  // namespace onsite::simulator
