// What the commands about recorded runs share.
#pragma once

#include "base/json.hpp"
#include "solutions/1-reconciliation/production/cli/commands.hpp"
#include "solutions/1-reconciliation/production/record/run_store.hpp"

namespace onsite::reconcile {

// The run that the words name. Errors: usage when there is none or several.
Result<StoredRun> find_run(const RecordWords& words);

Json to_json(const RunLine& line);

}  // namespace onsite::reconcile
