// Invoices and what belongs to them. All amounts are minor units, all moments seconds since 1970.
// Source: docs.stripe.com/api/invoices, invoiceitems, invoice-line-item, invoice-payment.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/objects/customer.hpp"
#include "simulator/objects/tax_id.hpp"
#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {

// The end is exclusive: a change at that moment belongs to the next period.
struct BillingPeriod {
    std::int64_t start = 0;
    std::int64_t end = 0;

    bool operator==(const BillingPeriod&) const = default;
};

struct DiscountAmount {
    std::string discount;  // "di_"
    std::int64_t amount = 0;
};

struct TaxAmount {
    std::string tax_rate;  // "txr_"
    bool is_inclusive = false;
    std::int64_t amount = 0;
    std::int64_t taxable = 0;
    std::string_view reason = "standard_rated";
};

// What is billed, however it came about.
struct Charged {
    std::int64_t amount = 0;
    std::string currency = {};
    std::string description = {};
    std::int64_t quantity = 1;
    std::int64_t unit_price = 0;  // kUnitScale; of the amount when there is no price.
    std::string price = {};
    std::string product = {};
    BillingPeriod period = {};
    bool is_discountable = true;
    bool is_proration = false;
    std::string subscription = {};
    std::string subscription_item = {};
    std::vector<std::string> tax_rates = {};
    Metadata metadata = {};
};

// Waits for the customer's next invoice, or is on one.
struct InvoiceItem {
    std::string id;  // "ii_"
    std::int64_t created = 0;
    bool is_deleted = false;
    std::string customer = {};
    std::string invoice = {};
    Charged charged = {};
};
// core/table.hpp
inline std::array<std::string_view, 1> owners_of(const InvoiceItem& row) { return {row.customer}; }

struct InvoiceLine {
    std::string id;            // "il_"
    std::string invoice_item;  // Empty when a subscription's period is billed.
    Charged charged = {};
    std::vector<DiscountAmount> discounts = {};
    std::vector<TaxAmount> taxes = {};
};

enum class InvoiceStatus { draft, open, paid, uncollectible, voided };
enum class Collection { charge_automatically, send_invoice };

// What an invoice shows of its customer.
struct BilledCustomer {
    Shared<Address> address = {};
    std::string email = {};
    std::string name = {};
    std::string phone = {};
    Shared<Shipping> shipping = {};
    std::string tax_exempt = "none";
    std::vector<TaxId> tax_ids = {};
};

struct Invoice {
    std::string id;  // "in_"
    std::int64_t created = 0;
    bool is_deleted = false;
    InvoiceStatus status = InvoiceStatus::draft;
    Collection collection = Collection::charge_automatically;
    std::string billing_reason = "manual";
    std::string customer = {};
    // Once it is final; before that, who they are now is shown.
    Shared<BilledCustomer> billed_customer = {};
    std::vector<std::string> account_tax_ids = {};
    std::string subscription = {};
    Metadata subscription_metadata = {};
    std::string currency = {};
    std::string description = {};
    std::string footer = {};
    std::vector<CustomField> custom_fields = {};
    std::string statement_descriptor = {};
    std::string number = {};
    std::string default_payment_method = {};
    std::string test_clock = {};
    std::vector<std::string> default_tax_rates = {};
    std::vector<std::string> discounts = {};
    std::vector<InvoiceLine> lines = {};
    Metadata metadata = {};
    BillingPeriod period = {};
    std::optional<std::int64_t> days_until_due = {};
    std::optional<std::int64_t> due_date = {};

    // ---- Totals (billing/totals.hpp) ----
    std::int64_t subtotal = 0;
    std::int64_t total = 0;
    std::int64_t inclusive_tax = 0;
    std::int64_t exclusive_tax = 0;
    std::vector<DiscountAmount> total_discounts = {};
    std::vector<TaxAmount> total_taxes = {};

    // ---- Collection (billing/invoicing.hpp) ----
    bool is_auto_advancing = false;
    bool is_attempted = false;
    std::int64_t attempt_count = 0;
    std::int64_t starting_balance = 0;
    std::optional<std::int64_t> ending_balance = {};
    std::int64_t amount_due = 0;
    std::int64_t amount_paid = 0;
    std::int64_t amount_remaining = 0;
    std::int64_t paid_off_stripe = 0;
    std::int64_t pre_payment_credit = 0;
    std::int64_t post_payment_credit = 0;
    std::string payment = {};  // "inpay_"
    std::string payment_intent = {};
    std::string client_secret = {};
    // The method whose hard decline is not repeated until there is another one.
    std::string hard_declined_method = {};
    std::string created_event = {};  // "evt_" of invoice.created.
    bool is_overdue_told = false;
    std::optional<std::int64_t> automatically_finalizes_at = {};
    std::optional<std::int64_t> next_payment_attempt = {};
    std::optional<std::int64_t> finalized_at = {};
    std::optional<std::int64_t> paid_at = {};
    std::optional<std::int64_t> voided_at = {};
    std::optional<std::int64_t> uncollectible_at = {};
};
// core/table.hpp
inline std::array<std::string_view, 2> owners_of(const Invoice& row) {
    return {row.customer, row.subscription};
}

struct InvoicePayment {
    std::string id;  // "inpay_"
    std::int64_t created = 0;
    std::string invoice = {};
    std::string currency = {};
    std::string payment_intent = {};
    std::int64_t amount_requested = 0;
    std::optional<std::int64_t> amount_paid = {};
    std::string status = "open";
    std::optional<std::int64_t> paid_at = {};
    std::optional<std::int64_t> canceled_at = {};
};
// core/table.hpp
inline std::array<std::string_view, 2> owners_of(const InvoicePayment& row) {
    return {row.invoice, row.payment_intent};
}

// Source: docs.stripe.com/api/customer_balance_transactions.
struct BalanceChange {
    std::string id;  // "cbtxn_"
    std::int64_t created = 0;
    std::string customer = {};
    std::int64_t amount = 0;  // Negative is credit.
    std::int64_t ending_balance = 0;
    std::string currency = {};
    std::string type = "adjustment";
    std::string description = {};
    std::string invoice = {};
    std::string credit_note = {};
    Metadata metadata = {};
};

// Source: docs.stripe.com/api/credit_notes/line_item.
struct CreditLine {
    std::string id;                 // "cnli_"
    std::string invoice_line = {};  // Empty: a custom line.
    std::string description = {};
    std::int64_t quantity = 1;
    std::int64_t unit_price = 0;  // kUnitScale.
    std::int64_t amount = 0;      // Before discounts and exclusive taxes.
    std::vector<DiscountAmount> discounts = {};
    std::vector<TaxAmount> taxes = {};
};

// Source: docs.stripe.com/api/credit_notes.
struct CreditNote {
    std::string id;  // "cn_"
    std::int64_t created = 0;
    std::string customer = {};
    std::string invoice = {};
    std::string currency = {};
    std::string number = {};
    std::string memo = {};
    std::string reason = {};
    std::string balance_change = {};
    std::vector<CreditLine> lines = {};
    std::int64_t amount = 0;  // What the lines sum to.
    std::int64_t pre_payment_amount = 0;
    std::int64_t out_of_band_amount = 0;
    std::string refund = {};  // "re_", of refund_amount.
    std::int64_t refund_amount = 0;
    std::optional<std::int64_t> voided_at = {};
    Metadata metadata = {};
};

}  // namespace onsite::simulator
