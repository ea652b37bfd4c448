#include "scenarios/trace/run_record.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "base/stable_hash.hpp"
#include "scenarios/format/read_scenario.hpp"

namespace onsite::scenarios {
namespace {

// Takes the members of one flat object as they come; what is nested is passed over.
class LineReader final : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit LineReader(TraceEvent& event) : event_(event) {}

    bool null() override { return put(""); }
    bool boolean(bool value) override { return put(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override { return put(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return put(std::to_string(value)); }
    bool number_float(number_float_t, const string_t& digits) override { return put(digits); }
    bool string(string_t& value) override { return put(value); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return ++depth_ < 100; }
    bool end_object() override { return --depth_, true; }
    bool start_array(std::size_t) override { return ++depth_ < 100; }
    bool end_array() override { return --depth_, true; }
    bool key(string_t& name) override {
        if (depth_ == 1) name_ = name;
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return false;
    }

private:
    bool put(std::string value) {
        if (depth_ != 1) return true;
        if (name_ == "ev") {
            event_.kind = std::move(value);
        } else {
            event_.members.emplace_back(name_, std::move(value));
        }
        return true;
    }

    TraceEvent& event_;
    std::string name_;
    int depth_ = 0;
};

// Most lines as our own writer makes them: no white space, texts of printable ASCII without
// escapes, whole numbers. false for anything else, which may be good as well.
class PlainLine {
public:
    explicit PlainLine(std::string_view line) : at_(line.data()), end_(at_ + line.size()) {}

    bool read(TraceEvent& event) {
        if (!take('{')) return false;
        do {
            std::string_view name;
            std::string_view value;
            if (!text(name) || !take(':') || !scalar(value)) return false;
            if (name == "ev") {
                event.kind = value;
            } else {
                event.members.emplace_back(name, value);
            }
        } while (take(','));
        return take('}') && take('\n') && at_ == end_;
    }

private:
    bool take(char wanted) {
        if (at_ == end_ || *at_ != wanted) return false;
        ++at_;
        return true;
    }
    bool text(std::string_view& out) {
        if (!take('"')) return false;
        const char* const begin = at_;
        while (at_ != end_ && *at_ >= ' ' && *at_ < '\x7f' && *at_ != '"' && *at_ != '\\') ++at_;
        out = {begin, at_};
        return take('"');
    }
    bool scalar(std::string_view& out) {
        if (at_ != end_ && *at_ == '"') return text(out);
        const char* const begin = at_;
        while (at_ != end_ && ((*at_ >= '0' && *at_ <= '9') || (*at_ >= 'a' && *at_ <= 'z'))) ++at_;
        out = {begin, at_};
        if (out == "true" || out == "false" || out == "0") return true;
        constexpr std::size_t kDigitsMax = 18;
        return !out.empty() && out.size() <= kDigitsMax && out.front() != '0' &&
               out.find_first_not_of("0123456789") == out.npos;
    }

    const char* at_;
    const char* end_;
};

// false: it is no JSON object.
bool add_line(std::string_view line, RunRecord& record) {
    constexpr std::size_t kMembersUsual = 12;
    TraceEvent& event = record.events.emplace_back();
    event.members.reserve(kMembersUsual);
    event.line = static_cast<std::int64_t>(record.events.size()) - 1;
    if (!PlainLine(line).read(event)) {
        event.kind.clear();
        event.members.clear();
        LineReader reader(event);
        if (!nlohmann::json::sax_parse(line, &reader)) return false;
    }
    event.time_us = event.number("t");
    if (event.line == 0) record.shop = std::string(event.text("shop"));
    if (event.is("req")) {
        record.requests.emplace(event.text("request"), record.events.size() - 1);
    }
    return true;
}

Result<void> read_header(std::string_view line, RunRecord& record) {
    auto header = parse_json(line, "line 0 of the trace");
    if (!header) return pass_on(header);
    if (!header->is_object() || !header->contains("scenario") ||
        header->value("ev", Json()) != "run") {
        return usage_error("expected a trace that begins with a line \"run\", found another one");
    }
    auto scenario = read_scenario(to_text((*header)["scenario"]), "the scenario of the trace");
    if (!scenario) return pass_on(scenario);
    record.scenario = std::move(*scenario);
    return {};
}

}  // namespace

std::string_view TraceEvent::text(std::string_view name) const {
    for (const auto& [key, value] : members) {
        if (key == name) return value;
    }
    return {};
}

std::int64_t TraceEvent::number(std::string_view name) const {
    const std::string_view digits = text(name);
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

std::vector<std::string_view> TraceEvent::texts(std::string_view name) const {
    std::vector<std::string_view> all;
    for (const auto& [key, value] : members) {
        if (key == name) all.emplace_back(value);
    }
    return all;
}

bool RunRecord::is_of_a_client() const {
    const std::string_view transport = events.empty() ? "" : events.front().text("transport");
    return !transport.empty() && transport != "typed";
}

bool RunRecord::is_of_a_service() const {
    return !events.empty() && events.front().text("transport") == "http";
}

std::string_view RunRecord::determinism() const {
    return events.empty() ? "" : events.front().text("determinism");
}

const TraceEvent* RunRecord::request_of(const TraceEvent& event) const {
    const auto found = requests.find(event.text("request"));
    return found == requests.end() ? nullptr : &events[found->second];
}

std::string_view RunRecord::operation_of(const TraceEvent& event) const {
    if (const std::string_view own = event.text("op"); !own.empty()) return own;
    const TraceEvent* request = request_of(event);
    return request == nullptr ? std::string_view() : request->text("op");
}

const TraceEvent* RunRecord::cause_of(const TraceEvent& event) const {
    const std::int64_t line = event.number("cause");
    if (line <= 0 || line >= event.line) return nullptr;
    const auto found = std::ranges::lower_bound(events, line, {}, &TraceEvent::line);
    return found != events.end() && found->line == line ? &*found : nullptr;
}

const TraceEvent* RunRecord::send_of(const TraceEvent& end) const {
    const TraceEvent* event = &end;
    while (event != nullptr && !event->is("send")) {
        const TraceEvent* const before = event->is("reply") ? request_of(*event) : cause_of(*event);
        // A trace that somebody wrote may go round in a circle.
        event = before != nullptr && before->line < event->line ? before : nullptr;
    }
    return event;
}

const TraceEvent* RunRecord::end_before(const TraceEvent& send) const {
    const TraceEvent* const cause = cause_of(send);
    if (cause == nullptr || !(cause->is("answer") || cause->is("timeout"))) return nullptr;
    return cause->text("op") == send.text("op") ? cause : nullptr;
}

std::string_view RunRecord::order_of(const TraceEvent& event) const {
    if (const std::string_view own = event.text("order"); !own.empty()) return own;
    const std::string_view operation = operation_of(event);
    return operation.substr(0, operation.find('.'));
}

Result<RunRecord> read_trace(std::string_view trace) {
    RunRecord record;
    std::uint64_t hash = 0;
    std::uint64_t hash_before = 0;
    while (!trace.empty()) {
        const auto end = trace.find('\n');
        if (end == trace.npos)
            return usage_error("expected a trace whose last line ends, found a torn one");
        const std::string_view line = trace.substr(0, end + 1);
        trace.remove_prefix(end + 1);
        if (!add_line(line, record)) {
            return usage_error(
                fmt::format("expected line {} of the trace to be a JSON object, "
                            "found something else",
                            record.events.size() - 1));
        }
        if (record.events.size() == 1) {
            if (auto read = read_header(line, record); !read) return pass_on(read);
        }
        hash_before = hash;
        hash = add_to_hash(hash, line);
    }
    if (record.events.empty() || !record.events.back().is("end")) {
        return usage_error("expected a trace that ends with a line \"end\", found a cut one");
    }
    record.hash = std::string(record.events.back().text("hash"));
    if (record.hash != fmt::format("{:016x}", hash_before)) {
        return usage_error(
            "expected the hash of the lines in the last one, found another: the "
            "trace was changed");
    }
    return record;
}

RunRecord record_of(std::string_view trace, const Scenario& scenario) {
    RunRecord record;
    record.scenario = scenario;
    record.events.reserve(static_cast<std::size_t>(std::ranges::count(trace, '\n')));
    while (!trace.empty()) {
        const auto size = std::min(trace.find('\n'), trace.size() - 1) + 1;
        add_line(trace.substr(0, size), record);
        trace.remove_prefix(size);
    }
    if (!record.events.empty()) record.hash = std::string(record.events.back().text("hash"));
    return record;
}

}  // namespace onsite::scenarios
