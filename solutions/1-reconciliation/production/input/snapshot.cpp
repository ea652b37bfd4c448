#include "solutions/1-reconciliation/production/input/snapshot.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <fmt/format.h>

namespace onsite::reconcile {
namespace {

constexpr std::size_t kBlockBytes = 256 << 10;

std::unexpected<Error> cannot_read(const std::filesystem::path& path) {
    const std::string problem = std::strerror(errno);
    return usage_error(fmt::format(
        "{}: expected a file that can be read, found: {}. Check its name and who may read it.",
        path.string(), problem));
}

class ReadDescriptor {
public:
    explicit ReadDescriptor(const std::filesystem::path& path)
        : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    ~ReadDescriptor() {
        if (number_ >= 0) ::close(number_);
    }
    ReadDescriptor(const ReadDescriptor&) = delete;
    ReadDescriptor& operator=(const ReadDescriptor&) = delete;
    int get() const { return number_; }

private:
    int number_;
};

}  // namespace

Result<std::vector<std::int64_t>> file_sizes(const Feed& feed) {
    std::vector<std::int64_t> sizes;
    for (const auto& file : feed.files) {
        struct stat status = {};
        const bool is_standard_input = file == "-";
        if (!is_standard_input && ::stat(file.c_str(), &status) != 0) return cannot_read(file);
        const bool is_regular = !is_standard_input && S_ISREG(status.st_mode);
        sizes.push_back(is_regular ? status.st_size : -1);
    }
    return sizes;
}

Result<FileRead> hash_file(const std::filesystem::path& path, const std::atomic<bool>* stop) {
    const ReadDescriptor file(path);
    struct stat status = {};
    if (file.get() < 0 || ::fstat(file.get(), &status) != 0) return cannot_read(path);
    if (!S_ISREG(status.st_mode)) {
        return usage_error(fmt::format(
            "{}: expected a regular file, found another kind. It can be read only once.",
            path.string()));
    }
    XXH3_state_t hash;
    XXH3_128bits_reset(&hash);
    std::string block(kBlockBytes, '\0');
    FileRead read = {.path = path.string(), .bytes = 0, .hash = {}};
    while (true) {
        if (stop != nullptr && stop->load()) return tool_error("stopped before the end.");
        const ssize_t got = ::read(file.get(), block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return cannot_read(path);
        if (got == 0) break;
        XXH3_128bits_update(&hash, block.data(), static_cast<std::size_t>(got));
        read.bytes += static_cast<std::uint64_t>(got);
    }
    const XXH128_hash_t digest = XXH3_128bits_digest(&hash);
    read.hash = fmt::format("{:016x}{:016x}", digest.high64, digest.low64);
    return read;
}

Result<std::vector<FileRead>> hash_files(const Feed& feed, const std::atomic<bool>* stop) {
    std::vector<FileRead> files;
    for (const auto& file : feed.files) {
        auto read = hash_file(file, stop);
        if (!read) return pass_on(read);
        files.push_back(std::move(*read));
    }
    return files;
}

}  // namespace onsite::reconcile
