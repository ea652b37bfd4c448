#include <cstdlib>

#include <fmt/format.h>

#include "harness/cli/commands.hpp"
#include "harness/subject/tools.hpp"

namespace onsite {
namespace {

const char* what_the_level_means(IsolationLevel level) {
    switch (level) {
        case IsolationLevel::full:
            return "every layer is on; results are grades";
        case IsolationLevel::reduced:
            return "a layer works by a weaker means; results are grades";
        case IsolationLevel::none:
            return "NOT ISOLATED: results are not called grades";
    }
    std::abort();
}

}  // namespace

Result<int> run_doctor(App& app) {
    bool is_complete = true;
    for (const Tool& tool : kTools) {
        const bool is_there = is_installed(tool);
        is_complete = is_complete && is_there;
        app.console.print(
            fmt::format("{:<8}{:<20}{}\n", is_there ? "ok" : "MISSING", tool.path, tool.what_for));
    }
    const IsolationReport report = probe_isolation(app.clock);
    app.console.print("\n");
    for (std::size_t i = 0; i < kLayerCount; ++i) {
        const auto layer = static_cast<Layer>(i);
        app.console.print(
            fmt::format("{:<8}{}\n", report.layers.has(layer) ? "on" : "OFF", to_string(layer)));
    }
    for (const std::string& note : report.notes) app.console.print("        " + note + "\n");
    app.console.print(fmt::format("\nisolation: {} ({})\n", to_string(report.level),
                                  what_the_level_means(report.level)));
    const bool is_healthy = is_complete && report.level != IsolationLevel::none;
    return is_healthy ? kExitDone : kExitToolFailed;
}

}  // namespace onsite
