// Source: http://www.softwareishard.com/blog/har-12-spec
#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/clock.hpp"
#include "scenarios/export/exchanges.hpp"
#include "scenarios/export/export.hpp"
#include "simulator/wire/json_writer.hpp"

namespace onsite::scenarios {
namespace {

using simulator::JsonWriter;

struct Entry {
    const TraceEvent* begin;
    const TraceEvent* arrived;
    const TraceEvent* replied;
    const TraceEvent* end;
    bool is_webhook;
};

std::vector<Entry> entries_of(const RunRecord& run) {
    std::vector<Entry> all;
    for (const Exchange& one : exchanges_of(run)) {
        all.push_back({one.send, one.request, one.reply, one.end, false});
    }
    for (const HookExchange& one : hook_exchanges_of(run)) {
        all.push_back({one.hook, one.got, one.reply, one.reply, true});
    }
    std::ranges::sort(all, {}, [](const Entry& entry) { return entry.begin->line; });
    return all;
}

// "2026-01-05T09:00:02.582Z"
std::string moment(std::int64_t time_us) {
    std::string text = to_rfc3339(time_us / 1000);
    text.pop_back();
    return text + fmt::format(".{:03}Z", time_us / 1000 % 1000);
}

// Milliseconds with their microseconds, "80.250"; -1 for what is not known.
std::string milliseconds(const TraceEvent* from, const TraceEvent* to) {
    if (from == nullptr || to == nullptr) return "-1";
    const std::int64_t took_us = to->time_us - from->time_us;
    return fmt::format("{}.{:03}", took_us / 1000, took_us % 1000);
}

void write_headers(JsonWriter& json, const Entry& entry) {
    json.key("headers");
    json.begin_array();
    const std::string_view key = entry.begin->text("key");
    if (!key.empty()) {
        json.begin_object();
        json.word("name", "Idempotency-Key");
        json.text("value", key);
        json.end_object();
    }
    json.end_array();
}

void write_request(JsonWriter& json, const Entry& entry) {
    json.key("request");
    json.begin_object();
    json.text("method", entry.begin->is("send") ? method_of(*entry.begin) : "POST");
    json.text("url", entry.is_webhook
                         ? "https://shop.example/webhooks"
                         : fmt::format("https://api.stripe.com{}", entry.begin->text("path")));
    json.word("httpVersion", "HTTP/1.1");
    json.raw("cookies", "[]");
    write_headers(json, entry);
    json.raw("queryString", "[]");
    json.number("headersSize", -1);
    json.number("bodySize", -1);
    json.end_object();
}

// Status 0: there was none.
void write_response(JsonWriter& json, const Entry& entry) {
    json.key("response");
    json.begin_object();
    json.number("status", entry.end == nullptr ? 0 : entry.end->number("status"));
    json.word("statusText", "");
    json.word("httpVersion", "HTTP/1.1");
    json.raw("cookies", "[]");
    json.raw("headers", "[]");
    json.key("content");
    json.begin_object();
    json.number("size", 0);
    json.word("mimeType", "application/json");
    json.end_object();
    json.word("redirectURL", "");
    json.number("headersSize", -1);
    json.number("bodySize", -1);
    json.end_object();
}

void write_timings(JsonWriter& json, const Entry& entry) {
    const auto whole = milliseconds(entry.begin, entry.end);
    json.key("timings");
    json.begin_object();
    const bool has_all = entry.arrived != nullptr && entry.replied != nullptr &&
                         entry.end != nullptr && entry.replied->time_us <= entry.end->time_us;
    json.raw("send", has_all ? milliseconds(entry.begin, entry.arrived) : "0");
    json.raw("wait",
             has_all ? milliseconds(entry.arrived, entry.replied) : (whole == "-1" ? "0" : whole));
    json.raw("receive", has_all ? milliseconds(entry.replied, entry.end) : "0");
    json.end_object();
}

// What HAR has no words for.
void write_own(JsonWriter& json, const Entry& entry) {
    json.number("_line", entry.begin->line);
    if (entry.is_webhook) {
        json.text("_event", entry.begin->text("event"));
        json.number("_attempt", entry.begin->number("attempt"));
        return;
    }
    json.text("_operation", entry.begin->text("op"));
    json.number("_attempt", entry.begin->number("att"));
    json.text("_outcome", entry.end == nullptr ? "unknown" : entry.end->text("out"));
    json.key("_faults");
    json.begin_array();
    if (entry.arrived != nullptr) {
        for (const std::string_view fault : entry.arrived->texts("fault")) json.value(fault);
    }
    json.end_array();
}

void write_entry(JsonWriter& json, const Entry& entry) {
    const std::string whole = milliseconds(entry.begin, entry.end);
    json.begin_object();
    json.text("startedDateTime", moment(entry.begin->time_us));
    json.raw("time", whole == "-1" ? "0" : whole);
    write_request(json, entry);
    write_response(json, entry);
    json.raw("cache", "{}");
    write_timings(json, entry);
    write_own(json, entry);
    json.end_object();
}

}  // namespace

std::string har_of(const RunRecord& run) {
    JsonWriter json;
    json.begin_object();
    json.key("log");
    json.begin_object();
    json.word("version", "1.2");
    json.key("creator");
    json.begin_object();
    json.word("name", "onsite replay");
    json.word("version", "1");  // Of the trace that it is made of.
    json.end_object();
    json.text("comment", fmt::format("scenario {}, shop {}, seed {}, trace {}", run.scenario.id,
                                     run.shop, run.scenario.seed, run.hash));
    json.key("entries");
    json.begin_array();
    for (const Entry& entry : entries_of(run)) write_entry(json, entry);
    json.end_array();
    json.end_object();
    json.end_object();
    return std::string(json.written()) + '\n';
}

}  // namespace onsite::scenarios
