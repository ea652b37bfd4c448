// Rules about what people read: JSON that parses, links that lead somewhere, commands that exist.
#pragma once

#include <functional>
#include <string>

#include "tests/meta/tree.hpp"

namespace onsite::meta {

// Every .json file is JSON; comments are allowed.
Problems is_no_json(const Tree& tree);

// Relative links of Markdown lead to a file, a folder or a heading of the repository.
Problems leads_nowhere(const Tree& tree);

// The README has less than 100 lines.
Problems is_a_long_readme(const Tree& tree);

// Every `./onsite <command>` in a fenced sh block of README.md and docs/ names a command, and flags
// that the help of this command knows. help_of("grade") is what `onsite grade --help` prints, and
// empty when there is no such command; help_of("") is for `onsite` alone.
Problems documents_an_unknown_command(
    const Tree& tree, const std::function<std::string(const std::string&)>& help_of);

}  // namespace onsite::meta
