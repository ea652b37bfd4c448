#include "scenarios/player/provider.hpp"

#include <cstdlib>

#include <fmt/format.h>

#include "scenarios/player/json_text.hpp"

namespace onsite::scenarios {
namespace {

using simulator::ApiResponse;
using simulator::Cut;
using simulator::JsonWriter;

simulator::Params params_of(const Call& call) {
    simulator::Params params;
    // A name that the form does not take is a bug of a shop: it is sent without it.
    for (const auto& [name, value] : call.params) (void)params.add(name, value);
    return params;
}

}  // namespace

Knowledge knowledge_of(int status) {
    if (status >= 200 && status < 300) return Knowledge::done;
    if (status >= 500 || status == 409) return Knowledge::unknown;
    return Knowledge::not_done;
}

bool is_definite_no(std::int64_t status) {
    return status >= 400 && status < 500 && status != 409 && status != 429;
}

std::string_view to_string(Knowledge knowledge) {
    switch (knowledge) {
        case Knowledge::done:
            return "done";
        case Knowledge::not_done:
            return "not_done";
        case Knowledge::unknown:
            return "unknown";
    }
    std::abort();
}

std::string Outcome::text(const char* pointer) const {
    return body ? json_text(*body, pointer) : std::string();
}

struct Provider::Flight {
    Call call;
    PendingPtr<Outcome> pending;
    std::int64_t sent = -1;  // Its line.
};

Await<Outcome> Provider::send(Call call) {
    std::string order = call.order;
    std::string operation = call.operation.substr(call.operation.find('.') + 1);
    return {process_, std::move(order), std::move(operation),
            [this, call = std::move(call)](const PendingPtr<Outcome>& pending) {
                depart(std::make_shared<Flight>(Flight{.call = call, .pending = pending}));
            }};
}

void Provider::after(std::int64_t duration_us, simulator::Timeline::Action action) {
    process_.timeline().at(process_.timeline().now_us() + duration_us, std::move(action));
}

void Provider::depart(const FlightPtr& flight) {
    const Call& call = flight->call;
    simulator::Params params = params_of(call);
    flight->sent = process_.note("send", [&](JsonWriter& json) {
        json.text("order", call.order);
        json.text("op", call.operation);
        json.number("att", call.attempt);
        if (call.method != simulator::Method::post) json.text("method", to_string(call.method));
        json.text("path", call.path);
        if (!call.key.empty()) json.text("key", call.key);
        json.text("params", fmt::format("{:016x}", params.fingerprint().a));
    });
    after(scenario_.shop.deadline_us, [this, flight] { time_out(flight); });
    simulator::ApiRequest request{.method = call.method,
                                  .path = call.path,
                                  .params = std::move(params),
                                  .account_key = std::string(kAccountKey),
                                  .idempotency_key = call.key,
                                  .operation = call.operation,
                                  .cause = flight->sent};
    after(scenario_.latency.request_us, [this, flight, request = std::move(request)] {
        simulator_.submit(request, [this, flight](ApiResponse response) {
            const auto line = static_cast<std::int64_t>(process_.trace().count()) - 1;
            arrive(flight, line, std::move(response));
        });
    });
}

// The answer has left the provider, in one way or another. `line` is that of its reply.
void Provider::arrive(const FlightPtr& flight, std::int64_t line, ApiResponse response) {
    const Cut cut = response.cut;
    Outcome outcome{.knowledge = knowledge_of(response.status),
                    .status = response.status,
                    .body = std::move(response.body),
                    .should_retry = response.should_retry};
    std::int64_t travel_us = scenario_.latency.response_us;
    switch (cut) {
        case Cut::none:
            break;
        case Cut::lost:
            return;
        case Cut::refuse:
            outcome = {.knowledge = Knowledge::not_done};
            break;
        case Cut::reset:
        case Cut::truncate:
        case Cut::bad_json:
            outcome = {.knowledge = Knowledge::unknown};
            break;
        case Cut::stall:
            if (response.cut_us == 0) return;  // Never.
            [[fallthrough]];
        case Cut::slow_drip:
            travel_us += response.cut_us;
            break;
    }
    after(travel_us, [this, flight, line, outcome = std::move(outcome), how = to_string(cut)] {
        deliver(flight, line, outcome, how);
    });
}

void Provider::deliver(const FlightPtr& flight, std::int64_t line, Outcome outcome,
                       std::string_view how) {
    if (!flight->pending->is_awaited()) return;  // It gave up, or is gone.
    if (flight->pending->is_crash()) return flight->pending->resume(std::move(outcome));
    std::int64_t answered = -1;
    process_.caused_by(line, [&] {
        answered = process_.note("answer", [&](JsonWriter& json) {
            json.text("order", flight->call.order);
            json.text("op", flight->call.operation);
            json.number("att", flight->call.attempt);
            json.text("out", to_string(outcome.knowledge));
            json.number("status", outcome.status);
            if (how != "none") json.text("how", how);
            if (outcome.should_retry) json.flag("should_retry", *outcome.should_retry);
        });
    });
    flight->pending->resume(std::move(outcome), answered);
}

void Provider::time_out(const FlightPtr& flight) {
    if (!flight->pending->is_awaited()) return;
    if (flight->pending->is_crash()) return flight->pending->resume({});
    std::int64_t line = -1;
    process_.caused_by(flight->sent, [&] {
        line = process_.note("timeout", [&](JsonWriter& json) {
            json.text("order", flight->call.order);
            json.text("op", flight->call.operation);
            json.number("att", flight->call.attempt);
            json.text("out", to_string(Knowledge::unknown));
        });
    });
    flight->pending->resume({}, line);
}

}  // namespace onsite::scenarios
