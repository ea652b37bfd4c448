#include "simulator/wire/api_error.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "simulator/wire/json_writer.hpp"

namespace onsite::simulator {

std::string_view to_string(ErrorType type) {
    switch (type) {
        case ErrorType::api_error:
            return "api_error";
        case ErrorType::card_error:
            return "card_error";
        case ErrorType::idempotency_error:
            return "idempotency_error";
        case ErrorType::invalid_request_error:
            return "invalid_request_error";
    }
    return "api_error";
}

std::string render(const ApiError& error, std::string_view request_log_url) {
    JsonWriter json;
    const auto text = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) json.text(name, value);
    };
    const auto object = [&](std::string_view name, std::string_view value) {
        if (!value.empty()) json.raw(name, value);
    };
    json.begin_object();
    json.key("error");
    json.begin_object();
    text("advice_code", error.advice_code);
    text("charge", error.charge);
    text("code", error.code);
    text("decline_code", error.decline_code);
    if (!error.code.empty()) {
        std::string slug = error.code;
        std::ranges::replace(slug, '_', '-');
        json.text("doc_url", "https://stripe.com/docs/error-codes/" + slug);
    }
    text("message", error.message);
    text("network_decline_code", error.network_decline_code);
    text("param", error.param);
    object("payment_intent", error.payment_intent);
    object("payment_method", error.payment_method);
    text("request_log_url", request_log_url);
    object("setup_intent", error.setup_intent);
    json.text("type", to_string(error.type));
    json.end_object();
    json.end_object();
    return std::string(json.written());
}

ApiError parameter_missing(std::string_view param) {
    return {.code = "parameter_missing",
            .message = fmt::format("Missing required param: {}.", param),
            .param = std::string(param)};
}

ApiError parameters_unknown(std::span<const std::string> params) {
    return {.code = "parameter_unknown",
            .message = fmt::format("Received unknown parameter{}: {}", params.size() > 1 ? "s" : "",
                                   fmt::join(params, ", ")),
            .param = params.front()};
}

ApiError parameter_empty(std::string_view param) {
    return {.code = "parameter_invalid_empty",
            .message = fmt::format(
                "You passed an empty string for '{0}'. We assume empty values are an attempt to "
                "unset a parameter; however '{0}' cannot be unset. You should remove '{0}' from "
                "your request or supply a non-empty value.",
                param),
            .param = std::string(param)};
}

ApiError invalid_parameter(std::string_view param, std::string message) {
    return {.message = std::move(message), .param = std::string(param)};
}

ApiError invalid_integer(std::string_view param, std::string message) {
    return {.code = "parameter_invalid_integer",
            .message = std::move(message),
            .param = std::string(param)};
}

ApiError no_such(std::string_view kind, std::string_view id, std::string_view param) {
    return {.code = "resource_missing",
            .message = fmt::format("No such {}: '{}'", kind, id),
            .param = std::string(param)};
}

ApiError no_such_in_path(std::string_view kind, std::string_view id) {
    // Both kinds of intents call theirs so (stripe-terminal-js-demo #72, stripe-ios #4531).
    const bool is_intent = kind == "payment_intent" || kind == "setupintent";
    if (is_intent && id.find("_secret_") != id.npos) {
        const std::string_view name = kind == "payment_intent" ? "PaymentIntent" : "SetupIntent";
        return invalid_parameter(
            "intent", fmt::format("You passed a string that looks like a client secret as the {0} "
                                  "ID, but you must provide a valid {0} ID. Please use the value "
                                  "in the `id` field of the {0}.",
                                  name));
    }
    ApiError error = no_such(kind, id, is_intent ? "intent" : "id");
    error.status = 404;
    return error;
}

ApiError no_such_url(std::string_view method, std::string_view path) {
    return {.status = 404,
            .message = fmt::format(
                "Unrecognized request URL ({}: {}). Please see https://stripe.com/docs or we can "
                "help at https://support.stripe.com/.",
                method, path)};
}

ApiError not_simulated(std::string_view method, std::string_view path) {
    return {.status = 501,
            .type = ErrorType::api_error,
            .code = "not_simulated",
            .message = fmt::format("Stripe has {} {}, this simulator does not: nothing was done. "
                                   "docs/reference/fidelity.md lists what is simulated.",
                                   method, path)};
}

ApiError wrong_state(std::string code, std::string message) {
    return {.stage = Stage::execution, .code = std::move(code), .message = std::move(message)};
}

}  // namespace onsite::simulator
