// Rules about source files: who may include whom, and what a file may look like.
#pragma once

#include "tests/meta/tree.hpp"

namespace onsite::meta {

// The picture of the design: base <- simulator <- scenarios <- harness <- checks, and
// base <- contract <- starter and solutions. Tests may include everything, nothing includes tests.
Problems breaks_the_include_rule(const Tree& tree);

// The order of the list in harness/CMakeLists.txt: a room uses the rooms before it.
Problems uses_a_later_room(const Tree& tree);

// Headers that cost seconds belong in .cpp files only.
Problems has_a_heavy_header(const Tree& tree);

// Files of at most 400 lines, lines of at most 100 columns.
Problems is_too_large(const Tree& tree);

// The first line of a header says what the thing is.
Problems opens_without_a_comment(const Tree& tree);

// No unfinished work: only starters, and tests that make one up, carry the candidate's own mark.
Problems has_unfinished_work(const Tree& tree);

// No path of the machine that a file was written on.
Problems names_a_machine(const Tree& tree);

}  // namespace onsite::meta
