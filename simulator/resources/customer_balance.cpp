#include "simulator/resources/customer_balance.hpp"

#include <array>

#include "simulator/billing/customer_time.hpp"
#include "simulator/core/list.hpp"
#include "simulator/objects/address.hpp"
#include "simulator/resources/customers.hpp"
#include "simulator/resources/fields.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kCustomerBalanceSource =
    "docs.stripe.com/api/customer_balance_transactions";

bool render_change(JsonWriter& json, const View& view, std::string_view id) {
    const BalanceChange* change = view.world.tables.balance_changes.find(id);
    if (change == nullptr) return false;
    json.begin_object();
    json.text("id", change->id);
    json.word("object", "customer_balance_transaction");
    json.number("amount", change->amount);
    json.null("checkout_session");
    json.number("created", change->created);
    write_reference(json, view, "credit_note", change->credit_note);
    json.text("currency", change->currency);
    write_reference(json, view, "customer", change->customer);
    json.null("customer_account");
    json.text_or_null("description", change->description);
    json.number("ending_balance", change->ending_balance);
    write_reference(json, view, "invoice", change->invoice);
    json.flag("livemode", false);
    write_metadata(json, change->metadata);
    json.text("type", change->type);
    json.end_object();
    return true;
}

constexpr std::array kCustomerBalanceReferences = {Reference{"credit_note", "credit_note"},
                                                   Reference{"customer", "customer"},
                                                   Reference{"invoice", "invoice"}};

Answer create_change(Call& call) {
    const auto customer = living_customer_of(call);
    if (!customer) return std::unexpected(customer.error());
    BalanceChange change;
    change.amount = call.params.required_integer("amount", -kAmountMax, kAmountMax);
    change.currency = call.params.required_currency("currency");
    update_text(call.params, "description", change.description);
    call.params.update_metadata(change.metadata);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (auto good = check_currency(**customer, change.currency, "currency"); !good) {
        return std::unexpected(good.error());
    }
    (*customer)->currency = change.currency;
    return answer(call, kBalanceChangeType,
                  change_balance(call.world, **customer, std::move(change)));
}

std::expected<BalanceChange*, ApiError> change_of(const Call& call) {
    BalanceChange* change = call.world.tables.balance_changes.find(call.ids[1]);
    if (change == nullptr || change->customer != call.ids[0]) {
        return std::unexpected(no_such_in_path("customer_balance_transaction", call.ids[1]));
    }
    return change;
}

Answer retrieve_change(Call& call) {
    const auto change = change_of(call);
    if (!change) return std::unexpected(change.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kBalanceChangeType, (*change)->id);
}

// What it did to the balance stays.
Answer update_change(Call& call) {
    const auto change = change_of(call);
    if (!change) return std::unexpected(change.error());
    BalanceChange sent = **change;
    update_text(call.params, "description", sent.description);
    call.params.update_metadata(sent.metadata);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    **change = std::move(sent);
    return answer(call, kBalanceChangeType, (*change)->id);
}

Answer list_changes(Call& call) {
    const auto customer = living_customer_of(call);
    if (!customer) return std::unexpected(customer.error());
    const Page page = read_page(call.params);
    const auto invoice = call.params.set_text("invoice");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.balance_changes, kBalanceChangeType, page,
                     [&](const BalanceChange& row) {
                         return row.customer == (*customer)->id &&
                                (!invoice || row.invoice == *invoice);
                     });
}

constexpr std::array kCustomerBalanceRoutes = {
    Route{.method = Method::post,
          .path = "/v1/customers/{id}/balance_transactions",
          .handle = create_change,
          .result = "customer_balance_transaction",
          .source = kCustomerBalanceSource},
    Route{.method = Method::get,
          .path = "/v1/customers/{id}/balance_transactions/{id}",
          .handle = retrieve_change,
          .result = "customer_balance_transaction",
          .source = kCustomerBalanceSource},
    Route{.method = Method::post,
          .path = "/v1/customers/{id}/balance_transactions/{id}",
          .handle = update_change,
          .result = "customer_balance_transaction",
          .source = kCustomerBalanceSource},
    Route{.method = Method::get,
          .path = "/v1/customers/{id}/balance_transactions",
          .handle = list_changes,
          .result = "customer_balance_transaction",
          .shape = Shape::list,
          .source = kCustomerBalanceSource},
};

}  // namespace

const ResourceType kBalanceChangeType = {"customer_balance_transaction", "cbtxn_",
                                         kCustomerBalanceReferences, render_change};

std::span<const Route> customer_balance_routes() { return kCustomerBalanceRoutes; }

}  // namespace onsite::simulator
