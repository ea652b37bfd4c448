#include <array>

#include <fmt/format.h>

#include "simulator/billing/invoicing.hpp"
#include "simulator/objects/address.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/invoice_payments.hpp"
#include "simulator/resources/invoices.hpp"
#include "simulator/resources/older_members.hpp"
#include "simulator/resources/tax_ids.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kHost = "https://invoice.onsite.test";

void write_lines(JsonWriter& json, const View& view, const Invoice& invoice) {
    const View inside = view.child("lines").child("data");
    write_list(json, "lines", fmt::format("/v1/invoices/{}/lines", invoice.id),
               [&](JsonWriter& list) {
                   for (std::size_t i = 0; i < invoice.lines.size(); ++i) {
                       write_invoice_line(list, inside, invoice, invoice.lines[i], i);
                   }
               });
}

void write_customer(JsonWriter& json, const View& view, const Invoice& invoice) {
    write_reference(json, view, "customer", invoice.customer);
    json.null("customer_account");
    const Shared<BilledCustomer> billed =
        invoice.billed_customer ? invoice.billed_customer
                                : Shared(billed_customer(view.world, invoice.customer));
    const BilledCustomer& customer = *billed;
    write_address(json, "customer_address", customer.address);
    json.text_or_null("customer_email", customer.email);
    json.text_or_null("customer_name", customer.name);
    json.text_or_null("customer_phone", customer.phone);
    json.key("customer_shipping");
    if (!customer.shipping) {
        json.null();
    } else {
        json.begin_object();
        write_address_fields(json, "address", customer.shipping->address);
        json.text_or_null("carrier", customer.shipping->carrier);
        json.text("name", customer.shipping->name);
        json.text_or_null("phone", customer.shipping->phone);
        json.text_or_null("tracking_number", customer.shipping->tracking_number);
        json.end_object();
    }
    json.text("customer_tax_exempt", customer.tax_exempt);
    write_tax_ids(json, "customer_tax_ids", customer.tax_ids);
}

void write_parent(JsonWriter& json, const View& view, const Invoice& invoice) {
    if (invoice.subscription.empty()) return json.null("parent");
    json.key("parent");
    json.begin_object();
    json.null("quote_details");
    json.key("subscription_details");
    json.begin_object();
    write_metadata(json, invoice.subscription_metadata);
    write_reference(json, view.child("parent").child("subscription_details"), "subscription",
                    invoice.subscription);
    json.end_object();
    json.word("type", "subscription_details");
    json.end_object();
}

void write_amounts(JsonWriter& json, const View& view, const Invoice& invoice) {
    json.number("amount_due", invoice.amount_due);
    json.number("amount_overpaid", 0);
    json.number("amount_paid", invoice.amount_paid);
    json.number("amount_paid_off_stripe", invoice.paid_off_stripe);
    json.number("amount_remaining", invoice.amount_remaining);
    json.number("amount_shipping", 0);
    json.number_or_null("ending_balance", invoice.ending_balance);
    json.number("post_payment_credit_notes_amount", invoice.post_payment_credit);
    json.number("pre_payment_credit_notes_amount", invoice.pre_payment_credit);
    json.number("starting_balance", invoice.starting_balance);
    json.number("subtotal", invoice.subtotal);
    json.number("subtotal_excluding_tax", invoice.subtotal - invoice.inclusive_tax);
    json.number("total", invoice.total);
    write_discount_amounts(json, view, "total_discount_amounts", invoice.total_discounts);
    json.number("total_excluding_tax",
                invoice.total - invoice.inclusive_tax - invoice.exclusive_tax);
    json.null("total_pretax_credit_amounts");
    write_taxes(json, "total_taxes", invoice.total_taxes);
}

void write_collection(JsonWriter& json, const View& view, const Invoice& invoice) {
    json.number("attempt_count", invoice.attempt_count);
    json.flag("attempted", invoice.is_attempted);
    json.flag("auto_advance", invoice.is_auto_advancing);
    write_automatic_tax(json, true);
    json.number_or_null("automatically_finalizes_at", invoice.automatically_finalizes_at);
    json.text("billing_reason", invoice.billing_reason);
    json.text("collection_method", to_string(invoice.collection));
    write_reference(json, view, "default_payment_method", invoice.default_payment_method);
    json.null("default_source");
    write_tax_rates(json, view, "default_tax_rates", invoice.default_tax_rates);
    json.number_or_null("due_date", invoice.due_date);
    json.number_or_null("effective_at", invoice.finalized_at);
    json.number_or_null("next_payment_attempt", invoice.next_payment_attempt);
    json.key("payment_settings");
    json.begin_object();
    json.null("default_mandate");
    json.null("payment_method_options");
    json.null("payment_method_types");
    json.end_object();
    json.key("status_transitions");
    json.begin_object();
    json.number_or_null("finalized_at", invoice.finalized_at);
    json.number_or_null("marked_uncollectible_at", invoice.uncollectible_at);
    json.number_or_null("paid_at", invoice.paid_at);
    json.number_or_null("voided_at", invoice.voided_at);
    json.end_object();
}

// Fields that are there only when somebody expands them.
void write_included(JsonWriter& json, const View& view, const Invoice& invoice) {
    if (view.child("confirmation_secret").expand != nullptr) {
        json.key("confirmation_secret");
        if (invoice.client_secret.empty()) {
            json.null();
        } else {
            json.begin_object();
            json.text("client_secret", invoice.client_secret);
            json.word("type", "payment_intent");
            json.end_object();
        }
    }
    const View payments = view.child("payments");
    if (payments.expand == nullptr) return;
    write_list(
        json, "payments", "/v1/invoice_payments?invoice=" + invoice.id, [&](JsonWriter& list) {
            for (const auto* payment : view.world.tables.invoice_payments.rows_of(invoice.id)) {
                kInvoicePaymentType.render(list, payments.child("data"), payment->id);
            }
        });
}

void write_urls(JsonWriter& json, const Invoice& invoice) {
    const bool is_final = invoice.finalized_at.has_value();
    const std::string url = is_final ? fmt::format("{}/{}", kHost, invoice.id) : "";
    json.text_or_null("hosted_invoice_url", url);
    json.text_or_null("invoice_pdf", is_final ? url + "/pdf" : "");
}

void write_account_tax_ids(JsonWriter& json, const View& view, const Invoice& invoice) {
    if (invoice.account_tax_ids.empty()) return json.null("account_tax_ids");
    write_references(json, view, "account_tax_ids", invoice.account_tax_ids);
}

void write_invoice_constants(JsonWriter& json) {
    json.word("account_country", "US");
    json.null("account_name");
    json.null("application");
    json.null("from_invoice");
    json.key("issuer");
    json.begin_object();
    json.word("type", "self");
    json.end_object();
    json.null("last_finalization_error");
    json.null("latest_revision");
    json.flag("livemode", false);
    json.null("on_behalf_of");
    json.null("receipt_number");
    json.null("rendering");
    json.null("shipping_cost");
    json.null("shipping_details");
}

bool render_invoice(JsonWriter& json, const View& view, std::string_view id) {
    const Invoice* invoice = view.world.tables.invoices.find(id);
    if (invoice == nullptr) return false;
    if (invoice->is_deleted) return write_tombstone(json, invoice->id, "invoice"), true;
    write_invoice(json, view, *invoice);
    return true;
}

constexpr std::array kInvoiceReferences = {
    Reference{"account_tax_ids", "tax_id"},
    Reference{"application", ""},
    Reference{"customer", "customer"},
    Reference{"default_payment_method", "payment_method"},
    Reference{"default_source", ""},
    Reference{"discounts", "discount"},
    Reference{"latest_revision", "invoice"},
    Reference{"lines", ""},
    Reference{"lines.data", "line_item"},
    Reference{"on_behalf_of", ""},
    Reference{"parent.subscription_details.subscription", "subscription"},
    Reference{"payments.data", "invoice_payment"},
    Reference{"payments", ""},
    Reference{"confirmation_secret", ""},
    Reference{"test_clock", "test_helpers.test_clock"},
    Reference{"total_discount_amounts.discount", "discount"},
    Reference{"charge", "charge", kBasil},
    Reference{"discount", "discount", kBasil},
    Reference{"payment_intent", "payment_intent", kBasil},
    Reference{"subscription", "subscription", kBasil},
};

}  // namespace

void write_invoice(JsonWriter& json, const View& view, const Invoice& invoice) {
    json.begin_object();
    if (!invoice.id.empty()) json.text("id", invoice.id);
    json.word("object", "invoice");
    write_amounts(json, view, invoice);
    write_collection(json, view, invoice);
    write_custom_fields(json, invoice.custom_fields);
    write_account_tax_ids(json, view, invoice);
    write_invoice_constants(json);
    json.number("created", invoice.created);
    json.text("currency", invoice.currency);
    write_customer(json, view, invoice);
    json.text_or_null("description", invoice.description);
    write_references(json, view, "discounts", invoice.discounts);
    json.text_or_null("footer", invoice.footer);
    write_urls(json, invoice);
    write_lines(json, view, invoice);
    write_metadata(json, invoice.metadata);
    json.text_or_null("number", invoice.number);
    write_parent(json, view, invoice);
    json.number("period_end", invoice.period.end);
    json.number("period_start", invoice.period.start);
    json.text_or_null("statement_descriptor", invoice.statement_descriptor);
    json.text("status", to_string(invoice.status));
    write_reference(json, view, "test_clock", invoice.test_clock);
    json.number_or_null("webhooks_delivered_at",
                        view.world.is_acknowledged(invoice.created_event) && !invoice.id.empty()
                            ? std::optional(invoice.created)
                            : std::nullopt);
    write_included(json, view, invoice);
    write_older_members(json, view, invoice);
    json.end_object();
}

const ResourceType kInvoiceType = {"invoice", "in_", kInvoiceReferences, render_invoice};

}  // namespace onsite::simulator
