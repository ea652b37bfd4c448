#include "exercises/4-idempotency/drill/cli/patched_client.hpp"

#include <fmt/format.h>

#include "base/rng.hpp"
#include "exercises/4-idempotency/checks/mitigation.hpp"
#include "exercises/4-idempotency/drill/cli/build_client.hpp"
#include "harness/judging/secrets.hpp"
#include "scenarios/cli/choices.hpp"

namespace onsite::drill {

namespace fs = std::filesystem;

Result<MitigationScore> grade_client(const fs::path& folder, const Recipe& recipe,
                                     std::uint64_t seed, Clock& clock) {
    if (folder.empty() && recipe.is_control()) {
        return MitigationScore{.points = kMitigateMax,
                               .why = {"nothing was to be patched, and nothing was"}};
    }
    if (folder.empty()) return no_client_graded(recipe, seed);
    auto client = build_client(folder, clock);
    if (!client) return pass_on(client);
    const auto report = idempotency::judge_mitigation({.subject = std::move(*client),
                                                       .incident = {make_scenario(recipe, seed)},
                                                       .seed = Rng(seed).fork("unseen").next(),
                                                       .catalogue = scenarios::catalog_folder()},
                                                      unpredictable_rng(), clock);
    if (!report) return std::unexpected(report.error());
    MitigationScore score{.points = report->points};
    for (const idempotency::MitigationLine& line : report->lines) {
        score.why.push_back(
            fmt::format("{} of {}: {}: {}", line.points, line.points_max, line.what, line.why));
    }
    return score;
}

}  // namespace onsite::drill
