// A rubric with one criterion of each kind, and facts of a grade, for tests of scores and reports.
#pragma once

#include <string>
#include <vector>

#include "harness/scoring/scorecard.hpp"

namespace onsite::testing {

inline std::vector<Level> four_levels() {
    return {{.level = 1, .percent = 0, .behaviour = "does not greet"},
            {.level = 2, .percent = 40, .behaviour = "greets some people"},
            {.level = 3, .percent = 80, .behaviour = "greets nearly everybody"},
            {.level = 4, .percent = 100, .behaviour = "greets everybody"}};
}

inline Rubric small_rubric() {
    return {.exercise = "greeting",
            .version = 1,
            .criteria = {{.id = "polite",
                          .title = "Greets politely",
                          .weight = 60,
                          .judge = Judge::checks,
                          .followup = 0,
                          .checks = {"says_hello", "says_goodbye"},
                          .evidence = {},
                          .levels = four_levels()},
                         {.id = "many",
                          .title = "Greets many",
                          .weight = 25,
                          .judge = Judge::checks,
                          .followup = 1,
                          .checks = {"greets_a_million"},
                          .evidence = {},
                          .levels = four_levels()},
                         {.id = "clear",
                          .title = "Is clear to read",
                          .weight = 15,
                          .judge = Judge::person,
                          .followup = 0,
                          .checks = {},
                          .evidence = {"the names", "the length of functions"},
                          .levels = four_levels()}}};
}

inline GradeFacts small_facts() {
    GradeFacts facts;
    facts.exercise = "greeting";
    facts.title = "Greet everybody";
    facts.attempt = "greeting-2";
    facts.language = "cpp";
    facts.content_hash = std::string(64, 'a');
    facts.seed = 18'446'744'073'709'551'615u;
    facts.toolchain = "g++ 12.2.0 -O2";
    facts.checks_hash = std::string(64, 'c');
    facts.isolation = {.layers = LayerSet::all(), .level = IsolationLevel::full, .notes = {}};
    facts.started_at_ms = 1'772'359'872'000;
    facts.graded_at_ms = facts.started_at_ms + 25 * 60'000 + 30'000;
    facts.duration_ms = 12'345;
    facts.minutes_allowed = 45;
    facts.followups_revealed = 0;
    facts.followups_total = 1;
    facts.hints_used = 1;
    facts.replay = "onsite grade greeting --seed 18446744073709551615";
    return facts;
}

}  // namespace onsite::testing
