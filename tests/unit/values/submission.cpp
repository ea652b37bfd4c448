#include "tests/unit/values/submission.hpp"

#include <cstdlib>
#include <iostream>

#include "base/files.hpp"
#include "exercises/5-values/checks/checks.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/scoring/scorecard.hpp"

namespace onsite::values {
namespace {

template <typename T>
T or_stop(Result<T> result) {
    if (result) return std::move(*result);
    std::cerr << result.error().message << '\n';
    std::exit(1);
}

}  // namespace

std::string repository_file(const std::string& path) {
    return or_stop(read_file(std::string(ONSITE_ROOT) + "/" + path, kMarkdownBytesMax));
}

std::string model_answers() { return repository_file("solutions/5-values/answers.md"); }

std::map<std::string, Verdict> judge(std::string_view answers, std::string_view model_answer) {
    std::map<std::string, Verdict> verdicts;
    for (const Check& check :
         or_stop(all_checks({.answers = answers, .model_answer = model_answer}))) {
        verdicts[check.name] = or_stop(check.run());
    }
    return verdicts;
}

std::set<std::string> criteria_lost(const std::map<std::string, Verdict>& verdicts) {
    const std::string path = "exercises/5-values/rubric.json";
    const Rubric rubric = or_stop(parse_rubric(repository_file(path), path));
    std::vector<Verdict> all;
    for (const auto& [name, verdict] : verdicts) all.push_back(verdict);
    std::set<std::string> lost;
    for (const CriterionResult& result : score(rubric, all, {}).criteria) {
        if (result.criterion.judge == Judge::checks && result.level != kLevelMax) {
            lost.insert(result.criterion.id);
        }
    }
    return lost;
}

Sentence sentence(std::string_view text) {
    auto sentences = sentences_of(or_stop(read_markdown(text, "a sentence")).lines, 1'000);
    return sentences.empty() ? Sentence{} : std::move(sentences.front());
}

}  // namespace onsite::values
