// Lets processes take turns.
#pragma once

#include <filesystem>
#include <functional>
#include <utility>

#include "base/error.hpp"

namespace onsite {

// Holds a lock file until the end of its scope; the kernel lets go of it when the process dies.
// The file stays: a lock on a file that was removed keeps nobody out.
class FileLock {
public:
    // Makes the file when it is missing. Waits for whoever holds the lock; `on_wait` is called once
    // when there is somebody to wait for. Errors: tool, when the file cannot be made or locked.
    static Result<FileLock> take(const std::filesystem::path& file,
                                 const std::function<void()>& on_wait = {});
    FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace onsite
