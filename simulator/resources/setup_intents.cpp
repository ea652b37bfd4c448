#include "simulator/resources/setup_intents.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "simulator/core/list.hpp"
#include "simulator/payments/setup_flow.hpp"
#include "simulator/resources/payment_intents.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kSetupIntentSource = "docs.stripe.com/api/setup_intents";

bool render_setup_intent(JsonWriter& json, const View& view, std::string_view id) {
    const SetupIntent* intent = view.world.tables.setup_intents.find(id);
    if (intent == nullptr) return false;
    json.begin_object();
    json.text("id", intent->id);
    json.word("object", "setup_intent");
    json.null("allowed_payment_method_types");
    json.null("application");
    write_payment_methods_members(json, intent->options);
    json.text_or_null("cancellation_reason", intent->cancellation_reason);
    json.text("client_secret", intent->client_secret);
    json.number("created", intent->created);
    write_reference(json, view, "customer", intent->customer);
    json.null("customer_account");
    json.text_or_null("description", intent->description);
    json.null("excluded_payment_method_types");
    json.null("flow_directions");
    write_intent_error(json, view, "last_setup_error", intent->last_error);
    json.null("latest_attempt");
    json.flag("livemode", false);
    json.null("managed_payments");
    json.null("mandate");
    write_metadata(json, intent->metadata);
    write_next_action(json, view, intent->id, intent->status, intent->attempt);
    json.null("on_behalf_of");
    write_reference(json, view, "payment_method", intent->payment_method);
    json.null("payment_method_configuration_details");
    json.key("payment_method_options");
    json.begin_object();
    json.key("card");
    json.begin_object();
    json.null("mandate_options");
    json.null("network");
    json.text("request_three_d_secure", intent->options.request_three_d_secure);
    json.end_object();
    json.end_object();
    json.null("single_use_mandate");
    json.text("status", to_string(intent->status));
    json.text("usage", intent->usage);
    json.end_object();
    return true;
}

constexpr std::array kSetupIntentReferences = {
    Reference{"application", ""},        Reference{"customer", "customer"},
    Reference{"latest_attempt", ""},     Reference{"mandate", ""},
    Reference{"on_behalf_of", ""},       Reference{"payment_method", "payment_method"},
    Reference{"single_use_mandate", ""},
};

// ---- Parameters ----

void read_setup_intent(ParamReader& params, SetupIntent& intent) {
    read_options(params, intent.options);
    if (const auto text = params.text("description")) intent.description = *text;
    params.update_metadata(intent.metadata);
    params.ignore({"flow_directions", "radar_options", "single_use"});
    for (const std::string_view name : {"attach_to_self", "on_behalf_of"}) {
        if (!params.has(name)) continue;
        params.ignore(name);
        params.refuse(name, "This simulator has no connected accounts.");
    }
}

std::expected<SetupIntent*, ApiError> setup_intent_of(const Call& call) {
    SetupIntent* intent = call.world.tables.setup_intents.find(call.ids[0]);
    if (intent == nullptr) return std::unexpected(no_such_in_path("setupintent", call.ids[0]));
    return intent;
}

// ---- Endpoints ----

Answer create_setup_intent(Call& call) {
    constexpr std::array<std::string_view, 2> kUsages = {"off_session", "on_session"};
    SetupIntent intent;
    read_setup_intent(call.params, intent);
    intent.customer = call.params.set_text("customer").value_or("");
    if (const auto word = call.params.choice("usage", kUsages)) intent.usage = kUsages[*word];
    const bool is_confirmed = call.params.flag("confirm").value_or(false);
    if (is_confirmed) {
        read_attempt(call.params, intent.attempt);
    } else {
        refuse_attempt(call.params, "SetupIntent", {"return_url"});
    }
    MethodParams method = read_method_params(call.params);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    World& world = call.world;
    if (auto good = check_customer(world, intent.customer); !good) {
        return std::unexpected(good.error());
    }
    auto choice = choose_method(world, std::move(method));
    if (!choice) return std::unexpected(choice.error());
    if (choice->get() != nullptr) {
        if (auto good = check_owner(*choice->get(), intent.customer); !good) {
            return std::unexpected(good.error());
        }
    } else if (is_confirmed) {
        return std::unexpected(
            wrong_state("setup_intent_unexpected_state",
                        "You cannot confirm this SetupIntent because it's missing a payment "
                        "method. Update the SetupIntent with a payment method and then confirm it "
                        "again."));
    }
    if (choice->get() != nullptr) {
        intent.payment_method = choice->keep(world).id;
        intent.status = IntentStatus::requires_confirmation;
    }
    const MadeSetup made = add_setup_intent(world, std::move(intent));
    const std::string& id = made.intent.id;
    if (is_confirmed) return answer(call, kSetupIntentType, id, confirm_setup(world, made.intent));
    return answer(call, kSetupIntentType, id, made.body);
}

// Reads what update and confirm share into a copy, and puts it in place when all of it is good.
template <typename Check>
std::expected<void, ApiError> change(Call& call, SetupIntent& intent, SetupIntent changed,
                                     const Check& check) {
    MethodParams method = read_method_params(call.params);
    if (auto good = call.params.finish(); !good) return good;
    if (auto good = check_customer(call.world, changed.customer); !good) return good;
    auto choice = choose_method(call.world, std::move(method));
    if (!choice) return std::unexpected(choice.error());
    if (auto good = check(*choice, changed); !good) return good;
    if (choice->get() != nullptr) {
        changed.payment_method = choice->keep(call.world).id;
        changed.status = IntentStatus::requires_confirmation;
        changed.attempt.is_authenticated = false;
    }
    intent = std::move(changed);
    return {};
}

Answer update_setup_intent(Call& call) {
    const auto intent = setup_intent_of(call);
    if (!intent) return std::unexpected(intent.error());
    SetupIntent changed = **intent;
    const bool changes_method =
        call.params.has("payment_method") || call.params.has("payment_method_data");
    read_setup_intent(call.params, changed);
    if (const auto sent = call.params.text("customer")) changed.customer = *sent;
    const auto check = [&](const MethodChoice& choice,
                           const SetupIntent& after) -> std::expected<void, ApiError> {
        const IntentStatus status = (*intent)->status;
        if (changes_method &&
            (status == IntentStatus::succeeded || status == IntentStatus::canceled)) {
            return std::unexpected(unexpected_state(
                call.world, **intent,
                fmt::format("You cannot update the payment method of this SetupIntent because it "
                            "has a status of {}.",
                            to_string(status))));
        }
        if (choice.get() == nullptr) return {};
        return check_owner(*choice.get(), after.customer);
    };
    if (auto good = change(call, **intent, std::move(changed), check); !good) {
        return std::unexpected(good.error());
    }
    return answer(call, kSetupIntentType, (*intent)->id);
}

Answer confirm_setup_intent(Call& call) {
    const auto intent = setup_intent_of(call);
    if (!intent) return std::unexpected(intent.error());
    SetupIntent changed = **intent;
    read_options(call.params, changed.options);
    read_attempt(call.params, changed.attempt);
    check_client_secret(call.params, changed.client_secret);
    call.params.ignore("radar_options");
    const auto check = [&](const MethodChoice& choice, const SetupIntent&) {
        return check_confirm(call.world, **intent, choice);
    };
    if (auto good = change(call, **intent, std::move(changed), check); !good) {
        return std::unexpected(good.error());
    }
    return answer(call, kSetupIntentType, (*intent)->id, confirm_setup(call.world, **intent));
}

Answer cancel_setup_intent(Call& call) {
    constexpr std::array<std::string_view, 3> kReasons = {"abandoned", "duplicate",
                                                          "requested_by_customer"};
    const auto intent = setup_intent_of(call);
    const auto reason = call.params.choice("cancellation_reason", kReasons);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (!intent) return std::unexpected(intent.error());
    const std::string_view word = reason ? kReasons[*reason] : std::string_view();
    return answer(call, kSetupIntentType, (*intent)->id, cancel_setup(call.world, **intent, word));
}

Answer retrieve_setup_intent(Call& call) {
    const auto intent = setup_intent_of(call);
    if (!intent) return std::unexpected(intent.error());
    check_client_secret(call.params, (*intent)->client_secret);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kSetupIntentType, (*intent)->id);
}

Answer list_setup_intents(Call& call) {
    const Page page = read_page(call.params);
    const auto customer = read_filter(call.params, "customer", call.world.tables.customers);
    const auto method = call.params.set_text("payment_method");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.setup_intents, kSetupIntentType, page,
                     [&](const SetupIntent& intent) {
                         return (!customer || intent.customer == *customer) &&
                                (!method || intent.payment_method == *method);
                     });
}

constexpr std::string_view kSetupIntentNote =
    "cards only; there are no setup attempts and no mandates, so latest_attempt and mandate are "
    "null";

constexpr std::array kSetupIntentRoutes = {
    Route{.method = Method::post,
          .path = "/v1/setup_intents",
          .handle = create_setup_intent,
          .result = "setup_intent",
          .fidelity = Fidelity::simplified,
          .note = kSetupIntentNote,
          .source = kSetupIntentSource},
    Route{.method = Method::get,
          .path = "/v1/setup_intents/{id}",
          .handle = retrieve_setup_intent,
          .result = "setup_intent",
          .source = kSetupIntentSource},
    Route{.method = Method::post,
          .path = "/v1/setup_intents/{id}",
          .handle = update_setup_intent,
          .result = "setup_intent",
          .fidelity = Fidelity::simplified,
          .note = kSetupIntentNote,
          .source = kSetupIntentSource},
    Route{.method = Method::post,
          .path = "/v1/setup_intents/{id}/confirm",
          .handle = confirm_setup_intent,
          .result = "setup_intent",
          .fidelity = Fidelity::simplified,
          .note = kSetupIntentNote,
          .source = "docs.stripe.com/payments/setupintents/lifecycle"},
    Route{.method = Method::post,
          .path = "/v1/setup_intents/{id}/cancel",
          .handle = cancel_setup_intent,
          .result = "setup_intent",
          .source = kSetupIntentSource},
    Route{.method = Method::get,
          .path = "/v1/setup_intents",
          .handle = list_setup_intents,
          .result = "setup_intent",
          .shape = Shape::list,
          .source = kSetupIntentSource},
};

}  // namespace

const ResourceType kSetupIntentType = {"setup_intent", "seti_", kSetupIntentReferences,
                                       render_setup_intent};

std::span<const Route> setup_intent_routes() { return kSetupIntentRoutes; }

}  // namespace onsite::simulator
