// Lets processes take turns.
#pragma once

#include <filesystem>
#include <functional>
#include <utility>

#include "base/descriptor.hpp"
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

private:
    explicit FileLock(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}
    Descriptor descriptor_;
};

}  // namespace onsite
