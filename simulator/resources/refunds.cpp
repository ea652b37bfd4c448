#include "simulator/resources/refunds.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "simulator/core/list.hpp"
#include "simulator/payments/refunding.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kRefundSource = "docs.stripe.com/api/refunds";
constexpr std::array<std::string_view, 3> kRefundReasons = {"duplicate", "fraudulent",
                                                            "requested_by_customer"};

bool render_refund(JsonWriter& json, const View& view, std::string_view id) {
    const Refund* refund = view.world.tables.refunds.find(id);
    if (refund == nullptr) return false;
    json.begin_object();
    json.text("id", refund->id);
    json.word("object", "refund");
    json.number("amount", refund->amount);
    write_reference(json, view, "balance_transaction", refund->balance_transaction);
    write_reference(json, view, "charge", refund->charge);
    json.number("created", refund->created);
    json.text("currency", refund->currency);
    write_reference(json, view, "customer", refund->customer);
    json.null("customer_account");
    json.raw("destination_details", refund->is_reversal
                                        ? R"({"card":{"type":"reversal"},"type":"card"})"
                                        : R"({"card":{"type":"refund"},"type":"card"})");
    if (refund->status == "failed") {
        write_reference(json, view, "failure_balance_transaction",
                        refund->failure_balance_transaction);
        json.word("failure_reason", "unknown");
    }
    write_metadata(json, refund->metadata);
    write_reference(json, view, "payment_intent", refund->payment_intent);
    json.text_or_null("payment_method", refund->payment_method);
    json.text_or_null("reason", refund->reason);
    json.null("receipt_number");
    json.null("source_transfer_reversal");
    json.text("status", refund->status);
    json.null("transfer_reversal");
    json.end_object();
    return true;
}

constexpr std::array kRefundReferences = {
    Reference{"balance_transaction", "balance_transaction"},
    Reference{"charge", "charge"},
    Reference{"customer", "customer"},
    Reference{"failure_balance_transaction", "balance_transaction"},
    Reference{"payment_intent", "payment_intent"},
    Reference{"source_transfer_reversal", ""},
    Reference{"transfer_reversal", ""},
};

// ---- Endpoints ----

// The charge that a refund is of, by its own id or by that of its payment intent.
std::expected<Charge*, ApiError> charge_of(World& world, const std::string& charge,
                                           const std::string& intent) {
    if (!charge.empty()) {
        Charge* found = world.tables.charges.find(charge);
        if (found == nullptr) return std::unexpected(no_such("charge", charge, "charge"));
        return found;
    }
    const PaymentIntent* paid = world.tables.payment_intents.find(intent);
    if (paid == nullptr) {
        return std::unexpected(no_such("payment_intent", intent, "payment_intent"));
    }
    Charge* found = world.tables.charges.find(paid->latest_charge);
    const bool is_paid =
        found != nullptr && !found->has_failed() && paid->status == IntentStatus::succeeded;
    if (is_paid) return found;
    ApiError error = wrong_state(
        "payment_intent_unexpected_state",
        fmt::format("This PaymentIntent ({}) does not have a successful charge to refund.",
                    intent));
    error.param = "payment_intent";
    return std::unexpected(std::move(error));
}

// An authorization belongs to its payment intent, which has to know that it is gone.
std::expected<void, ApiError> check_release(const Charge& charge) {
    if (charge.is_captured || charge.payment_intent.empty() || charge.has_failed()) return {};
    return std::unexpected(wrong_state("charge_not_refundable",
                                       fmt::format("Charge {} is not captured. Cancel {} instead.",
                                                   charge.id, charge.payment_intent)));
}

Answer create_refund(Call& call) {
    ParamReader& params = call.params;
    const std::string charge_id(params.set_text("charge").value_or(""));
    const std::string intent_id(params.set_text("payment_intent").value_or(""));
    const auto amount = params.integer("amount", 1, kAmountMax);
    const auto reason = params.choice("reason", kRefundReasons);
    Refund refund;
    params.update_metadata(refund.metadata);
    params.ignore({"instructions_email", "refund_application_fee", "reverse_transfer"});
    if (charge_id.empty() && intent_id.empty()) {
        params.refuse({.code = "parameter_missing",
                       .message = "One of the following params should be provided for this "
                                  "request: payment_intent or charge."});
    }
    if (auto good = params.finish(); !good) return std::unexpected(good.error());
    const auto charge = charge_of(call.world, charge_id, intent_id);
    if (!charge) return std::unexpected(charge.error());
    if (!charge_id.empty() && !intent_id.empty() && (*charge)->payment_intent != intent_id) {
        return std::unexpected(
            wrong_state({}, fmt::format("Charge {} does not belong to {}.", charge_id, intent_id)));
    }
    if (auto good = check_release(**charge); !good) return std::unexpected(good.error());
    const auto returned = check_refund(call.world, **charge, amount.value_or(0));
    if (!returned) return std::unexpected(returned.error());
    refund.amount = *returned;
    if (reason) refund.reason = kRefundReasons[*reason];
    return answer(call, kRefundType, refund_charge(call.world, **charge, std::move(refund)).id);
}

std::expected<Refund*, ApiError> refund_of(const Call& call) {
    Refund* refund = call.world.tables.refunds.find(call.ids[0]);
    if (refund == nullptr) return std::unexpected(no_such_in_path("refund", call.ids[0]));
    return refund;
}

Answer retrieve_refund(Call& call) {
    const auto refund = refund_of(call);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!refund) return std::unexpected(refund.error());
    return answer(call, kRefundType, (*refund)->id);
}

Answer update_refund(Call& call) {
    const auto refund = refund_of(call);
    if (!refund) return std::unexpected(refund.error());
    Metadata metadata = (*refund)->metadata;
    call.params.update_metadata(metadata);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const Body before = rendered(call.world, kRefundType, (*refund)->id);
    (*refund)->metadata = std::move(metadata);
    Body after = rendered(call.world, kRefundType, (*refund)->id);
    std::string changed = changed_attributes(*before, *after);
    call.world.emit("refund.updated", after, changed);
    call.world.emit("charge.refund.updated", after, std::move(changed));
    return answer(call, kRefundType, (*refund)->id, std::move(after));
}

Answer cancel_refund(Call& call) {
    const auto refund = refund_of(call);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!refund) return std::unexpected(refund.error());
    return std::unexpected(
        wrong_state({}, fmt::format("Refund {} cannot be canceled: only a refund with a status of "
                                    "requires_action can be, and this one has a status of {}.",
                                    (*refund)->id, (*refund)->status)));
}

Answer list(Call& call, std::string_view charge_of_path) {
    const Page page = read_page(call.params);
    std::string charge(charge_of_path);
    std::string intent;
    if (charge.empty()) {
        const Tables& tables = call.world.tables;
        charge = read_filter(call.params, "charge", tables.charges).value_or("");
        intent = read_filter(call.params, "payment_intent", tables.payment_intents).value_or("");
    }
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows_of(call, charge.empty() ? intent : charge, call.world.tables.refunds,
                        kRefundType, page, [&](const Refund& refund) {
                            return (charge.empty() || refund.charge == charge) &&
                                   (intent.empty() || refund.payment_intent == intent);
                        });
}

Answer list_refunds(Call& call) { return list(call, {}); }

Answer list_refunds_of_charge(Call& call) {
    if (call.world.tables.charges.find(call.ids[0]) == nullptr) {
        return std::unexpected(no_such_in_path("charge", call.ids[0]));
    }
    return list(call, call.ids[0]);
}

constexpr std::array kRefundRoutes = {
    Route{.method = Method::post,
          .path = "/v1/refunds",
          .handle = create_refund,
          .result = "refund",
          .fidelity = Fidelity::simplified,
          .note = "succeeds at once, also when the balance does not suffice; those of "
                  "pm_card_pendingRefund and pm_card_refundFail succeed or fail a minute later; an "
                  "authorization of a payment intent is released by canceling the intent only",
          .source = "docs.stripe.com/refunds"},
    Route{.method = Method::get,
          .path = "/v1/refunds/{id}",
          .handle = retrieve_refund,
          .result = "refund",
          .source = kRefundSource},
    Route{.method = Method::post,
          .path = "/v1/refunds/{id}",
          .handle = update_refund,
          .result = "refund",
          .source = kRefundSource},
    Route{.method = Method::post,
          .path = "/v1/refunds/{id}/cancel",
          .handle = cancel_refund,
          .result = "refund",
          .fidelity = Fidelity::simplified,
          .note = "always refused: refunds of cards never require an action",
          .source = kRefundSource},
    Route{.method = Method::get,
          .path = "/v1/refunds",
          .handle = list_refunds,
          .result = "refund",
          .shape = Shape::list,
          .source = kRefundSource},
    Route{.method = Method::get,
          .path = "/v1/charges/{id}/refunds",
          .handle = list_refunds_of_charge,
          .result = "refund",
          .shape = Shape::list,
          .source = kRefundSource},
};

}  // namespace

const ResourceType kRefundType = {"refund", "re_", kRefundReferences, render_refund};

std::span<const Route> refund_routes() { return kRefundRoutes; }

}  // namespace onsite::simulator
