// A file without a name: it is gone when it is closed, or when the process is killed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "base/error.hpp"

namespace onsite::reconcile {

class TempFile {
public:
    // Errors: usage when the folder is missing or not writable.
    static Result<TempFile> create(const std::filesystem::path& folder);
    // A file that is there already, to be read; it keeps its name.
    // Errors: usage when it is missing.
    static Result<TempFile> open(const std::filesystem::path& path);
    TempFile(TempFile&& other) noexcept;
    TempFile& operator=(TempFile&& other) noexcept;
    ~TempFile();

    // Returns where the bytes stand. Errors: tool, when the disk is full above all.
    Result<std::uint64_t> append(std::span<const char> bytes);
    // Errors: tool, also when the file has no such bytes.
    Result<void> read(std::uint64_t from, std::span<char> room) const;

    std::uint64_t size() const { return size_; }
    // Gives the descriptor away; the caller closes it.
    int release();

private:
    TempFile(int descriptor, std::filesystem::path folder)
        : descriptor_(descriptor), folder_(std::move(folder)) {}
    int descriptor_;
    std::filesystem::path folder_;  // For errors.
    std::uint64_t size_ = 0;
};

}  // namespace onsite::reconcile
