// Rules about exercises and about the wrong and hostile answers that prove their grader.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "tests/meta/tree.hpp"

namespace onsite::meta {

// Starter and solution are twins: the same file names, and the solution's NOTES.md beside them.
Problems has_no_twin(const Tree& tree);

// The file that a candidate edits exists in every language, and says where to begin.
Problems is_already_solved(const Tree& tree);

// The first line of a hostile submission is "// expect: <cause>[ or <cause>]... - <attack>", and
// every attack of the list (H01 to H15, R16 to R25, C26 to C30) has one.
Problems hides_what_to_expect(const Tree& tree);

// The right answers that several attacks fall back on are one text: a mistake in one of them would
// hide an attack that is not contained.
Problems has_another_right_answer(const Tree& tree);

// A mutant has a valid mutant.json and files of its language only.
Problems is_no_mutant(const Tree& tree);

// There are enough mutants, in more than one language, and for each criterion that checks decide.
Problems lacks_mutants(const Tree& tree);

// Every check that a rubric names is one that the section's check program has.
// checks_of("reconciliation") gives the names.
Problems names_an_unknown_check(
    const Tree& tree, const std::function<std::set<std::string>(const std::string&)>& checks_of);

}  // namespace onsite::meta
