#include "harness/catalog/exercise.hpp"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "base/closest_word.hpp"
#include "base/files.hpp"
#include "base/json.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kManifestBytesMax = 64 << 10;
constexpr int kMinutesMax = 8 * 60;
constexpr int kExerciseNumberMax = 99;

// A file name and nothing more: it cannot lead out of the folder it is used in.
bool is_plain_name(std::string_view name) {
    return !name.empty() && name != "." && name != ".." &&
           name.find_first_of("/\\") == std::string_view::npos &&
           name.find('\0') == std::string_view::npos;
}

std::string plain_name(JsonReader& reader, const char* key, std::string name) {
    if (!name.empty() && !is_plain_name(name)) {
        reader.complain(key, fmt::format("expected a file name, found \"{}\"", name));
    }
    return name;
}

ContractKind read_contract(JsonReader& reader) {
    const std::string word = reader.text("contract");
    using enum ContractKind;
    for (const ContractKind kind : {process, http, document}) {
        if (word == to_string(kind)) return kind;
    }
    reader.complain("contract",
                    fmt::format("expected process, http or document, found \"{}\"", word));
    return process;
}

Result<std::vector<Language>> read_languages(const Json& languages, const std::string& where) {
    std::vector<Language> found;
    for (const auto& [name, value] : languages.items()) {
        JsonReader reader(value, fmt::format("{}: languages.{}", where, name));
        Language language{.name = name, .answer = {}, .program = {}};
        language.answer = plain_name(reader, "answer", reader.text("answer"));
        language.program = plain_name(reader, "program", reader.text_or("program", ""));
        if (auto done = reader.finish(); !done) return pass_on(done);
        found.push_back(std::move(language));
    }
    return found;
}

// Documents are the one language of their exercise.
Language read_documents(JsonReader& reader) {
    Language language{.name = kDocuments, .answer = {}, .program = {}};
    for (std::string& name : reader.texts("documents")) {
        language.documents.push_back(plain_name(reader, "documents", std::move(name)));
    }
    if (language.documents.empty()) {
        reader.complain("documents", "expected the name of a file at least, found none");
    } else {
        language.answer = language.documents.front();
    }
    return language;
}

Result<Exercise> load_exercise(const fs::path& folder, const fs::path& root) {
    const fs::path manifest = folder / "exercise.json";
    auto text = read_file(manifest, kManifestBytesMax);
    if (!text) return pass_on(text);
    const std::string where = fs::path("exercises") / folder.filename() / "exercise.json";
    auto json = parse_json(*text, where, JsonComments::allowed);
    if (!json) return pass_on(json);

    JsonReader reader(*json, where);
    Exercise exercise;
    exercise.slug = reader.text("slug");
    exercise.number = static_cast<int>(reader.number("number", 1, kExerciseNumberMax));
    exercise.section = reader.text("section");
    exercise.title = reader.text("title");
    exercise.minutes = static_cast<int>(reader.number("minutes", 1, kMinutesMax));
    exercise.contract = read_contract(reader);
    exercise.tests = plain_name(reader, "tests", reader.text_or("tests", ""));
    Result<std::vector<Language>> languages;
    if (exercise.contract == ContractKind::document) {
        languages->push_back(read_documents(reader));
    } else {
        const Json& described = reader.object("languages");
        if (described.empty()) reader.complain("languages", "expected a language, found none");
        languages = read_languages(described, where);
    }
    if (auto done = reader.finish(); !done) return pass_on(done);
    if (!languages) return pass_on(languages);
    exercise.languages = std::move(*languages);

    const std::string expected = fmt::format("{}-{}", exercise.number, exercise.slug);
    if (folder.filename() != expected) {
        return usage_error(fmt::format("{}: expected it in the folder {}, found it in {}", where,
                                       expected, folder.filename().string()));
    }
    exercise.folder = folder;
    exercise.solution = root / "solutions" / folder.filename();
    return exercise;
}

std::vector<std::string> slugs_of(std::span<const Exercise> catalog) {
    std::vector<std::string> slugs;
    for (const Exercise& exercise : catalog) slugs.push_back(exercise.slug);
    return slugs;
}

// Longer words are not worth comparing: no slug is near them.
constexpr std::size_t kSlugLengthMax = 100;

}  // namespace

std::string_view to_string(ContractKind kind) {
    switch (kind) {
        case ContractKind::process:
            return "process";
        case ContractKind::http:
            return "http";
        case ContractKind::document:
            return "document";
    }
    std::abort();
}

fs::path Exercise::starter_of(const Language& language) const {
    return language.documents.empty() ? starter() / language.name : starter();
}

fs::path Exercise::solution_of(const Language& language) const {
    return language.documents.empty() ? solution / language.name : solution;
}

Result<std::vector<Exercise>> load_catalog(const fs::path& root) {
    auto entries = entries_of(root / "exercises");
    if (!entries) return pass_on(entries);
    std::vector<Exercise> catalog;
    std::error_code gone;
    for (const fs::directory_entry& entry : *entries) {
        if (!fs::exists(entry.path() / "exercise.json", gone)) continue;
        auto exercise = load_exercise(entry.path(), root);
        if (!exercise) return pass_on(exercise);
        catalog.push_back(std::move(*exercise));
    }
    if (catalog.empty()) {
        return usage_error(
            fmt::format("expected exercises in {}, found none; run onsite from a clone of it",
                        (root / "exercises").string()));
    }
    std::ranges::sort(catalog, {}, &Exercise::number);
    for (std::size_t i = 1; i < catalog.size(); ++i) {
        if (catalog[i].number == catalog[i - 1].number) {
            return usage_error(fmt::format("expected one exercise with number {}, found {} and {}",
                                           catalog[i].number, catalog[i - 1].folder_name(),
                                           catalog[i].folder_name()));
        }
    }
    return catalog;
}

Result<Exercise> find_exercise(std::span<const Exercise> catalog, std::string_view slug) {
    const auto found = std::ranges::find(catalog, slug, &Exercise::slug);
    if (found != catalog.end()) return *found;
    const auto known = slugs_of(catalog);
    const std::string closest = closest_word(slug, known);
    const std::string advice = closest.empty() ? "" : fmt::format("did you mean {}? ", closest);
    return usage_error(fmt::format("no exercise is called \"{}\"; {}the exercises are: {}",
                                   slug.substr(0, kSlugLengthMax), advice, fmt::join(known, ", ")));
}

Result<Language> find_language(const Exercise& exercise, std::string_view name) {
    if (name.empty()) return exercise.languages.front();
    const auto found = std::ranges::find(exercise.languages, name, &Language::name);
    if (found != exercise.languages.end()) return *found;
    std::vector<std::string> names;
    for (const Language& language : exercise.languages) names.push_back(language.name);
    return usage_error(fmt::format("{} has no language \"{}\"; expected one of: {}", exercise.slug,
                                   name, fmt::join(names, ", ")));
}

}  // namespace onsite
