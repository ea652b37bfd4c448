// Advice on one answer: what a listener will miss, and where. Never a judgement of a person.
//
// Each function answers one question about one story and says nothing (nullopt) when there is
// nothing to say.
#pragma once

#include <optional>
#include <string>

#include "exercises/5-values/checks/answers.hpp"
#include "exercises/5-values/checks/star_parts.hpp"

namespace onsite::values {

struct Advice {
    Span place;        // Line 0: of the answer as a whole.
    std::string note;  // One sentence: what was found, what to do.
};

// A story with its parts.
struct Story {
    const Answer& answer;
    StarParts parts;
};
Story story_of(const Answer& answer);

// "situation 20 %, task 9 %, action 57 %, result 9 %, learning 5 %", of the words.
std::string shares_of(const Story& story);

inline constexpr int kActionPercentMin = 50;
inline constexpr int kHypotheticalPercentMax = 30;
inline constexpr std::size_t kPastPercentMin = 30;  // Of the sentences, when nobody does anything.
inline constexpr std::size_t kDeedsMin = 2;
inline constexpr std::size_t kHedgesMax = 2;
inline constexpr std::size_t kWordsPerHedge = 100;  // A long answer may have more.

std::optional<Advice> lacks_a_beginning(const Story& story);  // Situation, task and action.
std::optional<Advice> lacks_a_result(const Story& story);
std::optional<Advice> has_little_action(const Story& story);
std::optional<Advice> says_we_for_i(const Story& story);
std::optional<Advice> is_no_story(const Story& story);  // Too few deeds, or is_pseudo_story.
// Habits and intentions instead of something that happened.
bool is_pseudo_story(const Story& story);
std::optional<Advice> is_nowhere(const Story& story);  // No time, no place.
// Both say nothing about a story without a result: lacks_a_result does.
std::optional<Advice> has_no_number(const Story& story);
std::optional<Advice> has_no_baseline(const Story& story);  // Nor about a result without a number.
std::optional<Advice> names_no_trade_off(const Story& story);
std::optional<Advice> names_no_learning(const Story& story);
std::optional<Advice> hedges(const Story& story);
std::optional<Advice> blames(const Story& story);
std::optional<Advice> takes_too_long(const Story& story);  // Or is too short.

}  // namespace onsite::values
