// A folder of results that appears under its name whole, or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "base/descriptor.hpp"
#include "base/error.hpp"

namespace onsite::reconcile {

// Results are written to ".<name>.<key>.partial" beside it and renamed at the end. What a killed
// run left there is removed by the next one of the same key; a folder in use is never touched.
class ResultFolder {
public:
    // `key` tells runs apart that want the same name. Errors: usage when `path` is taken by
    // something that is not an empty folder, or another process writes the same results just now;
    // tool when the folder cannot be made or emptied.
    static Result<ResultFolder> create(const std::filesystem::path& path, std::string_view key);
    ResultFolder(ResultFolder&& other) noexcept;
    ResultFolder& operator=(ResultFolder&&) = delete;
    // Removes what was not published.
    ~ResultFolder();

    // Where files are written until publish().
    const std::filesystem::path& partial() const { return partial_; }

    // Errors: usage when the name was taken meanwhile; tool when the disk fails.
    // REQUIRES: the files in it are closed; called once, and last.
    Result<void> publish();

private:
    ResultFolder(std::filesystem::path path, std::filesystem::path partial, Descriptor lock)
        : path_(std::move(path)), partial_(std::move(partial)), lock_(std::move(lock)) {}
    std::filesystem::path path_;
    std::filesystem::path partial_;
    Descriptor lock_;  // On the partial folder.
};

// Errors: usage when something stands there that is not an empty folder.
Result<void> expect_free(const std::filesystem::path& path);

}  // namespace onsite::reconcile
