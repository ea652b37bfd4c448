#include "simulator/resources/disputes.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "simulator/core/list.hpp"
#include "simulator/payments/disputing.hpp"
#include "simulator/resources/balance_transactions.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kDisputeSource = "docs.stripe.com/api/disputes";
constexpr std::int64_t kEvidenceSeconds = 7 * kDay / kSecond;
constexpr std::size_t kEvidenceLengthMax = 20'000;

constexpr std::array<std::string_view, 27> kEvidence = {"access_activity_log",
                                                        "billing_address",
                                                        "cancellation_policy",
                                                        "cancellation_policy_disclosure",
                                                        "cancellation_rebuttal",
                                                        "customer_communication",
                                                        "customer_email_address",
                                                        "customer_name",
                                                        "customer_purchase_ip",
                                                        "customer_signature",
                                                        "duplicate_charge_documentation",
                                                        "duplicate_charge_explanation",
                                                        "duplicate_charge_id",
                                                        "product_description",
                                                        "receipt",
                                                        "refund_policy",
                                                        "refund_policy_disclosure",
                                                        "refund_refusal_explanation",
                                                        "service_date",
                                                        "service_documentation",
                                                        "shipping_address",
                                                        "shipping_carrier",
                                                        "shipping_date",
                                                        "shipping_documentation",
                                                        "shipping_tracking_number",
                                                        "uncategorized_file",
                                                        "uncategorized_text"};

// ---- Rendering ----

void write_evidence(JsonWriter& json, const View& view, const Dispute& dispute) {
    json.key("evidence");
    json.begin_object();
    for (const std::string_view name : kEvidence) {
        const auto found = dispute.evidence.find(name);
        json.text_or_null(name, found == dispute.evidence.end() ? "" : found->second);
    }
    json.raw("enhanced_evidence", "{}");
    json.end_object();
    const std::int64_t due_by = dispute.created + kEvidenceSeconds;
    json.key("evidence_details");
    json.begin_object();
    json.number("due_by", due_by);
    json.raw("enhanced_eligibility", "{}");
    json.flag("has_evidence", !dispute.evidence.empty());
    json.flag("past_due", view.world.timeline.now_s() > due_by);
    json.word("submission_method", "manual");
    json.number("submission_count", dispute.submission_count);
    json.end_object();
}

void write_details(JsonWriter& json, const Dispute& dispute) {
    json.key("payment_method_details");
    json.begin_object();
    json.key("card");
    json.begin_object();
    json.text("brand", dispute.card_brand);
    json.text("case_type", dispute.is_inquiry ? "inquiry" : "chargeback");
    json.text("network", dispute.card_brand);
    json.word("network_reason_code", "10.4");
    json.end_object();
    json.word("type", "card");
    json.end_object();
}

bool render_dispute(JsonWriter& json, const View& view, std::string_view id) {
    const Dispute* dispute = view.world.tables.disputes.find(id);
    if (dispute == nullptr) return false;
    json.begin_object();
    json.text("id", dispute->id);
    json.word("object", "dispute");
    json.number("amount", dispute->amount);
    json.key("balance_transactions");
    json.begin_array();
    for (const std::string& line : dispute->balance_transactions) {
        kBalanceTransactionType.render(json, {view.world}, line);
    }
    json.end_array();
    write_reference(json, view, "charge", dispute->charge);
    json.number("created", dispute->created);
    json.text("currency", dispute->currency);
    json.raw("enhanced_eligibility_types", "[]");
    write_evidence(json, view, *dispute);
    json.null("intended_submission_method");
    json.flag("is_charge_refundable", dispute->is_inquiry && !dispute->is_closed());
    json.flag("livemode", false);
    write_metadata(json, dispute->metadata);
    json.word("network_reason_code", "10.4");
    write_reference(json, view, "payment_intent", dispute->payment_intent);
    write_details(json, *dispute);
    json.word("reason", "fraudulent");
    json.text("status", dispute->status);
    json.end_object();
    return true;
}

constexpr std::array kDisputeReferences = {
    Reference{"charge", "charge"},
    Reference{"payment_intent", "payment_intent"},
};

// ---- Endpoints ----

std::expected<Dispute*, ApiError> dispute_of(const Call& call) {
    Dispute* dispute = call.world.tables.disputes.find(call.ids[0]);
    if (dispute == nullptr) return std::unexpected(no_such_in_path("dispute", call.ids[0]));
    return dispute;
}

void read_evidence(ParamReader evidence, Dispute& dispute) {
    for (const std::string_view name : kEvidence) {
        const auto sent = evidence.text(name, kEvidenceLengthMax);
        if (!sent) continue;
        if (sent->empty()) {
            dispute.evidence.erase(std::string(name));
        } else {
            dispute.evidence.insert_or_assign(std::string(name), std::string(*sent));
        }
    }
    evidence.ignore("enhanced_evidence");
}

std::expected<void, ApiError> check_open(const Dispute& dispute) {
    if (dispute.status == "needs_response" || dispute.status == "warning_needs_response") return {};
    return std::unexpected(wrong_state(
        {},
        fmt::format("This dispute needs no response any more: its status is {}.", dispute.status)));
}

// docs.stripe.com/testing#disputes: two texts decide at once.
void decide(World& world, Dispute& dispute) {
    const auto text = dispute.evidence.find("uncategorized_text");
    if (text == dispute.evidence.end()) return;
    if (text->second == "winning_evidence") close_dispute(world, dispute, true);
    if (text->second == "losing_evidence") close_dispute(world, dispute, false);
}

Answer update_dispute(Call& call) {
    const auto dispute = dispute_of(call);
    if (!dispute) return std::unexpected(dispute.error());
    Dispute changed = **dispute;
    read_evidence(call.params.object("evidence"), changed);
    call.params.update_metadata(changed.metadata);
    const bool has_evidence = call.params.has("evidence");
    // Stripe submits evidence unless it is told to stage it.
    const bool submits = call.params.flag("submit").value_or(has_evidence);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (has_evidence || submits) {
        if (auto good = check_open(**dispute); !good) return std::unexpected(good.error());
    }
    if (submits) {
        changed.status = changed.is_inquiry ? "warning_under_review" : "under_review";
        ++changed.submission_count;
    }
    const Body before = rendered(call.world, kDisputeType, changed.id);
    **dispute = std::move(changed);
    const Body after = rendered(call.world, kDisputeType, (*dispute)->id);
    call.world.emit("charge.dispute.updated", after, changed_attributes(*before, *after));
    if (submits) decide(call.world, **dispute);
    return answer(call, kDisputeType, (*dispute)->id);
}

Answer close(Call& call) {
    const auto dispute = dispute_of(call);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!dispute) return std::unexpected(dispute.error());
    if (auto good = check_open(**dispute); !good) return std::unexpected(good.error());
    close_dispute(call.world, **dispute, false);
    return answer(call, kDisputeType, (*dispute)->id);
}

Answer retrieve_dispute(Call& call) {
    const auto dispute = dispute_of(call);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!dispute) return std::unexpected(dispute.error());
    return answer(call, kDisputeType, (*dispute)->id);
}

Answer list_disputes(Call& call) {
    const Page page = read_page(call.params);
    const auto charge = read_filter(call.params, "charge", call.world.tables.charges);
    const auto intent =
        read_filter(call.params, "payment_intent", call.world.tables.payment_intents);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.disputes, kDisputeType, page,
                     [&](const Dispute& dispute) {
                         return (!charge || dispute.charge == *charge) &&
                                (!intent || dispute.payment_intent == *intent);
                     });
}

constexpr std::array kDisputeRoutes = {
    Route{.method = Method::get,
          .path = "/v1/disputes/{id}",
          .handle = retrieve_dispute,
          .result = "dispute",
          .fidelity = Fidelity::simplified,
          .note = "made by test cards, right after the payment; the reason is fraudulent; evidence "
                  "is due after 7 days, and nothing happens then",
          .source = kDisputeSource},
    Route{.method = Method::post,
          .path = "/v1/disputes/{id}",
          .handle = update_dispute,
          .result = "dispute",
          .fidelity = Fidelity::simplified,
          .note = "winning_evidence and losing_evidence decide at once, other evidence stays under "
                  "review; files are any text; enhanced_evidence has no effect",
          .source = "docs.stripe.com/testing#disputes"},
    Route{.method = Method::post,
          .path = "/v1/disputes/{id}/close",
          .handle = close,
          .result = "dispute",
          .source = kDisputeSource},
    Route{.method = Method::get,
          .path = "/v1/disputes",
          .handle = list_disputes,
          .result = "dispute",
          .shape = Shape::list,
          .source = kDisputeSource},
};

}  // namespace

const ResourceType kDisputeType = {"dispute", "dp_", kDisputeReferences, render_dispute};

std::span<const Route> dispute_routes() { return kDisputeRoutes; }

}  // namespace onsite::simulator
