#include "harness/attempt/event.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "base/json_words.hpp"
#include "harness/catalog/rubric.hpp"

namespace onsite {
namespace {

constexpr std::int64_t kClockMsMax = 10'000 * kMsPerDay;
constexpr std::int64_t kMeasuredRowsMax = 1'000'000'000;
constexpr int kEventNumberMax = 1'000'000;

constexpr std::array kKinds = {EventKind::started, EventKind::hint,    EventKind::followup,
                               EventKind::checked, EventKind::graded,  EventKind::solution_viewed,
                               EventKind::paused,  EventKind::resumed, EventKind::sealed,
                               EventKind::rated};
constexpr std::array kRules = {Rules::practice, Rules::strict};
constexpr std::array kReasons = {SealReason::asked, SealReason::finished, SealReason::time};

int read_count(JsonReader& reader, const char* key, int min) {
    return static_cast<int>(reader.number(key, min, kEventNumberMax));
}

// Of an attempt that belongs to no loop, and in old logs, these keys are missing.
void read_started(JsonReader& reader, Event& event) {
    event.exercise = reader.text("exercise");
    event.language = reader.text("language");
    event.rules = read_word(reader, "rules", kRules);
    event.loop = reader.text_or("loop", "");
    event.allowed_ms = reader.number_or("allowed_ms", 1, kClockMsMax, 0);
    event.is_witnessed = reader.flag_or("witness", false);
}

void read_graded(JsonReader& reader, Event& event) {
    event.number = read_count(reader, "number", 1);
    event.content_hash = reader.text("content_hash");
    event.earned = read_count(reader, "earned", 0);
    event.judged = read_count(reader, "judged", 0);
    event.is_grade = reader.flag_or("is_grade", false);
    if (!reader.has("verdicts_hash")) return;  // A grade of an old log has no proof.
    event.proof = {.verdicts_hash = reader.text("verdicts_hash"),
                   .scorecard_hash = reader.text("scorecard_hash"),
                   .rubric_hash = reader.text("rubric_hash"),
                   .tests_hash = reader.text("tests_hash"),
                   .growth_rows = reader.number("growth_rows", 0, kMeasuredRowsMax)};
}

void read_sealed(JsonReader& reader, Event& event) {
    event.seal.reason = read_word(reader, "reason", kReasons);
    event.seal.used_ms = reader.number("used_ms", 0, kClockMsMax);
    event.seal.allowed_ms = reader.number("allowed_ms", 0, kClockMsMax);
    event.seal.rubric_hash = reader.text("rubric_hash");
    event.seal.late = reader.texts("late");
    for (const auto& [name, hash] : reader.object("files").items()) {
        if (!hash.is_string()) reader.complain("files", "expected a hash for each name");
        event.seal.files.push_back({name, hash.is_string() ? hash.get<std::string>() : ""});
    }
}

void read_rated(JsonReader& reader, Event& event) {
    event.rating.criterion = reader.text("criterion");
    event.rating.level = static_cast<int>(reader.number("level", 1, kLevelMax));
    event.rating.anchor = reader.text("anchor");
    event.rating.note = reader.text("note");
}

void read_members(JsonReader& reader, Event& event) {
    switch (event.kind) {
        case EventKind::started:
            return read_started(reader, event);
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
            return read_graded(reader, event);
        case EventKind::sealed:
            return read_sealed(reader, event);
        case EventKind::rated:
            return read_rated(reader, event);
        case EventKind::solution_viewed:
        case EventKind::paused:
        case EventKind::resumed:
            return;
    }
}

void write_started(Json& json, const Event& event) {
    json["exercise"] = event.exercise;
    json["language"] = event.language;
    json["rules"] = to_string(event.rules);
    if (!event.loop.empty()) json["loop"] = event.loop;
    if (event.allowed_ms > 0) json["allowed_ms"] = event.allowed_ms;
    if (event.is_witnessed) json["witness"] = true;
}

void write_graded(Json& json, const Event& event) {
    json["number"] = event.number;
    json["content_hash"] = event.content_hash;
    json["earned"] = event.earned;
    json["judged"] = event.judged;
    json["is_grade"] = event.is_grade;
    if (event.proof.verdicts_hash.empty()) return;
    json["verdicts_hash"] = event.proof.verdicts_hash;
    json["scorecard_hash"] = event.proof.scorecard_hash;
    json["rubric_hash"] = event.proof.rubric_hash;
    json["tests_hash"] = event.proof.tests_hash;
    json["growth_rows"] = event.proof.growth_rows;
}

void write_sealed(Json& json, const Seal& seal) {
    Json files = Json::object();
    for (const SealedFile& file : seal.files) files[file.name] = file.sha256;
    json["reason"] = to_string(seal.reason);
    json["used_ms"] = seal.used_ms;
    json["allowed_ms"] = seal.allowed_ms;
    json["rubric_hash"] = seal.rubric_hash;
    json["files"] = std::move(files);
    json["late"] = seal.late;
}

void write_rated(Json& json, const Rating& rating) {
    json["criterion"] = rating.criterion;
    json["level"] = rating.level;
    json["anchor"] = rating.anchor;
    json["note"] = rating.note;
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
        case EventKind::paused:
            return "paused";
        case EventKind::resumed:
            return "resumed";
        case EventKind::sealed:
            return "sealed";
        case EventKind::rated:
            return "rated";
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

std::string_view to_string(SealReason reason) {
    switch (reason) {
        case SealReason::asked:
            return "asked";
        case SealReason::finished:
            return "finished";
        case SealReason::time:
            return "time";
    }
    std::abort();
}

Json to_json(const Event& event) {
    Json json = {
        {"at", to_rfc3339(event.at_ms)}, {"at_ms", event.at_ms}, {"event", to_string(event.kind)}};
    switch (event.kind) {
        case EventKind::started:
            write_started(json, event);
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
            write_graded(json, event);
            break;
        case EventKind::sealed:
            write_sealed(json, event.seal);
            break;
        case EventKind::rated:
            write_rated(json, event.rating);
            break;
        case EventKind::solution_viewed:
        case EventKind::paused:
        case EventKind::resumed:
            break;
    }
    return json;
}

Result<Event> event_from_json(const Json& value, const std::string& where) {
    JsonReader reader(value, where);
    Event event;
    event.at_ms = reader.number("at_ms", 0, kEventAtMsMax);
    // The two are written together; a difference shows that somebody changed one of them.
    if (const auto expected = to_rfc3339(event.at_ms); reader.text("at") != expected) {
        reader.complain("at", fmt::format("expected {}, the time of at_ms", expected));
    }
    event.kind = read_word(reader, "event", kKinds);
    read_members(reader, event);
    if (auto done = reader.finish(); !done) return pass_on(done);
    return event;
}

}  // namespace onsite
