// Which files make an answer: the attempt's, the starter's, the solution's, or a mutant's laid over
// the solution's.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "base/error.hpp"
#include "harness/catalog/exercise.hpp"
#include "harness/subject/toolchain.hpp"

namespace onsite {

// Reads the source files of a language from the folders; a file of a later folder replaces one of
// the same name. C++ has one file, the answer; documents are the ones that the exercise names; the
// other languages have all files of their kind.
// Errors: usage, when the answer or a document is missing, or a file is a link, too large or one
// too many.
Result<Source> load_source(std::string name, const Language& language,
                           std::span<const std::filesystem::path> folders);

// The tests.json of the last folder that has one; files beside the folders of the languages
// (starter/tests.json) belong to all of them. Empty when the exercise asks for none.
// Errors: usage, when none of the folders has it.
Result<std::string> load_tests(const Exercise& exercise,
                               std::span<const std::filesystem::path> folders);

}  // namespace onsite
