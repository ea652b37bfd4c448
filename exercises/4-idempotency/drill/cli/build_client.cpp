#include "exercises/4-idempotency/drill/cli/build_client.hpp"

#include <array>

#include <fmt/format.h>

#include "base/installation.hpp"
#include "harness/catalog/exercise.hpp"
#include "harness/grading/sources.hpp"
#include "harness/subject/toolchain.hpp"

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

}  // namespace

Result<Subject> build_client(const fs::path& folder, Clock& clock) {
    const Installation here = find_installation();
    const auto catalog = load_catalog(here.root);
    if (!catalog) return std::unexpected(catalog.error());
    auto exercise = find_exercise(*catalog, kSection);
    if (!exercise) return pass_on(exercise);
    auto language = language_in(folder, *exercise);
    if (!language) return pass_on(language);
    auto source = load_source("client", *language, std::array{folder});
    if (!source) return pass_on(source);
    auto built = build_subject(*source, Optimization::quick_run,
                               {.kit = here.build / "subjects" / exercise->folder_name(),
                                .output = here.build / "programs"},
                               LayerSet::all(), clock);
    if (!built) return pass_on(built);
    if (!built->is_built) {
        return usage_error(fmt::format("the client in {} does not compile:\n{}", folder.string(),
                                       built->diagnostics));
    }
    return built->subject;
}

}  // namespace onsite::drill
