// The life of an invoice: draft, open, paid, uncollectible, void.
//
// What a call and what time do to an invoice is the same code. Every function leaves the invoice in
// a state of stripe.md's table (docs.stripe.com/invoicing/integration/workflow-transitions) and
// tells it with events. Handlers check states first: see REQUIRES.
#pragma once

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "simulator/core/world.hpp"
#include "simulator/payments/charge_customer.hpp"

namespace onsite::simulator {

// docs.stripe.com/invoicing/invoice-items
inline constexpr std::size_t kLinesMax = 250;

std::string_view to_string(InvoiceStatus status);
std::string_view to_string(Collection collection);

// The customer as an invoice of now shows them.
BilledCustomer billed_customer(const World& world, std::string_view customer);

// ---- Drafts ----

// A draft with what it takes from its customer; not stored yet.
Invoice new_invoice(const World& world, const Customer& customer);
// The items that wait for the customer's next invoice become its first lines, the newest first:
// those of that subscription and those of none. At most kLinesMax lines, of the oldest items.
void take_pending_items(const World& world, Invoice& invoice);
// The totals, and what is due after the customer's balance. A preview has discounts besides those
// that the invoice names.
void recalculate(const World& world, Invoice& invoice,
                 std::span<const Discount> not_yet_redeemed = {});
// Gives it its id, keeps it and tells invoice.created. Its items are on it from now on.
Invoice& add_invoice(World& world, Invoice invoice);
// Its items wait again. REQUIRES: a draft.
void delete_draft(World& world, Invoice& invoice);

// What its payment says it is for: a subscription's start, its later invoices, or the invoice's
// own description.
std::string payment_description(const Invoice& invoice);
// Whether its payment intent has setup_future_usage off_session, as that of a new subscription has:
// its card is charged again.
bool keeps_method(const Invoice& invoice);

// ---- Transitions ----

// Number, balance, payment intent; paid at once when nothing is due. `made`: the charge that was
// made before there was an invoice (payment_behavior error_if_incomplete).
// REQUIRES: a draft whose customer is there.
void finalize_invoice(World& world, Invoice& invoice,
                      const std::optional<ChargeResult>& made = std::nullopt);

struct PayOrder {
    std::string payment_method = {};  // Empty: that of the invoice, subscription or customer.
    bool is_automatic = false;        // One of the scheduled attempts.
    std::optional<ChargeResult> made = {};
};
// One attempt. Errors: why it is not paid. REQUIRES: open or uncollectible.
std::expected<void, ApiError> pay_invoice(World& world, Invoice& invoice, const PayOrder& order);
// REQUIRES: open or uncollectible.
void pay_out_of_band(World& world, Invoice& invoice);
// The payment intent of an invoice was completed by somebody else (a client with its secret).
// Nothing when the invoice is not waiting for money.
void invoice_payment_succeeded(World& world, std::string_view invoice);
// REQUIRES: open or uncollectible.
void void_invoice(World& world, Invoice& invoice);
// REQUIRES: open.
void mark_uncollectible(World& world, Invoice& invoice);
// REQUIRES: open.
void send_invoice(World& world, Invoice& invoice);

// ---- Time ----

// Schedules what comes next: finalising, an attempt, the due date. An action finds out by itself
// whether it is still wanted, so calling it once too often does no harm.
void watch_invoice(World& world, const Invoice& invoice);

}  // namespace onsite::simulator
