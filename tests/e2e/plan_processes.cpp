#include "tests/e2e/plan_processes.hpp"

#include <fstream>
#include <stdexcept>

#include "tests/e2e/onsite.hpp"
#include "tests/support/feed_generator.hpp"

namespace onsite::testing {

namespace fs = std::filesystem;

PlanProcesses::PlanProcesses(std::uint64_t rows) {
    const FeedPlan feeds{.rows = rows,
                         .unmatched = rows / 100,
                         .discrepant = rows / 100,
                         .duplicates = rows / 1000,
                         .malformed = rows / 1000};
    const auto written = write_feeds(feeds, path() / "ledger", path() / "bank");
    if (!written) throw std::runtime_error(written.error().message);
    before_each_task("");
}

std::string PlanProcesses::results_in(const std::string& name) const {
    std::string all;
    for (const char* file :
         {"unmatched.csv", "discrepancies.csv", "rejected.csv", "summary.json"}) {
        if (fs::exists(path() / name / file)) all += read_text(path() / name / file);
    }
    return all;
}

std::string PlanProcesses::at_once() const {
    const auto result = run({.words = {program("onsite-reconcile"), "ledger", "bank", "--no-record",
                                       "--out", "at_once", "--date", kDate},
                             .folder = path()});
    if (result.status > 4 || result.status == 2 || result.status == 3) {
        throw std::runtime_error(result.errors);
    }
    return results_in("at_once");
}

Command PlanProcesses::by_plan(int tasks, const std::vector<std::string>& more_words) const {
    Command command{
        .words = {program("onsite-reconcile"), "ledger", "bank", "--date", kDate, "--out",
                  "planned", "--record", "sqlite:runs.sqlite", "--tasks", std::to_string(tasks),
                  "--shared", "shared", "--task-program", "task.sh"},
        .folder = path()};
    command.words.insert(command.words.end(), more_words.begin(), more_words.end());
    return command;
}

int PlanProcesses::recorded_runs() const {
    const auto history = run({.words = {program("onsite-reconcile"), "history", "--json",
                                        "--record", "sqlite:runs.sqlite"},
                              .folder = path()});
    return count_of("\"run\":", history.output);
}

void PlanProcesses::before_each_task(const std::string& commands) const {
    const fs::path script = path() / "task.sh";
    write_text(script, "#!/bin/sh\ncd '" + path().string() + "'\necho \"$3-$4\" >>started\n" +
                           commands + "\nexec '" + program("onsite-reconcile").string() +
                           "' \"$@\"\n");
    fs::permissions(script, fs::perms::owner_all);
}

std::vector<std::string> PlanProcesses::started() const {
    std::ifstream file(path() / "started");
    std::vector<std::string> names;
    for (std::string name; std::getline(file, name);) names.push_back(name);
    return names;
}

bool PlanProcesses::has_run_folder() const {
    for (const auto& entry : fs::directory_iterator(path() / "shared")) {
        if (entry.is_directory()) return true;
    }
    return false;
}

}  // namespace onsite::testing
