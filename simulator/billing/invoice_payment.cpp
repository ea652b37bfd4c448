// Charging, closing and watching invoices.
#include <algorithm>

#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/dunning.hpp"
#include "simulator/billing/invoice_events.hpp"
#include "simulator/billing/invoicing.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/core/call.hpp"
#include "simulator/resources/invoice_payments.hpp"
#include "simulator/resources/invoices.hpp"

namespace onsite::simulator {
namespace {

bool is_waiting(const Invoice& invoice) {
    return invoice.status == InvoiceStatus::open || invoice.status == InvoiceStatus::uncollectible;
}

std::int64_t now_of(World& world, const Invoice& invoice) {
    return timeline_of(world, invoice.customer).now_s();
}

// docs.stripe.com/billing/subscriptions/payment-methods-setting#payment-method-priority
std::string method_for(const World& world, const Invoice& invoice) {
    if (!invoice.default_payment_method.empty()) return invoice.default_payment_method;
    const Subscription* subscription = world.tables.subscriptions.find(invoice.subscription);
    if (subscription != nullptr && !subscription->default_payment_method.empty()) {
        return subscription->default_payment_method;
    }
    const Customer* customer = world.tables.customers.find(invoice.customer);
    if (customer == nullptr) return {};
    return customer->default_payment_method.empty() ? customer->default_source
                                                    : customer->default_payment_method;
}

// What still waits for money.
InvoicePayment* payment_of(World& world, const Invoice& invoice) {
    InvoicePayment* payment = world.tables.invoice_payments.find(invoice.payment);
    return payment != nullptr && payment->status == "open" ? payment : nullptr;
}

void settle_payment(World& world, const Invoice& invoice, std::int64_t paid) {
    InvoicePayment* payment = payment_of(world, invoice);
    if (payment == nullptr) return;
    payment->status = "paid";
    payment->amount_paid = paid;
    payment->paid_at = now_of(world, invoice);
    world.emit("invoice_payment.paid", rendered(world, kInvoicePaymentType, payment->id));
}

void cancel_payment(World& world, const Invoice& invoice) {
    InvoicePayment* payment = payment_of(world, invoice);
    if (payment == nullptr) return;
    payment->status = "canceled";
    payment->canceled_at = now_of(world, invoice);
    cancel_charge(world, invoice.payment_intent);
}

ChargeResult charge(World& world, const Invoice& invoice, const std::string& method) {
    return charge_off_session(world, {.customer = invoice.customer,
                                      .payment_method = method,
                                      .amount = invoice.amount_remaining,
                                      .currency = invoice.currency,
                                      .description = payment_description(invoice),
                                      .invoice = invoice.id,
                                      .payment_intent = invoice.payment_intent});
}

void count_attempt(Invoice& invoice, bool is_automatic) {
    invoice.is_attempted = true;
    // Only the first attempt and those of the schedule count.
    if (is_automatic || invoice.attempt_count == 0) ++invoice.attempt_count;
}

void schedule_retry(Invoice& invoice, std::int64_t now_s) {
    invoice.next_payment_attempt.reset();
    if (invoice.is_auto_advancing && invoice.collection == Collection::charge_automatically) {
        invoice.next_payment_attempt = next_attempt(invoice.attempt_count, now_s);
    }
}

void fail(World& world, Invoice& invoice, const ChargeResult& result, const std::string& method,
          bool is_automatic) {
    if (is_hard_decline(result.error.decline_code)) invoice.hard_declined_method = method;
    const bool was_last = is_automatic && !next_attempt(invoice.attempt_count, 0);
    // An attempt by hand does not move the schedule.
    if (is_automatic || !invoice.next_payment_attempt) {
        schedule_retry(invoice, now_of(world, invoice));
    }
    if (result.outcome == ChargeOutcome::requires_action) {
        tell(world, invoice, "invoice.payment_action_required");
    }
    tell(world, invoice, "invoice.payment_failed");
    if (is_automatic) set_delinquent(world, invoice.customer, true);
    watch_invoice(world, invoice);
    after_payment_failed(world, invoice, was_last ? Attempts::exhausted : Attempts::left);
}

void give_back_balance(World& world, Invoice& invoice) {
    Customer* customer = world.tables.customers.find(invoice.customer);
    const std::int64_t applied =
        invoice.ending_balance.value_or(invoice.starting_balance) - invoice.starting_balance;
    if (customer == nullptr || applied == 0) return;
    change_balance(world, *customer,
                   {.amount = -applied,
                    .currency = invoice.currency,
                    .type = "unapplied_from_invoice",
                    .invoice = invoice.id});
}

// ---- Time ----

void finalize_in_time(World& world, Invoice& invoice) {
    const std::int64_t now = now_of(world, invoice);
    const bool waits =
        now < invoice.created + kDraftSecondsMax && !world.is_acknowledged(invoice.created_event);
    // Endpoints live in the account's time, not in that of a clock: nobody waits for them there.
    if (waits && invoice.test_clock.empty()) {
        invoice.automatically_finalizes_at = now + kDraftSeconds;
        return;
    }
    finalize_invoice(world, invoice);
    if (invoice.status != InvoiceStatus::open) return;
    if (invoice.collection == Collection::send_invoice) return send_invoice(world, invoice);
    pay_invoice(world, invoice, {.is_automatic = true});
}

void tell_overdue(World& world, Invoice& invoice) {
    invoice.is_overdue_told = true;
    tell(world, invoice, "invoice.overdue");
    set_delinquent(world, invoice.customer, true);
    after_payment_failed(world, invoice, Attempts::left);
}

// Runs what is due; at most one thing, because watch_invoice() is called again.
bool act(World& world, Invoice& invoice) {
    const std::int64_t now = now_of(world, invoice);
    const auto is_due = [&](const std::optional<std::int64_t>& moment) {
        return moment && *moment <= now;
    };
    if (invoice.status == InvoiceStatus::draft && invoice.is_auto_advancing &&
        is_due(invoice.automatically_finalizes_at)) {
        finalize_in_time(world, invoice);
        return true;
    }
    if (invoice.status != InvoiceStatus::open) return false;
    if (invoice.is_auto_advancing && is_due(invoice.next_payment_attempt)) {
        pay_invoice(world, invoice, {.is_automatic = true});
        return true;
    }
    if (is_due(invoice.due_date) && !invoice.is_overdue_told) {
        tell_overdue(world, invoice);
        return true;
    }
    return false;
}

}  // namespace

void tell(World& world, const Invoice& invoice, std::string_view event) {
    world.emit(event, rendered(world, kInvoiceType, invoice.id));
}

void mark_paid(World& world, Invoice& invoice) {
    invoice.status = InvoiceStatus::paid;
    invoice.amount_paid = invoice.amount_due;
    invoice.amount_remaining = 0;
    invoice.paid_at = now_of(world, invoice);
    invoice.is_attempted = true;
    invoice.is_auto_advancing = false;
    invoice.next_payment_attempt.reset();
    tell(world, invoice, "invoice.paid");
    tell(world, invoice, "invoice.payment_succeeded");
    set_delinquent(world, invoice.customer, false);
    after_invoice_closed(world, invoice);
}

std::expected<void, ApiError> pay_invoice(World& world, Invoice& invoice, const PayOrder& order) {
    const std::string method =
        order.payment_method.empty() ? method_for(world, invoice) : order.payment_method;
    count_attempt(invoice, order.is_automatic);
    const bool is_useless =
        order.is_automatic && !method.empty() && method == invoice.hard_declined_method;
    ChargeResult result = order.made   ? *order.made
                          : is_useless ? ChargeResult{.outcome = ChargeOutcome::failed}
                                       : charge(world, invoice, method);
    if (!is_waiting(invoice)) return {};  // The charge has settled it on its way.
    if (result.outcome == ChargeOutcome::paid) {
        settle_payment(world, invoice, invoice.amount_remaining);
        mark_paid(world, invoice);
        return {};
    }
    fail(world, invoice, result, method, order.is_automatic);
    return std::unexpected(std::move(result.error));
}

void pay_out_of_band(World& world, Invoice& invoice) {
    cancel_payment(world, invoice);
    invoice.paid_off_stripe = invoice.amount_due;
    mark_paid(world, invoice);
}

void invoice_payment_succeeded(World& world, std::string_view id) {
    Invoice* invoice = world.tables.invoices.find(id);
    if (invoice == nullptr || !is_waiting(*invoice)) return;
    count_attempt(*invoice, false);
    settle_payment(world, *invoice, invoice->amount_remaining);
    mark_paid(world, *invoice);
}

void void_invoice(World& world, Invoice& invoice) {
    cancel_payment(world, invoice);
    invoice.status = InvoiceStatus::voided;
    invoice.voided_at = now_of(world, invoice);
    invoice.is_auto_advancing = false;
    invoice.next_payment_attempt.reset();
    give_back_balance(world, invoice);
    tell(world, invoice, "invoice.voided");
    after_invoice_closed(world, invoice);
}

void mark_uncollectible(World& world, Invoice& invoice) {
    invoice.status = InvoiceStatus::uncollectible;
    invoice.uncollectible_at = now_of(world, invoice);
    invoice.is_auto_advancing = false;
    invoice.next_payment_attempt.reset();
    tell(world, invoice, "invoice.marked_uncollectible");
    set_delinquent(world, invoice.customer, false);
    after_invoice_closed(world, invoice);
}

void watch_invoice(World& world, const Invoice& invoice) {
    std::optional<std::int64_t> next;
    const auto at = [&](const std::optional<std::int64_t>& moment) {
        if (moment && (!next || *moment < *next)) next = moment;
    };
    if (invoice.status == InvoiceStatus::draft && invoice.is_auto_advancing) {
        at(invoice.automatically_finalizes_at);
    } else if (invoice.status == InvoiceStatus::open) {
        if (invoice.is_auto_advancing) at(invoice.next_payment_attempt);
        if (!invoice.is_overdue_told) at(invoice.due_date);
    }
    if (!next) return;
    timeline_of(world, invoice.customer).at(*next * kSecond, [&world, id = invoice.id] {
        Invoice* found = world.tables.invoices.find(id);
        // An account that keeps few rows may have dropped the customer.
        if (found == nullptr || found->is_deleted ||
            world.tables.customers.find(found->customer) == nullptr) {
            return;
        }
        if (act(world, *found)) {
            watch_invoice(world, *found);
        }
    });
}

}  // namespace onsite::simulator
