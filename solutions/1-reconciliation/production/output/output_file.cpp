#include "solutions/1-reconciliation/production/output/output_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "base/descriptor.hpp"
#include "solutions/1-reconciliation/production/storage/background.hpp"
#include "solutions/1-reconciliation/production/storage/content_hash.hpp"
#include "solutions/1-reconciliation/production/storage/huge_memory.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::size_t kBlockBytes = 1 << 20;
constexpr std::size_t kStagedBytes = 2 << 20;
constexpr mode_t kMode = 0666;  // The user's umask decides.

}  // namespace

// The file itself, and the thread that writes it.
class OutputFile::Writer {
public:
    Writer(Descriptor descriptor, std::filesystem::path path)
        : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

    bool is_open() const { return descriptor_.is_open(); }

    // Takes what is to be written, and gives room for the next.
    Result<void> flush(std::string& bytes, Then then) {
        std::string& block = blocks_[blocks_taken_++ % blocks_.size()];
        block.clear();
        block.swap(bytes);
        return writing_.run([this, &block, then] {
            return then == Then::more ? write_block(block) : write_to_disk(block);
        });
    }
    Result<void> finish() { return writing_.finish(); }

    WrittenFile written() const {
        return {.name = path_.filename().string(), .bytes = bytes_, .hash = hash_.text()};
    }

    std::unexpected<Error> cannot_write() const {
        const int problem = errno;
        return tool_error(fmt::format(
            "{}: expected to write the results there, found: {}; nothing was recorded; {}",
            path_.string(), std::strerror(problem),
            problem == ENOSPC ? "free some disk space, or name another folder with --out"
                              : "check who may write there"));
    }

private:
    Result<void> write_block(std::string_view rest) {
        hash_.add(rest);
        bytes_ += rest.size();
        // A small file is written as it is.
        if (staged_.size() == 0) {
            if (rest.size() < kBlockBytes) return write(rest);
            staged_ = HugeMemory(kStagedBytes);
            set_direct(true);
        }
        while (!rest.empty()) {
            const std::size_t size = std::min(rest.size(), kStagedBytes - staged_used_);
            std::memcpy(staged_.data() + staged_used_, rest.data(), size);
            staged_used_ += size;
            rest.remove_prefix(size);
            if (staged_used_ < kStagedBytes) break;
            if (auto written = write_staged(); !written) return written;
        }
        return {};
    }

    Result<void> write_to_disk(std::string_view last) {
        if (auto written = write_block(last); !written) return written;
        set_direct(false);
        if (auto written = write_staged(); !written) return written;
        if (::fsync(descriptor_.get()) != 0 || !descriptor_.reset()) return cannot_write();
        return {};
    }

    // Whole pages at whole pages, as writing past the page cache wants it, until the last time.
    Result<void> write_staged() {
        auto written = write({staged_.data(), std::exchange(staged_used_, 0)});
        // It begins its way to the disk at once, so that close() has not to wait for all of it.
        // Advice only: an error would be seen there.
        if (!is_direct_) ::sync_file_range(descriptor_.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
        return written;
    }

    Result<void> write(std::string_view rest) {
        while (!rest.empty()) {
            const ssize_t written = ::write(descriptor_.get(), rest.data(), rest.size());
            if (written < 0 && errno == EINTR) continue;
            // Refused by the file system, or what is left after a part was written.
            if (written < 0 && errno == EINVAL && set_direct(false)) continue;
            if (written < 0) return cannot_write();
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
        return {};
    }

    // Whether to write past the page cache: a copy there would take as much memory as the results
    // are large, and they have to be on the disk anyway before the run is over. Returns whether
    // that has changed; not every file system can do it.
    bool set_direct(bool is_wanted) {
        if (is_direct_ == is_wanted) return false;
        const int flags = ::fcntl(descriptor_.get(), F_GETFL);
        const int wanted = is_wanted ? flags | O_DIRECT : flags & ~O_DIRECT;
        if (flags < 0 || ::fcntl(descriptor_.get(), F_SETFL, wanted) != 0) return false;
        is_direct_ = is_wanted;
        return true;
    }

    Descriptor descriptor_;
    std::filesystem::path path_;
    ContentHash hash_;
    HugeMemory staged_;  // Of a file that has at least a block.
    std::size_t staged_used_ = 0;
    bool is_direct_ = false;
    std::uint64_t bytes_ = 0;
    std::array<std::string, Background::kTasksMax + 1> blocks_;  // One is free for the next task.
    std::size_t blocks_taken_ = 0;
    Background writing_;
};

Result<OutputFile> OutputFile::create(const std::filesystem::path& path) {
    Descriptor descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode));
    auto writer = std::make_unique<Writer>(std::move(descriptor), path);
    if (!writer->is_open()) return writer->cannot_write();
    return OutputFile(std::move(writer));
}

OutputFile::OutputFile(std::unique_ptr<Writer> writer) : writer_(std::move(writer)) {
    // What ends a block goes beyond it.
    waiting_.reserve(kBlockBytes + kBlockBytes / 8);
}

OutputFile::OutputFile(OutputFile&& other) noexcept = default;
OutputFile::~OutputFile() = default;

Result<void> OutputFile::flush_block() {
    if (waiting_.size() < kBlockBytes) return {};
    return writer_->flush(waiting_, Then::more);
}

void OutputFile::begin_close() {
    is_closing_ = true;
    closing_ = writer_->flush(waiting_, Then::nothing);
}

Result<WrittenFile> OutputFile::close() {
    if (!is_closing_) begin_close();
    if (!closing_) return pass_on(closing_);
    if (auto written = writer_->finish(); !written) return pass_on(written);
    return writer_->written();
}

}  // namespace onsite::reconcile
