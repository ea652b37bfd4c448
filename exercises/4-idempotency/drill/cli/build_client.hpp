// A payment client of section 4, from the files in a folder to a program that can be started.
#pragma once

#include <filesystem>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "harness/subject/subject.hpp"

namespace onsite::drill {

// Builds payments.cpp, payments.ts or payments.py among the files of an attempt, as a grade does.
// Takes about a second for C++, nothing when it was built before.
// Errors: usage, when the folder has no client, or one that does not compile; tool.
Result<Subject> build_client(const std::filesystem::path& folder, Clock& clock);

}  // namespace onsite::drill
