
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "harness/cli/commands.hpp"
#include "harness/desk/review_commands.hpp"
#include "harness/review/agreement_report.hpp"
#include "harness/review/review_store.hpp"

namespace onsite {
namespace {

Result<std::vector<ReviewedAttempt>> reviewed_attempts(const App& app, const std::string& slug) {
    auto list = list_attempts(app.places.attempts);
    if (!list) return pass_on(list);
    std::vector<ReviewedAttempt> found;
    for (const Attempt& attempt : list->attempts) {
        if (attempt.state.exercise != slug) continue;
        auto reviews = load_reviews(reviews_of(attempt.folder));
        if (!reviews) return pass_on(reviews);
        if (!reviews->empty()) found.push_back({attempt.name(), std::move(*reviews)});
    }
    return found;
}

}  // namespace

Result<int> run_agreement(App& app, const AgreementOptions& options) {
    if (!options.slug.empty()) {
        auto known = find_exercise(app.catalog, options.slug);
        if (!known) return pass_on(known);
    }
    Json all = Json::object();
    for (const Exercise& exercise : app.catalog) {
        if (!options.slug.empty() && exercise.slug != options.slug) continue;
        auto attempts = reviewed_attempts(app, exercise.slug);
        if (!attempts) return pass_on(attempts);
        if (attempts->empty() && options.slug.empty()) continue;
        const AgreementReport report = agreement_of(*attempts, options.seed);
        all[exercise.slug] = to_json(report);
        if (options.as_json) continue;
        app.console.print(
            fmt::format("{} (seed {}): {}", exercise.slug, options.seed, agreement_text(report)));
    }
    if (options.as_json) {
        app.console.print(Json{{"seed", std::to_string(options.seed)}, {"sections", all}}.dump(2) +
                          '\n');
    } else if (all.empty()) {
        app.console.print("no attempt was reviewed yet: ./onsite review ATTEMPT\n");
    }
    return kExitDone;
}

}  // namespace onsite
