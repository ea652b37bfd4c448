#include "solutions/1-reconciliation/production/input/snapshot.hpp"

#include <sys/stat.h>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/input/file_reader.hpp"

namespace onsite::reconcile {
namespace {

// In bytes; -1 when it can be read only once.
Result<std::int64_t> size_of(const std::filesystem::path& path) {
    if (path == "-") return -1;
    struct stat status = {};
    if (::stat(path.c_str(), &status) != 0) return cannot_read(path.string());
    return S_ISREG(status.st_mode) ? status.st_size : -1;
}

}  // namespace

Result<std::vector<std::int64_t>> file_sizes(const Feed& feed) {
    std::vector<std::int64_t> sizes;
    for (const auto& file : feed.files) {
        auto size = size_of(file);
        if (!size) return pass_on(size);
        sizes.push_back(*size);
    }
    return sizes;
}

Result<FileRead> hash_file(const std::filesystem::path& path) {
    auto size = size_of(path);
    if (!size) return pass_on(size);
    if (*size < 0) {
        return usage_error(
            fmt::format("{}: expected a regular file, found another kind; it can be read only once",
                        path == "-" ? "standard input" : path.string()));
    }
    // Nothing is copied or unpacked for a hash.
    auto file = InputFile::open(path, {}, 0);
    if (!file) return pass_on(file);
    return FileReader::hash_of(*file);
}

Result<std::vector<FileRead>> hash_files(const Feed& feed) {
    std::vector<FileRead> files;
    for (const auto& file : feed.files) {
        auto read = hash_file(file);
        if (!read) return pass_on(read);
        files.push_back(std::move(*read));
    }
    return files;
}

}  // namespace onsite::reconcile
