#include "scenarios/service/stripe_relay.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "scenarios/checkers/service_pause.hpp"
#include "scenarios/format/names.hpp"
#include "scenarios/player/json_text.hpp"
#include "simulator/transport/http_head.hpp"
#include "simulator/wire/params.hpp"

namespace onsite::scenarios {
namespace {

using simulator::Cut;
using simulator::HttpAnswer;
using simulator::JsonWriter;
using simulator::ParamNode;
using simulator::Params;

constexpr std::string_view kIntents = "/v1/payment_intents";
constexpr std::string_view kRefunds = "/v1/refunds";
constexpr std::size_t kNameBytesShown = 80;

std::string_view path_of(const HttpRequest& request) {
    return std::string_view(request.target).substr(0, request.target.find('?'));
}

// What the request says, as far as it is a form; the simulator refuses the rest.
Params params_of(const HttpRequest& request) {
    Params params;
    const std::string_view target = request.target;
    const std::size_t question = target.find('?');
    if (question != target.npos) (void)simulator::decode_form(target.substr(question + 1), params);
    (void)simulator::decode_form(request.body, params);
    return params;
}

std::string_view value_of(const Params& params, std::string_view name,
                          std::string_view inner = {}) {
    const ParamNode* node = params.root().child(name);
    if (node != nullptr && !inner.empty()) node = node->child(inner);
    return node == nullptr ? std::string_view() : node->value;
}

// The service's own word for an operation would let it choose which faults it meets.
HttpRequest named(HttpRequest request, const std::string& operation) {
    std::erase_if(request.headers, [](const HttpHeader& header) {
        return same_ignoring_case(header.name, simulator::kOperationHeader);
    });
    request.headers.push_back({std::string(simulator::kOperationHeader), operation});
    return request;
}

}  // namespace

struct StripeRelay::Flight {
    ParkedPtr parked;
    Name name;
    std::int64_t attempt = 1;
    std::int64_t sent = -1;  // Its line.
    bool is_over = false;
};

StripeRelay::StripeRelay(const ShopParts& parts, std::int64_t window_us)
    : parts_(parts), causes_(service_pause_us(parts.settings, window_us)) {
    for (const Step& step : parts_.scenario.steps) orders_.insert(step.order);
}

void StripeRelay::after(std::int64_t duration_us, simulator::Timeline::Action action) {
    auto& timeline = parts_.process.timeline();
    timeline.at(timeline.now_us() + duration_us, std::move(action));
}

std::string StripeRelay::known_order(std::string_view order) const {
    return orders_.contains(order) ? std::string(order) : std::string();
}

std::string StripeRelay::order_of_intent(std::string_view intent) const {
    for (simulator::World* world : parts_.simulator.worlds()) {
        const auto* found = world->tables.payment_intents.find(intent);
        if (found == nullptr) continue;
        const auto order = found->metadata->find("order");
        if (order != found->metadata->end()) return known_order(order->second);
    }
    return {};
}

// By its own name, or as the only refund that is asked for; one that nobody asked for is the
// order's. Empty when it could be one of several.
std::string StripeRelay::refund_of(const std::string& order, const Params& params) const {
    const std::string_view name = value_of(params, "metadata", "refund");
    std::string only = order;
    int count = 0;
    for (const Step& step : parts_.scenario.steps) {
        if (step.action != Action::refund) continue;
        if (step.refund == name) return step.refund;
        if (step.order != order) continue;
        only = step.refund;
        ++count;
    }
    return count <= 1 ? only : std::string();
}

// "/v1/payment_intents/pi_1/confirm"
StripeRelay::Name StripeRelay::name_of_intent(std::string_view method,
                                              std::string_view path) const {
    path.remove_prefix(kIntents.size() + 1);
    const std::string_view intent = path.substr(0, path.find('/'));
    const std::string_view verb = path.substr(std::min(path.size(), intent.size() + 1));
    const std::string order = order_of_intent(intent);
    std::string_view what = method == "GET" ? "look" : "other";
    if (verb == "confirm" || verb == "cancel" || verb == "capture") what = verb;
    return {order, fmt::format("{}.{}", order, what), {}};
}

StripeRelay::Name StripeRelay::name_of(const HttpRequest& request, const Params& params) const {
    const std::string_view path = path_of(request);
    const bool is_post = request.method == "POST";
    const std::string said(value_of(params, "metadata", "order"));
    std::string order = known_order(said);
    if (path.starts_with(kIntents) && path.substr(kIntents.size()).starts_with('/')) {
        return name_of_intent(request.method, path);
    }
    if (path == kIntents && is_post) {
        const bool confirms = value_of(params, "confirm") == "true";
        return {order, fmt::format("{}.{}", order, confirms ? "pay" : "create"), said};
    }
    if (order.empty()) order = order_of_intent(value_of(params, "payment_intent"));
    if (path == kRefunds && is_post) return {order, refund_of(order, params) + ".refund", said};
    // What belongs to no order is an operation by its key.
    const std::string* key = find_header(request.headers, "Idempotency-Key");
    const bool is_named = !order.empty() || key == nullptr;
    return {order, fmt::format("{}.{}", order, is_named ? path : std::string_view(*key)), said};
}

Result<void> StripeRelay::take(ParkedPtr parked) {
    ++taken_;
    const HttpRequest& request = parked->request();
    const Params params = params_of(request);
    const Name name = name_of(request, params);
    if (name.order.empty() && has_ending_of_a_run(name.said)) return {};  // Late: it is cut.
    if (auto whose = says_whose(request, name); !whose) return whose;
    auto flight = std::make_shared<Flight>(Flight{.parked = parked, .name = name});
    note_send(*flight, request, params);
    ++in_flight_;
    depart(flight, named(request, name.operation));
    return {};
}

Result<void> StripeRelay::says_whose(const HttpRequest& request, const Name& name) const {
    const std::string_view path = path_of(request);
    const bool moves_money = request.method == "POST" && (path == kIntents || path == kRefunds);
    if (!moves_money || !name.operation.starts_with('.')) return {};
    if (!name.order.empty()) {
        return usage_error(fmt::format(
            "POST {}: expected metadata[refund] to say which of the order's refunds it is, found "
            "none of them",
            path));
    }
    return usage_error(
        fmt::format("POST {}: expected metadata[order], or that of the payment intent, to be an "
                    "order that was to be paid, found \"{}\"",
                    path, harmless(name.said.substr(0, kNameBytesShown), Lines::one)));
}

void StripeRelay::note_send(Flight& flight, const HttpRequest& request, const Params& params) {
    const Name& name = flight.name;
    flight.attempt = ++attempts_[name.operation];
    const std::string* key = find_header(request.headers, "Idempotency-Key");
    const bool is_nameless = name.order.empty() && key == nullptr;
    const std::int64_t now_us = parts_.process.timeline().now_us();
    const std::int64_t cause =
        is_nameless ? -1 : causes_.cause_of(name.order, name.operation, now_us);
    parts_.process.caused_by(cause, [&] {
        flight.sent = parts_.process.note("send", [&](JsonWriter& json) {
            json.text("order", name.order);
            json.text("op", name.operation);
            json.number("att", flight.attempt);
            if (request.method != "POST") json.text("method", request.method);
            json.text("path", path_of(request));
            if (key != nullptr) json.text("key", *key);
            json.text("params", fmt::format("{:016x}", params.fingerprint().a));
        });
    });
}

std::string StripeRelay::order_of_event(std::string_view payload) const {
    const std::string order = known_order(json_text(payload, "/data/object/metadata/order"));
    if (!order.empty()) return order;
    return order_of_intent(json_text(payload, "/data/object/payment_intent"));
}

void StripeRelay::depart(const FlightPtr& flight, HttpRequest request) {
    after(parts_.settings.deadline_us, [this, flight] { time_out(flight); });
    after(parts_.scenario.latency.request_us, [this, flight, request = std::move(request)] {
        simulator::serve_http(
            parts_.simulator, request,
            [this, flight](HttpAnswer answer) { arrive(flight, std::move(answer)); }, flight->sent);
    });
}

// The answer has left the provider, in one way or another; its line is the last one.
void StripeRelay::arrive(const FlightPtr& flight, HttpAnswer answer) {
    const auto line = static_cast<std::int64_t>(parts_.process.trace().count()) - 1;
    std::int64_t travel_us = parts_.scenario.latency.response_us;
    const Cut cut = answer.cut;
    if (cut == Cut::lost || (cut == Cut::stall && answer.cut_us == 0)) return;  // Never.
    if (cut == Cut::stall || cut == Cut::slow_drip) {
        travel_us += answer.cut_us;  // In virtual time; then it comes at once.
        answer.cut = Cut::none;
    }
    after(travel_us, [this, flight, line, answer = std::move(answer), how = to_string(cut)] {
        deliver(flight, line, answer, how);
    });
}

void StripeRelay::deliver(const FlightPtr& flight, std::int64_t line, HttpAnswer answer,
                          std::string_view how) {
    if (flight->is_over) return;
    const bool is_whole = answer.cut == Cut::none;
    const int status = is_whole ? answer.response.status : 0;
    const Knowledge knowledge = is_whole                    ? knowledge_of(status)
                                : answer.cut == Cut::refuse ? Knowledge::not_done
                                                            : Knowledge::unknown;
    const std::string* retry = find_header(answer.response.headers, "Stripe-Should-Retry");
    parts_.process.caused_by(line, [&] {
        parts_.process.note("answer", [&](JsonWriter& json) {
            json.text("order", flight->name.order);
            json.text("op", flight->name.operation);
            json.number("att", flight->attempt);
            json.text("out", to_string(knowledge));
            json.number("status", status);
            if (how != "none") json.text("how", how);
            if (is_whole && retry != nullptr) json.flag("should_retry", *retry == "true");
        });
    });
    end(flight, status, std::move(answer));
}

// A client of ours would have given up now: the connection ends without an answer.
void StripeRelay::time_out(const FlightPtr& flight) {
    if (flight->is_over) return;
    parts_.process.caused_by(flight->sent, [&] {
        parts_.process.note("timeout", [&](JsonWriter& json) {
            json.text("order", flight->name.order);
            json.text("op", flight->name.operation);
            json.number("att", flight->attempt);
            json.text("out", to_string(Knowledge::unknown));
        });
    });
    end(flight, 0, {.response = {}, .cut = Cut::reset});
}

// Its line is the last one.
void StripeRelay::end(const FlightPtr& flight, int status, HttpAnswer answer) {
    causes_.ended(flight->name.operation,
                  {.line = static_cast<std::int64_t>(parts_.process.trace().count()) - 1,
                   .time_us = parts_.process.timeline().now_us(),
                   .status = status});
    flight->is_over = true;
    --in_flight_;
    flight->parked->answer(std::move(answer));
    flight->parked.reset();
}

}  // namespace onsite::scenarios
