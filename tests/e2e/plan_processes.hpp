// Two feeds, the program that reconciles them by a plan, and a script in its place for tests that
// let tasks die.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/command.hpp"

namespace onsite::testing {

class PlanProcesses {
public:
    explicit PlanProcesses(std::uint64_t rows);

    // What a run on one machine, in one process, prints.
    std::string at_once() const;
    // onsite-plan WAY with these feeds; each of its tasks is started with task_script().
    Command by_plan(const std::string& way, int tasks,
                    std::vector<std::string> more_words = {}) const;
    // What stands before the task itself in its script: sh, with the stage in $3 and the index in
    // $4. It is started in every task's place.
    void before_each_task(const std::string& commands) const;

    std::filesystem::path path() const { return folder_.path(); }
    std::filesystem::path run_folder() const { return folder_.path() / "run"; }
    // Names of the complete outputs.
    std::vector<std::string> outputs() const;

private:
    TemporaryFolder folder_;
};

}  // namespace onsite::testing
