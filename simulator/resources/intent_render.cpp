#include <algorithm>
#include <array>

#include "simulator/payments/authentication.hpp"
#include "simulator/payments/decline.hpp"
#include "simulator/resources/older_members.hpp"
#include "simulator/resources/payment_intents.hpp"
#include "simulator/resources/payment_methods.hpp"

namespace onsite::simulator {
namespace {

void write_options(JsonWriter& json, const IntentOptions& options) {
    json.key("payment_method_options");
    json.begin_object();
    json.key("card");
    json.begin_object();
    json.null("installments");
    json.null("mandate_options");
    json.null("network");
    if (options.can_increment) json.word("request_incremental_authorization", "if_available");
    json.word("request_three_d_secure", options.request_three_d_secure);
    json.end_object();
    json.end_object();
}

bool render_payment_intent(JsonWriter& json, const View& view, std::string_view id) {
    const PaymentIntent* intent = view.world.tables.payment_intents.find(id);
    if (intent == nullptr) return false;
    json.begin_object();
    json.word("id", intent->id);
    json.word("object", "payment_intent");
    json.null("allowed_payment_method_types");
    json.number("amount", intent->amount);
    json.number("amount_capturable", intent->amount_capturable);
    json.raw("amount_details", R"({"tip":{}})");
    json.number("amount_received", intent->amount_received);
    json.null("application");
    json.null("application_fee_amount");
    write_payment_methods_members(json, intent->options);
    json.number_or_null("canceled_at", intent->canceled_at == 0
                                           ? std::nullopt
                                           : std::optional(intent->canceled_at));
    json.text_or_null("cancellation_reason", intent->cancellation_reason);
    json.word("capture_method", kCaptureMethods[static_cast<std::size_t>(intent->capture_method)]);
    json.word("client_secret", intent->client_secret);
    json.word("confirmation_method",
              kConfirmationMethods[static_cast<std::size_t>(intent->confirmation_method)]);
    json.number("created", intent->created);
    json.word("currency", intent->currency);
    write_reference(json, view, "customer", intent->customer);
    json.null("customer_account");
    json.text_or_null("description", intent->texts->description);
    json.null("excluded_payment_method_types");
    write_intent_error(json, view, "last_payment_error", intent->last_error);
    write_reference(json, view, "latest_charge", intent->latest_charge);
    json.flag("livemode", false);
    json.null("managed_payments");
    write_metadata(json, intent->metadata);
    write_next_action(json, view, intent->id, intent->status, intent->attempt);
    json.null("on_behalf_of");
    write_reference(json, view, "payment_method", intent->payment_method);
    json.null("payment_method_configuration_details");
    write_options(json, intent->options);
    json.null("payment_record");
    json.null("processing");
    json.text_or_null("receipt_email", intent->texts->receipt_email);
    json.null("review");
    json.text_or_null("setup_future_usage", intent->options.setup_future_usage);
    write_shipping(json, intent->shipping);
    json.null("source");
    json.text_or_null("statement_descriptor", intent->texts->statement_descriptor);
    json.text_or_null("statement_descriptor_suffix", intent->texts->statement_descriptor_suffix);
    json.word("status", to_string(intent->status));
    json.null("transfer_data");
    json.text_or_null("transfer_group", intent->texts->transfer_group);
    write_older_invoice(json, view, intent->id);
    json.end_object();
    return true;
}

constexpr std::array kIntentReferences = {
    Reference{"application", ""},
    Reference{"customer", "customer"},
    Reference{"latest_charge", "charge"},
    Reference{"on_behalf_of", ""},
    Reference{"payment_method", "payment_method"},
    Reference{"review", ""},
    Reference{"transfer_data.destination", ""},
    Reference{"invoice", "invoice", kBasil},
};

}  // namespace

const ResourceType kPaymentIntentType = {"payment_intent", "pi_", kIntentReferences,
                                         render_payment_intent};

void write_intent_error(JsonWriter& json, const View& view, std::string_view name,
                        const Shared<IntentError>& error) {
    if (!error) return json.null(name);
    const auto text = [&](std::string_view member, std::string_view value) {
        if (!value.empty()) json.text(member, value);
    };
    std::string slug = error->code;
    std::ranges::replace(slug, '_', '-');
    json.key(name);
    const Advice advice = advice_of(error->decline_code);
    json.begin_object();
    text("advice_code", advice.advice_code);
    text("charge", error->charge);
    json.text("code", error->code);
    text("decline_code", error->decline_code);
    json.text("doc_url", "https://stripe.com/docs/error-codes/" + slug);
    json.text("message", error->message);
    text("network_decline_code", advice.network_decline_code);
    if (view.world.tables.payment_methods.find(error->payment_method) != nullptr) {
        json.key("payment_method");
        kPaymentMethodType.render(json, {view.world}, error->payment_method);
    }
    json.text("type", error->type);
    json.end_object();
}

void write_next_action(JsonWriter& json, const View& view, std::string_view id, IntentStatus status,
                       const IntentAttempt& attempt) {
    if (status != IntentStatus::requires_action) return json.null("next_action");
    const std::string page = authentication_url(view.world.base_url, id);
    json.key("next_action");
    json.begin_object();
    if (attempt.return_url.empty() || attempt.uses_stripe_sdk) {
        json.word("type", "use_stripe_sdk");
        json.key("use_stripe_sdk");
        json.begin_object();
        json.text("stripe_js", page);
        json.word("type", "three_d_secure_redirect");
    } else {
        json.word("type", "redirect_to_url");
        json.key("redirect_to_url");
        json.begin_object();
        json.text("return_url", attempt.return_url);
        json.text("url", page);
    }
    json.end_object();
    json.end_object();
}

void write_payment_methods_members(JsonWriter& json, const IntentOptions& options) {
    if (options.has_own_types) {
        json.null("automatic_payment_methods");
    } else {
        json.raw("automatic_payment_methods",
                 options.never_redirects ? R"({"allow_redirects":"never","enabled":true})"
                                         : R"({"allow_redirects":"always","enabled":true})");
    }
    json.raw("payment_method_types", options.takes_link ? R"(["card","link"])" : R"(["card"])");
}

}  // namespace onsite::simulator
