#include "simulator/resources/searches.hpp"

#include <array>

#include "simulator/billing/invoicing.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/payments/test_cards.hpp"
#include "simulator/resources/charges.hpp"
#include "simulator/resources/customers.hpp"
#include "simulator/resources/invoices.hpp"
#include "simulator/resources/payment_intents.hpp"
#include "simulator/resources/prices.hpp"
#include "simulator/resources/products.hpp"
#include "simulator/resources/search.hpp"
#include "simulator/resources/subscriptions.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kSearchSource = "docs.stripe.com/search";
using enum SearchKind;

SearchValue of(std::string_view value) { return {.text = std::string(value)}; }
SearchValue of(std::int64_t value) { return {.number = value}; }
SearchValue flag(bool value) { return of(std::string_view(value ? "true" : "false")); }

// ---- The fields of each kind (docs.stripe.com/search#supported-query-fields) ----

constexpr std::array kChargeFields = {
    SearchField<Charge>{"amount", number, [](const Charge& row) { return of(row.amount); }},
    SearchField<Charge>{
        "billing_details.address.postal_code", token,
        [](const Charge& row) { return of(row.billing_details->address.postal_code); }},
    SearchField<Charge>{"created", number, [](const Charge& row) { return of(row.created); }},
    SearchField<Charge>{"currency", token, [](const Charge& row) { return of(row.currency); }},
    SearchField<Charge>{"customer", token, [](const Charge& row) { return of(row.customer); }},
    SearchField<Charge>{"disputed", token, [](const Charge& row) { return flag(row.is_disputed); }},
    SearchField<Charge>{"payment_method_details.card.brand", token,
                        [](const Charge& row) { return of(row.card.test->brand); }},
    SearchField<Charge>{"payment_method_details.card.exp_month", token,
                        [](const Charge& row) { return of(std::to_string(row.card.exp_month)); }},
    SearchField<Charge>{"payment_method_details.card.exp_year", token,
                        [](const Charge& row) { return of(std::to_string(row.card.exp_year)); }},
    SearchField<Charge>{"payment_method_details.card.fingerprint", token,
                        [](const Charge& row) { return of(row.card.fingerprint); }},
    SearchField<Charge>{"payment_method_details.card.last4", token,
                        [](const Charge& row) { return of(row.card.last4()); }},
    SearchField<Charge>{"refunded", token,
                        [](const Charge& row) { return flag(row.is_refunded()); }},
    SearchField<Charge>{"status", token,
                        [](const Charge& row) {
                            return of(std::string_view(row.has_failed() ? "failed" : "succeeded"));
                        }},
};

constexpr std::array kCustomerFields = {
    SearchField<Customer>{"created", number, [](const Customer& row) { return of(row.created); }},
    SearchField<Customer>{"email", text, [](const Customer& row) { return of(row.email); }},
    SearchField<Customer>{"name", text, [](const Customer& row) { return of(row.name); }},
    SearchField<Customer>{"phone", text, [](const Customer& row) { return of(row.phone); }},
};

constexpr std::array kInvoiceFields = {
    SearchField<Invoice>{"created", number, [](const Invoice& row) { return of(row.created); }},
    SearchField<Invoice>{"currency", token, [](const Invoice& row) { return of(row.currency); }},
    SearchField<Invoice>{"customer", token, [](const Invoice& row) { return of(row.customer); }},
    SearchField<Invoice>{"number", text, [](const Invoice& row) { return of(row.number); }},
    SearchField<Invoice>{"status", token,
                         [](const Invoice& row) { return of(to_string(row.status)); }},
    SearchField<Invoice>{"subscription", token,
                         [](const Invoice& row) { return of(row.subscription); }},
    SearchField<Invoice>{"total", number, [](const Invoice& row) { return of(row.total); }},
};

constexpr std::array kIntentFields = {
    SearchField<PaymentIntent>{"amount", number,
                               [](const PaymentIntent& row) { return of(row.amount); }},
    SearchField<PaymentIntent>{"created", number,
                               [](const PaymentIntent& row) { return of(row.created); }},
    SearchField<PaymentIntent>{"currency", token,
                               [](const PaymentIntent& row) { return of(row.currency); }},
    SearchField<PaymentIntent>{"customer", token,
                               [](const PaymentIntent& row) { return of(row.customer); }},
    SearchField<PaymentIntent>{"status", token,
                               [](const PaymentIntent& row) { return of(to_string(row.status)); }},
};

constexpr std::array kPriceFields = {
    SearchField<Price>{"active", token, [](const Price& row) { return flag(row.is_active); }},
    SearchField<Price>{"currency", token, [](const Price& row) { return of(row.currency); }},
    SearchField<Price>{"lookup_key", text, [](const Price& row) { return of(row.lookup_key); }},
    SearchField<Price>{"product", text, [](const Price& row) { return of(row.product); }},
    SearchField<Price>{
        "type", token,
        [](const Price& row) {
            return of(std::string_view(row.recurring.count > 0 ? "recurring" : "one_time"));
        }},
};

constexpr std::array kProductFields = {
    SearchField<Product>{"active", token, [](const Product& row) { return flag(row.is_active); }},
    SearchField<Product>{"description", text,
                         [](const Product& row) { return of(row.description); }},
    SearchField<Product>{"name", text, [](const Product& row) { return of(row.name); }},
    SearchField<Product>{"url", text, [](const Product& row) { return of(row.url); }},
};

constexpr std::array kSubscriptionFields = {
    SearchField<Subscription>{
        "canceled_at", number,
        [](const Subscription& row) { return SearchValue{.number = row.canceled_at}; }},
    SearchField<Subscription>{"created", number,
                              [](const Subscription& row) { return of(row.created); }},
    SearchField<Subscription>{"status", token,
                              [](const Subscription& row) { return of(to_string(row.status)); }},
};

// ---- Endpoints ----

template <typename Row, std::size_t kCount>
Answer search(Call& call, const Table<Row>& table, const ResourceType& type,
              std::string_view plural, const std::array<SearchField<Row>, kCount>& fields) {
    return search_rows(call, table, type, plural, std::span<const SearchField<Row>>(fields));
}

Answer search_charges(Call& call) {
    return search(call, call.world.tables.charges, kChargeType, "charges", kChargeFields);
}
Answer search_customers(Call& call) {
    return search(call, call.world.tables.customers, kCustomerType, "customers", kCustomerFields);
}
Answer search_invoices(Call& call) {
    return search(call, call.world.tables.invoices, kInvoiceType, "invoices", kInvoiceFields);
}
Answer search_intents(Call& call) {
    return search(call, call.world.tables.payment_intents, kPaymentIntentType, "payment_intents",
                  kIntentFields);
}
Answer search_prices(Call& call) {
    return search(call, call.world.tables.prices, kPriceType, "prices", kPriceFields);
}
Answer search_products(Call& call) {
    return search(call, call.world.tables.products, kProductType, "products", kProductFields);
}
Answer search_subscriptions(Call& call) {
    return search(call, call.world.tables.subscriptions, kSubscriptionType, "subscriptions",
                  kSubscriptionFields);
}

constexpr std::string_view kSearchNote =
    "finds what was just written (Stripe needs up to a minute); newest first; total_count cannot "
    "be expanded";

constexpr Route route(std::string_view path, Answer (*handle)(Call&), std::string_view result,
                      std::string_view note = kSearchNote) {
    return {.method = Method::get,
            .path = path,
            .handle = handle,
            .result = result,
            .shape = Shape::list,
            .fidelity = Fidelity::simplified,
            .note = note,
            .source = kSearchSource};
}

constexpr std::array kSearchRoutes = {
    route("/v1/charges/search", search_charges, "charge"),
    route("/v1/customers/search", search_customers, "customer"),
    route("/v1/invoices/search", search_invoices, "invoice"),
    route("/v1/payment_intents/search", search_intents, "payment_intent"),
    route("/v1/prices/search", search_prices, "price"),
    route("/v1/products/search", search_products, "product"),
    route("/v1/subscriptions/search", search_subscriptions, "subscription"),
};

}  // namespace

std::span<const Route> search_routes() { return kSearchRoutes; }

}  // namespace onsite::simulator
