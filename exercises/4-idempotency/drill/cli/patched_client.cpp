#include "exercises/4-idempotency/drill/cli/patched_client.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/rng.hpp"
#include "exercises/4-idempotency/checks/mitigation.hpp"
#include "exercises/4-idempotency/drill/cli/build_client.hpp"
#include "harness/attempt/attempt.hpp"
#include "harness/judging/secrets.hpp"
#include "scenarios/cli/choices.hpp"

namespace onsite::drill {

namespace fs = std::filesystem;

namespace {

// What is wrong with the client before it is patched, whatever the drill is about.
constexpr std::string_view kDefectOfTheClient = "retry-with-another-body";

// What has to end: the drill's incident, and the one that the client itself leads to. Of many
// drills the cause lies elsewhere in the shop, and the client as it was would earn points for doing
// nothing.
std::vector<scenarios::Scenario> incidents_of(const Recipe& recipe, std::uint64_t seed) {
    std::vector<scenarios::Scenario> incidents = {make_scenario(recipe, seed)};
    if (recipe.cause == kDefectOfTheClient) return incidents;
    const auto own = std::ranges::find(recipes(), kDefectOfTheClient, &Recipe::cause);
    incidents.push_back(make_scenario(*own, seed));
    incidents.back().id = "incident-of-the-client";
    return incidents;
}

}  // namespace

Result<MitigationScore> grade_client(const fs::path& folder, const Recipe& recipe,
                                     std::uint64_t seed, bool is_called_healthy, Clock& clock) {
    if (folder.empty() && recipe.is_control() && is_called_healthy) {
        return MitigationScore{.points = kMitigateMax,
                               .why = {"nothing was to be patched, and nothing was"}};
    }
    if (folder.empty()) return no_client_graded(recipe, seed);
    auto client = build_client(folder, clock);
    if (!client) return pass_on(client);
    const auto report = idempotency::judge_mitigation({.subject = std::move(*client),
                                                       .incident = incidents_of(recipe, seed),
                                                       .seed = Rng(seed).fork("unseen").next(),
                                                       .catalogue = scenarios::catalog_folder()},
                                                      unpredictable_rng(), clock);
    if (!report) return std::unexpected(report.error());
    MitigationScore score{.points = report->points};
    for (const idempotency::MitigationLine& line : report->lines) {
        score.why.push_back(
            fmt::format("{} of {}: {}: {}", line.points, line.points_max, line.what, line.why));
    }
    if (!report->cap.empty()) score.why.push_back(report->cap);
    return score;
}

Result<std::int64_t> hints_taken(const fs::path& folder) {
    if (!fs::exists(folder / ".onsite")) return 0;
    const auto attempt = open_attempt(folder);
    if (!attempt) return std::unexpected(attempt.error());
    return attempt->state.hints_used;
}

}  // namespace onsite::drill
