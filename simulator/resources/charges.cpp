#include "simulator/resources/charges.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "simulator/core/list.hpp"
#include "simulator/payments/card_input.hpp"
#include "simulator/payments/charging.hpp"
#include "simulator/payments/decline.hpp"
#include "simulator/payments/method_choice.hpp"
#include "simulator/payments/network.hpp"
#include "simulator/resources/payment_intents.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kChargeSource = "docs.stripe.com/api/charges";

std::expected<Charge*, ApiError> charge_of(const Call& call) {
    Charge* charge = call.world.tables.charges.find(call.ids[0]);
    if (charge == nullptr) return std::unexpected(no_such_in_path("charge", call.ids[0]));
    return charge;
}

void read_texts(ParamReader& params, Charge& charge) {
    for (const auto& [name, field] : {std::pair{"description", &PaymentTexts::description},
                                      std::pair{"transfer_group", &PaymentTexts::transfer_group}}) {
        if (const auto sent = params.text(name)) charge.texts.edit().*field = *sent;
    }
    if (const auto email = params.email("receipt_email")) {
        charge.texts.edit().receipt_email = *email;
    }
    update_shipping(params, charge.shipping);
    params.update_metadata(charge.metadata);
}

// ---- Create, as it was before payment intents ----

Charge read_charge(ParamReader& params) {
    Charge charge;
    // The same amounts are too small and too large.
    PaymentIntent money;
    for (const std::string_view name : {"amount", "currency"}) {
        if (!params.has(name)) params.refuse(parameter_missing(name));
    }
    read_amount(params, money);
    charge.amount = money.amount;
    charge.currency = money.currency;
    read_texts(params, charge);
    PaymentTexts& texts = charge.texts.edit();
    texts.statement_descriptor = params.text("statement_descriptor", 22).value_or("");
    texts.statement_descriptor_suffix = params.text("statement_descriptor_suffix", 22).value_or("");
    charge.customer = params.set_text("customer").value_or("");
    return charge;
}

// The card of the charge: that of a token, or one that its customer keeps.
std::expected<void, ApiError> choose_card(World& world, Charge& charge, const std::string& source) {
    const Customer* customer = world.tables.customers.find(charge.customer);
    const std::string& id =
        source.empty() && customer != nullptr ? customer->default_source : source;
    const PaymentMethod* kept = world.tables.payment_methods.find(id);
    if (kept != nullptr && customer != nullptr && kept->customer == customer->id) {
        charge.source = charge.payment_method = kept->id;
        charge.card = kept->card;
        charge.source_owner = CardOwner{.name = kept->billing_details->name,
                                        .address = kept->billing_details->address};
        return {};
    }
    if (id.empty()) {
        return std::unexpected(
            card_error("missing", "Cannot charge a customer that has no active card", "card"));
    }
    const CardInput input{.token = id};
    auto card = checked_card(world, input, "source");
    if (!card) return std::unexpected(std::move(card.error()));
    const Token* token = world.tables.tokens.find(id);
    if (token != nullptr) charge.source_owner = token->owner;
    charge.source = token != nullptr ? Id(token->card_id) : world.ids.next("card_");
    charge.payment_method = charge.source;
    charge.card = std::move(*card);
    use_up(world, input);
    return {};
}

Answer create_charge(Call& call) {
    Charge charge = read_charge(call.params);
    const bool is_captured = call.params.flag("capture").value_or(true);
    const std::string source(call.params.set_text("source").value_or(""));
    if (source.empty() && charge.customer.empty()) {
        call.params.refuse(
            {.code = "parameter_missing", .message = "Must provide source or customer."});
    }
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    World& world = call.world;
    if (auto good = check_customer(world, charge.customer); !good) {
        return std::unexpected(good.error());
    }
    if (auto good = choose_card(world, charge, source); !good) {
        return std::unexpected(std::move(good.error()));
    }
    const NetworkAnswer answered = ask_network(world, {.id = {}, .card = charge.card},
                                               {.is_off_session = true, .is_authenticated = true});
    if (answered.reply == NetworkReply::declined) {
        const Decline decline = decline_of(answered.decline_code);
        ApiError error = card_error(decline);
        error.charge = add_failed_charge(world, std::move(charge), decline).id;
        return std::unexpected(std::move(error));
    }
    Charge& added = add_charge(world, std::move(charge));
    if (is_captured) capture(world, added, added.amount, Settlement::at_once);
    Body body = rendered(world, kChargeType, added.id);
    world.emit("charge.succeeded", body);
    if (is_captured) finish_capture(world, added);
    return answer(call, kChargeType, added.id, std::move(body));
}

Answer capture_charge(Call& call) {
    const auto charge = charge_of(call);
    const auto amount = call.params.integer("amount", 1, kAmountMax);
    call.params.ignore(
        {"receipt_email", "statement_descriptor", "statement_descriptor_suffix", "transfer_group"});
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!charge) return std::unexpected(charge.error());
    const std::string& id = (*charge)->id;
    if ((*charge)->is_captured) {
        return std::unexpected(wrong_state(
            "charge_already_captured", fmt::format("Charge {} has already been captured.", id)));
    }
    if ((*charge)->has_failed() || (*charge)->released > 0) {
        return std::unexpected(wrong_state(
            {}, fmt::format("Charge {} cannot be captured: it failed or was released.", id)));
    }
    if (!(*charge)->payment_intent.empty()) {
        return std::unexpected(
            wrong_state({}, fmt::format("Charge {} belongs to a PaymentIntent. Capture {} instead.",
                                        id, (*charge)->payment_intent)));
    }
    const std::int64_t captured = amount.value_or((*charge)->amount);
    if (captured > (*charge)->amount) {
        return std::unexpected(wrong_state(
            "amount_too_large", "You cannot capture a charge for more than it was made for."));
    }
    capture(call.world, **charge, captured, Settlement::at_once);
    Body body = rendered(call.world, kChargeType, id);
    call.world.emit("charge.captured", body);
    finish_capture(call.world, **charge);
    return answer(call, kChargeType, id, std::move(body));
}

// ---- Reading and updating ----

Answer retrieve_charge(Call& call) {
    const auto charge = charge_of(call);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!charge) return std::unexpected(charge.error());
    return answer(call, kChargeType, (*charge)->id);
}

Answer update_charge(Call& call) {
    constexpr std::array<std::string_view, 2> kReports = {"fraudulent", "safe"};
    const auto charge = charge_of(call);
    if (!charge) return std::unexpected(charge.error());
    Charge changed = **charge;
    read_texts(call.params, changed);
    ParamReader fraud = call.params.object("fraud_details");
    if (const auto word = fraud.choice("user_report", kReports)) {
        changed.user_report = kReports[*word];
    }
    const auto customer = call.params.set_text("customer");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (customer) changed.customer = *customer;
    if (auto good = check_customer(call.world, customer.value_or("")); !good) {
        return std::unexpected(good.error());
    }
    const Body before = rendered(call.world, kChargeType, changed.id);
    call.world.tables.charges.replace(**charge, std::move(changed));
    Body after = rendered(call.world, kChargeType, (*charge)->id);
    call.world.emit("charge.updated", after, changed_attributes(*before, *after));
    return answer(call, kChargeType, (*charge)->id, std::move(after));
}

Answer list_charges(Call& call) {
    const Page page = read_page(call.params);
    const auto customer = read_filter(call.params, "customer", call.world.tables.customers);
    const auto intent =
        read_filter(call.params, "payment_intent", call.world.tables.payment_intents);
    const auto group = call.params.set_text("transfer_group");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows_of(call, intent ? *intent : customer.value_or(""), call.world.tables.charges,
                        kChargeType, page, [&](const Charge& charge) {
                            return (!customer || charge.customer == *customer) &&
                                   (!intent || charge.payment_intent == *intent) &&
                                   (!group || charge.texts->transfer_group == *group);
                        });
}

constexpr std::string_view kShape =
    "receipt_url is null; risk scores are constant; no early fraud warning follows";

constexpr std::array kChargeRoutes = {
    Route{.method = Method::post,
          .path = "/v1/charges",
          .handle = create_charge,
          .result = "charge",
          .fidelity = Fidelity::simplified,
          .note = "source is a token, or a card that the customer keeps; without it the customer's "
                  "default source is charged",
          .source = kChargeSource},
    Route{.method = Method::get,
          .path = "/v1/charges/{id}",
          .handle = retrieve_charge,
          .result = "charge",
          .fidelity = Fidelity::simplified,
          .note = kShape,
          .source = kChargeSource},
    Route{.method = Method::post,
          .path = "/v1/charges/{id}",
          .handle = update_charge,
          .result = "charge",
          .fidelity = Fidelity::simplified,
          .note = kShape,
          .source = kChargeSource},
    Route{.method = Method::post,
          .path = "/v1/charges/{id}/capture",
          .handle = capture_charge,
          .result = "charge",
          .fidelity = Fidelity::simplified,
          .note = "of charges without a payment intent; only amount has an effect",
          .source = kChargeSource},
    Route{.method = Method::get,
          .path = "/v1/charges",
          .handle = list_charges,
          .result = "charge",
          .shape = Shape::list,
          .fidelity = Fidelity::simplified,
          .note = kShape,
          .source = kChargeSource},
};

}  // namespace

std::span<const Route> charge_routes() { return kChargeRoutes; }

}  // namespace onsite::simulator
