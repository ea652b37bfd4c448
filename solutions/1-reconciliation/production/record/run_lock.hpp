// So that one process makes a run while others wait for its record.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace onsite::reconcile {

// Keeps others from making the same run until it is destroyed, also when the process is killed.
class RunLock {
public:
    virtual ~RunLock() = default;
};

// Both wait for whoever holds the lock, and call `on_wait` once when there is somebody to wait for.

// Among the processes of this machine. Errors: tool.
Result<std::unique_ptr<RunLock>> lock_file(const std::filesystem::path& path,
                                           const std::function<void()>& on_wait);

// Among all that use the same PostgreSQL database; `where` is as libpq reads it, `key` hexadecimal.
// Throws what SOCI throws.
Result<std::unique_ptr<RunLock>> lock_database(const std::string& where, std::string_view key,
                                               const std::function<void()>& on_wait);

}  // namespace onsite::reconcile
