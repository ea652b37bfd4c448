#include "harness/isolation/plan.hpp"

#include <cstdlib>
#include <sstream>
#include <unistd.h>

#include <fmt/format.h>

#include "harness/isolation/command_line.hpp"
#include "harness/isolation/user.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

// bubblewrap outside the box and its init inside count as processes too.
constexpr std::uint64_t kOwnProcesses = 2;

std::vector<StagedMount> stage_of(const BoxSpec& spec) {
    std::vector<StagedMount> stage;
    for (const Mount& mount : spec.mounts) {
        stage.push_back({.host = mount.host.string(),
                         .place = fmt::format("{}/{}", kStage, stage.size()),
                         .is_directory = fs::is_directory(mount.host)});
    }
    return stage;
}

std::vector<ResourceLimit> resource_limits_for(const BoxSpec& spec, const Cgroup& cgroup,
                                               bool has_own_user) {
    const LayerSet& layers = spec.layers;
    const Limits& limits = spec.limits;
    std::vector<ResourceLimit> found;
    const auto add = [&found](__rlimit_resource resource, rlim_t limit) {
        found.push_back({.resource = resource, .soft = limit, .hard = limit});
    };
    if (layers.has(Layer::memory) && !cgroup.limits_memory()) {
        add(RLIMIT_DATA, limits.memory_bytes);
    }
    // Of a user with other processes it would count those as well.
    if (layers.has(Layer::count) && has_own_user) {
        add(RLIMIT_NPROC, limits.processes + kOwnProcesses);
    }
    if (layers.has(Layer::file_size)) {
        add(RLIMIT_FSIZE, limits.file_bytes);
        add(RLIMIT_NOFILE, limits.open_files);
        // One byte, not none: with 0 a core_pattern that pipes to a program of the host still runs
        // it.
        add(RLIMIT_CORE, 1);
    }
    if (layers.has(Layer::cpu)) {
        // First SIGXCPU, which names the cause; a second later SIGKILL, which cannot be ignored.
        found.push_back({RLIMIT_CPU, limits.cpu_seconds, limits.cpu_seconds + 1});
    }
    return found;
}

}  // namespace

Result<std::string> find_bubblewrap() {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path != nullptr ? path : "/usr/bin:/bin");
    std::string folder;
    while (std::getline(folders, folder, ':')) {
        std::string program = folder + "/bwrap";
        if (!folder.empty() && access(program.c_str(), X_OK) == 0) return program;
    }
    return tool_error(
        "expected the program bwrap to isolate submissions, found none; install it (apt-get "
        "install bubblewrap)");
}

Result<void> check_spec(const BoxSpec& spec) {
    if (spec.command.empty() || !fs::path(spec.command.front()).is_absolute()) {
        return tool_error("expected a box to have a command with an absolute path, found none");
    }
    for (const Mount& mount : spec.mounts) {
        std::error_code missing;
        if (!fs::exists(mount.host, missing) || !mount.inside.is_absolute()) {
            return tool_error(fmt::format("expected {} to exist, to show it in a box as {}",
                                          mount.host.string(), mount.inside.string()));
        }
    }
    return {};
}

std::optional<uid_t> user_for(const BoxSpec& spec) {
    if (!spec.layers.has(Layer::uid)) return std::nullopt;
    return unprivileged_user();
}

Cgroup cgroup_for(const BoxSpec& spec) {
    const LayerSet& layers = spec.layers;
    CgroupLimits limits;
    if (layers.has(Layer::memory)) limits.memory_bytes = spec.limits.memory_bytes;
    if (layers.has(Layer::count)) limits.processes = spec.limits.processes + kOwnProcesses;
    return Cgroup::create(find_cgroup_mounts("/proc/self/mounts"), limits);
}

ChildSpec child_spec_for(const BoxSpec& spec, std::optional<uid_t> user, const Cgroup& cgroup) {
    ChildSpec child;
    child.environment = spec.environment;
    child.cgroup_entries = cgroup.entries();
    child.resource_limits = resource_limits_for(spec, cgroup, user.has_value());
    child.user = user;
    CommandLineSpec line;
    if (user) child.stage = stage_of(spec);
    for (const Mount& mount : spec.mounts) line.mount_sources.push_back(mount.host.string());
    for (std::size_t i = 0; i < child.stage.size(); ++i) {
        line.mount_sources[i] = child.stage[i].place;
    }
    line.limits_processes_inside = spec.layers.has(Layer::count) && !user;
    child.arguments = bubblewrap_arguments(spec, line);
    return child;
}

}  // namespace onsite
