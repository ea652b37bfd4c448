// The labelled set of answers, and how well the heuristics find what a listener finds in them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace onsite::values {

struct Labelled {
    std::string id;
    std::string text;
    bool is_held_out = false;
    std::set<std::string> labels;  // Of the first reader.
};

// tests/data/values/answers.json. A file that does not follow the form ends the test run.
std::vector<Labelled> labelled_answers();

// tests/data/values/second_reader.json: what another reader found in the same texts, by the
// answer's id. A file that does not follow the form ends the test run.
std::map<std::string, std::set<std::string>> second_reader();

// The names of all labels, in the order of the table.
const std::vector<std::string>& label_names();

// What the heuristics find in a text.
std::set<std::string> labels_found(const std::string& text);

// How the findings on one label agree with the labels of a person.
struct Agreement {
    int right = 0;   // Found and labelled.
    int wrong = 0;   // Found and not labelled.
    int missed = 0;  // Labelled and not found.

    // In percent, rounded down; 100 of nothing.
    int precision() const;
    int recall() const;
};
std::map<std::string, Agreement> agreement(const std::vector<Labelled>& answers, bool is_held_out);

// Cohen's kappa of the two readers on one label, over all answers that both have labelled; 1 when
// both give it everywhere or nowhere.
double kappa_of_readers(const std::vector<Labelled>& answers, const std::string& label);

// The table of docs/guides/values.md, from its first line to its last.
std::string table_of(const std::vector<Labelled>& answers);

}  // namespace onsite::values
