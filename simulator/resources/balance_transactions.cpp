#include "simulator/resources/balance_transactions.hpp"

#include <array>

#include "simulator/core/list.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kBalanceSource = "docs.stripe.com/api/balance_transactions";

void write_fee(JsonWriter& json, const BalanceTransaction& line) {
    json.key("fee_details");
    json.begin_array();
    if (line.fee != 0) {
        json.begin_object();
        json.number("amount", line.fee);
        json.null("application");
        json.text("currency", line.currency);
        json.text("description",
                  line.reporting_category == "dispute" ? "Dispute fee" : "Stripe processing fees");
        json.word("type", "stripe_fee");
        json.end_object();
    }
    json.end_array();
}

bool render_balance_line(JsonWriter& json, const View& view, std::string_view id) {
    const BalanceTransaction* line = view.world.tables.balance_transactions.find(id);
    if (line == nullptr) return false;
    json.begin_object();
    json.text("id", line->id);
    json.word("object", "balance_transaction");
    json.number("amount", line->amount);
    json.number("available_on", line->available_on);
    json.word("balance_type", "payments");
    json.number("created", line->created);
    json.text("currency", line->currency);
    json.text_or_null("description", line->description);
    json.null("exchange_rate");
    json.number("fee", line->fee);
    write_fee(json, *line);
    json.number("net", line->amount - line->fee);
    json.text("reporting_category", line->reporting_category);
    write_reference(json, view, "source", line->source);
    json.text("status",
              line->available_on <= view.world.timeline.now_s() ? "available" : "pending");
    json.text("type", line->type);
    json.end_object();
    return true;
}

constexpr std::array kBalanceReferences = {
    Reference{"source", "charge"},
    Reference{"source", "dispute"},
    Reference{"source", "payout"},
    Reference{"source", "refund"},
};

Answer retrieve_line(Call& call) {
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (call.world.tables.balance_transactions.find(call.ids[0]) == nullptr) {
        return std::unexpected(no_such_in_path("balance transaction", call.ids[0]));
    }
    return answer(call, kBalanceTransactionType, call.ids[0]);
}

Answer list_balance_lines(Call& call) {
    const Page page = read_page(call.params);
    const auto type = call.params.set_text("type");
    const auto source = call.params.set_text("source");
    const auto currency = call.params.currency("currency");
    call.params.ignore("payout");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.balance_transactions, kBalanceTransactionType, page,
                     [&](const BalanceTransaction& line) {
                         return (!type || line.type == *type) &&
                                (!source || line.source == *source) &&
                                (!currency || line.currency == *currency);
                     });
}

// ---- The balance itself ----

void write_amounts(JsonWriter& json, const Ledger& ledger, std::string_view name,
                   LedgerAccount account) {
    auto currencies = ledger.currencies();
    if (currencies.empty()) currencies.emplace_back("usd");
    json.key(name);
    json.begin_array();
    for (const std::string_view currency : currencies) {
        const std::int64_t amount = ledger.balance(account, currency);
        json.begin_object();
        json.number("amount", amount);
        json.text("currency", currency);
        json.key("source_types");
        json.begin_object();
        json.number("card", amount);
        json.end_object();
        json.end_object();
    }
    json.end_array();
}

Answer retrieve_balance(Call& call) {
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    Ledger& ledger = call.world.tables.ledger;
    ledger.advance_to(call.world.timeline.now_s());
    JsonWriter json;
    json.begin_object();
    json.word("object", "balance");
    write_amounts(json, ledger, "available", LedgerAccount::available);
    json.flag("livemode", false);
    write_amounts(json, ledger, "pending", LedgerAccount::pending);
    json.end_object();
    return std::make_shared<const std::string>(json.written());
}

constexpr std::string_view kRules =
    "the fee is 2.9 % + 30 in every currency and 15.00 of a dispute; payments are available after "
    "2 days of any kind, refunds and disputes at once; no exchange of currencies";

constexpr std::array kBalanceRoutes = {
    Route{.method = Method::get,
          .path = "/v1/balance",
          .handle = retrieve_balance,
          .result = "balance",
          .fidelity = Fidelity::simplified,
          .note = kRules,
          .source = "docs.stripe.com/api/balance"},
    Route{.method = Method::get,
          .path = "/v1/balance_transactions/{id}",
          .handle = retrieve_line,
          .result = "balance_transaction",
          .fidelity = Fidelity::simplified,
          .note = kRules,
          .source = kBalanceSource},
    Route{.method = Method::get,
          .path = "/v1/balance_transactions",
          .handle = list_balance_lines,
          .result = "balance_transaction",
          .shape = Shape::list,
          .fidelity = Fidelity::simplified,
          .note = "payout is taken and has no effect",
          .source = kBalanceSource},
};

}  // namespace

const ResourceType kBalanceTransactionType = {"balance_transaction", "txn_", kBalanceReferences,
                                              render_balance_line};

std::span<const Route> balance_routes() { return kBalanceRoutes; }

}  // namespace onsite::simulator
