#include "harness/review/review.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "base/json.hpp"
#include "harness/catalog/rubric.hpp"

namespace onsite {
namespace {

constexpr std::int64_t kAtMsMax = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z
constexpr int kCountMax = 1'000'000;

ReviewEventKind read_kind(JsonReader& reader) {
    const std::string word = reader.text("event");
    using enum ReviewEventKind;
    for (const ReviewEventKind kind : {began, rated, signalled, completed, revealed}) {
        if (word == to_string(kind)) return kind;
    }
    reader.complain("event", fmt::format("expected a kind of event, found \"{}\"", word));
    return completed;
}

HireSignal read_signal(JsonReader& reader) {
    const std::string word = reader.text("signal");
    const auto signal = hire_signal_from(word);
    if (!signal) {
        reader.complain("signal", fmt::format("expected strong_no, no, yes or strong_yes, found "
                                              "\"{}\"",
                                              word));
    }
    return signal.value_or(HireSignal::no);
}

void read_members(JsonReader& reader, ReviewEvent& event) {
    switch (event.kind) {
        case ReviewEventKind::began:
            event.round = static_cast<int>(reader.number("round", 1, kCountMax));
            event.grade = static_cast<int>(reader.number("grade", 0, kCountMax));
            event.content_hash = reader.text("content_hash");
            event.rubric_version = static_cast<int>(reader.number("rubric_version", 1, kCountMax));
            event.is_blind = reader.flag_or("is_blind", false);
            return;
        case ReviewEventKind::rated:
            event.criterion = reader.text("criterion");
            event.level = static_cast<int>(reader.number("level", 1, kLevelMax));
            event.anchors = reader.texts("anchors");
            event.comment = reader.text("comment");
            return;
        case ReviewEventKind::signalled:
            event.signal = read_signal(reader);
            event.because = reader.text("because");
            return;
        case ReviewEventKind::completed:
            return;
        case ReviewEventKind::revealed:
            event.with = reader.texts("with");
            return;
    }
}

Result<Review> begin_round(Review review, const ReviewEvent& event) {
    const int expected = static_cast<int>(review.rounds.size()) + 1;
    if (event.round != expected) {
        return usage_error(fmt::format("expected round {}, found round {}", expected, event.round));
    }
    if (review.has_begun() && !review.current().is_complete) {
        return usage_error(fmt::format("expected round {} to be complete before round {} begins",
                                       expected - 1, expected));
    }
    review.rounds.push_back({.grade = event.grade,
                             .content_hash = event.content_hash,
                             .rubric_version = event.rubric_version,
                             .is_blind = event.is_blind,
                             .began_at_ms = event.at_ms,
                             .ballot = {.reviewer = review.reviewer},
                             .independent = {.reviewer = review.reviewer}});
    return review;
}

// A round that nobody has looked at from outside is still independent.
void change(ReviewRound& round, const auto& set) {
    set(round.ballot);
    if (!round.is_revealed) set(round.independent);
}

}  // namespace

std::string_view to_string(ReviewEventKind kind) {
    switch (kind) {
        case ReviewEventKind::began:
            return "began";
        case ReviewEventKind::rated:
            return "rated";
        case ReviewEventKind::signalled:
            return "signalled";
        case ReviewEventKind::completed:
            return "completed";
        case ReviewEventKind::revealed:
            return "revealed";
    }
    std::abort();
}

Json to_json(const ReviewEvent& event) {
    Json json = {
        {"at", to_rfc3339(event.at_ms)}, {"at_ms", event.at_ms}, {"event", to_string(event.kind)}};
    switch (event.kind) {
        case ReviewEventKind::began:
            json["round"] = event.round;
            json["grade"] = event.grade;
            json["content_hash"] = event.content_hash;
            json["rubric_version"] = event.rubric_version;
            json["is_blind"] = event.is_blind;
            break;
        case ReviewEventKind::rated:
            json["criterion"] = event.criterion;
            json["level"] = event.level;
            json["anchors"] = event.anchors;
            json["comment"] = event.comment;
            break;
        case ReviewEventKind::signalled:
            json["signal"] = to_string(event.signal);
            json["because"] = event.because;
            break;
        case ReviewEventKind::completed:
            break;
        case ReviewEventKind::revealed:
            json["with"] = event.with;
            break;
    }
    return json;
}

Result<ReviewEvent> review_event_from_json(const Json& value, const std::string& where) {
    JsonReader reader(value, where);
    ReviewEvent event;
    event.kind = read_kind(reader);
    reader.text("at");
    reader.text("after");
    event.at_ms = reader.number("at_ms", 0, kAtMsMax);
    read_members(reader, event);
    if (auto done = reader.finish(); !done) return pass_on(done);
    return event;
}

Result<Review> next_review(Review before, const ReviewEvent& event) {
    if (event.kind == ReviewEventKind::began) return begin_round(std::move(before), event);
    if (!before.has_begun()) {
        return usage_error(
            fmt::format("expected the review to begin, found the event {}", to_string(event.kind)));
    }
    ReviewRound& round = before.rounds.back();
    switch (event.kind) {
        case ReviewEventKind::began:
            break;
        case ReviewEventKind::rated: {
            const PersonRating rating{.reviewer = before.reviewer,
                                      .level = event.level,
                                      .anchors = event.anchors,
                                      .comment = event.comment,
                                      .is_revote = round.is_revealed};
            change(round, [&](Ballot& ballot) { ballot.ratings[event.criterion] = rating; });
            break;
        }
        case ReviewEventKind::signalled: {
            const Signal signal{before.reviewer, event.signal, event.because};
            change(round, [&](Ballot& ballot) { ballot.signal = signal; });
            break;
        }
        case ReviewEventKind::completed:
            round.is_complete = true;
            break;
        case ReviewEventKind::revealed:
            if (!before.first().is_complete) {
                return usage_error("expected a complete review before it is revealed");
            }
            before.rounds.front().is_revealed = true;
            break;
    }
    return before;
}

}  // namespace onsite
