// One run from its question to its record, for the commands that make runs.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "solutions/1-reconciliation/production/cli/commands.hpp"
#include "solutions/1-reconciliation/production/record/run_record.hpp"

namespace onsite::reconcile {

// Where the results of a run go besides its record; nowhere when `folder` is empty.
struct OutWords {
    std::string folder;
    std::string form;  // csv or ndjson.
};

struct RunOrder {
    Question question;
    Settings settings;  // The hash key is chosen when the run begins.
    std::string key;    // key_of(question).
    OutWords out = {};
    std::optional<PlanWords> plan = {};  // Nothing: all in this process.
    // What the files are called in findings and record; nothing: as in the question.
    std::optional<FileNames> names = {};
};

// Reconciles and writes the results, which get their final name when `keep` has kept the record:
// a run whose record could not be kept leaves nothing, but for the folder of a plan, with which the
// next run goes on.
// Errors: those of reconcile_feeds or reconcile_by_plan and of `keep`; tool when the results cannot
// be written.
Result<RunRecord> make_run(const RunOrder& order, const Machine& machine,
                           const std::function<Result<RunRecord>(RunRecord)>& keep);

}  // namespace onsite::reconcile
