// A file that is written from front to end, with its size and hash.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace onsite::reconcile {

struct WrittenFile {
    std::string name;  // Without its folder.
    std::uint64_t bytes = 0;
    std::string hash;  // Of the bytes (content_hash.hpp).
    bool operator==(const WrittenFile&) const = default;
};

// Full blocks are hashed and written by a thread of their own while the next one is filled.
// Not yet on the disk when it is destroyed without close(): whoever owns the folder removes it.
class OutputFile {
public:
    // Errors: tool when there is such a file already, or the disk is full.
    static Result<OutputFile> create(const std::filesystem::path& path);
    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&&) = delete;
    ~OutputFile();

    // Errors: tool, also for a block that was given before.
    Result<void> write(std::string_view bytes) {
        waiting_ += bytes;
        return flush_block();
    }
    // What is appended here is written by flush_block(), as soon as it is a whole block.
    std::string& waiting() { return waiting_; }
    Result<void> flush_block();
    // Begins what close() does, which several files can do at the same time: a file system that
    // flushes them together does so once. REQUIRES: nothing is written afterwards.
    void begin_close();
    // Flushes to the disk. REQUIRES: called once, and last.
    Result<WrittenFile> close();

private:
    class Writer;
    enum class Then { more, nothing };
    explicit OutputFile(std::unique_ptr<Writer> writer);

    std::unique_ptr<Writer> writer_;
    std::string waiting_;
    bool is_closing_ = false;
    Result<void> closing_;  // What begin_close() could not do.
};

}  // namespace onsite::reconcile
