// Goal: an interview's sections begin and end once and in order, and the state is the fold over the
// events. No files.
#include "harness/loop/loop_state.hpp"

#include <nlohmann/json.hpp>

#include "base/json.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;

const LoopEvent kStarted{.kind = LoopEventKind::started,
                         .at_ms = 1'000,
                         .rules = Rules::strict,
                         .language = "python",
                         .sections = {{"first", 60'000}, {"second", 30'000}}};

LoopEvent begun(const char* attempt, std::int64_t at_ms = 2'000) {
    return {
        .kind = LoopEventKind::section_started, .at_ms = at_ms, .attempt = attempt, .hash = "a1"};
}
LoopEvent ended(const char* attempt, std::int64_t at_ms = 3'000) {
    return {
        .kind = LoopEventKind::section_sealed, .at_ms = at_ms, .attempt = attempt, .hash = "b2"};
}

Result<LoopState> fold(const std::vector<LoopEvent>& events) {
    std::optional<LoopState> state;
    for (const LoopEvent& event : events) {
        auto next = next_loop_state(state, event);
        if (!next) return next;
        state = *next;
    }
    return *state;
}

TEST(LoopStateTest, GoesThroughItsSectionsInOrder) {
    EXPECT_EQ(fold({kStarted}).value().current(), 0u);
    const LoopState one = fold({kStarted, begun("first-1"), ended("first-1")}).value();
    EXPECT_EQ(one.current(), 1u);
    EXPECT_EQ(one.sections[0].seal, "b2");
    EXPECT_EQ(one.sections[0].first_line, "a1");
    EXPECT_FALSE(one.is_finished());
    EXPECT_TRUE(
        fold({kStarted, begun("first-1"), ended("first-1"), begun("second-1"), ended("second-1")})
            .value()
            .is_finished());
}

TEST(LoopStateTest, RefusesEventsThatCannotFollow) {
    EXPECT_THAT(fold({begun("first-1")}).error().message, HasSubstr("started first and once"));
    EXPECT_FALSE(fold({kStarted, kStarted}));
    EXPECT_THAT(fold({kStarted, ended("first-1")}).error().message,
                HasSubstr("the beginning of first"));
    EXPECT_THAT(fold({kStarted, begun("first-1"), begun("first-2")}).error().message,
                HasSubstr("the end of first-1"));
    EXPECT_FALSE(fold({kStarted, begun("first-1"), ended("first-2")}));
    LoopEvent without_seal = ended("first-1");
    without_seal.hash.clear();
    EXPECT_FALSE(fold({kStarted, begun("first-1"), without_seal}));
    EXPECT_THAT(fold({kStarted, begun("first-1"), ended("first-1"), begun("second-1"),
                      ended("second-1"), begun("third-1")})
                    .error()
                    .message,
                HasSubstr("nothing after the last section"));
}

TEST(LoopStateTest, NamesAClockThatWasSetBack) {
    const LoopState state =
        fold({kStarted, begun("first-1", 90'000), ended("first-1", 30'000)}).value();
    EXPECT_EQ(state.set_back_ms, 60'000);
}

TEST(LoopEventTest, EveryKindIsReadBackAsItWasWritten) {
    for (const LoopEvent& event : {kStarted, begun("first-1"), ended("first-1")}) {
        EXPECT_EQ(loop_event_from_json(to_json(event), "log").value(), event) << to_json(event);
    }
}

TEST(LoopEventTest, RefusesANameThatLeadsElsewhere) {
    for (const char* const name : {"../first-1", "/first-1", "first\x1b[2J-1"}) {
        EXPECT_FALSE(loop_event_from_json(to_json(begun(name)), "log")) << name;
    }
}

TEST(LoopEventTest, RefusesWhatNobodyWrote) {
    const auto is_refused = [](const char* key, const Json& value) {
        Json json = to_json(kStarted);
        json[key] = value;
        return !loop_event_from_json(json, "log").has_value();
    };
    EXPECT_TRUE(is_refused("event", "paused"));
    EXPECT_TRUE(is_refused("rules", "none"));
    EXPECT_TRUE(is_refused("score", 100));
    EXPECT_TRUE(is_refused("at_ms", 7'000'000));
    EXPECT_TRUE(is_refused("sections", Json::array()));
    EXPECT_TRUE(is_refused("sections", {{{"slug", "x"}, {"allowed_ms", 0}}}));
    EXPECT_TRUE(is_refused("sections", {{{"slug", "x"}, {"allowed_ms", 5}, {"more", 1}}}));
}

}  // namespace
}  // namespace onsite
