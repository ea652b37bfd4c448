#include "solutions/1-reconciliation/production/output/output_file.hpp"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/storage/content_hash.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::size_t kBlockBytes = 256 << 10;
constexpr mode_t kMode = 0666;  // The user's umask decides.

}  // namespace

// The file itself, used by one thread at a time.
class OutputFile::Writer {
public:
    Writer(int descriptor, std::filesystem::path path)
        : descriptor_(descriptor), path_(std::move(path)) {}
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }

    bool is_open() const { return descriptor_ >= 0; }
    // Takes what is to be written, and gives room for the next.
    void exchange(std::string& bytes) {
        block_.clear();
        block_.swap(bytes);
    }

    Result<void> write_block() {
        hash_.add(block_);
        for (std::string_view rest = block_; !rest.empty();) {
            const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return cannot_write();
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
        // Whole blocks begin their way to the disk at once, so that close() has not to wait for
        // all of them. Advice only: an error would be seen there.
        if (block_.size() >= kBlockBytes) {
            ::sync_file_range(descriptor_, static_cast<off_t>(bytes_),
                              static_cast<off_t>(block_.size()), SYNC_FILE_RANGE_WRITE);
        }
        bytes_ += block_.size();
        return {};
    }

    Result<void> write_to_disk() {
        if (auto written = write_block(); !written) return written;
        const bool is_on_disk = ::fsync(descriptor_) == 0;
        if (!is_on_disk || ::close(std::exchange(descriptor_, -1)) != 0) return cannot_write();
        return {};
    }

    WrittenFile written() const {
        return {.name = path_.filename().string(), .bytes = bytes_, .hash = hash_.text()};
    }

    std::unexpected<Error> cannot_write() const {
        const int problem = errno;
        return tool_error(fmt::format(
            "{}: expected to write the results there, found: {}. {} Nothing was recorded.",
            path_.string(), std::strerror(problem),
            problem == ENOSPC ? "Free some disk space, or name another folder with --out."
                              : "Check who may write there."));
    }

private:
    int descriptor_;
    std::filesystem::path path_;
    ContentHash hash_;
    std::string block_;
    std::uint64_t bytes_ = 0;
};

Result<OutputFile> OutputFile::create(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode);
    auto writer = std::make_unique<Writer>(descriptor, path);
    if (!writer->is_open()) return writer->cannot_write();
    return OutputFile(std::move(writer));
}

OutputFile::OutputFile(std::unique_ptr<Writer> writer) : writer_(std::move(writer)) {
    waiting_.reserve(kBlockBytes);
}

OutputFile::OutputFile(OutputFile&& other) noexcept = default;
OutputFile::~OutputFile() = default;

Result<void> OutputFile::write(std::string_view bytes) {
    waiting_ += bytes;
    return waiting_.size() < kBlockBytes ? Result<void>() : flush(Then::more);
}

Result<void> OutputFile::flush(Then then) {
    if (auto written = wait(); !written) return written;
    writer_->exchange(waiting_);
    // Where no thread can be had, the block is written when it is waited for.
    writing_ = std::async([writer = writer_.get(), then] {
        return then == Then::more ? writer->write_block() : writer->write_to_disk();
    });
    return {};
}

Result<void> OutputFile::wait() { return writing_.valid() ? writing_.get() : Result<void>(); }

void OutputFile::begin_close() {
    is_closing_ = true;
    closing_ = flush(Then::nothing);
}

Result<WrittenFile> OutputFile::close() {
    if (!is_closing_) begin_close();
    if (!closing_) return pass_on(closing_);
    if (auto written = wait(); !written) return pass_on(written);
    return writer_->written();
}

}  // namespace onsite::reconcile
