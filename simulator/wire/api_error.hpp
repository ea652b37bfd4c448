// A request that Stripe refuses, with the wording that its clients know.
// Source: docs.stripe.com/api/errors, docs.stripe.com/error-codes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace onsite::simulator {

enum class ErrorType { api_error, card_error, idempotency_error, invalid_request_error };

// Whether the idempotency layer keeps the answer: it does once the endpoint began to run, and not
// for a request that was refused before (docs.stripe.com/api/idempotent_requests).
enum class Stage { validation, execution };

struct ApiError {
    int status = 400;
    ErrorType type = ErrorType::invalid_request_error;
    Stage stage = Stage::validation;
    std::string code = {};
    std::string message = {};
    std::string param = {};
    std::string decline_code = {};
    // Of a decline: what to do now, and the network's own code.
    std::string_view advice_code = {};
    std::string_view network_decline_code = {};
    std::string charge = {};
    // What the error is about, as JSON.
    std::string payment_intent = {};
    std::string payment_method = {};
    std::string setup_intent = {};
};

std::string_view to_string(ErrorType type);

// The error's object as the body of an answer. `request_log_url` may be empty.
std::string render(const ApiError& error, std::string_view request_log_url = {});

// ---- Refused before anything ran (400 unless said otherwise) ----
ApiError parameter_missing(std::string_view param);
// REQUIRES: params is not empty.
ApiError parameters_unknown(std::span<const std::string> params);
ApiError parameter_empty(std::string_view param);
ApiError invalid_parameter(std::string_view param, std::string message);
ApiError invalid_integer(std::string_view param, std::string message);
// Of a parameter: 400.
ApiError no_such(std::string_view kind, std::string_view id, std::string_view param);
// Of the URL: 404, param "id", of intents "intent"; 400 when it is the secret of one.
ApiError no_such_in_path(std::string_view kind, std::string_view id);
ApiError no_such_url(std::string_view method, std::string_view path);
// 501: Stripe has it and this simulator does not.
ApiError not_simulated(std::string_view method, std::string_view path);

// ---- Refused by the state of an object (400, kept for the idempotency key) ----
ApiError wrong_state(std::string code, std::string message);

}  // namespace onsite::simulator
