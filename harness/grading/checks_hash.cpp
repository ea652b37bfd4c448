#include "harness/grading/checks_hash.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/files.hpp"
#include "base/hash.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

// What a checkout does not have: tools leave it behind.
bool is_left_behind(const fs::path& name) {
    return name.string().starts_with('.') || name == "node_modules" || name == "__pycache__" ||
           name.extension() == ".pyc";
}

// A folder that is missing has none. Errors: tool, when it cannot be listed.
Result<void> add_files(const fs::path& folder, std::vector<fs::path>& files) {
    std::error_code problem;
    fs::recursive_directory_iterator entry(folder, problem);
    for (; !problem && entry != fs::end(entry); entry.increment(problem)) {
        if (is_left_behind(entry->path().filename())) {
            entry.disable_recursion_pending();
        } else if (entry->is_regular_file(problem) && !entry->is_symlink(problem)) {
            files.push_back(entry->path());
        }
    }
    if (!problem || problem == std::errc::no_such_file_or_directory) return {};
    return tool_error(fmt::format("cannot list {}: {}", folder.string(), problem.message()));
}

}  // namespace

Result<std::string> checks_hash(const Exercise& exercise, const fs::path& root) {
    std::vector<fs::path> files;
    for (const fs::path& folder : {exercise.folder, exercise.solution, root / "base",
                                   root / "harness", root / "simulator", root / "scenarios"}) {
        if (auto added = add_files(folder, files); !added) return pass_on(added);
    }
    std::ranges::sort(files);
    // A hash for each file, and one over these: no file's end can be taken for the next one's name.
    std::string listing;
    std::uint64_t bytes = 0;
    for (const fs::path& file : files) {
        auto content = read_file(file, kChecksBytesMax - bytes);
        if (!content) return pass_on(content);
        bytes += content->size();
        listing +=
            fmt::format("{} {}\n", sha256_hex(*content), file.lexically_relative(root).string());
    }
    return sha256_hex(listing);
}

}  // namespace onsite
