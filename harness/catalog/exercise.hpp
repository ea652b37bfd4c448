// The exercises, found by their files: a folder exercises/<n>-<slug> with an exercise.json is one.
//
// Nothing here knows what an exercise is about. The twin of an exercise is its solution, the folder
// of the same name under solutions/.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace onsite {

// The name of the one language of an exercise whose work is documents.
inline constexpr const char* kDocuments = "documents";

// A language in which an exercise can be done. File names are relative to the attempt.
struct Language {
    std::string name;     // "cpp", "typescript", "python", or kDocuments.
    std::string answer;   // The file that the candidate edits: "reconcile.cpp".
    std::string program;  // The file that is started: "main.py"; empty when it is compiled.
    std::vector<std::string> documents = {};  // What to write, the answer first; else empty.
    bool operator==(const Language&) const = default;
};

// How the harness talks to the candidate's work (design, section 3).
enum class ContractKind { process, http, document };
std::string_view to_string(ContractKind kind);

struct Exercise {
    std::string slug;  // "reconciliation"
    int number = 0;
    std::string section;  // "Coding"
    std::string title;
    int minutes = 0;
    ContractKind contract = ContractKind::process;
    std::vector<Language> languages;  // Sorted by name.
    std::string tests;                // The candidate's own tests: "tests.json".
    std::filesystem::path folder;     // <root>/exercises/1-reconciliation
    std::filesystem::path solution;   // <root>/solutions/1-reconciliation

    std::string folder_name() const { return folder.filename().string(); }
    // Where the files of one language are: starter/cpp and solution/cpp. Files directly in
    // starter/ belong to every language; documents lie there.
    std::filesystem::path starter() const { return folder / "starter"; }
    std::filesystem::path starter_of(const Language& language) const;
    std::filesystem::path solution_of(const Language& language) const;
};

// All exercises under the root of the repository, by number.
// Errors: usage, when a manifest is wrong (unknown key, a folder that does not carry its number and
// slug, two exercises with one slug); the message names the file and the key.
Result<std::vector<Exercise>> load_catalog(const std::filesystem::path& root);

// Errors: usage, naming the closest slug and all the known ones.
Result<Exercise> find_exercise(std::span<const Exercise> catalog, std::string_view slug);

// An empty name is the first one: C++, where an exercise has it.
// Errors: usage, naming the languages that the exercise has.
Result<Language> find_language(const Exercise& exercise, std::string_view name);

}  // namespace onsite
