#include "simulator/transport/http_front.hpp"

#include <algorithm>
#include <expected>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "simulator/transport/http_head.hpp"
#include "simulator/wire/base64.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kForm = "application/x-www-form-urlencoded";

std::string_view header(const HttpRequest& request, std::string_view name) {
    const std::string* value = find_header(request.headers, name);
    return value == nullptr ? std::string_view() : *value;
}

ApiError unauthorized(std::string message) {
    return {.status = 401, .message = std::move(message)};
}

bool is_printable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

// "sk_test_4eC39H" -> "sk_test_****9H", as Stripe shows a key that it does not know.
std::string masked(std::string_view key) {
    constexpr std::size_t kShown = 4;
    if (key.size() <= 8 + kShown || !is_printable(key)) return "****";
    return fmt::format("{}****{}", key.substr(0, 8), key.substr(key.size() - kShown));
}

// What follows "Bearer " or another scheme; schemes are written in either case (RFC 9110, 11.1).
std::optional<std::string_view> after_scheme(std::string_view sent, std::string_view scheme) {
    if (!same_ignoring_case(sent.substr(0, scheme.size()), scheme)) return std::nullopt;
    return sent.substr(scheme.size());
}

// docs.stripe.com/api/authentication: the key as a bearer token, or as the user of basic auth.
std::expected<std::string, ApiError> account_key_of(const HttpRequest& request) {
    const std::string_view sent = header(request, "Authorization");
    std::string key;
    if (const auto token = after_scheme(sent, "Bearer ")) {
        key = *token;
    } else if (const auto user = after_scheme(sent, "Basic ")) {
        key = base64_decoded(*user);
        key.resize(std::min(key.size(), key.find(':')));
    }
    if (key.empty()) {
        return std::unexpected(unauthorized(
            "You did not provide an API key. You need to provide your API key in the Authorization "
            "header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See "
            "https://stripe.com/docs/api#authentication for details, or we can help at "
            "https://support.stripe.com/."));
    }
    if (key.starts_with("pk_")) {
        ApiError error = unauthorized(
            "This API call cannot be made with a publishable API key. Please use a secret API key. "
            "You can find a list of your API keys at "
            "https://dashboard.stripe.com/account/apikeys.");
        error.code = "secret_key_required";
        return std::unexpected(std::move(error));
    }
    constexpr std::size_t kApiKeyBytesMax = 255;
    if ((!key.starts_with("sk_test_") && !key.starts_with("rk_test_")) ||
        key.size() > kApiKeyBytesMax || !is_printable(key)) {
        return std::unexpected(
            unauthorized(fmt::format("Invalid API Key provided: {}", masked(key))));
    }
    return key;
}

std::expected<Method, ApiError> method_of(const HttpRequest& request) {
    for (const Method method : {Method::get, Method::post, Method::del}) {
        if (request.method == to_string(method)) return method;
    }
    return std::unexpected(no_such_url(request.method, request.target));
}

std::expected<void, ApiError> decode_params(const HttpRequest& request, std::string_view query,
                                            Params& params) {
    if (request.body.size() > kBodyBytesMax || query.size() > kBodyBytesMax) {
        return std::unexpected(
            ApiError{.status = 413,
                     .message = fmt::format("Request body is too large: expected at most {} bytes",
                                            kBodyBytesMax)});
    }
    if (auto decoded = decode_form(query, params); !decoded) return decoded;
    // The second version of the API speaks JSON. None of it is simulated, and 501 says so.
    if (request.body.empty() || request.target.starts_with("/v2/")) return {};
    const std::string_view type = header(request, "Content-Type");
    if (!type.empty() && !type.starts_with(kForm)) {
        return std::unexpected(
            invalid_parameter("", fmt::format("Invalid request: unsupported Content-Type {}. If "
                                              "error persists and you need assistance, please "
                                              "contact support@stripe.com.",
                                              type)));
    }
    return decode_form(request.body, params);
}

std::expected<ApiVersion, ApiError> version_of(const HttpRequest& request) {
    const std::string* sent = find_header(request.headers, "Stripe-Version");
    if (sent == nullptr) return kNewest;
    if (const auto version = parse_api_version(*sent)) return *version;
    return std::unexpected(
        invalid_parameter("", fmt::format("Invalid Stripe API version: {}", *sent)));
}

// Answers name pages of this simulator, so they say where the client found it.
std::string base_url_of(const HttpRequest& request) {
    constexpr std::size_t kHostBytesMax = 255;
    const std::string_view host = header(request, "Host");
    const auto is_part = [](char c) {
        return is_letter(c) || is_digit(c) ||
               std::string_view(".-_:[]").find(c) != std::string_view::npos;
    };
    if (host.empty() || host.size() > kHostBytesMax || !std::ranges::all_of(host, is_part)) {
        return {};
    }
    return fmt::format("http://{}", host);
}

std::string operation_of(const HttpRequest& request, const Params& params) {
    if (const std::string_view named = header(request, kOperationHeader); !named.empty()) {
        return std::string(named);
    }
    const ParamNode* metadata = params.root().child("metadata");
    const ParamNode* named = metadata == nullptr ? nullptr : metadata->child("onsite_operation");
    return named == nullptr ? std::string() : named->value;
}

// Answers, events and the trace repeat them, and they are JSON.
std::expected<void, ApiError> check_texts(const HttpRequest& request) {
    if (!is_utf8(request.target) || !is_utf8(percent_decoded(request.target))) {
        return std::unexpected(
            invalid_parameter("", "Invalid request: expected a path in UTF-8, found other bytes."));
    }
    for (const std::string_view name :
         {std::string_view("Content-Type"), std::string_view("Idempotency-Key"),
          std::string_view("Stripe-Account"), std::string_view("Stripe-Version"),
          kOperationHeader}) {
        if (is_utf8(header(request, name))) continue;
        return std::unexpected(invalid_parameter(
            "", fmt::format("Invalid request: expected the header {} in UTF-8, found other bytes.",
                            name)));
    }
    return {};
}

std::expected<ApiRequest, ApiError> api_request_of(const HttpRequest& request) {
    if (auto good = check_texts(request); !good) return std::unexpected(good.error());
    auto key = account_key_of(request);
    if (!key) return std::unexpected(key.error());
    const auto version = version_of(request);
    if (!version) return std::unexpected(version.error());
    const auto method = method_of(request);
    if (!method) return std::unexpected(method.error());
    const std::string_view target = request.target;
    const std::size_t question = target.find('?');
    ApiRequest api{.method = *method,
                   .path = percent_decoded(target.substr(0, question)),
                   .params = {},
                   .account_key = std::move(*key),
                   .idempotency_key = std::string(header(request, "Idempotency-Key")),
                   .operation = {}};
    const std::string_view query = question == target.npos ? "" : target.substr(question + 1);
    if (auto decoded = decode_params(request, query, api.params); !decoded) {
        return std::unexpected(decoded.error());
    }
    api.operation = operation_of(request, api.params);
    api.base_url = base_url_of(request);
    api.version = *version;
    // Each connected account is a world of its own.
    if (const std::string_view connected = header(request, "Stripe-Account"); !connected.empty()) {
        api.account_key += fmt::format("/{}", connected);
    }
    return api;
}

void echo(const HttpRequest& request, std::string_view name, HttpResponse& response) {
    if (const std::string* sent = find_header(request.headers, name)) {
        response.headers.push_back({std::string(name), *sent});
    }
}

HttpAnswer http_answer_of(const HttpRequest& request, ApiResponse api, std::int64_t now_s) {
    HttpAnswer answer{.cut = api.cut, .cut_us = api.cut_us};
    HttpResponse& response = answer.response;
    response.status = api.status;
    if (api.body) response.body = *api.body;
    if (api.cut == Cut::bad_json) {
        // What a proxy in the middle says: a success that no client can read.
        response.status = 200;
        response.body = "<html><body>502 Bad Gateway</body></html>";
    }
    const auto add = [&](std::string_view name, std::string value) {
        response.headers.push_back({std::string(name), std::move(value)});
    };
    add("Content-Type", "application/json");
    add("Date", http_date(now_s));
    add("Request-Id", api.request_id);
    const std::string_view version = header(request, "Stripe-Version");
    add("Stripe-Version", std::string(parse_api_version(version) ? version : kApiVersion));
    if (api.status == 401) add("WWW-Authenticate", "Basic realm=\"Stripe\"");
    echo(request, "Idempotency-Key", response);
    echo(request, "Stripe-Account", response);
    if (api.is_replayed) add("Idempotent-Replayed", "true");
    if (!api.original_request.empty()) add("Original-Request", api.original_request);
    if (api.should_retry) add("Stripe-Should-Retry", *api.should_retry ? "true" : "false");
    if (!api.rate_limited_reason.empty()) {
        add("Stripe-Rate-Limited-Reason", api.rate_limited_reason);
    }
    return answer;
}

}  // namespace

void serve_http(Simulator& simulator, const HttpRequest& request,
                const std::function<void(HttpAnswer)>& done, std::int64_t cause) {
    auto api = api_request_of(request);
    const Timeline& timeline = simulator.timeline();
    if (!api) {
        return done(http_answer_of(request, simulator.refuse(api.error()), timeline.now_s()));
    }
    api->cause = cause;
    // The request is gone when a delayed answer comes, so its headers go along.
    auto headers = std::make_shared<HttpRequest>(
        HttpRequest{.method = {}, .target = {}, .headers = request.headers, .body = {}});
    simulator.submit(std::move(*api), [headers, done, &timeline](ApiResponse response) {
        done(http_answer_of(*headers, std::move(response), timeline.now_s()));
    });
}

}  // namespace onsite::simulator
