// From levels to points, and from the points of criteria to those of a section. Used inside this
// room only.
#pragma once

#include "harness/scoring/scorecard.hpp"

namespace onsite {

// weight * (level - 1) / 3, rounded to nearest.
int points_of(int weight, int level);

// Sets the sums of the scorecard and the gates that apply, from its criteria.
void add_up(const Rubric& rubric, Scorecard& card);

}  // namespace onsite
