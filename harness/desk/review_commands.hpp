// The commands of a reviewer: review, agreement, calibrate and rubric diff. Each returns its exit
// status as the others do.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "harness/cli/app.hpp"
#include "harness/review/form.hpp"

namespace CLI {
class App;
}

namespace onsite {

struct ReviewOptions {
    std::string which;
    std::string reviewer;  // Empty: the user's name.
    std::string snippets;  // Empty: attempts/.snippets.
    bool is_blind = false;
    bool begins_again = false;  // Another round, to see how far a reviewer agrees with themselves.
    bool reveals = false;       // Opens the reviews and shows them side by side.
    bool shows_difference = false;  // Beside the reference, and where the two disagree; no review.
    std::optional<ReportFormat> format;  // Prints the reviewed scorecard.
    ReviewForm form;
};
Result<int> run_review(App& app, const ReviewOptions& options);

struct AgreementOptions {
    std::string slug;  // Empty: every section that has reviews.
    std::uint64_t seed = 1;
    bool as_json = false;
};
Result<int> run_agreement(App& app, const AgreementOptions& options);

struct CalibrateOptions {
    std::string slug;
    std::string entry;  // Empty: the next one that is not rated.
    std::string reviewer;
    std::string snippets;
    ReviewForm form;
};
Result<int> run_calibrate(App& app, const CalibrateOptions& options);

struct RubricDiffOptions {
    std::string old_file;
    std::string new_file;
    bool shows_all = false;  // Also the attempts that stay where they are.
};
Result<int> run_rubric_diff(App& app, const RubricDiffOptions& options);

// Adds the four to the command line; the one that was typed puts itself into `run`.
void add_review_commands(CLI::App& cli, std::function<Result<int>(App&)>& run);

}  // namespace onsite
