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
    std::string hash;  // XXH3-128 of the bytes, 32 hexadecimal digits.
    bool operator==(const WrittenFile&) const = default;
};

// Not yet on the disk when it is destroyed without close(): whoever owns the folder removes it.
class OutputFile {
public:
    // Errors: tool when there is such a file already, or the disk is full.
    static Result<OutputFile> create(const std::filesystem::path& path);
    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&&) = delete;
    ~OutputFile();

    Result<void> write(std::string_view bytes);
    // Flushes to the disk. REQUIRES: called once, and last.
    Result<WrittenFile> close();

private:
    OutputFile(int descriptor, std::filesystem::path path);
    Result<void> flush();
    std::unexpected<Error> cannot_write() const;

    struct Hash;
    int descriptor_;
    std::filesystem::path path_;
    std::unique_ptr<Hash> hash_;
    std::string waiting_;
    std::uint64_t bytes_ = 0;
};

}  // namespace onsite::reconcile
