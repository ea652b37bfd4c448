// Where the time of an attempt went: from its start to the first follow-up, from each follow-up to
// the next, and to the grade that is reviewed.
#pragma once

#include <span>
#include <vector>

#include "harness/attempt/event.hpp"
#include "harness/scoring/ballot.hpp"

namespace onsite {

// Of the events until the grade of this number; until the last event when there is none of it.
// Never negative, also when the machine's clock was set back.
std::vector<TimedPart> timed_parts(std::span<const Event> events, int grade);

}  // namespace onsite
