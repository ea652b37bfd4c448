// What stands on the disk, without looking into it: enough to know a feed again.
#pragma once

#include <filesystem>
#include <vector>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/feed.hpp"
#include "solutions/1-reconciliation/production/summary.hpp"

namespace onsite::reconcile {

// The size of every file in bytes, -1 for one that can be read only once (a pipe, standard input).
// Errors: usage when there is no such file.
Result<std::vector<std::int64_t>> file_sizes(const Feed& feed);

// The files' sizes and hashes, as a run that read them would say.
// Errors: usage when a file is missing, is not a regular one, or is changed meanwhile.
Result<std::vector<FileRead>> hash_files(const Feed& feed);

// Of one file; see above.
Result<FileRead> hash_file(const std::filesystem::path& path);

}  // namespace onsite::reconcile
