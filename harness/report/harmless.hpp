// Scorecards with nothing in them that could harm who displays them. Used inside this room only.
#pragma once

#include "base/escape.hpp"
#include "harness/scoring/scorecard.hpp"

namespace onsite {

// The same scorecard, every string in it harmless: what the renderers get, so that none of them can
// forget one.
Scorecard harmless(Scorecard scorecard);
CriterionResult harmless(CriterionResult result);
Verdict harmless(Verdict verdict);
SelfRating harmless(SelfRating rating);

}  // namespace onsite
