// Goal: the state of an attempt is the fold over its events, and an event that cannot follow is
// refused. No files.
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "harness/attempt/attempt_state.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;

const Event kStarted{.kind = EventKind::started,
                     .at_ms = 1'000,
                     .exercise = "greeting",
                     .language = "cpp",
                     .rules = Rules::strict};

Result<AttemptState> fold(const std::vector<Event>& events) {
    std::optional<AttemptState> state;
    for (const Event& event : events) {
        auto next = next_state(state, event);
        if (!next) return next;
        state = *next;
    }
    return *state;
}

Event graded(int number, int earned, int judged, bool is_grade = true) {
    return {.kind = EventKind::graded,
            .number = number,
            .content_hash = "cafe",
            .earned = earned,
            .judged = judged,
            .is_grade = is_grade};
}

TEST(EventTest, EveryKindIsReadBackAsItWasWritten) {
    const std::vector<Event> events = {
        kStarted,
        {.kind = EventKind::hint, .at_ms = 1, .number = 3},
        {.kind = EventKind::followup, .at_ms = 2, .number = 1},
        {.kind = EventKind::checked, .at_ms = 3, .content_hash = "ab", .passed = 2, .checks = 5},
        graded(2, 40, 87),
        {.kind = EventKind::solution_viewed, .at_ms = 4}};
    for (const Event& event : events) {
        EXPECT_EQ(event_from_json(to_json(event), "log").value(), event) << to_json(event);
    }
}

TEST(EventTest, CarriesTheTimeForPeopleAndForPrograms) {
    const Json json = to_json(kStarted);
    EXPECT_EQ(json["at"], "1970-01-01T00:00:01Z");
    EXPECT_EQ(json["at_ms"], 1'000);
}

TEST(EventTest, RefusesATimeThatWasChanged) {
    Json json = to_json(kStarted);
    json["at_ms"] = 3'600'000;
    const auto event = event_from_json(json, "line 1");
    ASSERT_FALSE(event);
    EXPECT_THAT(event.error().message, HasSubstr("expected 1970-01-01T01:00:00Z"));
}

TEST(EventTest, RefusesUnknownWordsAndKeys) {
    Json json = to_json(kStarted);
    json["event"] = "paused";
    EXPECT_FALSE(event_from_json(json, "line 1"));
    json = to_json(kStarted);
    json["rules"] = "none";
    EXPECT_FALSE(event_from_json(json, "line 1"));
    json = to_json(kStarted);
    json["score"] = 100;
    EXPECT_FALSE(event_from_json(json, "line 1"));
}

TEST(AttemptStateTest, RemembersHowItWasStarted) {
    const AttemptState state = fold({kStarted}).value();
    EXPECT_EQ(state.exercise, "greeting");
    EXPECT_EQ(state.language, "cpp");
    EXPECT_EQ(state.rules, Rules::strict);
    EXPECT_EQ(state.started_at_ms, 1'000);
    EXPECT_FALSE(state.best);
}

TEST(AttemptStateTest, CountsWhatHappened) {
    const AttemptState state = fold({kStarted,
                                     {.kind = EventKind::hint, .number = 1},
                                     {.kind = EventKind::hint, .number = 2},
                                     {.kind = EventKind::checked, .at_ms = 5'000},
                                     {.kind = EventKind::followup, .at_ms = 6'000, .number = 1},
                                     {.kind = EventKind::solution_viewed, .at_ms = 7'000}})
                                   .value();
    EXPECT_EQ(state.hints_used, 2);
    EXPECT_EQ(state.checks, 1);
    EXPECT_EQ(state.followups_revealed, 1);
    EXPECT_TRUE(state.is_solution_viewed);
    EXPECT_EQ(state.last_event_ms, 7'000);
    EXPECT_EQ(state.started_at_ms, 1'000);
}

TEST(AttemptStateTest, KeepsTheBestGrade) {
    const AttemptState state =
        fold({kStarted, graded(1, 40, 60), graded(2, 50, 60), graded(3, 45, 87)}).value();
    EXPECT_EQ(state.grades, 3);
    EXPECT_EQ(state.best, (Score{.earned = 50, .judged = 60}));
}

TEST(AttemptStateTest, PrefersTheGradeThatLeftLessOpen) {
    const AttemptState state = fold({kStarted, graded(1, 40, 60), graded(2, 40, 87)}).value();
    EXPECT_EQ(state.best, (Score{.earned = 40, .judged = 87}));
}

TEST(AttemptStateTest, NeverTakesARunWithoutIsolationForTheBest) {
    const AttemptState state = fold({kStarted, graded(1, 99, 99, false)}).value();
    EXPECT_EQ(state.grades, 1);
    EXPECT_FALSE(state.best);
}

TEST(AttemptStateTest, RefusesEventsThatCannotFollow) {
    const Event second_hint{.kind = EventKind::hint, .number = 2};
    EXPECT_THAT(fold({kStarted, second_hint}).error().message,
                HasSubstr("expected hint 1, found hint 2"));
    const Event same_followup{.kind = EventKind::followup, .number = 1};
    EXPECT_THAT(fold({kStarted, same_followup, same_followup}).error().message,
                HasSubstr("expected follow-up 2, found follow-up 1"));
    EXPECT_THAT(fold({kStarted, graded(7, 1, 1)}).error().message, HasSubstr("expected grade 1"));
    EXPECT_THAT(fold({kStarted, kStarted}).error().message, HasSubstr("started first and once"));
    EXPECT_FALSE(fold({second_hint}));
}

}  // namespace
}  // namespace onsite
