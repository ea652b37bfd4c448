#include "simulator/billing/crediting.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/invoice_events.hpp"
#include "simulator/core/call.hpp"
#include "simulator/resources/credit_notes.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/invoices.hpp"

namespace onsite::simulator {
namespace {

std::expected<void, ApiError> check(const Invoice& invoice, const CreditOrder& order) {
    if (invoice.status != InvoiceStatus::open && invoice.status != InvoiceStatus::paid) {
        return std::unexpected(wrong_state(
            "", "Credit notes can only be created for invoices that are open or paid."));
    }
    const bool is_open = invoice.status == InvoiceStatus::open;
    const std::int64_t most =
        is_open ? invoice.amount_remaining : invoice.amount_paid - invoice.post_payment_credit;
    if (order.amount > most) {
        return std::unexpected(invalid_parameter(
            "amount",
            fmt::format("The amount of the credit note ({}) is more than what the invoice "
                        "leaves to be credited ({}).",
                        order.amount, most)));
    }
    const std::int64_t given = order.to_balance + order.out_of_band;
    if (given != (is_open ? 0 : order.amount)) {
        return std::unexpected(invalid_parameter(
            "credit_amount", fmt::format("credit_amount and out_of_band_amount must sum to {}, "
                                         "found {}.",
                                         is_open ? 0 : order.amount, given)));
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

std::expected<std::string, ApiError> credit(World& world, CreditOrder order) {
    Invoice* invoice = world.tables.invoices.find(order.invoice);
    if (invoice == nullptr || invoice->is_deleted) {
        return std::unexpected(no_such("invoice", order.invoice, "invoice"));
    }
    if (auto good = check(*invoice, order); !good) return std::unexpected(good.error());
    const Body before = rendered(world, kInvoiceType, invoice->id);
    const bool is_open = invoice->status == InvoiceStatus::open;
    CreditNote& note =
        world.tables.credit_notes.add({.id = world.ids.next("cn_"),
                                       .created = timeline_of(world, invoice->customer).now_s(),
                                       .customer = invoice->customer,
                                       .invoice = invoice->id,
                                       .currency = invoice->currency,
                                       .number = next_number(world, *invoice),
                                       .memo = std::move(order.memo),
                                       .reason = std::move(order.reason),
                                       .line = world.ids.next("cnli_"),
                                       .amount = order.amount,
                                       .pre_payment_amount = is_open ? order.amount : 0,
                                       .out_of_band_amount = order.out_of_band,
                                       .metadata = std::move(order.metadata)});
    apply(world, *invoice, note, order.to_balance);
    world.emit("credit_note.created", rendered(world, kCreditNoteType, note.id));
    emit_changed(world, kInvoiceType, invoice->id, "invoice.updated", before);
    if (is_open && invoice->amount_remaining == 0) mark_paid(world, *invoice);
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
