#include "tests/meta/exercises.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::meta {
namespace {

constexpr std::size_t kMutantsMin = 8;
const std::string kCandidateMark = std::string("TO") + "DO(candidate):";
constexpr std::string_view kHostile = "tests/hostile/submissions/1-reconciliation/";

// The folder of a language under starter/ and solution/, and the file that a candidate edits there.
// Documents lie in starter/ itself: their folder is empty, their name what a manifest leaves out.
struct Language {
    std::string name;
    std::string folder;  // "cpp/"
    std::string answer;
};

struct Exercise {
    std::string folder;  // "1-reconciliation"
    std::string slug;
    std::vector<Language> languages;
};

// A broken file is another rule's problem: here it is an object without members.
Json json_of(const Tree& tree, const std::string& path) {
    const File* file = find(tree, path);
    if (file == nullptr) return Json::object();
    auto value = parse_json(file->text, path, JsonComments::allowed);
    return value && value->is_object() ? *value : Json::object();
}

std::string text_of(const Json& object, const char* key) {
    const auto member = object.find(key);
    return member != object.end() && member->is_string() ? member->get<std::string>() : "";
}

std::vector<Exercise> exercises_of(const Tree& tree) {
    std::vector<Exercise> exercises;
    for (const File& file : tree) {
        if (part(file.path, 0) != "exercises" || part(file.path, 2) != "exercise.json") continue;
        const Json manifest = json_of(tree, file.path);
        Exercise exercise{std::string(part(file.path, 1)), text_of(manifest, "slug"), {}};
        const Json languages = manifest.value("languages", Json::object());
        for (const auto& [name, files] : languages.items()) {
            exercise.languages.push_back({name, name + "/", text_of(files, "answer")});
        }
        const Json documents = manifest.value("documents", Json::array());
        if (!documents.empty()) exercise.languages.push_back({"", "", documents.front()});
        exercises.push_back(std::move(exercise));
    }
    return exercises;
}

// The paths below a folder, without it.
std::set<std::string> files_below(const Tree& tree, const std::string& folder) {
    std::set<std::string> paths;
    for (const File& file : tree) {
        if (file.path.starts_with(folder + "/")) paths.insert(file.path.substr(folder.size() + 1));
    }
    return paths;
}

Json criteria_of(const Tree& tree, const Exercise& exercise) {
    return json_of(tree, fmt::format("exercises/{}/rubric.json", exercise.folder))
        .value("criteria", Json::array());
}

// The criteria that checks decide: "money".
std::set<std::string> checked_criteria(const Tree& tree, const Exercise& exercise) {
    std::set<std::string> ids;
    for (const Json& criterion : criteria_of(tree, exercise)) {
        if (text_of(criterion, "judge") == "checks") ids.insert(text_of(criterion, "id"));
    }
    return ids;
}

// ---- Hostile submissions

std::set<std::string> hostile_ids() {
    std::set<std::string> ids;
    for (int n = 1; n <= 30; ++n) {
        ids.insert(fmt::format("{}{:02}", n <= 15 ? 'H' : n <= 25 ? 'R' : 'C', n));
    }
    return ids;
}

// What is wrong with the first line of a submission; empty when nothing is.
std::string problem_of_expectation(std::string_view line) {
    const std::string_view mark = line.starts_with("#") ? "# expect: " : "// expect: ";
    const auto dash = line.find(" - ");
    if (!line.starts_with(mark) || dash == std::string_view::npos || dash < mark.size()) {
        return fmt::format("does not begin with '{}<cause> - <attack>'", mark);
    }
    if (!line.ends_with('.')) return "does not end its first line with a period";
    std::string_view words = line.substr(mark.size(), dash - mark.size());
    while (!words.empty()) {
        const auto end = std::min(words.find(" or "), words.size());
        const std::string_view word = words.substr(0, end);
        const auto cause = cause_from(word);
        if (!cause || *cause == Cause::none || *cause == Cause::not_run ||
            *cause == Cause::grader_fault) {
            return fmt::format("expects '{}', which contains nothing", word);
        }
        words.remove_prefix(std::min(end + 4, words.size()));
    }
    return "";
}

bool is_hostile_name(std::string_view name) {
    const auto dot = name.rfind('.');
    if (name.size() < 6 || name[3] != '-' || dot == std::string_view::npos) return false;
    const std::string_view words = name.substr(4, dot - 4);
    const std::string_view extension = name.substr(dot);
    return words.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == words.npos &&
           (extension == ".cpp" || extension == ".py" || extension == ".ts");
}

// The function right_answer of a submission; empty when it has none.
std::string_view right_answer_of(std::string_view text) {
    const auto start = text.find("\nReconciliation right_answer(");
    if (start == text.npos) return {};
    return text.substr(start, text.find("\n}\n", start) - start);
}

// ---- Mutants

struct Mutant {
    std::string folder;  // "tests/mutants/1-reconciliation/trims_ids"
    Json manifest;
};

std::vector<Mutant> mutants_of(const Tree& tree, const Exercise& exercise) {
    const std::string top = fmt::format("tests/mutants/{}", exercise.folder);
    std::set<std::string> names;
    for (const std::string& path : files_below(tree, top)) names.insert(std::string(part(path, 0)));
    std::vector<Mutant> mutants;
    for (const std::string& name : names) {
        const std::string folder = top + "/" + name;
        mutants.push_back({folder, json_of(tree, folder + "/mutant.json")});
    }
    return mutants;
}

// What is wrong with a mutant; empty when nothing is.
std::string problem_of_mutant(const Tree& tree, const Exercise& exercise, const Mutant& mutant) {
    if (!text_of(mutant.manifest, "defect").ends_with('.')) {
        return "does not name its defect in a sentence";
    }
    const std::string criterion = text_of(mutant.manifest, "criterion");
    if (!checked_criteria(tree, exercise).contains(criterion)) {
        return fmt::format("names '{}', which no checks decide", criterion);
    }
    const std::string name = text_of(mutant.manifest, "language");
    const auto language = std::ranges::find(exercise.languages, name, &Language::name);
    if (language == exercise.languages.end()) return fmt::format("is written in '{}'", name);
    const auto of_the_language =
        files_below(tree, fmt::format("solutions/{}{}{}", exercise.folder,
                                      language->folder.empty() ? "" : "/", name));
    const auto files = files_below(tree, mutant.folder);
    for (const std::string& file : files) {
        if (file == "mutant.json" || of_the_language.contains(file)) continue;
        if (file == "tests.json") continue;  // Shared by all languages.
        return fmt::format("has {}, which the solution has not", file);
    }
    return files.size() > 1 ? "" : "changes no file";
}

}  // namespace

Problems has_no_twin(const Tree& tree) {
    Problems problems;
    for (const Exercise& exercise : exercises_of(tree)) {
        const std::string starter = fmt::format("exercises/{}/starter", exercise.folder);
        const std::string solution = fmt::format("solutions/{}", exercise.folder);
        auto solved = files_below(tree, solution);
        if (solved.erase("NOTES.md") == 0) {
            problems.push_back(fmt::format("{}/NOTES.md is missing", solution));
        }
        const auto begun = files_below(tree, starter);
        if (begun.empty()) problems.push_back(fmt::format("{} is empty", starter));
        for (const std::string& path : begun) {
            if (solved.erase(path) == 1) continue;
            problems.push_back(fmt::format("{}/{} is missing in the solution", starter, path));
        }
        for (const std::string& path : solved) {
            // The complete system behind an answer: no candidate is asked to write one.
            if (path.starts_with("production/") || path.starts_with("guard/")) continue;
            problems.push_back(fmt::format("{}/{} is missing in the starter", solution, path));
        }
    }
    return problems;
}

Problems is_already_solved(const Tree& tree) {
    Problems problems;
    for (const Exercise& exercise : exercises_of(tree)) {
        for (const auto& [language, folder, answer] : exercise.languages) {
            const std::string path =
                fmt::format("exercises/{}/starter/{}{}", exercise.folder, folder, answer);
            const File* file = find(tree, path);
            if (file == nullptr) {
                problems.push_back(path + " is missing");
            } else if (file->text.find(kCandidateMark) == std::string::npos) {
                problems.push_back(fmt::format("{} has no {}", path, kCandidateMark));
            }
        }
    }
    return problems;
}

Problems hides_what_to_expect(const Tree& tree) {
    Problems problems;
    std::set<std::string> missing = hostile_ids();
    const std::set<std::string> known = missing;
    for (const File& file : tree) {
        if (!file.path.starts_with(kHostile)) continue;
        const std::string name = file.path.substr(kHostile.size());
        const std::string id = name.substr(0, 3);
        missing.erase(id);
        if (!known.contains(id) || !is_hostile_name(name)) {
            problems.push_back(fmt::format("{} is not named <ID>-<attack>.<cpp|py|ts>", file.path));
        }
        const auto lines = lines_of(file.text);
        const std::string problem = problem_of_expectation(lines.empty() ? "" : lines.front());
        if (!problem.empty()) problems.push_back(fmt::format("{} {}", file.path, problem));
    }
    for (const std::string& id : missing) {
        problems.push_back(fmt::format("{}{} is missing", kHostile, id));
    }
    return problems;
}

Problems has_another_right_answer(const Tree& tree) {
    Problems problems;
    std::string_view first;
    for (const File& file : tree) {
        if (!file.path.starts_with(kHostile)) continue;
        const std::string_view answer = right_answer_of(file.text);
        if (first.empty()) first = answer;
        if (answer.empty() || answer == first) continue;
        problems.push_back(fmt::format("{} has a right_answer unlike the others", file.path));
    }
    return problems;
}

Problems is_no_mutant(const Tree& tree) {
    Problems problems;
    for (const Exercise& exercise : exercises_of(tree)) {
        for (const Mutant& mutant : mutants_of(tree, exercise)) {
            const std::string problem = problem_of_mutant(tree, exercise, mutant);
            if (!problem.empty()) problems.push_back(fmt::format("{} {}", mutant.folder, problem));
        }
    }
    return problems;
}

Problems lacks_mutants(const Tree& tree) {
    Problems problems;
    for (const Exercise& exercise : exercises_of(tree)) {
        const auto mutants = mutants_of(tree, exercise);
        std::set<std::string> languages;
        std::set<std::string> without = checked_criteria(tree, exercise);
        for (const Mutant& mutant : mutants) {
            languages.insert(text_of(mutant.manifest, "language"));
            without.erase(text_of(mutant.manifest, "criterion"));
        }
        if (mutants.size() < kMutantsMin) {
            problems.push_back(fmt::format("{} has {} mutants, expected at least {}",
                                           exercise.folder, mutants.size(), kMutantsMin));
        }
        if (languages.size() < std::min<std::size_t>(2, exercise.languages.size())) {
            problems.push_back(fmt::format("{} has mutants in {} languages, expected 2 or more",
                                           exercise.folder, languages.size()));
        }
        for (const std::string& criterion : without) {
            problems.push_back(
                fmt::format("{} has no mutant that loses {}", exercise.folder, criterion));
        }
    }
    return problems;
}

Problems names_an_unknown_check(
    const Tree& tree, const std::function<std::set<std::string>(const std::string&)>& checks_of) {
    Problems problems;
    for (const Exercise& exercise : exercises_of(tree)) {
        const std::set<std::string> known = checks_of(exercise.slug);
        if (criteria_of(tree, exercise).empty()) {
            problems.push_back(
                fmt::format("exercises/{}/rubric.json has no criteria", exercise.folder));
        }
        for (const Json& criterion : criteria_of(tree, exercise)) {
            for (const Json& check : criterion.value("checks", Json::array())) {
                if (check.is_string() && known.contains(check.get<std::string>())) continue;
                problems.push_back(fmt::format("exercises/{}/rubric.json: {} names the check {}",
                                               exercise.folder, text_of(criterion, "id"),
                                               to_text(check)));
            }
        }
    }
    return problems;
}

}  // namespace onsite::meta
