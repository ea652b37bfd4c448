#include "simulator/resources/checkout_sessions.hpp"

#include <array>

#include <fmt/format.h>

#include "simulator/billing/checkout.hpp"
#include "simulator/core/list.hpp"
#include "simulator/resources/cut_page.hpp"
#include "simulator/resources/fields.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kCheckoutSessionSource = "docs.stripe.com/api/checkout/sessions";

Answer create_session(Call& call) {
    auto session = read_checkout(call);
    if (!session) return std::unexpected(std::move(session.error()));
    return answer(call, kCheckoutSessionType, add_checkout(call.world, std::move(*session)).id);
}

std::expected<CheckoutSession*, ApiError> session_of(const Call& call) {
    CheckoutSession* session = call.world.tables.checkout_sessions.find(call.ids[0]);
    if (session != nullptr) return session;
    return std::unexpected(no_such_in_path("checkout.session", call.ids[0]));
}

Answer retrieve_session(Call& call) {
    const auto session = session_of(call);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!session) return std::unexpected(session.error());
    return answer(call, kCheckoutSessionType, (*session)->id);
}

Answer update_session(Call& call) {
    const auto session = session_of(call);
    if (!session) return std::unexpected(session.error());
    Metadata metadata = (*session)->metadata;
    call.params.update_metadata(metadata);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    (*session)->metadata = std::move(metadata);
    return answer(call, kCheckoutSessionType, (*session)->id);
}

Answer expire_session(Call& call) {
    const auto session = session_of(call);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!session) return std::unexpected(session.error());
    if ((*session)->status != CheckoutStatus::open) {
        return std::unexpected(wrong_state(
            {}, fmt::format("Only Checkout Sessions with a status in [\"open\"] can be expired. "
                            "This Checkout Session has a status of {}.",
                            to_string((*session)->status))));
    }
    expire_checkout(call.world, **session);
    return answer(call, kCheckoutSessionType, (*session)->id);
}

Answer list_checkout_lines(Call& call) {
    const auto session = session_of(call);
    const Page page = read_page(call.params);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!session) return std::unexpected(session.error());
    const View view = call.view().child("data");
    return cut_page(call, (*session)->lines, page,
                    [&](JsonWriter& json, const CheckoutLine& line, std::size_t) {
                        write_checkout_line(json, view, **session, line);
                    });
}

// An address that the buyer gave, or that their customer has.
bool has_email(const World& world, const CheckoutSession& session, std::string_view email) {
    const Customer* customer = world.tables.customers.find(session.customer);
    return session.payer_email == email || session.customer_email == email ||
           (customer != nullptr && customer->email == email);
}

Answer list_sessions(Call& call) {
    constexpr std::array<std::string_view, 3> kStatuses = {"open", "complete", "expired"};
    const Page page = read_page(call.params);
    const auto customer = read_filter(call.params, "customer", call.world.tables.customers);
    const auto intent =
        read_filter(call.params, "payment_intent", call.world.tables.payment_intents);
    const auto subscription =
        read_filter(call.params, "subscription", call.world.tables.subscriptions);
    const auto status = call.params.choice("status", kStatuses);
    const auto email = call.params.object("customer_details").set_text("email");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.checkout_sessions, kCheckoutSessionType, page,
                     [&](const CheckoutSession& row) {
                         return (!customer || row.customer == *customer) &&
                                (!intent || row.payment_intent == *intent) &&
                                (!subscription || row.subscription == *subscription) &&
                                (!status || row.status == static_cast<CheckoutStatus>(*status)) &&
                                (!email || has_email(call.world, row, *email));
                     });
}

constexpr std::array kCheckoutSessionRoutes = {
    Route{.method = Method::post,
          .path = "/v1/checkout/sessions",
          .handle = create_session,
          .result = "checkout.session",
          .fidelity = Fidelity::simplified,
          .note = "the hosted page only, for cards, at /_onsite/checkout/{id}; tax ids, shipping, "
                  "custom fields, optional items, invoices of payments and adjustable quantities "
                  "are refused; automatic taxes, how the page looks and what it remembers is taken "
                  "and has no effect; a first payment that fails leaves an incomplete "
                  "subscription, which the next attempt pays",
          .source = kCheckoutSessionSource},
    Route{.method = Method::get,
          .path = "/v1/checkout/sessions/{id}",
          .handle = retrieve_session,
          .result = "checkout.session",
          .fidelity = Fidelity::simplified,
          .note = "the discounts of total_details.breakdown have no id",
          .source = kCheckoutSessionSource},
    Route{.method = Method::post,
          .path = "/v1/checkout/sessions/{id}",
          .handle = update_session,
          .result = "checkout.session",
          .fidelity = Fidelity::simplified,
          .note = "of metadata only; other parameters are refused",
          .source = kCheckoutSessionSource},
    Route{.method = Method::post,
          .path = "/v1/checkout/sessions/{id}/expire",
          .handle = expire_session,
          .result = "checkout.session",
          .source = kCheckoutSessionSource},
    Route{.method = Method::get,
          .path = "/v1/checkout/sessions/{id}/line_items",
          .handle = list_checkout_lines,
          .result = "item",
          .shape = Shape::list,
          .source = kCheckoutSessionSource},
    Route{.method = Method::get,
          .path = "/v1/checkout/sessions",
          .handle = list_sessions,
          .result = "checkout.session",
          .shape = Shape::list,
          .fidelity = Fidelity::simplified,
          .note = "payment_link and customer_account are refused",
          .source = kCheckoutSessionSource},
};

}  // namespace

std::span<const Route> checkout_session_routes() { return kCheckoutSessionRoutes; }

}  // namespace onsite::simulator
