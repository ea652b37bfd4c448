#include "scenarios/service/service_contract.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "simulator/wire/json_writer.hpp"

namespace onsite::scenarios {
namespace {

using simulator::JsonWriter;

constexpr std::size_t kWordBytesMax = 32;
constexpr std::size_t kShownBytesMax = 80;
constexpr std::int64_t kFulfilledMax = 1'000;

// As a part of a path: letters, digits and what RFC 3986 calls unreserved stay as they are.
std::string path_part(std::string_view text) {
    std::string part;
    for (const char c : text) {
        const bool is_plain = is_letter(c) || is_digit(c) ||
                              std::string_view("-._~").find(c) != std::string_view::npos;
        part += is_plain
                    ? std::string(1, c)
                    : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
    return part;
}

template <typename Write>
HttpRequest post(std::string target, const Write& write) {
    HttpRequest request{.method = "POST",
                        .target = std::move(target),
                        .headers = {{"Content-Type", "application/json"}},
                        .body = {}};
    JsonWriter json;
    json.begin_object();
    write(json);
    json.end_object();
    request.body = json.written();
    return request;
}

bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= kWordBytesMax &&
           std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

std::string shown(std::string_view body) {
    return harmless(body.substr(0, kShownBytesMax), Lines::one);
}

bool is_success(const HttpResponse& reply) { return reply.status >= 200 && reply.status < 300; }

// The member `status` of a JSON object, a word.
Result<nlohmann::json> object_with_status(const HttpResponse& reply) {
    auto json = nlohmann::json::parse(reply.body, nullptr, false);
    const bool is_good = json.is_object() && json.contains("status") &&
                         json["status"].is_string() &&
                         is_word(json["status"].get_ref<const std::string&>());
    if (is_good) return json;
    return usage_error(
        fmt::format("expected a JSON object with a `status`, a word such as \"paid\", found {}",
                    shown(reply.body)));
}

}  // namespace

HttpRequest step_request(const Step& step) {
    const std::string order = "/orders/" + path_part(step.order);
    switch (step.action) {
        case Action::pay:
            return post(order + "/pay", [&](JsonWriter& json) {
                json.number("amount", step.amount);
                json.text("currency", step.currency);
                json.text("card", step.card);
                json.text("customer", step.customer);
                json.text("email", step.email);
            });
        case Action::change:
            return post(order + "/email",
                        [&](JsonWriter& json) { json.text("email", step.email); });
        case Action::cancel:
            return post(order + "/cancel", [](JsonWriter&) {});
        case Action::refund:
            break;
    }
    return post(fmt::format("{}/refunds/{}", order, path_part(step.refund)),
                [&](JsonWriter& json) { json.number("amount", step.amount); });
}

HttpRequest look_request(std::string_view order) {
    return {.method = "GET", .target = "/orders/" + path_part(order), .headers = {}, .body = {}};
}

HttpRequest webhook_request(std::string_view signature, std::string_view payload) {
    return {.method = "POST",
            .target = "/webhooks",
            .headers = {{"Content-Type", "application/json; charset=utf-8"},
                        {"Stripe-Signature", std::string(signature)}},
            .body = std::string(payload)};
}

HttpRequest tick_request(std::int64_t now_s) {
    return post("/tick", [&](JsonWriter& json) { json.number("now", now_s); });
}

Result<std::string> told_by(const HttpResponse& reply) {
    if (!is_success(reply)) return std::string();
    auto json = object_with_status(reply);
    if (!json) return pass_on(json);
    return (*json)["status"].get<std::string>();
}

Result<OrderView> order_view_of(const HttpResponse& reply) {
    if (reply.status == 404) return OrderView{};
    if (!is_success(reply)) {
        return usage_error(fmt::format(
            "expected 200, or 404 for an order that is not known, found {}", reply.status));
    }
    auto json = object_with_status(reply);
    if (!json) return pass_on(json);
    const auto fulfilled = json->find("fulfilled");
    if (fulfilled == json->end() || !fulfilled->is_number_integer() || *fulfilled < 0 ||
        *fulfilled > kFulfilledMax) {
        return usage_error(
            fmt::format("expected `fulfilled`, how often the goods of the order left, found {}",
                        shown(reply.body)));
    }
    return OrderView{.status = (*json)["status"].get<std::string>(),
                     .fulfilled = fulfilled->get<std::int64_t>()};
}

bool is_at_rest(std::string_view status) {
    return status == "paid" || status == "cancelled" || status == "declined" || status == "failed";
}

}  // namespace onsite::scenarios
