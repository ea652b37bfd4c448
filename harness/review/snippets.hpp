// Comments that a reviewer writes once and uses often: a file of lines "name: text", in which empty
// lines and lines that begin with # are left out. In a comment, ":name" stands for the text.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace onsite {

using Snippets = std::map<std::string, std::string, std::less<>>;

// None when there is no such file. Errors: usage, with the number of the bad line.
Result<Snippets> load_snippets(const std::filesystem::path& file);

// The comment with every word ":name" replaced; one that is not known stays as it was typed, since
// a comment may well speak of ":id".
std::string with_snippets(std::string_view comment, const Snippets& snippets);

}  // namespace onsite
