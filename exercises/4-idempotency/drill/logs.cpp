#include "exercises/4-idempotency/drill/logs.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "base/clock.hpp"
#include "simulator/wire/json_writer.hpp"

namespace onsite::drill {
namespace {

using scenarios::TraceEvent;

constexpr std::string_view kNumbers[] = {"amount", "attempt", "delivery", "status", "after_ms"};

bool is_number(std::string_view name) {
    return std::ranges::find(kNumbers, name) != std::end(kNumbers);
}

// "order-1.confirm" -> "confirm"
std::string_view work_of(std::string_view operation) {
    return operation.substr(std::min(operation.find('.') + 1, operation.size()));
}

class Writer {
public:
    explicit Writer(const Evidence& evidence) : evidence_(evidence) {}

    std::vector<LogLine> write() {
        for (const TraceEvent& event : evidence_.run.events) {
            client(event);
            service(event);
            provider(event);
        }
        return std::move(lines_);
    }

private:
    using Members = std::vector<std::pair<std::string, std::string>>;

    void add(Source source, const TraceEvent& event, std::string_view name, Members members) {
        std::erase_if(members, [](const auto& member) { return member.second.empty(); });
        lines_.push_back({.number = event.line,
                          .at_ms = event.time_us / 1000,
                          .source = source,
                          .event = std::string(name),
                          .members = std::move(members)});
    }

    std::string order(const TraceEvent& event) const {
        return evidence_.order[static_cast<std::size_t>(event.line)];
    }
    std::string code(const TraceEvent& event) const {
        return std::string(evidence_.code[static_cast<std::size_t>(event.line)]);
    }
    static std::string text(const TraceEvent& event, std::string_view name) {
        return std::string(event.text(name));
    }
    // A member of the request that the line is a part of.
    std::string asked(const TraceEvent& event, std::string_view name) const {
        const auto* const request =
            evidence_.line(evidence_.request[static_cast<std::size_t>(event.line)]);
        return request == nullptr ? "" : text(*request, name);
    }
    std::string sent(const TraceEvent& event, std::string_view name) const {
        const auto* const send =
            evidence_.line(evidence_.sent[static_cast<std::size_t>(event.line)]);
        return send == nullptr ? "" : text(*send, name);
    }

    // ---- The payment client: what it sent, and what it knows after that ----
    void client(const TraceEvent& event) {
        if (event.is("send")) {
            add(Source::client, event, "request",
                {{"order", order(event)},
                 {"operation", std::string(work_of(event.text("op")))},
                 {"attempt", text(event, "att")},
                 {"method", text(event, "method")},
                 {"path", text(event, "path")},
                 {"key", text(event, "key")},
                 {"body_hash", text(event, "params")}});
        } else if (event.is("answer")) {
            answered(event);
        } else if (event.is("timeout")) {
            add(Source::client, event, "timeout",
                {{"order", order(event)},
                 {"operation", std::string(work_of(event.text("op")))},
                 {"attempt", text(event, "att")},
                 {"key", sent(event, "key")},
                 {"knowledge", text(event, "out")}});
        } else if (event.is("retry")) {
            add(Source::client, event, "retry",
                {{"order", order(event)},
                 {"attempt", text(event, "att")},
                 {"after_ms", std::to_string(event.number("after_us") / 1000)}});
        }
    }

    void answered(const TraceEvent& event) {
        const bool is_whole = event.number("status") > 0;
        add(Source::client, event, is_whole ? "answer" : "no_answer",
            {{"order", order(event)},
             {"operation", std::string(work_of(event.text("op")))},
             {"attempt", text(event, "att")},
             {"key", sent(event, "key")},
             {"request", is_whole ? asked(event, "request") : ""},
             {"status", is_whole ? text(event, "status") : ""},
             {"code", code(event)},
             {"connection", is_whole ? "" : text(event, "how")},
             {"knowledge", text(event, "out")}});
        if (code(event) != kKeyReused && code(event) != kKeyInUse) return;
        const bool is_refund = work_of(event.text("op")) == "refund";
        add(Source::service, event, "payment_error",
            {{"order", order(event)},
             {"request", asked(event, "request")},
             {"key", sent(event, "key")},
             {"message", std::string(is_refund ? kRefundMessage : kPaymentMessage)}});
    }

    // ---- The service: orders, shoppers, webhooks ----
    void service(const TraceEvent& event) {
        if (event.is("step") && event.text("is_lost").empty()) {
            add(Source::service, event, text(event, "do") + "_asked",
                {{"order", order(event)},
                 {"amount", text(event, "amount")},
                 {"currency", text(event, "currency")},
                 {"card", text(event, "card")},
                 {"refund", text(event, "refund")}});
        } else if (event.is("state")) {
            add(Source::service, event, "order_status",
                {{"order", order(event)},
                 {"from", text(event, "from")},
                 {"to", text(event, "to")}});
        } else if (event.is("effect")) {
            add(Source::service, event, "fulfilled",
                {{"order", order(event)}, {"because", text(event, "by")}});
        } else if (event.is("told")) {
            add(Source::service, event, "shopper_told",
                {{"order", order(event)}, {"what", text(event, "what")}});
        } else if (event.is("hook_got") || event.is("accept")) {
            add(Source::service, event,
                event.is("accept") ? "webhook_accepted" : "webhook_received",
                {{"order", order(event)},
                 {"event_id", text(event, "event")},
                 {"type", text(event, "type")}});
        } else if (event.is("crash") || event.is("restart")) {
            add(Source::service, event, event.is("crash") ? "process_ended" : "process_started",
                {});
        }
    }

    // ---- The provider: requests, money, webhooks ----
    void provider(const TraceEvent& event) {
        if (event.is("req")) {
            add(Source::provider, event, "request",
                {{"request", text(event, "request")},
                 {"method", text(event, "method")},
                 {"path", text(event, "path")},
                 {"key", text(event, "key")},
                 {"body_hash", text(event, "params")}});
        } else if (event.is("reply")) {
            add(Source::provider, event, "reply",
                {{"request", text(event, "request")},
                 {"status", text(event, "status")},
                 {"code", code(event)},
                 {"key", asked(event, "key")},
                 {"path", asked(event, "path")},
                 {"body_hash", asked(event, "params")},
                 {"replays", text(event, "replays")}});
        } else if (event.is("charge") || event.is("refund")) {
            add(Source::provider, event, event.kind,
                {{"request", text(event, "request")},
                 {"order", order(event)},
                 {"charge", text(event, "charge")},
                 {"payment_intent", text(event, "intent")},
                 {"refund", text(event, "refund")},
                 {"amount", text(event, "amount")},
                 {"currency", text(event, "currency")}});
        } else if (event.is("event")) {
            add(Source::provider, event, "event",
                {{"order", order(event)},
                 {"event_id", text(event, "id")},
                 {"type", text(event, "type")}});
        } else {
            webhook(event);
        }
    }

    void webhook(const TraceEvent& event) {
        std::string_view name;
        if (event.is("hook")) name = "webhook_sent";
        if (event.is("hook_reply")) name = "webhook_answered";
        if (event.is("hook_given_up")) name = "webhook_given_up";
        if (name.empty()) return;
        add(Source::provider, event, name,
            {{"order", order(event)},
             {"event_id", text(event, "event")},
             {"delivery", text(event, "attempt")},
             {"status", text(event, "status")}});
    }

    const Evidence& evidence_;
    std::vector<LogLine> lines_ = {};
};

}  // namespace

std::string_view to_string(Source source) {
    switch (source) {
        case Source::client:
            return "client";
        case Source::service:
            return "service";
        case Source::provider:
            return "provider";
    }
    std::abort();
}

std::string moment_text(std::int64_t at_ms) {
    std::string text = to_rfc3339(at_ms);
    text.pop_back();
    return fmt::format("{}.{:03}Z", text, at_ms % 1000);
}

std::string LogLine::text(std::string_view name) const {
    if (name == "id") return id();
    if (name == "at") return moment_text(at_ms);
    if (name == "source") return std::string(to_string(source));
    if (name == "event") return event;
    for (const auto& [key, value] : members) {
        if (key == name) return value;
    }
    return {};
}

std::vector<LogLine> make_logs(const Evidence& evidence) { return Writer(evidence).write(); }

std::string to_json(const LogLine& line) {
    simulator::JsonWriter json;
    json.begin_object();
    json.text("id", line.id());
    json.text("at", moment_text(line.at_ms));
    json.text("source", to_string(line.source));
    json.text("event", line.event);
    for (const auto& [name, value] : line.members) {
        if (is_number(name)) {
            json.raw(name, value);
        } else {
            json.text(name, value);
        }
    }
    json.end_object();
    return std::string(json.written());
}

}  // namespace onsite::drill
