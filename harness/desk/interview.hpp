// A whole interview as the commands of `onsite loop` use it: the log of the interview and the
// attempts that are its sections, brought together.
#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"
#include "harness/cli/app.hpp"
#include "harness/cli/session.hpp"
#include "harness/loop/loop_store.hpp"
#include "harness/report/loop_report.hpp"

namespace onsite {

struct Interview {
    Loop loop;
    std::optional<OpenedAttempt> running;  // The section that was begun and has not ended.
    Settled settled;                       // What bringing it up to now brought.
    std::optional<OpenedAttempt> ended;    // The section whose time was found to be up.
};

// `name` is "loop-2" or empty: the latest. Nothing when there is no interview at all.
// Errors: usage, when its log was damaged.
Result<std::optional<Loop>> find_loop(const App& app, const std::string& name);

// Mends what a crash left between two logs, reveals what is due, and ends the section whose time is
// up. Errors: usage, when an attempt of the interview is missing or damaged; tool.
Result<Interview> bring_up_to_now(App& app, Loop loop);

// Begins the next section. REQUIRES: none is running and one is left.
Result<void> begin_section(App& app, Interview& interview);

// Ends the section that runs. REQUIRES: one is running.
Result<void> end_section(App& app, Interview& interview);

// Everything there is to tell about it. Errors: as bring_up_to_now.
Result<LoopReport> report_of(App& app, const Loop& loop);

}  // namespace onsite
