#include "solutions/1-reconciliation/production/output/output_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <fmt/format.h>

namespace onsite::reconcile {
namespace {

constexpr std::size_t kBlockBytes = 256 << 10;
constexpr mode_t kMode = 0666;  // The user's umask decides.

}  // namespace

struct OutputFile::Hash {
    XXH3_state_t state;
};

Result<OutputFile> OutputFile::create(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode);
    OutputFile file(descriptor, path);
    if (descriptor < 0) return file.cannot_write();
    return file;
}

OutputFile::OutputFile(int descriptor, std::filesystem::path path)
    : descriptor_(descriptor), path_(std::move(path)), hash_(std::make_unique<Hash>()) {
    XXH3_128bits_reset(&hash_->state);
    waiting_.reserve(kBlockBytes);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      hash_(std::move(other.hash_)),
      waiting_(std::move(other.waiting_)),
      bytes_(other.bytes_) {}

OutputFile::~OutputFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> OutputFile::write(std::string_view bytes) {
    waiting_ += bytes;
    return waiting_.size() < kBlockBytes ? Result<void>() : flush();
}

Result<void> OutputFile::flush() {
    XXH3_128bits_update(&hash_->state, waiting_.data(), waiting_.size());
    for (std::string_view rest = waiting_; !rest.empty();) {
        const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return cannot_write();
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    bytes_ += waiting_.size();
    waiting_.clear();
    return {};
}

Result<WrittenFile> OutputFile::close() {
    if (auto flushed = flush(); !flushed) return pass_on(flushed);
    const bool is_on_disk = ::fsync(descriptor_) == 0;
    if (!is_on_disk || ::close(std::exchange(descriptor_, -1)) != 0) return cannot_write();
    const XXH128_hash_t hash = XXH3_128bits_digest(&hash_->state);
    return WrittenFile{.name = path_.filename().string(),
                       .bytes = bytes_,
                       .hash = fmt::format("{:016x}{:016x}", hash.high64, hash.low64)};
}

std::unexpected<Error> OutputFile::cannot_write() const {
    const int problem = errno;
    return tool_error(
        fmt::format("{}: expected to write the results there, found: {}. {} Nothing was recorded.",
                    path_.string(), std::strerror(problem),
                    problem == ENOSPC ? "Free some disk space, or name another folder with --out."
                                      : "Check who may write there."));
}

}  // namespace onsite::reconcile
