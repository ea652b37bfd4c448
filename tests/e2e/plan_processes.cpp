#include "tests/e2e/plan_processes.hpp"

#include <algorithm>
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

std::string PlanProcesses::at_once() const {
    const auto result =
        run({.words = {program("onsite-plan"), "once", path() / "ledger", path() / "bank"}});
    if (result.status != 0) throw std::runtime_error(result.errors);
    return result.output;
}

Command PlanProcesses::by_plan(const std::string& way, int tasks,
                               std::vector<std::string> more_words) const {
    Command command{.words = {program("onsite-plan"), way, path() / "ledger", path() / "bank",
                              run_folder(), std::to_string(tasks), path() / "task.sh"},
                    .folder = path()};
    command.words.insert(command.words.end(), more_words.begin(), more_words.end());
    return command;
}

void PlanProcesses::before_each_task(const std::string& commands) const {
    const fs::path script = path() / "task.sh";
    write_text(script, "#!/bin/sh\ncd '" + path().string() + "'\n" + commands + "\nexec '" +
                           program("onsite-plan").string() + "' \"$@\"\n");
    fs::permissions(script, fs::perms::owner_all);
}

std::vector<std::string> PlanProcesses::outputs() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(run_folder() / "out")) {
        const std::string name = entry.path().filename();
        if (name.find(".part-") == std::string::npos) names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace onsite::testing
