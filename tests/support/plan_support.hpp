// Runs a plan inside the test, and says all of a summary that does not depend on how it was made.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/plan/task.hpp"
#include "tests/support/collecting_sink.hpp"

namespace onsite::reconcile {

inline std::string text_of(const Tally& tally) {
    return fmt::format("{}:{}", tally.rows, to_string(tally.sum_minor));
}

inline std::vector<std::string> lines_of(const Summary& summary) {
    std::vector<std::string> lines = {fmt::format(
        "{} amounts and {} currencies differ", summary.amount_differs, summary.currency_differs)};
    for (const SideSummary& side : summary.sides) {
        lines.push_back(fmt::format("{} rows, {} matched, {} unmatched, {} discrepant, snapshot {}",
                                    side.rows, side.matched, side.unmatched, side.discrepant,
                                    side.snapshot));
        for (const std::uint64_t rejected : side.rejected) {
            lines.push_back(fmt::format("rejected {}", rejected));
        }
        for (const auto& [name, tallies] : side.currencies) {
            lines.push_back(fmt::format("{} {} {} {} {}", name, text_of(tallies.good),
                                        text_of(tallies.matched), text_of(tallies.unmatched),
                                        text_of(tallies.discrepant)));
        }
        for (const FileRead& file : side.files) {
            lines.push_back(fmt::format("{} {} {}", file.path, file.bytes, file.hash));
        }
    }
    return lines;
}

// Findings, then the summary; or the one error.
inline std::vector<std::string> lines_of(const Result<Summary>& summary, CollectingSink& sink) {
    if (!summary) return {summary.error().message};
    auto lines = sink.lines;
    for (std::string& line : lines_of(*summary)) lines.push_back(std::move(line));
    return lines;
}

inline Result<void> run_stages(const Plan& plan, const std::filesystem::path& folder) {
    for (std::size_t number = 0; number < kStages; ++number) {
        const auto stage = static_cast<Stage>(number);
        for (std::size_t index = 0; index < plan.tasks(stage); ++index) {
            if (auto done = run_task(folder, stage, index); !done) return done;
        }
    }
    return {};
}

inline std::vector<std::string> reconcile_in_tasks(const Feed& ledger, const Feed& bank,
                                                   const Settings& settings, std::size_t tasks,
                                                   const std::filesystem::path& folder) {
    auto plan = make_plan(ledger, bank, settings, tasks);
    if (!plan) return {plan.error().message};
    if (auto saved = save_plan(*plan, folder); !saved) return {saved.error().message};
    if (auto done = run_stages(*plan, folder); !done) return {done.error().message};
    CollectingSink sink;
    const auto summary = deliver_plan(folder, sink);
    return lines_of(summary, sink);
}

inline std::vector<std::string> reconcile_at_once(const Feed& ledger, const Feed& bank,
                                                  const Settings& settings) {
    CollectingSink sink;
    const auto summary = reconcile_feeds(ledger, bank, settings, sink);
    return lines_of(summary, sink);
}

}  // namespace onsite::reconcile
