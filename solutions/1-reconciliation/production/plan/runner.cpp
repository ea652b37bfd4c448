#include "solutions/1-reconciliation/production/plan/runner.hpp"

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/plan/task.hpp"

namespace onsite::reconcile {

std::vector<std::size_t> missing_tasks(const Plan& plan, const std::filesystem::path& folder,
                                       Stage stage) {
    std::vector<std::size_t> missing;
    for (std::size_t index = 0; index < plan.tasks(stage); ++index) {
        if (!is_done(folder, stage, index)) missing.push_back(index);
    }
    return missing;
}

void clear_errors(const std::filesystem::path& folder) {
    std::error_code ignored;
    std::filesystem::remove_all(folder / "errors", ignored);
    std::filesystem::create_directories(folder / "errors", ignored);
}

std::optional<PlanProgress> progress_of(const Plan& plan, const std::filesystem::path& folder) {
    for (std::size_t number = 0; number < kStages; ++number) {
        const auto stage = static_cast<Stage>(number);
        const std::size_t missing = missing_tasks(plan, folder, stage).size();
        if (missing == 0) continue;
        return PlanProgress{stage, plan.tasks(stage) - missing, plan.tasks(stage)};
    }
    return std::nullopt;
}

Error final_error(const std::filesystem::path& folder, Stage stage, std::size_t index) {
    const auto said = task_error(folder, stage, index);
    if (said && said->kind == ErrorKind::usage) return *said;
    const auto log = folder / "logs" / fmt::format("{}-{}.log", to_string(stage), index);
    const std::string why = said ? said->message : "it was killed or never started";
    return {ErrorKind::tool,
            fmt::format("expected {} task {} to succeed in {} attempts, found: {} (see {}); mend "
                        "the cause and run again: what is done stays done",
                        to_string(stage), index, kTaskAttemptsMax, why, log.string())};
}

std::unexpected<Error> stopped_error(const std::filesystem::path& folder) {
    return tool_error(fmt::format(
        "expected to run the plan to its end, found that it was stopped; run it again to go on: "
        "what is done stays done in {}",
        folder.string()));
}

}  // namespace onsite::reconcile
