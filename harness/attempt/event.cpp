#include "harness/attempt/event.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "base/json.hpp"

namespace onsite {
namespace {

constexpr std::int64_t kAtMsMax = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z
constexpr int kEventNumberMax = 1'000'000;

EventKind read_kind(JsonReader& reader) {
    const std::string word = reader.text("event");
    using enum EventKind;
    for (const EventKind kind : {started, hint, followup, checked, graded, solution_viewed}) {
        if (word == to_string(kind)) return kind;
    }
    reader.complain("event", fmt::format("expected a kind of event, found \"{}\"", word));
    return solution_viewed;
}

Rules read_rules(JsonReader& reader) {
    const std::string word = reader.text("rules");
    if (word == to_string(Rules::strict)) return Rules::strict;
    if (word != to_string(Rules::practice)) {
        reader.complain("rules", fmt::format("expected practice or strict, found \"{}\"", word));
    }
    return Rules::practice;
}

int read_count(JsonReader& reader, const char* key, int min) {
    return static_cast<int>(reader.number(key, min, kEventNumberMax));
}

void read_members(JsonReader& reader, Event& event) {
    switch (event.kind) {
        case EventKind::started:
            event.exercise = reader.text("exercise");
            event.language = reader.text("language");
            event.rules = read_rules(reader);
            return;
        case EventKind::hint:
        case EventKind::followup:
            event.number = read_count(reader, "number", 1);
            return;
        case EventKind::checked:
            event.content_hash = reader.text("content_hash");
            event.passed = read_count(reader, "passed", 0);
            event.checks = read_count(reader, "checks", 0);
            return;
        case EventKind::graded:
            event.number = read_count(reader, "number", 1);
            event.content_hash = reader.text("content_hash");
            event.earned = read_count(reader, "earned", 0);
            event.judged = read_count(reader, "judged", 0);
            event.is_grade = reader.flag_or("is_grade", false);
            return;
        case EventKind::solution_viewed:
            return;
    }
}

std::unexpected<Error> out_of_order(std::string_view what, int expected, int found) {
    return usage_error(fmt::format("expected {0} {1}, found {0} {2}", what, expected, found));
}

AttemptState first_state(const Event& event) {
    AttemptState state;
    state.exercise = event.exercise;
    state.language = event.language;
    state.rules = event.rules;
    state.started_at_ms = event.at_ms;
    state.last_event_ms = event.at_ms;
    return state;
}

// The better of two scores: more points; of the same points, the one where less stayed open.
bool is_better(const Score& score, const std::optional<Score>& than) {
    if (!than || score.earned != than->earned) return !than || score.earned > than->earned;
    return score.judged > than->judged;
}

}  // namespace

std::string_view to_string(EventKind kind) {
    switch (kind) {
        case EventKind::started:
            return "started";
        case EventKind::hint:
            return "hint";
        case EventKind::followup:
            return "followup";
        case EventKind::checked:
            return "checked";
        case EventKind::graded:
            return "graded";
        case EventKind::solution_viewed:
            return "solution_viewed";
    }
    std::abort();
}

std::string_view to_string(Rules rules) {
    switch (rules) {
        case Rules::practice:
            return "practice";
        case Rules::strict:
            return "strict";
    }
    std::abort();
}

Json to_json(const Event& event) {
    Json json = {
        {"at", to_rfc3339(event.at_ms)}, {"at_ms", event.at_ms}, {"event", to_string(event.kind)}};
    switch (event.kind) {
        case EventKind::started:
            json["exercise"] = event.exercise;
            json["language"] = event.language;
            json["rules"] = to_string(event.rules);
            break;
        case EventKind::hint:
        case EventKind::followup:
            json["number"] = event.number;
            break;
        case EventKind::checked:
            json["content_hash"] = event.content_hash;
            json["passed"] = event.passed;
            json["checks"] = event.checks;
            break;
        case EventKind::graded:
            json["number"] = event.number;
            json["content_hash"] = event.content_hash;
            json["earned"] = event.earned;
            json["judged"] = event.judged;
            json["is_grade"] = event.is_grade;
            break;
        case EventKind::solution_viewed:
            break;
    }
    return json;
}

Result<Event> event_from_json(const Json& value, const std::string& where) {
    JsonReader reader(value, where);
    Event event;
    event.at_ms = reader.number("at_ms", 0, kAtMsMax);
    // The two are written together; a difference shows that somebody changed one of them.
    if (const auto expected = to_rfc3339(event.at_ms); reader.text("at") != expected) {
        reader.complain("at", fmt::format("expected {}, the time of at_ms", expected));
    }
    event.kind = read_kind(reader);
    read_members(reader, event);
    if (auto done = reader.finish(); !done) return pass_on(done);
    return event;
}

Result<AttemptState> next_state(const std::optional<AttemptState>& before, const Event& event) {
    if ((event.kind == EventKind::started) == before.has_value()) {
        return usage_error(fmt::format("expected the event started first and once, found {}",
                                       to_string(event.kind)));
    }
    if (!before) return first_state(event);
    AttemptState state = *before;
    state.last_event_ms = event.at_ms;
    switch (event.kind) {
        case EventKind::started:
            break;
        case EventKind::hint:
            if (event.number != ++state.hints_used) {
                return out_of_order("hint", state.hints_used, event.number);
            }
            break;
        case EventKind::followup:
            if (event.number != ++state.followups_revealed) {
                return out_of_order("follow-up", state.followups_revealed, event.number);
            }
            break;
        case EventKind::checked:
            ++state.checks;
            break;
        case EventKind::graded: {
            if (event.number != ++state.grades) {
                return out_of_order("grade", state.grades, event.number);
            }
            const Score score{.earned = event.earned, .judged = event.judged};
            if (event.is_grade && is_better(score, state.best)) state.best = score;
            break;
        }
        case EventKind::solution_viewed:
            state.is_solution_viewed = true;
            break;
    }
    return state;
}

}  // namespace onsite
