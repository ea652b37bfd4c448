#include "harness/grading/mutants.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/json.hpp"
#include "harness/grading/sources.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMutantsBytesMax = 64 * 1024;

Result<MutantNeeds> needs_of(const std::string& word, const fs::path& file) {
    if (word.empty()) return MutantNeeds::nothing;
    if (word == "many_cases") return MutantNeeds::many_cases;
    if (word == "many_rows") return MutantNeeds::many_rows;
    if (word == "large_feeds") return MutantNeeds::large_feeds;
    return usage_error(
        fmt::format("{}: expected needs to be many_cases, many_rows or large_feeds, found \"{}\"",
                    file.string(), word));
}

Result<Mutant> read_manifest(const fs::path& folder, const Exercise& exercise) {
    const fs::path file = folder / "mutant.json";
    auto text = read_file(file, kMutantsBytesMax);
    if (!text) return pass_on(text);
    auto json = parse_json(*text, file.string(), JsonComments::allowed);
    if (!json) return pass_on(json);
    JsonReader reader(*json, file.string());
    Mutant mutant;
    mutant.name = folder.filename().string();
    mutant.defect = reader.text("defect");
    mutant.criterion = reader.text("criterion");
    mutant.followup = static_cast<int>(reader.number("followup", 0, 9));
    mutant.is_seen_by_tests = reader.flag_or("seen_by_tests", true);
    const std::string needs = reader.text_or("needs", "");
    const std::string language = reader.text_or("language", "");
    if (auto done = reader.finish(); !done) return pass_on(done);
    auto known = needs_of(needs, file);
    if (!known) return pass_on(known);
    mutant.needs = *known;
    auto found = find_language(exercise, language);
    if (!found) return pass_on(found);
    mutant.language = *found;
    return mutant;
}

Result<Mutant> load_mutant(const fs::path& folder, const Exercise& exercise) {
    auto mutant = read_manifest(folder, exercise);
    if (!mutant) return mutant;
    const fs::path solution = exercise.solution_of(mutant->language);
    auto source =
        load_source("mutant " + mutant->name, mutant->language, std::array{solution, folder});
    if (!source) return pass_on(source);
    mutant->source = std::move(*source);
    auto tests = load_tests(exercise, std::array{exercise.solution, solution, folder});
    if (!tests) return pass_on(tests);
    mutant->tests = std::move(*tests);
    return mutant;
}

}  // namespace

Result<std::vector<Mutant>> load_mutants(const fs::path& root, const Exercise& exercise) {
    std::vector<Mutant> mutants;
    auto entries = entries_of(root / "tests" / "mutants" / exercise.folder_name());
    if (!entries) return pass_on(entries);
    std::error_code gone;
    for (const fs::directory_entry& entry : *entries) {
        if (!entry.is_directory(gone)) continue;
        auto mutant = load_mutant(entry.path(), exercise);
        if (!mutant) return pass_on(mutant);
        mutants.push_back(std::move(*mutant));
    }
    std::ranges::sort(mutants, {}, &Mutant::name);
    return mutants;
}

}  // namespace onsite
