// The scorecards whose reports are pinned: one for each way a grade can go.
#pragma once

#include <string>
#include <vector>

#include "harness/scoring/scorecard.hpp"

namespace onsite::testing {

struct Sample {
    std::string name;  // Of the golden files: "mixed" -> reports/mixed.txt, mixed.html, ...
    Scorecard scorecard;
};

// mixed: some of everything, among it hostile text. full: all that checks judge. starter: nothing
// is solved. broken: the answer does not compile. not_a_grade: it ran without isolation.
std::vector<Sample> sample_scorecards();

}  // namespace onsite::testing
