// The files of feeds, in a folder that subjects see read only as /feeds. Gone with this object.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace onsite::reconciliation {

class FeedFolder {
public:
    // Errors: tool, when the machine has no room for it.
    static Result<FeedFolder> create();
    FeedFolder(FeedFolder&& other) noexcept;
    FeedFolder& operator=(FeedFolder&&) = delete;
    ~FeedFolder();

    const std::filesystem::path& host_path() const { return path_; }
    static std::string inside_path(std::string_view name);

    // Not flushed to disk: the file is for a process of this minute.
    // Errors: tool, when the disk is full.
    Result<void> write(std::string_view name, std::string_view text) const;

private:
    explicit FeedFolder(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

inline constexpr const char* kFeedsInside = "/feeds";

}  // namespace onsite::reconciliation
