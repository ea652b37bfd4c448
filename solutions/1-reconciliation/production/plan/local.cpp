#include "solutions/1-reconciliation/production/plan/local.hpp"

#include <chrono>
#include <deque>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/plan/process.hpp"
#include "solutions/1-reconciliation/production/plan/task.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::chrono::milliseconds kLook{5};

struct Attempt {
    std::size_t index = 0;
    int number = 1;
};

struct RunningTask {
    Attempt attempt;
    Process process;
};

// The tasks of one stage.
class StageRun {
public:
    StageRun(const Plan& plan, const std::filesystem::path& folder, Stage stage,
             const RunnerSettings& settings)
        : plan_(plan), folder_(folder), stage_(stage), settings_(settings) {
        for (const std::size_t index : missing_tasks(plan, folder, stage)) {
            waiting_.push_back({.index = index});
        }
    }

    Result<void> run(std::size_t at_once) {
        while (!waiting_.empty() || !running_.empty()) {
            // Processes end with the list when the run is given up.
            if (settings_.is_stopped()) return stopped_error(folder_);
            while (running_.size() < at_once && !waiting_.empty()) {
                if (auto started = start(); !started) return started;
            }
            if (auto looked = look(); !looked) return looked;
        }
        return {};
    }

private:
    Result<void> start() {
        const Attempt attempt = waiting_.front();
        waiting_.pop_front();
        const std::string name = fmt::format("{}-{}", to_string(stage_), attempt.index);
        auto process =
            Process::start({settings_.program.string(), "task", folder_.string(),
                            std::string(to_string(stage_)), std::to_string(attempt.index)},
                           folder_ / "logs" / (name + ".log"));
        if (!process) return pass_on(process);
        running_.push_back({attempt, std::move(*process)});
        return {};
    }

    // Takes note of those that have ended; waits a little when none has.
    Result<void> look() {
        bool has_changed = false;
        for (std::size_t i = 0; i < running_.size();) {
            const auto status = running_[i].process.ended();
            if (!status) {
                ++i;
                continue;
            }
            const Attempt attempt = running_[i].attempt;
            running_[i] = std::move(running_.back());
            running_.pop_back();
            has_changed = true;
            if (auto judged = judge(attempt, *status); !judged) return judged;
        }
        if (!has_changed) {
            settings_.pause(kLook);
        } else if (settings_.progress) {
            const std::size_t left = waiting_.size() + running_.size();
            settings_.progress({stage_, plan_.tasks(stage_) - left, plan_.tasks(stage_)});
        }
        return {};
    }

    Result<void> judge(const Attempt& attempt, int status) {
        if (status == 0 && is_done(folder_, stage_, attempt.index)) return {};
        const auto said = task_error(folder_, stage_, attempt.index);
        const bool is_hopeless = said && said->kind == ErrorKind::usage;
        if (is_hopeless || attempt.number == kTaskAttemptsMax) {
            return std::unexpected(final_error(folder_, stage_, attempt.index));
        }
        waiting_.push_back({.index = attempt.index, .number = attempt.number + 1});
        return {};
    }

    const Plan& plan_;
    const std::filesystem::path& folder_;
    const Stage stage_;
    const RunnerSettings& settings_;
    std::deque<Attempt> waiting_;
    std::vector<RunningTask> running_;
};

}  // namespace

Result<void> run_plan_locally(const Plan& plan, const std::filesystem::path& folder, int at_once,
                              const RunnerSettings& settings) {
    if (at_once < 1) {
        return usage_error(fmt::format("expected 1 or more tasks at a time, found {}", at_once));
    }
    clear_errors(folder);
    for (std::size_t number = 0; number < kStages; ++number) {
        StageRun stage(plan, folder, static_cast<Stage>(number), settings);
        if (auto done = stage.run(static_cast<std::size_t>(at_once)); !done) return done;
    }
    return {};
}

}  // namespace onsite::reconcile
