// How long an answer takes to say.
#pragma once

#include <cstddef>

#include "exercises/5-values/checks/answers.hpp"

namespace onsite::values {

inline constexpr std::size_t kWordsPerMinute = 140;
inline constexpr int kStorySecondsMin = 90;
inline constexpr int kStorySecondsMax = 180;
inline constexpr int kWhySecondsMin = 15;
inline constexpr int kWhySecondsMax = 60;

// What the notes say; else the words at kWordsPerMinute, rounded down.
int spoken_seconds(const Answer& answer);

}  // namespace onsite::values
