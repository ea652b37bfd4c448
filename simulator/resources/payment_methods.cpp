#include "simulator/resources/payment_methods.hpp"

#include <array>

#include <fmt/format.h>

#include "simulator/core/list.hpp"
#include "simulator/payments/method_choice.hpp"
#include "simulator/payments/test_cards.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kPaymentMethodSource = "docs.stripe.com/api/payment_methods";

// ---- Rendering ----

void write_card(JsonWriter& json, const Card& card) {
    json.key("card");
    json.begin_object();
    json.text("brand", card.test->brand);
    write_card_checks(json, card);
    write_card_members(json, card);
    json.text("display_brand", card.test->brand);
    json.null("generated_from");
    json.key("networks");
    json.begin_object();
    json.key("available");
    json.begin_array();
    json.value(card.test->brand);
    json.end_array();
    json.null("preferred");
    json.end_object();
    json.word("regulated_status", "unregulated");
    json.key("three_d_secure_usage");
    json.begin_object();
    json.flag("supported", card.test->authentication != Authentication::unsupported);
    json.end_object();
    json.null("wallet");
    json.end_object();
}

bool render_payment_method(JsonWriter& json, const View& view, std::string_view id) {
    const PaymentMethod* method = view.world.tables.payment_methods.find(id);
    if (method == nullptr) return false;
    json.begin_object();
    json.text("id", method->id);
    json.word("object", "payment_method");
    json.text("allow_redisplay", method->allow_redisplay);
    write_billing_details(json, *method->billing_details);
    write_card(json, method->card);
    json.number("created", method->created);
    write_reference(json, view, "customer", method->customer);
    json.null("customer_account");
    json.flag("livemode", false);
    write_metadata(json, method->metadata);
    json.word("type", "card");
    json.end_object();
    return true;
}

constexpr std::array kPaymentMethodReferences = {Reference{"customer", "customer"}};

// ---- Endpoints ----

Answer create_payment_method(Call& call) {
    MethodInput input = read_method(call.params);
    call.params.ignore("payment_method");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    auto choice = choose_method(call.world, std::move(input), "card[token]");
    if (!choice) return std::unexpected(choice.error());
    return answer(call, kPaymentMethodType, choice->keep(call.world).id);
}

std::expected<PaymentMethod*, ApiError> method_of(const Call& call, std::size_t place = 0) {
    PaymentMethod* method = call.world.tables.payment_methods.find(call.ids[place]);
    if (method != nullptr) return method;
    return std::unexpected(no_such_in_path("PaymentMethod", call.ids[place]));
}

// The name of a test card gives a new payment method each time, as with Stripe.
Answer retrieve_payment_method(Call& call) {
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    auto choice = choose_method(call.world, call.ids[0]);
    if (!choice) return std::unexpected(no_such_in_path("PaymentMethod", call.ids[0]));
    const bool is_kept = call.world.tables.payment_methods.find(call.ids[0]) != nullptr;
    return answer(call, kPaymentMethodType,
                  is_kept ? choice->get()->id : choice->keep(call.world).id);
}

Answer update_payment_method(Call& call) {
    const auto method = method_of(call);
    if (!method) return std::unexpected(method.error());
    PaymentMethod changed = **method;
    update_billing_details(call.params, changed.billing_details);
    call.params.update_metadata(changed.metadata);
    ParamReader card = call.params.object("card");
    if (const auto month = card.integer("exp_month", 1, 12)) changed.card.exp_month = *month;
    if (const auto year = card.integer("exp_year", 2000, 2100)) changed.card.exp_year = *year;
    card.ignore("networks");
    constexpr std::array<std::string_view, 3> kAllow = {"always", "limited", "unspecified"};
    if (const auto word = call.params.choice("allow_redisplay", kAllow)) {
        changed.allow_redisplay = kAllow[*word];
    }
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (changed.customer.empty()) {
        return std::unexpected(wrong_state(
            {}, "You must save this PaymentMethod to a customer before you can update it."));
    }
    const Body before = rendered(call.world, kPaymentMethodType, changed.id);
    **method = std::move(changed);
    Body after = rendered(call.world, kPaymentMethodType, (*method)->id);
    call.world.emit("payment_method.updated", after, changed_attributes(*before, *after));
    return answer(call, kPaymentMethodType, (*method)->id, std::move(after));
}

Answer attach_payment_method(Call& call) {
    const std::string customer(call.params.required_text("customer"));
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    auto choice = choose_method(call.world, call.ids[0]);
    if (!choice) return std::unexpected(no_such_in_path("PaymentMethod", call.ids[0]));
    if (auto good = check_customer(call.world, customer); !good) {
        return std::unexpected(good.error());
    }
    if (auto good = check_attachable(call.world, *choice->get(), customer); !good) {
        return std::unexpected(good.error());
    }
    PaymentMethod& method = choice->keep(call.world);
    attach(call.world, method, customer);
    return answer(call, kPaymentMethodType, method.id);
}

Answer detach_payment_method(Call& call) {
    const auto method = method_of(call);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!method) return std::unexpected(method.error());
    if ((*method)->customer.empty()) {
        return std::unexpected(wrong_state(
            {},
            "The payment method you provided is not attached to a customer so detachment is "
            "impossible."));
    }
    Body body = detach(call.world, **method);
    return answer(call, kPaymentMethodType, (*method)->id, std::move(body));
}

Answer list_of_customer(Call& call, const std::string& customer, const Page& page,
                        bool is_card_wanted) {
    return list_rows_of(
        call, customer, call.world.tables.payment_methods, kPaymentMethodType, page,
        [&](const PaymentMethod& method) { return is_card_wanted && method.customer == customer; });
}

// Whether cards are asked for: any type can be, and this simulator has no others.
bool wants_cards(ParamReader& params) { return params.set_text("type").value_or("card") == "card"; }

Answer list_payment_methods(Call& call) {
    const Page page = read_page(call.params);
    const auto customer = call.params.set_text("customer");
    const bool is_card_wanted = wants_cards(call.params);
    call.params.ignore("allow_redisplay");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!customer) return list_answer(call, kPaymentMethodType, {}, false);
    if (auto good = check_customer(call.world, *customer); !good) {
        return std::unexpected(good.error());
    }
    return list_of_customer(call, std::string(*customer), page, is_card_wanted);
}

Answer list_payment_methods_of_customer(Call& call) {
    const Page page = read_page(call.params);
    const bool is_card_wanted = wants_cards(call.params);
    call.params.ignore("allow_redisplay");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!check_customer(call.world, call.ids[0])) {
        return std::unexpected(no_such_in_path("customer", call.ids[0]));
    }
    return list_of_customer(call, std::string(call.ids[0]), page, is_card_wanted);
}

Answer retrieve_payment_method_of_customer(Call& call) {
    const auto method = method_of(call, 1);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!method || (*method)->customer != call.ids[0]) {
        return std::unexpected(no_such_in_path("PaymentMethod", call.ids[1]));
    }
    return answer(call, kPaymentMethodType, (*method)->id);
}

constexpr std::string_view kOnlyCards = "card is the only type";

constexpr std::array kPaymentMethodRoutes = {
    Route{.method = Method::post,
          .path = "/v1/payment_methods",
          .handle = create_payment_method,
          .result = "payment_method",
          .fidelity = Fidelity::simplified,
          .note = kOnlyCards,
          .source = kPaymentMethodSource},
    Route{.method = Method::get,
          .path = "/v1/payment_methods/{id}",
          .handle = retrieve_payment_method,
          .result = "payment_method",
          .source = kPaymentMethodSource},
    Route{.method = Method::post,
          .path = "/v1/payment_methods/{id}",
          .handle = update_payment_method,
          .result = "payment_method",
          .source = kPaymentMethodSource},
    Route{.method = Method::post,
          .path = "/v1/payment_methods/{id}/attach",
          .handle = attach_payment_method,
          .result = "payment_method",
          .source = kPaymentMethodSource},
    Route{.method = Method::post,
          .path = "/v1/payment_methods/{id}/detach",
          .handle = detach_payment_method,
          .result = "payment_method",
          .source = kPaymentMethodSource},
    Route{.method = Method::get,
          .path = "/v1/payment_methods",
          .handle = list_payment_methods,
          .result = "payment_method",
          .shape = Shape::list,
          .fidelity = Fidelity::simplified,
          .note = "card is the only type; without a customer the list is empty",
          .source = kPaymentMethodSource},
    Route{.method = Method::get,
          .path = "/v1/customers/{id}/payment_methods",
          .handle = list_payment_methods_of_customer,
          .result = "payment_method",
          .shape = Shape::list,
          .fidelity = Fidelity::simplified,
          .note = kOnlyCards,
          .source = kPaymentMethodSource},
    Route{.method = Method::get,
          .path = "/v1/customers/{id}/payment_methods/{id}",
          .handle = retrieve_payment_method_of_customer,
          .result = "payment_method",
          .source = kPaymentMethodSource},
};

}  // namespace

const ResourceType kPaymentMethodType = {"payment_method", "pm_", kPaymentMethodReferences,
                                         render_payment_method};

std::span<const Route> payment_method_routes() { return kPaymentMethodRoutes; }

}  // namespace onsite::simulator
