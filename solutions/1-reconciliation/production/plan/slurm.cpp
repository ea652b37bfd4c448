#include "solutions/1-reconciliation/production/plan/slurm.hpp"

#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/ascii.hpp"
#include "solutions/1-reconciliation/production/plan/process.hpp"
#include "solutions/1-reconciliation/production/plan/task.hpp"

namespace onsite::reconcile {
namespace {

// The controller may be restarted while the run goes on.
constexpr int kUnansweredMax = 60;

// For the shell of a batch script.
std::string quoted(const std::string& word) {
    std::string out = "'";
    for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

// "0-3,7": indices in rising order.
std::string array_of(std::span<const std::size_t> indices) {
    std::string text;
    for (std::size_t i = 0; i < indices.size();) {
        std::size_t last = i;
        while (last + 1 < indices.size() && indices[last + 1] == indices[last] + 1) ++last;
        if (!text.empty()) text += ',';
        text += last == i ? fmt::format("{}", indices[i])
                          : fmt::format("{}-{}", indices[i], indices[last]);
        i = last + 1;
    }
    return text;
}

class SlurmRun {
public:
    SlurmRun(const Plan& plan, const std::filesystem::path& folder, const RunnerSettings& settings,
             const SlurmSettings& slurm)
        : plan_(plan),
          folder_(std::filesystem::absolute(folder)),
          settings_(settings),
          slurm_(slurm) {}
    SlurmRun(const SlurmRun&) = delete;
    SlurmRun& operator=(const SlurmRun&) = delete;
    ~SlurmRun() { cancel(); }

    Result<void> run() {
        clear_errors(folder_);
        for (int attempt = 1; attempt <= kTaskAttemptsMax; ++attempt) {
            if (auto submitted = submit_missing(); !submitted) return submitted;
            if (jobs_.empty()) return {};
            if (auto waited = wait(); !waited) return waited;
            jobs_.clear();
            if (auto judged = judge(attempt); !judged) return judged;
        }
        return {};
    }

private:
    // Every stage that is not done, each after the one before it.
    Result<void> submit_missing() {
        for (std::size_t number = 0; number < kStages; ++number) {
            const auto stage = static_cast<Stage>(number);
            const auto missing = missing_tasks(plan_, folder_, stage);
            if (missing.empty()) continue;
            if (auto submitted = submit(stage, missing); !submitted) return submitted;
        }
        return {};
    }

    Result<void> submit(Stage stage, std::span<const std::size_t> tasks) {
        const std::string name(to_string(stage));
        std::vector<std::string> words = {
            "sbatch",
            "--parsable",
            "--requeue",
            "--kill-on-invalid-dep=yes",
            "--open-mode=append",
            "--job-name=" + job_name(),
            "--array=" + array_of(tasks),
            "--output=" + (folder_ / "logs" / (name + "-%a.log")).string()};
        if (!jobs_.empty()) words.push_back("--dependency=afterok:" + jobs_.back());
        words.insert(words.end(), slurm_.sbatch_words.begin(), slurm_.sbatch_words.end());
        words.push_back("--wrap=exec " + quoted(settings_.program.string()) + " task " +
                        quoted(folder_.string()) + " " + name + " \"$SLURM_ARRAY_TASK_ID\"");
        auto said = run_command(words);
        if (!said) return pass_on(said);
        if (said->status != 0) {
            return usage_error(fmt::format(
                "expected Slurm to take {} tasks, found: {}; check the words for sbatch and that "
                "the cluster is up (sinfo)",
                name, trimmed(said->errors)));
        }
        // "JOB" or "JOB;CLUSTER".
        const std::string_view answer = said->output;
        jobs_.emplace_back(trimmed(answer.substr(0, answer.find(';'))));
        return {};
    }

    // Until none of the jobs waits or runs.
    Result<void> wait() {
        int unanswered = 0;
        while (unanswered < kUnansweredMax) {
            if (settings_.is_stopped()) return stopped_error(folder_);
            report();
            auto said =
                run_command({"squeue", "--noheader", "--format=%A", "--name=" + job_name()});
            if (!said) return pass_on(said);
            if (said->status == 0 && trimmed(said->output).empty()) return {};
            unanswered = said->status == 0 ? 0 : unanswered + 1;
            settings_.pause(slurm_.look_every);
        }
        return tool_error(fmt::format(
            "expected an answer from squeue, found none in {} attempts; check that slurmctld runs, "
            "then run again: what is done stays done",
            kUnansweredMax));
    }

    void report() {
        if (!settings_.progress) return;
        if (const auto progress = progress_of(plan_, folder_)) settings_.progress(*progress);
    }

    // After all jobs have ended: is it worth another attempt?
    Result<void> judge(int attempt) const {
        for (std::size_t number = 0; number < kStages; ++number) {
            const auto stage = static_cast<Stage>(number);
            const auto missing = missing_tasks(plan_, folder_, stage);
            for (const std::size_t index : missing) {
                const auto said = task_error(folder_, stage, index);
                const bool is_hopeless = said && said->kind == ErrorKind::usage;
                if (is_hopeless || attempt == kTaskAttemptsMax) {
                    return std::unexpected(final_error(folder_, stage, index));
                }
            }
            // Later stages had nothing to begin with.
            if (!missing.empty()) return {};
        }
        return {};
    }

    void cancel() {
        if (jobs_.empty()) return;
        std::vector<std::string> words = {"scancel"};
        words.insert(words.end(), jobs_.begin(), jobs_.end());
        // When it fails the jobs end by themselves: they do no harm.
        static_cast<void>(run_command(words));
    }

    std::string job_name() const { return "onsite-" + plan_.run; }

    const Plan& plan_;
    const std::filesystem::path folder_;
    const RunnerSettings& settings_;
    const SlurmSettings& slurm_;
    std::vector<std::string> jobs_;  // That were submitted and may not have ended.
};

}  // namespace

Result<void> run_plan_on_slurm(const Plan& plan, const std::filesystem::path& folder,
                               const RunnerSettings& settings, const SlurmSettings& slurm) {
    return SlurmRun(plan, folder, settings, slurm).run();
}

}  // namespace onsite::reconcile
