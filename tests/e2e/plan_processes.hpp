// Two feeds, onsite-reconcile with a plan for them, and a script in its place for tests that let
// tasks die.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/command.hpp"

namespace onsite::testing {

// Of all runs, so that they are one.
inline constexpr const char* kDate = "2026-11-24";

class PlanProcesses {
public:
    explicit PlanProcesses(std::uint64_t rows);

    // All result files of a run in one process.
    std::string at_once() const;
    // onsite-reconcile with so many tasks, each started by the script of before_each_task().
    Command by_plan(int tasks, const std::vector<std::string>& more_words = {}) const;
    // All result files of that run, once it has ended; empty when there are none.
    std::string results() const { return results_in("planned"); }
    int recorded_runs() const;
    // What stands before the task itself in its script: sh, with the stage in $3 and the index in
    // $4. It is started in every task's place.
    void before_each_task(const std::string& commands) const;

    std::filesystem::path path() const { return folder_.path(); }
    // The tasks that were started, by this and earlier runs: "merge-1" once for each time.
    std::vector<std::string> started() const;
    // What the run has left for a later one.
    bool has_run_folder() const;

private:
    std::string results_in(const std::string& name) const;

    TemporaryFolder folder_;
};

}  // namespace onsite::testing
