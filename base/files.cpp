#include "base/files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/descriptor.hpp"

namespace onsite {
namespace {

std::unexpected<Error> io_error(std::string_view doing, const std::filesystem::path& path) {
    const char* advice = errno == ENOSPC   ? "; free some disk space and run the command again"
                         : errno == EACCES ? "; check who owns the file"
                                           : "";
    return tool_error(
        fmt::format("cannot {} {}: {}{}", doing, path.string(), std::strerror(errno), advice));
}

std::unexpected<Error> folder_error(const std::filesystem::path& path,
                                    const std::error_code& problem) {
    errno = problem.value();
    return io_error("write", path);
}

// Afterwards `unfinished` is what had the name before, if anything had.
Result<void> take_name(const std::filesystem::path& unfinished, const std::filesystem::path& path) {
    if (renameat2(AT_FDCWD, unfinished.c_str(), AT_FDCWD, path.c_str(), RENAME_EXCHANGE) == 0) {
        return {};
    }
    // Nothing has the name; or the file system cannot exchange names. What cannot be renamed for
    // another reason, as where a file system is mounted, must not be removed first.
    if (errno != ENOENT && errno != EINVAL && errno != ENOSYS) return io_error("write", path);
    std::error_code problem;
    std::filesystem::remove_all(path, problem);
    if (!problem) std::filesystem::rename(unfinished, path, problem);
    if (problem) return folder_error(path, problem);
    return {};
}

// Whether the path is a link to what the kernel shows of processes, as /dev/stdout is.
bool leads_into_proc(const std::filesystem::path& path) {
    std::error_code problem;
    const auto target = std::filesystem::read_symlink(path, problem);
    if (problem) return false;
    // The last name stays as it is: in /proc it may lead out again, to a regular file.
    const auto folder = (std::filesystem::absolute(path).parent_path() / target).parent_path();
    const auto names = std::filesystem::weakly_canonical(folder, problem).relative_path();
    return !problem && !names.empty() && *names.begin() == "proc";
}

// Whether a rename would take away what is no file of ours: a device, a pipe, or a link to one.
// A folder refuses that by itself.
bool must_stay(const std::filesystem::path& path) {
    struct stat facts {};
    if (leads_into_proc(path)) return true;
    return stat(path.c_str(), &facts) == 0 && !S_ISREG(facts.st_mode) && !S_ISDIR(facts.st_mode);
}

// True when all bytes were written and are on the disk.
bool write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return fsync(fd) == 0;
}

std::string_view kind_of(mode_t mode) {
    if (S_ISDIR(mode)) return "folder";
    if (S_ISFIFO(mode)) return "pipe";
    return S_ISSOCK(mode) ? "socket" : "device";
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t max_bytes) {
    const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.is_open() && errno == ENOENT) {
        return usage_error(fmt::format("expected the file {}, found nothing there", path.string()));
    }
    struct stat facts {};
    if (!file.is_open() || fstat(file.get(), &facts) != 0) return io_error("read", path);
    if (!S_ISREG(facts.st_mode)) {
        return usage_error(
            fmt::format("expected {} to be a regular file, found a {}; put a file "
                        "there",
                        path.string(), kind_of(facts.st_mode)));
    }
    std::string content;
    char block[1 << 16];
    for (;;) {
        const ssize_t got = read(file.get(), block, sizeof block);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return io_error("read", path);
        if (got == 0) return content;
        content.append(block, static_cast<std::size_t>(got));
        if (content.size() > max_bytes) {
            return usage_error(fmt::format("expected {} to have at most {} bytes, found more",
                                           path.string(), max_bytes));
        }
    }
}

Result<std::vector<std::filesystem::directory_entry>> entries_of(
    const std::filesystem::path& folder) {
    namespace fs = std::filesystem;
    std::vector<fs::directory_entry> entries;
    std::error_code problem;
    // A loop over the iterator itself would throw what is found behind the first entry.
    for (fs::directory_iterator entry(folder, problem); !problem && entry != fs::end(entry);
         entry.increment(problem)) {
        entries.push_back(*entry);
    }
    if (problem && problem != std::errc::no_such_file_or_directory) {
        return tool_error(fmt::format("cannot list {}: {}", folder.string(), problem.message()));
    }
    std::ranges::sort(entries, {}, &fs::directory_entry::path);
    return entries;
}

Result<void> write_file(const std::filesystem::path& path, std::string_view content) {
    if (must_stay(path)) {
        return usage_error(
            fmt::format("expected {} to be a regular file, or a new one, found a device or a pipe; "
                        "name a file",
                        path.string()));
    }
    std::string beside = path.string() + ".XXXXXX";
    const Descriptor file(mkostemp(beside.data(), O_CLOEXEC));
    if (!file.is_open()) return io_error("write", path);
    if (!write_all(file.get(), content) || fchmod(file.get(), 0644) != 0 ||
        rename(beside.c_str(), path.c_str()) != 0) {
        const int reason = errno;
        unlink(beside.c_str());
        errno = reason;
        return io_error("write", path);
    }
    return {};
}

Result<void> write_folder(const std::filesystem::path& path, const FillFolder& fill) {
    const std::filesystem::path unfinished =
        path.parent_path() / fmt::format(".{}.unfinished", path.filename().string());
    std::error_code problem;
    std::filesystem::remove_all(unfinished, problem);
    std::filesystem::create_directories(unfinished, problem);
    if (problem) return folder_error(path, problem);
    auto done = fill(unfinished);
    if (done) {
        sync_folder(unfinished);
        done = take_name(unfinished, path);
    }
    // What stood there before, or what is not whole.
    std::filesystem::remove_all(unfinished, problem);
    if (done) sync_folder(path.parent_path());
    return done;
}

Result<void> append_line(const std::filesystem::path& path, std::string_view line) {
    const Descriptor file(open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644));
    if (!file.is_open()) return io_error("append to", path);
    const off_t before = lseek(file.get(), 0, SEEK_END);
    if (!write_all(file.get(), std::string(line) + '\n')) {
        const int reason = errno;
        // Nothing better can be done when cutting fails too: a reader skips a last line without
        // '\n'.
        [[maybe_unused]] const int cut = ftruncate(file.get(), before);
        errno = reason;
        return io_error("append to", path);
    }
    return {};
}

bool sync_folder(const std::filesystem::path& folder) {
    const Descriptor opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return opened.is_open() && fsync(opened.get()) == 0;
}

}  // namespace onsite
