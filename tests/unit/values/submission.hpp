// Answers judged in a test: a text, the starter, the model answer or a mutant of it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "harness/documents/markdown.hpp"
#include "harness/documents/sentences.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::values {

// A file of the repository: "solutions/5-values/answers.md". A missing one ends the test run.
std::string repository_file(const std::string& path);
std::string model_answers();

// All verdicts, by the name of their check.
std::map<std::string, Verdict> judge(std::string_view answers, std::string_view model_answer = {});

// The criteria of the rubric that are decided by checks and are below level 4.
std::set<std::string> criteria_lost(const std::map<std::string, Verdict>& verdicts);

// The one sentence of a text.
Sentence sentence(std::string_view text);

}  // namespace onsite::values
