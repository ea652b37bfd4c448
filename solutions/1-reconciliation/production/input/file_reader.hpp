// The bytes of one file, uncompressed, block by block, with the hash of what stands on the disk.
//
// Blocks are read into a buffer that is used again: mapping a file costs a page fault for every
// 4 KiB, four times as much as reading it.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <utility>

#include "base/clock.hpp"
#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "solutions/1-reconciliation/production/storage/content_hash.hpp"
#include "solutions/1-reconciliation/production/summary.hpp"

namespace onsite::reconcile {

// The error of everything that ends because it was told to.
inline constexpr std::string_view kStopped = "expected to read on, found that the run was stopped";

// The error of a file of that name that could not be read, for the reason in errno.
std::unexpected<Error> cannot_read(const std::string& name);

// The file of a feed, held open from the first pass to the end of the run. A pipe or standard input
// is copied to a file without a name first, because a feed may be read twice.
class InputFile {
public:
    // Errors: usage when there is no such file; tool when a copy cannot be written, or when `stop`
    // becomes true while a pipe is read: whoever writes into it may take for ever.
    // `window_bytes_max` is how much history unpacking it may need.
    static Result<InputFile> open(const std::filesystem::path& path,
                                  const std::filesystem::path& temp_folder,
                                  std::uint64_t window_bytes_max,
                                  const std::atomic<bool>* stop = nullptr);

    const std::string& name() const { return name_; }
    int descriptor() const { return descriptor_.get(); }
    std::uint64_t bytes() const { return static_cast<std::uint64_t>(status_.st_size); }
    std::uint64_t window_bytes_max() const { return window_bytes_max_; }
    bool is_compressed() const;
    // Errors: usage when size or date are not what they were when the file was opened.
    Result<void> expect_unchanged() const;
    // When it was changed last, in nanoseconds since 1970.
    std::int64_t changed_at_ns() const {
        return std::int64_t{status_.st_mtim.tv_sec} * kNsPerSecond + status_.st_mtim.tv_nsec;
    }
    // Whether it is a copy of what came through a pipe: no other process can read it.
    bool is_copy() const { return is_copy_; }

private:
    InputFile(Descriptor descriptor, std::string name, std::uint64_t window_bytes_max)
        : descriptor_(std::move(descriptor)),
          name_(std::move(name)),
          window_bytes_max_(window_bytes_max) {}
    Descriptor descriptor_;
    std::string name_;
    std::uint64_t window_bytes_max_;
    struct stat status_ = {};
    bool is_copy_ = false;
};

// Turns what stands on the disk into content. gzip and zstd, of any number of members or frames.
class Decoder {
public:
    virtual ~Decoder() = default;
    struct Step {
        std::size_t taken = 0;  // Of the input.
        std::size_t made = 0;   // Of the output.
    };
    // Errors: usage when the bytes are damaged; the text says how.
    virtual Result<Step> decode(std::span<const char> input, std::span<char> output) = 0;
    // Whether the input may end here: between members.
    virtual bool may_end() const = 0;
};
// By the first bytes of a file; nothing when it is not compressed.
std::unique_ptr<Decoder> make_decoder(std::span<const char> first_bytes,
                                      std::uint64_t window_bytes_max);

class FileReader {
public:
    enum class Want { content_and_hash, content };
    // REQUIRES: the file outlives the reader.
    explicit FileReader(const InputFile& file, Want want = Want::content_and_hash)
        : file_(file), want_(want) {}

    // Fills `room` and returns how much of it; less than all only at the end of the file.
    // Errors: usage when the file is damaged, truncated, or was changed meanwhile.
    Result<std::size_t> read(std::span<char> room);

    std::uint64_t bytes_read() const { return bytes_read_; }
    // Without a hash when none was wanted. REQUIRES: read() has returned less than its room.
    FileRead result() const;

    // Reads the file as it stands on the disk, for its hash alone. At about 5 GB/s.
    // Errors: as read(), but damage inside compressed data is not seen.
    static Result<FileRead> hash_of(const InputFile& file);

private:
    Result<std::size_t> read_raw(std::span<char> room);
    Result<std::size_t> read_decoded(std::span<char> room);
    Result<void> finish();

    const InputFile& file_;
    const Want want_;
    ContentHash hash_;
    std::unique_ptr<Decoder> decoder_;
    std::string raw_;  // Compressed bytes that wait, from raw_at_ on.
    std::size_t raw_at_ = 0;
    std::uint64_t bytes_read_ = 0;
    bool is_started_ = false;
    bool is_at_end_ = false;  // Of the file on the disk.
};

}  // namespace onsite::reconcile
