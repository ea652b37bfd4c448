// Which checks judged: a grade that another Onsite gave need not be repeated by this one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/error.hpp"
#include "harness/catalog/exercise.hpp"

namespace onsite {

inline constexpr std::uint64_t kChecksBytesMax = 64 << 20;  // Of all files; there are about 6 MB.

// SHA-256 over the names and contents of everything that can decide a verdict: the exercise, its
// solution (growth is measured against it), and the code that judges. Sources and not the program,
// so that every machine and compiler has the same. Hidden files and links are left out.
// Errors: tool, when a file cannot be read; when there are more than kChecksBytesMax bytes.
// Thread-safe. Reads the disk.
Result<std::string> checks_hash(const Exercise& exercise, const std::filesystem::path& root);

}  // namespace onsite
