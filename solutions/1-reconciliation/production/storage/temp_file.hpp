// A file without a name: it is gone when it is closed, or when the process is killed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <utility>

#include "base/descriptor.hpp"
#include "base/error.hpp"

namespace onsite::reconcile {

class TempFile {
public:
    // Errors: usage when the folder is missing or not writable.
    static Result<TempFile> create(const std::filesystem::path& folder);
    // A file that is there already, to be read; it keeps its name.
    // Errors: usage when it is missing.
    static Result<TempFile> open(const std::filesystem::path& path);

    // Returns where the bytes stand. Errors: tool, when the disk is full above all.
    Result<std::uint64_t> append(std::span<const char> bytes);
    // Errors: tool, also when the file has no such bytes.
    Result<void> read(std::uint64_t from, std::span<char> room) const;

    std::uint64_t size() const { return size_; }
    // Gives the descriptor away.
    Descriptor release() { return std::move(descriptor_); }

private:
    TempFile(Descriptor descriptor, std::filesystem::path folder)
        : descriptor_(std::move(descriptor)), folder_(std::move(folder)) {}
    Descriptor descriptor_;
    std::filesystem::path folder_;  // For errors.
    std::uint64_t size_ = 0;
};

}  // namespace onsite::reconcile
