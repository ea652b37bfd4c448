#include "base/installation.hpp"

#include <cstdlib>

namespace onsite {

namespace fs = std::filesystem;

std::string environment(const char* name, const std::string& fallback) {
    const char* const value = std::getenv(name);
    return value == nullptr || *value == '\0' ? fallback : value;
}

Installation find_installation() {
    const fs::path build = fs::read_symlink("/proc/self/exe").parent_path().parent_path();
    const fs::path above = build.parent_path().parent_path();
    return {.root = environment("ONSITE_ROOT", above.string()), .build = build};
}

}  // namespace onsite
