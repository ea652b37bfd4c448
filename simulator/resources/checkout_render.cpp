#include <algorithm>
#include <array>

#include "simulator/billing/checkout.hpp"
#include "simulator/billing/invoicing.hpp"
#include "simulator/objects/address.hpp"
#include "simulator/resources/checkout_sessions.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/prices.hpp"
#include "simulator/resources/tax_ids.hpp"

namespace onsite::simulator {
namespace {

std::int64_t sum_of(const CheckoutSession& session, std::int64_t CheckoutLine::*part) {
    std::int64_t sum = 0;
    for (const CheckoutLine& line : session.lines) sum += line.*part;
    return sum;
}

// Only when somebody expands it. The discount has no id before there is a subscription or a payment
// that has it, and is shown by what it comes from.
void write_checkout_breakdown(JsonWriter& json, const View& view, const CheckoutSession& session) {
    if (view.child("total_details").child("breakdown").expand == nullptr) return;
    const std::int64_t amount = sum_of(session, &CheckoutLine::discount);
    json.key("breakdown");
    json.begin_object();
    json.key("discounts");
    json.begin_array();
    if (amount != 0) {
        json.begin_object();
        json.number("amount", amount);
        json.key("discount");
        json.begin_object();
        json.word("object", "discount");
        json.text("checkout_session", session.id);
        json.text_or_null("promotion_code", session.promotion_code);
        json.key("source");
        json.begin_object();
        json.text_or_null("coupon", session.coupon);
        json.word("type", "coupon");
        json.end_object();
        json.end_object();
        json.end_object();
    }
    json.end_array();
    write_texts(json, "taxes", {});
    json.end_object();
}

void write_amounts(JsonWriter& json, const View& view, const CheckoutSession& session) {
    if (session.mode == CheckoutMode::setup) {
        json.null("amount_subtotal");
        json.null("amount_total");
        return json.null("total_details");
    }
    json.number("amount_subtotal", sum_of(session, &CheckoutLine::subtotal));
    json.number("amount_total", session.total);
    json.key("total_details");
    json.begin_object();
    json.number("amount_discount", sum_of(session, &CheckoutLine::discount));
    json.number("amount_shipping", 0);
    json.number("amount_tax", 0);
    write_checkout_breakdown(json, view, session);
    json.end_object();
}

// The customer's own data, or what was typed into the page; null before either is known.
void write_customer(JsonWriter& json, const View& view, const CheckoutSession& session) {
    write_reference(json, view, "customer", session.customer);
    json.null("customer_account");
    const bool takes_creation = session.mode != CheckoutMode::subscription;
    json.text_or_null("customer_creation", !takes_creation || !session.customer.empty() ? ""
                                           : session.makes_customer                     ? "always"
                                                                    : "if_required");
    json.text_or_null("customer_email", session.customer_email);
    const Customer* customer = view.world.tables.customers.find(session.customer);
    const bool has_own = customer != nullptr && !customer->email.empty();
    const std::string& typed =
        session.payer_email.empty() ? session.customer_email : session.payer_email;
    const std::string& email = has_own ? customer->email : typed;
    json.key("customer_details");
    if (email.empty() && session.payer_name.empty() && session.status != CheckoutStatus::complete) {
        return json.null();
    }
    json.begin_object();
    json.null("address");
    json.null("business_name");
    json.text_or_null("email", email);
    json.null("individual_name");
    json.text_or_null("name", session.payer_name);
    json.null("phone");
    json.text("tax_exempt", customer == nullptr ? "none" : customer->tax_exempt);
    write_tax_ids(json, "tax_ids", billed_customer(view.world, session.customer).tax_ids);
    json.end_object();
}

void write_discounts(JsonWriter& json, const CheckoutSession& session) {
    json.key("discounts");
    json.begin_array();
    if (!session.coupon.empty() || !session.promotion_code.empty()) {
        json.begin_object();
        json.text_or_null("coupon", session.coupon);
        json.text_or_null("promotion_code", session.promotion_code);
        json.end_object();
    }
    json.end_array();
}

// What the session made is there when the buyer is done.
void write_outcome(JsonWriter& json, const View& view, const CheckoutSession& session) {
    const bool is_done = session.status == CheckoutStatus::complete;
    for (const auto& [name, id] : {std::pair{"invoice", &session.invoice},
                                   std::pair{"payment_intent", &session.payment_intent},
                                   std::pair{"setup_intent", &session.setup_intent},
                                   std::pair{"subscription", &session.subscription}}) {
        write_reference(json, view, name, is_done ? *id : std::string());
    }
}

void write_invoice_creation(JsonWriter& json, const CheckoutSession& session) {
    if (session.mode != CheckoutMode::payment) return json.null("invoice_creation");
    json.key("invoice_creation");
    json.begin_object();
    json.flag("enabled", false);
    json.key("invoice_data");
    json.begin_object();
    for (const std::string_view name : {"account_tax_ids", "custom_fields", "description", "footer",
                                        "issuer", "rendering_options"}) {
        json.null(name);
    }
    write_metadata(json, {});
    json.end_object();
    json.end_object();
}

void write_settings(JsonWriter& json, const CheckoutSession& session) {
    json.key("adaptive_pricing");
    json.begin_object();
    json.flag("enabled", false);
    json.end_object();
    if (session.allows_promotion_codes) {
        json.flag("allow_promotion_codes", true);
    } else {
        json.null("allow_promotion_codes");
    }
    json.raw("automatic_tax",
             R"({"enabled":false,"liability":null,"provider":null,"status":null})");
    json.text_or_null("billing_address_collection", session.billing_address_collection);
    json.key("custom_text");
    json.begin_object();
    for (const std::string_view name :
         {"after_submit", "shipping_address", "submit", "terms_of_service_acceptance"}) {
        json.null(name);
    }
    json.end_object();
    json.text_or_null("locale", session.locale);
    json.text("payment_method_collection",
              session.mode == CheckoutMode::payment ? "if_required" : "always");
    json.raw("payment_method_options", R"({"card":{"request_three_d_secure":"automatic"}})");
    write_texts(json, "payment_method_types", {"card"});
    json.raw("phone_number_collection", R"({"enabled":false})");
    json.text_or_null("submit_type", session.submit_type);
    json.word("ui_mode", "hosted_page");
}

void write_checkout_constants(JsonWriter& json) {
    for (const std::string_view name :
         {"after_expiration", "allowed_payment_method_types", "client_secret",
          "collected_information", "consent", "consent_collection", "currency_conversion",
          "integration_identifier", "managed_payments", "origin_context", "payment_link",
          "payment_method_configuration_details", "permissions", "recovered_from",
          "saved_payment_method_options", "shipping_address_collection", "shipping_cost",
          "wallet_options"}) {
        json.null(name);
    }
    write_texts(json, "custom_fields", {});
    write_texts(json, "shipping_options", {});
    json.flag("livemode", false);
}

// Only when somebody expands them.
void write_lines(JsonWriter& json, const View& view, const CheckoutSession& session) {
    const View lines = view.child("line_items");
    if (lines.expand == nullptr) return;
    write_list(json, "line_items", "/v1/checkout/sessions/" + session.id + "/line_items",
               [&](JsonWriter& list) {
                   for (const CheckoutLine& line : session.lines) {
                       write_checkout_line(list, lines.child("data"), session, line);
                   }
               });
}

bool render_session(JsonWriter& json, const View& view, std::string_view id) {
    const CheckoutSession* session = view.world.tables.checkout_sessions.find(id);
    if (session == nullptr) return false;
    const bool is_open = session->status == CheckoutStatus::open;
    json.begin_object();
    json.text("id", session->id);
    json.word("object", "checkout.session");
    write_amounts(json, view, *session);
    json.text_or_null("cancel_url", session->cancel_url);
    json.text_or_null("client_reference_id", session->client_reference_id);
    json.number("created", session->created);
    json.text_or_null("currency", session->currency);
    write_customer(json, view, *session);
    write_discounts(json, *session);
    json.number("expires_at", session->expires_at);
    write_invoice_creation(json, *session);
    write_lines(json, view, *session);
    write_metadata(json, session->metadata);
    json.text("mode", to_string(session->mode));
    write_outcome(json, view, *session);
    json.text("payment_status", session->payment_status);
    json.text("status", to_string(session->status));
    json.text("success_url", session->success_url);
    json.text_or_null("url", is_open ? checkout_url(view.world, *session) : std::string());
    write_settings(json, *session);
    write_checkout_constants(json);
    json.end_object();
    return true;
}

bool render_checkout_line(JsonWriter&, const View&, std::string_view) { return false; }

constexpr std::array kCheckoutReferences = {
    Reference{"customer", "customer"},
    Reference{"invoice", "invoice"},
    Reference{"line_items.data", "item"},
    Reference{"line_items", ""},
    Reference{"payment_intent", "payment_intent"},
    Reference{"payment_link", ""},
    Reference{"setup_intent", "setup_intent"},
    Reference{"subscription", "subscription"},
    Reference{"total_details.breakdown", ""},
};
constexpr std::array kLineReferences = {Reference{"price", "price"}};

}  // namespace

void write_checkout_line(JsonWriter& json, const View& view, const CheckoutSession& session,
                         const CheckoutLine& line) {
    json.begin_object();
    json.text("id", line.id);
    json.word("object", "item");
    json.null("adjustable_quantity");
    json.number("amount_discount", line.discount);
    json.number("amount_subtotal", line.subtotal);
    json.number("amount_tax", 0);
    json.number("amount_total", line.subtotal - line.discount);
    json.text("currency", session.currency);
    json.text("description", line.description);
    write_metadata(json, line.metadata);
    json.key("price");
    if (!kPriceType.render(json, view.child("price"), line.price)) json.null();
    json.number("quantity", line.quantity);
    json.end_object();
}

const ResourceType kCheckoutSessionType = {"checkout.session", "cs_test_", kCheckoutReferences,
                                           render_session};
const ResourceType kCheckoutLineType = {"item", "li_", kLineReferences, render_checkout_line};

}  // namespace onsite::simulator
