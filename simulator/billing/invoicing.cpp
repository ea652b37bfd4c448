#include "simulator/billing/invoicing.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/discounts.hpp"
#include "simulator/billing/dunning.hpp"
#include "simulator/billing/invoice_events.hpp"
#include "simulator/billing/totals.hpp"
#include "simulator/resources/invoices.hpp"
#include "simulator/wire/currency.hpp"

namespace onsite::simulator {
namespace {

// Balance and total meet here, before and at finalising. docs.stripe.com/billing/customer/balance
void split_due(Invoice& invoice, const Customer& customer) {
    const std::int64_t sum = invoice.total + customer.balance;
    invoice.starting_balance = customer.balance;
    invoice.amount_due = std::max<std::int64_t>(sum, 0);
    invoice.amount_remaining = invoice.amount_due;
}

void apply_balance(World& world, Invoice& invoice, Customer& customer) {
    split_due(invoice, customer);
    std::int64_t ending = std::min<std::int64_t>(invoice.total + customer.balance, 0);
    const bool is_too_small = invoice.amount_due > 0 &&
                              invoice.amount_due < least_charge(invoice.currency) &&
                              invoice.collection == Collection::charge_automatically;
    if (is_too_small) {
        // No card can be charged so little: the next invoice asks for it.
        ending = invoice.amount_due;
        invoice.amount_due = invoice.amount_remaining = 0;
    }
    invoice.ending_balance = ending;
    if (ending == customer.balance) return;
    change_balance(world, customer,
                   {.amount = ending - customer.balance,
                    .currency = invoice.currency,
                    .type = is_too_small ? "invoice_too_small" : "applied_to_invoice",
                    .invoice = invoice.id});
}

void open_payment(World& world, Invoice& invoice, const std::optional<ChargeResult>& made) {
    const ChargeResult opened =
        made ? *made
             : open_charge(world, {.customer = invoice.customer,
                                   .amount = invoice.amount_due,
                                   .currency = invoice.currency,
                                   .description = payment_description(invoice),
                                   .invoice = invoice.id,
                                   .keeps_method = keeps_method(invoice)});
    invoice.payment_intent = opened.payment_intent;
    invoice.client_secret = opened.client_secret;
    invoice.payment = world.ids.next("inpay_");
    world.tables.invoice_payments.add({.id = invoice.payment,
                                       .created = *invoice.finalized_at,
                                       .invoice = invoice.id,
                                       .currency = invoice.currency,
                                       .payment_intent = invoice.payment_intent,
                                       .amount_requested = invoice.amount_due});
}

}  // namespace

std::string_view to_string(InvoiceStatus status) {
    constexpr std::array<std::string_view, 5> kWords = {"draft", "open", "paid", "uncollectible",
                                                        "void"};
    return kWords[static_cast<std::size_t>(status)];
}

std::string_view to_string(Collection collection) {
    return collection == Collection::send_invoice ? "send_invoice" : "charge_automatically";
}

BilledCustomer billed_customer(const World& world, std::string_view customer) {
    const Customer* found = world.tables.customers.find(customer);
    if (found == nullptr) return {};
    BilledCustomer billed{.address = found->address,
                          .email = found->email,
                          .name = found->name,
                          .phone = found->phone,
                          .shipping = found->shipping,
                          .tax_exempt = found->tax_exempt};
    for (const TaxId* tax_id : world.tables.tax_ids.rows_of(customer)) {
        if (!tax_id->is_deleted) billed.tax_ids.push_back(*tax_id);
    }
    return billed;
}

Invoice new_invoice(const World& world, const Customer& customer) {
    Invoice invoice;
    invoice.customer = customer.id;
    invoice.test_clock = customer.test_clock;
    invoice.currency = customer.currency.empty() ? "usd" : customer.currency;
    invoice.footer = customer.invoice_footer;
    invoice.custom_fields = *customer.invoice_custom_fields;
    invoice.created = timeline_of(world, customer).now_s();
    invoice.period = {invoice.created, invoice.created};
    return invoice;
}

std::string payment_description(const Invoice& invoice) {
    if (!invoice.description.empty()) return invoice.description;
    if (invoice.billing_reason == "subscription_create") return "Subscription creation";
    return invoice.billing_reason.starts_with("subscription") ? "Subscription update" : "";
}

bool keeps_method(const Invoice& invoice) {
    return invoice.billing_reason == "subscription_create";
}

void take_pending_items(const World& world, Invoice& invoice) {
    std::vector<InvoiceLine> pending;
    for (const InvoiceItem* item : world.tables.invoice_items.rows_of(invoice.customer)) {
        const Charged& charged = item->charged;
        const bool is_for_it =
            charged.subscription.empty() || charged.subscription == invoice.subscription;
        if (item->is_deleted || !item->invoice.empty() || !is_for_it ||
            charged.currency != invoice.currency) {
            continue;
        }
        if (invoice.lines.size() + pending.size() == kLinesMax) break;
        pending.push_back({.id = {}, .invoice_item = item->id, .charged = charged});
    }
    std::ranges::reverse(pending);
    std::ranges::move(invoice.lines, std::back_inserter(pending));
    invoice.lines = std::move(pending);
}

void recalculate(const World& world, Invoice& invoice, std::span<const Discount> not_yet_redeemed) {
    const Customer* customer = world.tables.customers.find(invoice.customer);
    std::vector<const TaxRate*> rates;
    for (const TaxRate& rate : world.tables.tax_rates.rows()) rates.push_back(&rate);
    auto discounts = discounts_at(world, invoice.discounts, invoice.created);
    for (const Discount& discount : not_yet_redeemed) discounts.push_back(&discount);
    total_up(invoice, {.discounts = discounts,
                       .tax_rates = rates,
                       .tax_exempt = customer == nullptr ? "none" : customer->tax_exempt});
    if (customer != nullptr && invoice.status == InvoiceStatus::draft) {
        split_due(invoice, *customer);
    }
}

Invoice& add_invoice(World& world, Invoice draft) {
    draft.id = world.ids.next("in_");
    for (InvoiceLine& line : draft.lines) {
        line.id = world.ids.next("il_");
        if (InvoiceItem* item = world.tables.invoice_items.find(line.invoice_item)) {
            item->invoice = draft.id;
        }
    }
    if (draft.is_auto_advancing) draft.automatically_finalizes_at = draft.created + kDraftSeconds;
    recalculate(world, draft);
    if (Customer* customer = world.tables.customers.find(draft.customer)) {
        customer->currency = draft.currency;
    }
    Invoice& invoice = world.tables.invoices.add(std::move(draft));
    tell(world, invoice, "invoice.created");
    invoice.created_event = world.tables.events.rows().back().id;
    watch_invoice(world, invoice);
    return invoice;
}

void delete_draft(World& world, Invoice& invoice) {
    for (InvoiceItem* item : world.tables.invoice_items.rows_of(invoice.customer)) {
        if (item->invoice == invoice.id) item->invoice.clear();
    }
    tell(world, invoice, "invoice.deleted");
    invoice.is_deleted = true;
}

void finalize_invoice(World& world, Invoice& invoice, const std::optional<ChargeResult>& made) {
    Customer& customer = *world.tables.customers.find(invoice.customer);
    const std::int64_t now = timeline_of(world, customer).now_s();
    recalculate(world, invoice);
    invoice.status = InvoiceStatus::open;
    invoice.finalized_at = now;
    invoice.billed_customer = billed_customer(world, invoice.customer);
    invoice.automatically_finalizes_at.reset();
    invoice.number =
        fmt::format("{}-{:04}", customer.invoice_prefix, customer.next_invoice_sequence++);
    if (invoice.collection == Collection::send_invoice && !invoice.due_date) {
        invoice.due_date = now + invoice.days_until_due.value_or(0) * kDaySeconds;
    }
    apply_balance(world, invoice, customer);
    if (invoice.amount_due > 0) open_payment(world, invoice, made);
    tell(world, invoice, "invoice.finalized");
    drop_used_discount(world, customer, invoice);
    if (invoice.amount_due == 0) return mark_paid(world, invoice);
    watch_invoice(world, invoice);
}

void send_invoice(World& world, Invoice& invoice) { tell(world, invoice, "invoice.sent"); }

}  // namespace onsite::simulator
