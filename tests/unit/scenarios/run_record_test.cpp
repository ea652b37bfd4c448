// A trace is evidence: what was changed, cut or made up is not judged.
#include "scenarios/trace/run_record.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/stable_hash.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/player/player.hpp"

namespace onsite::scenarios {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kOneClick = R"({
    "schema": 1, "id": "one-click", "story": "A click.", "clock": "2026-01-05T09:00:00Z",
    "steps": [{"order": "order-1", "do": "pay", "amount": 1999, "currency": "usd",
               "card": "pm_card_visa"}],
    "expect": {"reference": []}
})";

std::string one_click() {
    return play(read_scenario(kOneClick, "one-click").value(), *find_shop(kReference)).trace;
}

std::string problem(const std::string& trace) {
    const auto read = read_trace(trace);
    return read ? "" : read.error().message;
}

TEST(RunRecordTest, KnowsWhoseWorkALineIs) {
    const auto run = read_trace(one_click());
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_EQ(run->shop, "reference");
    EXPECT_EQ(run->scenario.id, "one-click");
    int charges = 0;
    for (const TraceEvent& event : run->events) {
        EXPECT_EQ(event.line, event.number("i"));
        if (!event.is("charge")) continue;
        ++charges;
        EXPECT_EQ(run->operation_of(event), "order-1.pay");
        EXPECT_EQ(run->order_of(event), "order-1");
    }
    EXPECT_EQ(charges, 1);
}

TEST(RunRecordTest, EveryCauseIsAnEarlierLine) {
    const auto run = read_trace(one_click());
    ASSERT_TRUE(run);
    int with_cause = 0;
    for (const TraceEvent& event : run->events) {
        if (event.text("cause").empty()) continue;
        ++with_cause;
        EXPECT_LT(event.number("cause"), event.line);
        EXPECT_GE(event.number("cause"), 0);
    }
    EXPECT_GT(with_cause, 5);
}

TEST(RunRecordTest, RefusesATraceThatWasChanged) {
    const std::string trace = one_click();
    EXPECT_EQ(problem(trace), "");
    std::string changed = trace;
    changed.replace(changed.rfind("\"what\":\"paid\""), 13, "\"what\":\"lost\"");
    EXPECT_THAT(problem(changed), HasSubstr("was changed"));
    EXPECT_THAT(problem(trace.substr(0, trace.size() - 1)), HasSubstr("torn"));
    const auto last_line = trace.rfind('\n', trace.size() - 2) + 1;
    EXPECT_THAT(problem(trace.substr(0, last_line)), HasSubstr("cut"));
    EXPECT_THAT(problem(trace.substr(trace.find('\n') + 1)), HasSubstr("begins"));
    EXPECT_THAT(problem("nonsense\n"), HasSubstr("line 0"));
    EXPECT_THAT(problem(""), HasSubstr("cut"));
}

// Whatever compiler and flags: a change here is a change of every trace that somebody keeps, and
// belongs into the changelog.
TEST(PlayTest, GivesTheSameBytesOnEveryMachine) {
    EXPECT_EQ(read_trace(one_click())->hash, "d039885fa5c4244a");
}

TEST(FirstDifferenceTest, NamesTheLine) {
    EXPECT_EQ(first_difference("a\nb\n", "a\nb\n"), -1);
    EXPECT_EQ(first_difference("a\nb\n", "a\nc\n"), 1);
    EXPECT_EQ(first_difference("a\n", "a\nb\n"), 1);
    EXPECT_EQ(first_difference("x", ""), 0);
}

// The same trace with a space in each line, which only the parser reads, and its own hash.
std::string spaced(std::string_view trace) {
    std::string out;
    std::uint64_t hash = 0;
    while (!trace.empty()) {
        std::string line(trace.substr(0, trace.find('\n') + 1));
        trace.remove_prefix(line.size());
        line.insert(1, " ");
        const auto footer = line.find("\"hash\":\"");
        if (trace.empty()) line.replace(footer + 8, 16, fmt::format("{:016x}", hash));
        hash = add_to_hash(hash, line);
        out += line;
    }
    return out;
}

TEST(RunRecordTest, APlainLineIsReadAsTheParserReadsIt) {
    Scenario scenario = read_scenario(kOneClick, "one-click").value();
    scenario.steps[0].card = "pm \"quoted\" \u00e9";
    scenario.start_us = 0;
    const std::string trace = play(scenario, *find_shop(kReference)).trace;
    const auto plain = read_trace(trace);
    const auto parsed = read_trace(spaced(trace));
    ASSERT_TRUE(plain) << plain.error().message;
    ASSERT_TRUE(parsed) << parsed.error().message;
    const RunRecord own = record_of(trace, scenario);
    ASSERT_EQ(plain->events.size(), parsed->events.size());
    ASSERT_EQ(plain->events.size(), own.events.size());
    for (std::size_t i = 0; i + 1 < plain->events.size(); ++i) {
        EXPECT_EQ(plain->events[i].kind, parsed->events[i].kind);
        EXPECT_EQ(plain->events[i].members, parsed->events[i].members);
        EXPECT_EQ(plain->events[i].members, own.events[i].members);
        EXPECT_EQ(plain->events[i].time_us, parsed->events[i].time_us);
    }
    EXPECT_EQ(own.hash, plain->hash);
    EXPECT_EQ(own.shop, plain->shop);
    EXPECT_EQ(own.requests, plain->requests);
}

TEST(RunRecordTest, KnowsWhichAttemptAnAnswerEnds) {
    const auto run = read_trace(one_click());
    ASSERT_TRUE(run) << run.error().message;
    const auto find = [&](std::string_view kind) {
        return std::ranges::find(run->events, kind, &TraceEvent::kind);
    };
    EXPECT_EQ(run->send_of(*find("answer")), &*find("send"));
    EXPECT_EQ(run->end_before(*find("send")), nullptr);  // A click led to it.
}

// A drill judges the lines of one order at a time.
TEST(RunRecordTest, APartOfARunKnowsTheCausesThatItHas) {
    auto part = read_trace(one_click());
    ASSERT_TRUE(part) << part.error().message;
    part->events.erase(part->events.begin());
    const auto find = [&](std::string_view kind) {
        return std::ranges::find(part->events, kind, &TraceEvent::kind);
    };
    EXPECT_EQ(part->cause_of(*find("send")), &*find("step"));
    part->events.erase(find("step"));
    EXPECT_EQ(part->cause_of(*find("send")), nullptr);
}

TEST(RunRecordTest, ATraceThatGoesRoundInACircleHasNoBeginning) {
    auto run = read_trace(one_click());
    ASSERT_TRUE(run) << run.error().message;
    const auto answer = std::ranges::find(run->events, "answer", &TraceEvent::kind);
    const auto reply = std::ranges::find(run->events, "reply", &TraceEvent::kind);
    const auto request = std::ranges::find(run->events, "req", &TraceEvent::kind);
    for (auto& [name, value] : request->members) {
        if (name == "cause") value = std::to_string(reply->line);
    }
    EXPECT_EQ(run->send_of(*answer), nullptr);
}

}  // namespace
}  // namespace onsite::scenarios
