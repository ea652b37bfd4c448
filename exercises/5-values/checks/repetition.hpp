// Answers that say the same over and over: "I did I wrote I built", as often as it takes.
#pragma once

#include "exercises/5-values/checks/answers.hpp"

namespace onsite::values {

// Of all words, in percent, those in a run of four that the answer has said before. People who
// tell something stay below 10.
int percent_said_before(const Answer& answer);

// Whether more than half of it was said before.
bool repeats_itself(const Answer& answer);

}  // namespace onsite::values
