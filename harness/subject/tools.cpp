#include "harness/subject/tools.hpp"

#include <unistd.h>

#include <fmt/format.h>

namespace onsite {

bool is_installed(const Tool& tool) { return access(tool.path, X_OK) == 0; }

Result<void> expect_tools_of(std::string_view language) {
    for (const Tool& tool : kTools) {
        if (tool.language != language || is_installed(tool)) continue;
        return tool_error(fmt::format(
            "expected the program {} for {}, found none that can be started; install it (apt-get "
            "install {})",
            tool.path, tool.what_for, tool.package));
    }
    return {};
}

}  // namespace onsite
