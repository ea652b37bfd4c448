#include "simulator/resources/payouts.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "simulator/core/list.hpp"
#include "simulator/payments/booking.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kPayoutSource = "docs.stripe.com/api/payouts";
constexpr std::int64_t kTravelUs = 2 * kDay;
constexpr std::array<std::string_view, 2> kPayoutMethods = {"instant", "standard"};

bool render_payout(JsonWriter& json, const View& view, std::string_view id) {
    const Payout* payout = view.world.tables.payouts.find(id);
    if (payout == nullptr) return false;
    json.begin_object();
    json.text("id", payout->id);
    json.word("object", "payout");
    json.number("amount", payout->amount);
    json.null("application_fee");
    json.null("application_fee_amount");
    json.number("arrival_date", payout->arrival_date);
    json.flag("automatic", false);
    write_reference(json, view, "balance_transaction", payout->balance_transaction);
    json.number("created", payout->created);
    json.text("currency", payout->currency);
    json.text_or_null("description", payout->description);
    json.null("destination");
    json.null("failure_balance_transaction");
    json.null("failure_code");
    json.null("failure_message");
    json.flag("livemode", false);
    write_metadata(json, payout->metadata);
    json.text("method", payout->method);
    json.null("original_payout");
    json.null("payout_method");
    json.word("reconciliation_status", "not_applicable");
    json.null("reversed_by");
    json.word("source_type", "card");
    json.text_or_null("statement_descriptor", payout->statement_descriptor);
    json.text("status", payout->status);
    json.null("trace_id");
    json.word("type", "bank_account");
    json.end_object();
    return true;
}

constexpr std::array kPayoutReferences = {Reference{"balance_transaction", "balance_transaction"}};

Body tell(World& world, std::string_view type, const Payout& payout) {
    Body body = rendered(world, kPayoutType, payout.id);
    world.emit(type, body);
    return body;
}

std::string book_payout(World& world, const Payout& payout, bool is_reversal) {
    return book(world, {.type = is_reversal ? "payout_cancel" : "payout",
                        .reporting_category = is_reversal ? "payout_reversal" : "payout",
                        .counterpart = LedgerAccount::bank,
                        .amount = is_reversal ? payout.amount : -payout.amount,
                        .currency = payout.currency,
                        .source = payout.id,
                        .description = "STRIPE PAYOUT"});
}

// The bank has it, unless it was canceled before.
void schedule_arrival(World& world, const Payout& payout) {
    world.timeline.at(payout.arrival_date * kSecond, [&world, id = payout.id] {
        Payout* sent = world.tables.payouts.find(id);
        if (sent == nullptr || sent->status != "pending") return;
        sent->status = "paid";
        tell(world, "payout.paid", *sent);
    });
}

Answer create_payout(Call& call) {
    Payout payout;
    payout.amount = call.params.required_integer("amount", 1, kAmountMax);
    payout.currency = call.params.required_currency("currency");
    payout.description = call.params.text("description").value_or("");
    payout.statement_descriptor = call.params.text("statement_descriptor", 22).value_or("");
    if (const auto word = call.params.choice("method", kPayoutMethods))
        payout.method = kPayoutMethods[*word];
    call.params.update_metadata(payout.metadata);
    call.params.ignore({"destination", "payout_method", "source_type"});
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    World& world = call.world;
    world.tables.ledger.advance_to(world.timeline.now_s());
    if (payout.amount > world.tables.ledger.balance(LedgerAccount::available, payout.currency)) {
        return std::unexpected(wrong_state(
            "balance_insufficient",
            "You have insufficient funds in your Stripe account for this transfer. Your card "
            "balance is too low. You can use the /v1/balance endpoint to view your Stripe balance "
            "(for more details, see stripe.com/docs/api#balance)."));
    }
    payout.id = world.ids.next("po_");
    payout.created = world.timeline.now_s();
    payout.arrival_date = payout.created + (payout.method == "instant" ? 0 : kTravelUs / kSecond);
    payout.balance_transaction = book_payout(world, payout, false);
    const Payout& added = world.tables.payouts.add(std::move(payout));
    schedule_arrival(world, added);
    return answer(call, kPayoutType, added.id, tell(world, "payout.created", added));
}

std::expected<Payout*, ApiError> payout_of(const Call& call) {
    Payout* payout = call.world.tables.payouts.find(call.ids[0]);
    if (payout == nullptr) return std::unexpected(no_such_in_path("payout", call.ids[0]));
    return payout;
}

Answer cancel_payout(Call& call) {
    const auto payout = payout_of(call);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!payout) return std::unexpected(payout.error());
    if ((*payout)->status != "pending") {
        return std::unexpected(wrong_state(
            {}, fmt::format("Payouts can only be canceled while they are pending; {} is {}.",
                            (*payout)->id, (*payout)->status)));
    }
    book_payout(call.world, **payout, true);
    (*payout)->status = "canceled";
    return answer(call, kPayoutType, (*payout)->id, tell(call.world, "payout.canceled", **payout));
}

Answer update_payout(Call& call) {
    const auto payout = payout_of(call);
    if (!payout) return std::unexpected(payout.error());
    Metadata metadata = (*payout)->metadata;
    call.params.update_metadata(metadata);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    const Body before = rendered(call.world, kPayoutType, (*payout)->id);
    (*payout)->metadata = std::move(metadata);
    Body after = rendered(call.world, kPayoutType, (*payout)->id);
    call.world.emit("payout.updated", after, changed_attributes(*before, *after));
    return answer(call, kPayoutType, (*payout)->id, std::move(after));
}

Answer retrieve_payout(Call& call) {
    const auto payout = payout_of(call);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!payout) return std::unexpected(payout.error());
    return answer(call, kPayoutType, (*payout)->id);
}

Answer list_payouts(Call& call) {
    const Page page = read_page(call.params);
    const auto status = call.params.set_text("status");
    call.params.ignore({"arrival_date", "destination"});
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.payouts, kPayoutType, page,
                     [&](const Payout& payout) { return !status || payout.status == *status; });
}

constexpr std::array kPayoutRoutes = {
    Route{.method = Method::post,
          .path = "/v1/payouts",
          .handle = create_payout,
          .result = "payout",
          .fidelity = Fidelity::simplified,
          .note = "pending until it is paid, 2 days later or at once when instant, and free; there "
                  "are no bank accounts, so destination is null, and no automatic payouts",
          .source = kPayoutSource},
    Route{.method = Method::get,
          .path = "/v1/payouts/{id}",
          .handle = retrieve_payout,
          .result = "payout",
          .source = kPayoutSource},
    Route{.method = Method::post,
          .path = "/v1/payouts/{id}",
          .handle = update_payout,
          .result = "payout",
          .source = kPayoutSource},
    Route{.method = Method::post,
          .path = "/v1/payouts/{id}/cancel",
          .handle = cancel_payout,
          .result = "payout",
          .source = kPayoutSource},
    Route{.method = Method::get,
          .path = "/v1/payouts",
          .handle = list_payouts,
          .result = "payout",
          .shape = Shape::list,
          .fidelity = Fidelity::simplified,
          .note = "arrival_date and destination are taken and have no effect",
          .source = kPayoutSource},
};

}  // namespace

const ResourceType kPayoutType = {"payout", "po_", kPayoutReferences, render_payout};

std::span<const Route> payout_routes() { return kPayoutRoutes; }

}  // namespace onsite::simulator
