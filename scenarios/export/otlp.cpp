// Source: opentelemetry.io/docs/specs/otlp, JSON Protobuf encoding: ids in hexadecimal, 64-bit
// numbers as texts, enumerations as numbers.
#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "scenarios/export/exchanges.hpp"
#include "scenarios/export/export.hpp"
#include "simulator/wire/json_writer.hpp"

namespace onsite::scenarios {
namespace {

using simulator::JsonWriter;

enum class SpanKind { internal = 1, server = 2, client = 3, producer = 4, consumer = 5 };

constexpr std::int64_t kStatusOk = 1;
constexpr std::int64_t kStatusError = 2;

struct Span {
    const TraceEvent* begin = nullptr;  // Its line is the span's id.
    std::int64_t end_us = 0;
    SpanKind kind = SpanKind::internal;
    std::string name = {};
    const TraceEvent* parent = nullptr;
    const TraceEvent* link = nullptr;
    std::int64_t status = 0;
    std::vector<std::pair<std::string_view, std::string>> attributes = {};
    std::vector<std::string_view> faults = {};
};

bool is_root(const TraceEvent& event) {
    return event.is("step") || event.is("hook_got") || event.is("restart");
}

class Spans {
public:
    explicit Spans(const RunRecord& run) : run_(run) {}

    // Requests first: a root ends when the last of what it led to does.
    std::vector<Span> all() {
        add_exchanges();
        add_deliveries();
        for (const TraceEvent& event : run_.events) {
            const TraceEvent* const root = root_of(event);
            if (root != nullptr) {
                ends_[root->line] = std::max(ends_[root->line], event.time_us);
            }
        }
        for (const TraceEvent& event : run_.events) {
            if (is_root(event)) add_root(event);
        }
        std::ranges::sort(spans_, {}, [](const Span& span) { return span.begin->line; });
        return std::move(spans_);
    }

private:
    // The step, delivery or restart that everything began with; itself, when it is one.
    const TraceEvent* root_of(const TraceEvent& event) const {
        const TraceEvent* at = &event;
        while (at != nullptr && !is_root(*at)) at = cause_of(run_, *at);
        return at;
    }

    void add_exchanges() {
        std::map<std::int64_t, const TraceEvent*> ended;  // By the line of its end: the `send`.
        for (const Exchange& one : exchanges_of(run_)) {
            if (one.end != nullptr) ended[one.end->line] = one.send;
            const auto before = ended.find(one.send->number("cause"));
            const bool is_done = one.end != nullptr && one.end->text("out") == "done";
            const TraceEvent& last = one.end != nullptr ? *one.end : *one.send;
            spans_.push_back(
                {.begin = one.send,
                 .end_us = last.time_us,
                 .kind = SpanKind::client,
                 .name = fmt::format("{} {}", method_of(*one.send), one.send->text("path")),
                 .parent = root_of(*one.send),
                 .link = before == ended.end() ? nullptr : before->second,
                 .status = is_done ? kStatusOk : kStatusError,
                 .attributes = of_client(one)});
            if (one.request != nullptr) add_server(one);
        }
    }

    static std::vector<std::pair<std::string_view, std::string>> of_client(const Exchange& one) {
        return {
            {"onsite.operation", std::string(one.send->text("op"))},
            {"onsite.attempt", std::string(one.send->text("att"))},
            {"onsite.idempotency_key", std::string(one.send->text("key"))},
            {"onsite.outcome", std::string(one.end == nullptr ? "unknown" : one.end->text("out"))}};
    }

    void add_server(const Exchange& one) {
        const TraceEvent& last = one.reply != nullptr ? *one.reply : *one.request;
        const std::string_view status = one.reply == nullptr ? "" : one.reply->text("status");
        spans_.push_back(
            {.begin = one.request,
             .end_us = last.time_us,
             .kind = SpanKind::server,
             .name = fmt::format("POST {}", one.request->text("path")),
             .parent = one.send,
             .status = status.starts_with('2') ? kStatusOk : kStatusError,
             .attributes = {{"onsite.request", std::string(one.request->text("request"))},
                            {"http.response.status_code", std::string(status)}},
             .faults = one.request->texts("fault")});
    }

    void add_deliveries() {
        for (const HookExchange& one : hook_exchanges_of(run_)) {
            const TraceEvent& last = one.reply != nullptr ? *one.reply : *one.hook;
            const std::string_view status = one.reply == nullptr ? "" : one.reply->text("status");
            spans_.push_back(
                {.begin = one.hook,
                 .end_us = last.time_us,
                 .kind = SpanKind::producer,
                 .name = "deliver webhook",
                 .link = one.origin,
                 .status = status.starts_with('2') ? kStatusOk : kStatusError,
                 .attributes = {{"onsite.event", std::string(one.hook->text("event"))},
                                {"onsite.attempt", std::string(one.hook->text("attempt"))}}});
        }
    }

    void add_root(const TraceEvent& event) {
        Span span{.begin = &event, .end_us = ends_[event.line], .status = kStatusOk};
        if (event.is("hook_got")) {
            span.kind = SpanKind::consumer;
            span.name = fmt::format("receive {}", event.text("type"));
            span.parent = cause_of(run_, event);
        } else if (event.is("step")) {
            span.name = fmt::format("{} {}", event.text("do"), event.text("order"));
        } else {
            span.name = "restart";
        }
        spans_.push_back(std::move(span));
    }

    const RunRecord& run_;
    std::vector<Span> spans_;
    std::map<std::int64_t, std::int64_t> ends_;  // By the line of a root.
};

class Document {
public:
    explicit Document(const RunRecord& run)
        : trace_id_(fmt::format("{:0>16}{:016x}", run.hash, run.scenario.seed)) {}

    std::string write(const RunRecord& run, const std::vector<Span>& spans) {
        json_.begin_object();
        open("resourceSpans");
        json_.key("resource");
        json_.begin_object();
        attributes({{"service.name", "onsite"},
                    {"onsite.scenario", run.scenario.id},
                    {"onsite.shop", run.shop}});
        json_.end_object();
        open("scopeSpans");
        json_.key("scope");
        json_.begin_object();
        json_.word("name", "onsite replay");
        json_.end_object();
        json_.key("spans");
        json_.begin_array();
        for (const Span& one : spans) span(one);
        json_.end_array();
        close();
        close();
        json_.end_object();
        return std::string(json_.written()) + '\n';
    }

private:
    // A list of one object.
    void open(std::string_view name) {
        json_.key(name);
        json_.begin_array();
        json_.begin_object();
    }
    void close() {
        json_.end_object();
        json_.end_array();
    }

    static std::string id_of(const TraceEvent& event) {
        return fmt::format("{:016x}", event.line + 1);  // 0 is no id.
    }
    static std::string nanoseconds(std::int64_t time_us) { return fmt::format("{}000", time_us); }

    void attributes(const std::vector<std::pair<std::string_view, std::string>>& all) {
        json_.key("attributes");
        json_.begin_array();
        for (const auto& [name, value] : all) {
            if (value.empty()) continue;
            json_.begin_object();
            json_.text("key", name);
            json_.key("value");
            json_.begin_object();
            json_.text("stringValue", value);
            json_.end_object();
            json_.end_object();
        }
        json_.end_array();
    }

    void span(const Span& one) {
        json_.begin_object();
        json_.text("traceId", trace_id_);
        json_.text("spanId", id_of(*one.begin));
        if (one.parent != nullptr) json_.text("parentSpanId", id_of(*one.parent));
        json_.text("name", one.name);
        json_.number("kind", static_cast<std::int64_t>(one.kind));
        json_.text("startTimeUnixNano", nanoseconds(one.begin->time_us));
        json_.text("endTimeUnixNano", nanoseconds(std::max(one.end_us, one.begin->time_us)));
        attributes(one.attributes);
        events(one);
        if (one.link != nullptr) {
            open("links");
            json_.text("traceId", trace_id_);
            json_.text("spanId", id_of(*one.link));
            close();
        }
        json_.key("status");
        json_.begin_object();
        json_.number("code", one.status);
        json_.end_object();
        json_.end_object();
    }

    void events(const Span& one) {
        if (one.faults.empty()) return;
        json_.key("events");
        json_.begin_array();
        for (const std::string_view fault : one.faults) {
            json_.begin_object();
            json_.text("timeUnixNano", nanoseconds(one.begin->time_us));
            json_.text("name", fault);
            json_.end_object();
        }
        json_.end_array();
    }

    std::string trace_id_;
    JsonWriter json_;
};

}  // namespace

std::string otlp_of(const RunRecord& run) { return Document(run).write(run, Spans(run).all()); }

}  // namespace onsite::scenarios
