// One run from its question to its record, for the commands that make runs.
#pragma once

#include <string>

#include "solutions/1-reconciliation/production/cli/commands.hpp"
#include "solutions/1-reconciliation/production/record/run_record.hpp"

namespace onsite::reconcile {

// Where the results of a run go besides its record; nowhere when `folder` is empty.
struct OutWords {
    std::string folder;
    std::string form;  // csv or ndjson.
};

// Reconciles and writes the results, which get their final name when `keep` has kept the record:
// a run whose record could not be kept leaves nothing.
// Errors: those of reconcile_feeds and `keep`; tool when the results cannot be written.
Result<RunRecord> make_run(const Question& question, const Settings& settings,
                           const std::string& key, const OutWords& out, const Machine& machine,
                           const std::function<Result<RunRecord>(RunRecord)>& keep);

}  // namespace onsite::reconcile
