// Goal: the clock of an attempt is the sum of the time between its events, without pauses; whatever
// the machine's clock does, it never runs backwards; and a seal is the end of it. No files.
#include "harness/attempt/attempt.hpp"
#include "harness/attempt/attempt_state.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;

Event started(Rules rules = Rules::practice) {
    return {.kind = EventKind::started, .at_ms = 1'000, .exercise = "x", .rules = rules};
}
Event at(std::int64_t at_ms, EventKind kind) { return {.kind = kind, .at_ms = at_ms}; }

Result<AttemptState> fold(const std::vector<Event>& events) {
    std::optional<AttemptState> state;
    for (const Event& event : events) {
        auto next = next_state(state, event);
        if (!next) return next;
        state = *next;
    }
    return *state;
}

std::int64_t shows(const AttemptState& state, std::int64_t now_ms) {
    SimulatedClock clock(now_ms);
    return elapsed_ms(state, clock);
}

TEST(ClockTest, DoesNotRunInAPause) {
    const AttemptState paused =
        fold({started(), at(5'000, EventKind::checked), at(11'000, EventKind::paused)}).value();
    EXPECT_EQ(shows(paused, 999'000), 10'000);
    const AttemptState resumed =
        fold({started(), at(11'000, EventKind::paused), at(500'000, EventKind::resumed)}).value();
    EXPECT_EQ(shows(resumed, 507'000), 17'000);
}

TEST(ClockTest, IsNotTurnedBackWithTheMachinesClock) {
    const AttemptState state =
        fold({started(), at(61'000, EventKind::checked), at(31'000, EventKind::checked)}).value();
    EXPECT_EQ(state.set_back_ms, 30'000);
    EXPECT_EQ(shows(state, 31'000), 60'000) << "what was counted stays counted";
    EXPECT_EQ(shows(state, 41'000), 70'000) << "and it goes on from the new time";
    EXPECT_EQ(shows(state, 1'000), 60'000) << "also between two events";
}

TEST(ClockTest, StopsAtTheSeal) {
    Event seal = at(61'000, EventKind::sealed);
    seal.seal.used_ms = 60'000;
    const AttemptState state = fold({started(), seal, at(90'000, EventKind::rated)}).value();
    EXPECT_EQ(shows(state, 900'000), 60'000);
}

TEST(ClockTest, ASealThatCameLateCountsTheTimeThatWasAllowed) {
    Event seal = at(7'200'000, EventKind::sealed);
    seal.seal.used_ms = seal.seal.allowed_ms = 60'000;
    EXPECT_EQ(fold({started(), seal}).value().used_ms, 60'000);
}

TEST(PauseTest, IsRefusedWhereItMakesNoSense) {
    EXPECT_THAT(fold({started(Rules::strict), at(2'000, EventKind::paused)}).error().message,
                HasSubstr("a strict attempt has no pauses"));
    const Event pause = at(2'000, EventKind::paused);
    EXPECT_FALSE(fold({started(), pause, pause}));
    EXPECT_FALSE(fold({started(), at(2'000, EventKind::resumed)}));
}

TEST(SealedStateTest, OnlyWhatOthersMakeOfItMayFollow) {
    const Event seal = at(2'000, EventKind::sealed);
    for (const EventKind kind :
         {EventKind::followup, EventKind::checked, EventKind::paused, EventKind::sealed}) {
        Event event = at(3'000, kind);
        event.number = 1;
        EXPECT_THAT(fold({started(), seal, event}).error().message, HasSubstr("is sealed"));
    }
    Event grade = at(3'000, EventKind::graded);
    grade.number = 1;
    EXPECT_TRUE(fold({started(), seal, grade, at(4'000, EventKind::rated)}));
}

TEST(RatingTest, TheLastOneOfACriterionStands) {
    const auto rated = [](const char* criterion, int level) {
        return Event{.kind = EventKind::rated,
                     .at_ms = 2'000,
                     .rating = {.criterion = criterion, .level = level, .anchor = "event:1"}};
    };
    const AttemptState state =
        fold({started(), rated("clarity", 2), rated("tests", 1), rated("clarity", 3)}).value();
    ASSERT_EQ(state.ratings.size(), 2u);
    EXPECT_EQ(state.ratings[0].criterion, "clarity");
    EXPECT_EQ(state.ratings[0].level, 3);
}

}  // namespace
}  // namespace onsite
