#include "exercises/4-idempotency/drill/cli/common.hpp"

#include <fmt/format.h>

#include "base/file_lock.hpp"
#include "base/installation.hpp"

namespace onsite::drill {

std::filesystem::path usual_drills() {
    return environment("ONSITE_DRILLS", (find_installation().root / "drills").string());
}

Result<int> alone(const DrillPaths& paths, const std::function<Result<int>()>& work) {
    std::error_code failed;
    std::filesystem::create_directories(paths.lock().parent_path(), failed);
    if (failed) {
        return tool_error(
            fmt::format("expected to make {}: {}", paths.drills.string(), failed.message()));
    }
    const auto lock = FileLock::take(paths.lock());
    if (!lock) return std::unexpected(lock.error());
    return work();
}

}  // namespace onsite::drill
