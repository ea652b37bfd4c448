// Summaries and samples as JSON, there and back.
//
// What is written depends on the content of the feeds alone: not on the strategy, the memory, the
// machine or the clock. Sums are strings, because they may be larger than a JSON number can be for
// those who read it as a double.
#pragma once

#include "base/json.hpp"
#include "solutions/1-reconciliation/production/output/finding_sinks.hpp"
#include "solutions/1-reconciliation/production/summary.hpp"

namespace onsite::reconcile {

Json to_json(const Summary& summary);
Json to_json(const Samples& samples);

// Errors: usage, with the member that is wrong.
Result<Summary> summary_from_json(const Json& value);
Result<Samples> samples_from_json(const Json& value);

}  // namespace onsite::reconcile
