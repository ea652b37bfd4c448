#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "simulator/payments/decline.hpp"
#include "simulator/payments/payment_flow.hpp"
#include "simulator/payments/test_cards.hpp"
#include "simulator/resources/charges.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/older_members.hpp"
#include "simulator/resources/refunds.hpp"
#include "simulator/resources/tokens.hpp"

namespace onsite::simulator {
namespace {

std::string seller_message(const Charge& charge) {
    if (charge.failure->decline_code == "generic_decline") {
        return "The bank did not return any further details with this decline.";
    }
    return fmt::format("The bank returned the decline code `{}`.", charge.failure->decline_code);
}

void write_outcome(JsonWriter& json, const Charge& charge) {
    json.key("outcome");
    if (!charge.has_failed() && charge.card.test->risk_level == "elevated") {
        return json.raw(
            R"({"advice_code":null,"network_advice_code":null,"network_decline_code":null,)"
            R"("network_status":"approved_by_network","reason":null,"risk_level":"elevated",)"
            R"("risk_score":65,"seller_message":"Payment complete.","type":"authorized"})");
    }
    if (!charge.has_failed()) {
        return json.raw(
            R"({"advice_code":null,"network_advice_code":null,"network_decline_code":null,)"
            R"("network_status":"approved_by_network","reason":null,"risk_level":"normal",)"
            R"("risk_score":20,"seller_message":"Payment complete.","type":"authorized"})");
    }
    const bool is_blocked = charge.failure->decline_code == "fraudulent";
    const Advice advice = advice_of(charge.failure->decline_code);
    json.begin_object();
    json.text_or_null("advice_code", advice.advice_code);
    json.null("network_advice_code");
    json.text_or_null("network_decline_code", advice.network_decline_code);
    json.text("network_status", is_blocked ? "not_sent_to_network" : "declined_by_network");
    json.text("reason", is_blocked ? "highest_risk_level" : charge.failure->decline_code);
    json.text("risk_level", is_blocked ? "highest" : "normal");
    json.number("risk_score", is_blocked ? 85 : 20);
    json.text("seller_message",
              is_blocked ? "Stripe blocked this payment as too risky." : seller_message(charge));
    json.text("type", is_blocked ? "blocked" : "issuer_declined");
    json.end_object();
}

void write_details(JsonWriter& json, const Charge& charge) {
    json.key("payment_method_details");
    json.begin_object();
    json.key("card");
    json.begin_object();
    json.number_or_null("amount_authorized",
                        charge.has_failed() ? std::nullopt : std::optional(charge.amount));
    json.null("authorization_code");
    json.text("brand", charge.card.test->brand);
    if (charge.is_authorized() && !charge.payment_intent.empty()) {
        json.number("capture_before", charge.created + kAuthorizationUs / kSecond);
    }
    write_card_checks(json, charge.card);
    write_card_members(json, charge.card);
    json.text_or_null("electronic_commerce_indicator", charge.is_authenticated ? "05" : "");
    json.raw("extended_authorization", R"({"status":"disabled"})");
    json.raw("incremental_authorization", R"({"status":"unavailable"})");
    json.null("installments");
    json.null("mandate");
    json.raw("multicapture", R"({"status":"unavailable"})");
    json.text("network", charge.card.test->brand);
    json.raw("network_token", R"({"used":false})");
    json.null("network_transaction_id");
    json.key("overcapture");
    json.begin_object();
    json.number("maximum_amount_capturable", charge.amount);
    json.word("status", "unavailable");
    json.end_object();
    json.word("regulated_status", "unregulated");
    json.raw("three_d_secure",
             charge.is_authenticated
                 ? R"({"authentication_flow":"challenge","electronic_commerce_indicator":"05",)"
                   R"("exemption_indicator":null,"result":"authenticated","result_reason":null,)"
                   R"("transaction_id":null,"version":"2.2.0"})"
                 : "null");
    json.null("transaction_link_id");
    json.null("wallet");
    json.end_object();
    json.word("type", "card");
    json.end_object();
}

void write_fraud_details(JsonWriter& json, const Charge& charge) {
    json.key("fraud_details");
    json.begin_object();
    if (!charge.user_report.empty()) json.text("user_report", charge.user_report);
    json.end_object();
}

void write_descriptors(JsonWriter& json, const Charge& charge) {
    json.text_or_null("statement_descriptor", charge.texts->statement_descriptor);
    json.text_or_null("statement_descriptor_suffix", charge.texts->statement_descriptor_suffix);
    json.text("status", charge.has_failed() ? "failed" : "succeeded");
    json.null("transfer_data");
    json.text_or_null("transfer_group", charge.texts->transfer_group);
}

// Only when somebody expands them: newest first, as many as a page has.
void write_charge_refunds(JsonWriter& json, const View& view, const Charge& charge) {
    constexpr std::size_t kShownMax = 10;
    const View list = view.child("refunds");
    if (list.expand == nullptr) return;
    auto rows = view.world.tables.refunds.rows_of(charge.id);
    std::ranges::reverse(rows);
    const bool has_more = rows.size() > kShownMax;
    if (has_more) rows.resize(kShownMax);
    write_list(
        json, "refunds", fmt::format("/v1/charges/{}/refunds", charge.id),
        [&](JsonWriter& data) {
            for (const Refund* row : rows) kRefundType.render(data, list.child("data"), row->id);
        },
        has_more);
}

void write_charge(JsonWriter& json, const View& view, const Charge& charge) {
    json.begin_object();
    json.text("id", charge.id);
    json.word("object", "charge");
    json.number("amount", charge.amount);
    json.number("amount_captured", charge.amount_captured);
    json.number("amount_refunded", charge.amount_refunded());
    json.null("application");
    json.null("application_fee");
    json.null("application_fee_amount");
    write_reference(json, view, "balance_transaction", charge.balance_transaction);
    write_billing_details(json, *charge.billing_details);
    json.text("calculated_statement_descriptor", charge.texts->statement_descriptor.empty()
                                                     ? "ONSITE"
                                                     : charge.texts->statement_descriptor);
    json.flag("captured", charge.is_captured);
    json.number("created", charge.created);
    json.text("currency", charge.currency);
    write_reference(json, view, "customer", charge.customer);
    json.text_or_null("description", charge.texts->description);
    json.flag("disputed", charge.is_disputed);
    json.null("failure_balance_transaction");
    json.text_or_null("failure_code", charge.failure->code);
    json.text_or_null("failure_message", charge.failure->message);
    write_fraud_details(json, charge);
    json.flag("livemode", false);
    write_metadata(json, charge.metadata);
    json.null("on_behalf_of");
    write_outcome(json, charge);
    json.flag("paid", !charge.has_failed());
    write_reference(json, view, "payment_intent", charge.payment_intent);
    json.text_or_null("payment_method", charge.payment_method);
    write_details(json, charge);
    json.text_or_null("receipt_email", charge.texts->receipt_email);
    json.null("receipt_number");
    json.null("receipt_url");
    json.flag("refunded", charge.is_refunded());
    write_charge_refunds(json, view, charge);
    json.null("review");
    write_shipping(json, charge.shipping);
    json.key("source");
    if (charge.source.empty()) {
        json.null();
    } else {
        write_card_object(json, charge.source, charge.card, *charge.source_owner);
    }
    json.null("source_transfer");
    write_descriptors(json, charge);
    write_older_invoice(json, view, charge.payment_intent);
    json.end_object();
}

bool render_charge(JsonWriter& json, const View& view, std::string_view id) {
    const Charge* charge = view.world.tables.charges.find(id);
    if (charge == nullptr) return false;
    write_charge(json, view, *charge);
    return true;
}

constexpr std::array kChargeReferences = {
    Reference{"application", ""},
    Reference{"application_fee", ""},
    Reference{"balance_transaction", "balance_transaction"},
    Reference{"customer", "customer"},
    Reference{"failure_balance_transaction", "balance_transaction"},
    Reference{"on_behalf_of", ""},
    Reference{"payment_intent", "payment_intent"},
    Reference{"refunds", ""},
    Reference{"refunds.data", "refund"},
    Reference{"review", ""},
    Reference{"source_transfer", ""},
    Reference{"transfer", ""},
    Reference{"transfer_data.destination", ""},
    Reference{"invoice", "invoice", kBasil},
};

}  // namespace

const ResourceType kChargeType = {"charge", "ch_", kChargeReferences, render_charge};

Snapshot snapshot_of(const World& world, const Charge& charge) {
    // By name, so that it is no constant, which would be copied again where it could be moved.
    return Snapshot(
        [&world, kept = charge](JsonWriter& json) { write_charge(json, {world}, kept); });
}

}  // namespace onsite::simulator
