#include "solutions/1-reconciliation/production/storage/temp_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <unistd.h>

#include <fmt/format.h>

namespace onsite::reconcile {
namespace {

// Where a file system has no files without names: one that is unlinked at once.
Descriptor create_and_unlink(const std::filesystem::path& folder) {
    std::string path = folder / "reconcile-XXXXXX";
    Descriptor descriptor(::mkostemp(path.data(), O_CLOEXEC));
    if (descriptor.is_open()) ::unlink(path.c_str());
    return descriptor;
}

}  // namespace

Result<TempFile> TempFile::create(const std::filesystem::path& folder) {
    Descriptor descriptor(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (!descriptor.is_open() && (errno == EOPNOTSUPP || errno == EISDIR)) {
        descriptor = create_and_unlink(folder);
    }
    if (!descriptor.is_open()) {
        return usage_error(fmt::format(
            "{}: expected a folder for temporary files, found: {}; name one that can be written",
            folder.string(), std::strerror(errno)));
    }
    return TempFile(std::move(descriptor), folder);
}

Result<TempFile> TempFile::open(const std::filesystem::path& path) {
    Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!descriptor.is_open()) {
        return usage_error(fmt::format("{}: expected a file that can be read, found: {}",
                                       path.string(), std::strerror(errno)));
    }
    const off_t size = ::lseek(descriptor.get(), 0, SEEK_END);
    TempFile file(std::move(descriptor), path);
    file.size_ = size > 0 ? static_cast<std::uint64_t>(size) : 0;
    return file;
}

Result<std::uint64_t> TempFile::append(std::span<const char> bytes) {
    const std::uint64_t from = size_;
    while (!bytes.empty()) {
        const ssize_t written =
            ::pwrite(descriptor_.get(), bytes.data(), bytes.size(), static_cast<off_t>(size_));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) {
            return tool_error(fmt::format(
                "{}: expected room for temporary files, found: {} after {} bytes; free some space, "
                "name another folder, or allow more memory",
                folder_.string(), std::strerror(errno), size_));
        }
        size_ += static_cast<std::uint64_t>(written);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return from;
}

Result<void> TempFile::read(std::uint64_t from, std::span<char> room) const {
    while (!room.empty()) {
        const ssize_t got =
            ::pread(descriptor_.get(), room.data(), room.size(), static_cast<off_t>(from));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            return tool_error(
                fmt::format("{}: expected to read back a temporary file, found: {}; check the disk",
                            folder_.string(), got < 0 ? std::strerror(errno) : "its end"));
        }
        from += static_cast<std::uint64_t>(got);
        room = room.subspan(static_cast<std::size_t>(got));
    }
    return {};
}

}  // namespace onsite::reconcile
