// A scorecard as data: .onsite/grades/<k>/scorecard.json and `--format json`.
// Form: docs/reference/schemas/scorecard.schema.json.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"
#include "harness/scoring/scorecard.hpp"

namespace onsite {

// Raised when a reader of the old form could not read the new one.
inline constexpr int kScorecardVersion = 1;

nlohmann::json to_json(const Scorecard& scorecard);

// The same as text: plain ASCII, so that no terminal acts on what a candidate wrote.
std::string scorecard_text(const Scorecard& scorecard);

// Reads the facts back, to score the stored verdicts of a grade again.
// Errors: usage, when the text is not a scorecard of this version.
Result<GradeFacts> grade_facts_from_text(std::string_view scorecard_json, const std::string& where);

}  // namespace onsite
