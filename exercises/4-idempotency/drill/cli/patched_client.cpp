#include "exercises/4-idempotency/drill/cli/patched_client.hpp"

#include <array>

#include <fmt/format.h>

#include "base/rng.hpp"
#include "exercises/4-idempotency/checks/mitigation.hpp"
#include "harness/catalog/exercise.hpp"
#include "harness/grading/sources.hpp"
#include "harness/judging/secrets.hpp"
#include "harness/subject/toolchain.hpp"
#include "scenarios/cli/choices.hpp"

namespace onsite::drill {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSection = "idempotency";

// The language whose answer lies in the folder.
Result<Language> language_in(const fs::path& folder, const Exercise& exercise) {
    for (const Language& language : exercise.languages) {
        if (fs::exists(folder / language.answer)) return language;
    }
    return usage_error(
        fmt::format("expected payments.cpp, payments.ts or payments.py in {}, found none; name an "
                    "attempt's folder, such as attempts/idempotency-1",
                    folder.string()));
}

Result<Subject> build_client(const fs::path& folder, Clock& clock) {
    const auto catalog = load_catalog(scenarios::catalog_folder().parent_path().parent_path());
    if (!catalog) return std::unexpected(catalog.error());
    auto exercise = find_exercise(*catalog, kSection);
    if (!exercise) return pass_on(exercise);
    auto language = language_in(folder, *exercise);
    if (!language) return pass_on(language);
    auto source = load_source("client", *language, std::array{folder});
    if (!source) return pass_on(source);
    // build/<preset>/bin/onsite-diagnose
    const fs::path build = fs::read_symlink("/proc/self/exe").parent_path().parent_path();
    auto built = build_subject(
        *source, Optimization::quick_run,
        {.kit = build / "subjects" / exercise->folder_name(), .output = build / "programs"},
        LayerSet::all(), clock);
    if (!built) return pass_on(built);
    if (!built->is_built) {
        return usage_error(fmt::format("the client in {} does not compile:\n{}", folder.string(),
                                       built->diagnostics));
    }
    return built->subject;
}

}  // namespace

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
