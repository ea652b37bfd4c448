#include "harness/isolation/command_line.hpp"

#include <filesystem>

#include <fmt/format.h>

namespace onsite {
namespace {

namespace fs = std::filesystem;
using Arguments = std::vector<std::string>;

// The first program in the box: says that the box stands, lets go of what it inherited and becomes
// the command. Until then a failure is ours, afterwards it is the command's.
std::string launcher() {
    return fmt::format("printf r >&{0}; exec {0}>&- {1}>&- {2}>&-; exec \"$@\"", kReadyFd, kInfoFd,
                       kSyscallsFd);
}

// Another user id inside is only a name: what counts is the one that bwrap was started with.
constexpr const char* kUserInside = "1000";

void add(Arguments& arguments, std::initializer_list<std::string> more) {
    arguments.insert(arguments.end(), more);
}

void add_namespaces(Arguments& arguments, const LayerSet& layers) {
    add(arguments, {"--unshare-user", "--uid", kUserInside, "--gid", kUserInside, "--cap-drop",
                    "ALL", "--unshare-uts", "--hostname", "box", "--unshare-cgroup-try",
                    "--new-session", "--die-with-parent"});
    if (layers.has(Layer::network)) add(arguments, {"--unshare-net"});
    if (layers.has(Layer::processes)) add(arguments, {"--unshare-pid", "--unshare-ipc"});
}

// /bin and its like are links into /usr on Debian 12, folders on other systems.
void add_system_folder(Arguments& arguments, const std::string& folder) {
    std::error_code missing;
    if (fs::is_symlink(folder, missing)) {
        add(arguments, {"--symlink", fs::read_symlink(folder, missing).string(), folder});
    } else if (fs::is_directory(folder, missing)) {
        add(arguments, {"--ro-bind", folder, folder});
    }
}

void add_system(Arguments& arguments, const Limits& limits) {
    add(arguments, {"--ro-bind", "/usr", "/usr"});
    for (const char* folder : {"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"}) {
        add_system_folder(arguments, folder);
    }
    // Compilers are found through alternatives, libraries through the cache.
    for (const char* path : {"/etc/alternatives", "/etc/ld.so.cache"}) {
        add(arguments, {"--ro-bind-try", path, path});
    }
    add(arguments, {"--dev", "/dev"});
    const std::string bytes = fmt::to_string(limits.tmp_bytes);
    add(arguments, {"--size", bytes, "--tmpfs", "/dev/shm", "--remount-ro", "/dev"});
    add(arguments, {"--size", bytes, "--tmpfs", "/tmp"});
}

// Layer::files is off: everything of the host, as the user id may use it.
void add_host(Arguments& arguments) {
    for (const auto& entry : fs::directory_iterator("/")) {
        const std::string path = entry.path();
        if (path == "/proc" || path == "/sys" || path == "/dev") continue;
        if (entry.is_symlink()) {
            add(arguments, {"--symlink", fs::read_symlink(path).string(), path});
        } else if (entry.is_directory()) {
            add(arguments, {"--bind", path, path});
        }
    }
    add(arguments, {"--dev", "/dev"});
}

void add_mounts(Arguments& arguments, const BoxSpec& box, const CommandLineSpec& spec) {
    for (std::size_t i = 0; i < box.mounts.size(); ++i) {
        add(arguments, {"--ro-bind", spec.mount_sources[i], box.mounts[i].inside.string()});
    }
}

}  // namespace

Arguments bubblewrap_arguments(const BoxSpec& box, const CommandLineSpec& spec) {
    Arguments arguments;
    add(arguments, {"--info-fd", fmt::to_string(kInfoFd)});
    add_namespaces(arguments, box.layers);
    if (box.layers.has(Layer::syscalls)) {
        add(arguments, {"--seccomp", fmt::to_string(kSyscallsFd)});
    }
    const bool is_private = box.layers.has(Layer::files);
    if (is_private) {
        add_system(arguments, box.limits);
    } else {
        add_host(arguments);
    }
    if (box.layers.has(Layer::processes)) {
        add(arguments, {"--proc", "/proc"});
    } else {
        add(arguments, {"--bind", "/proc", "/proc"});
    }
    add_mounts(arguments, box, spec);
    // Last, because the places of the mounts are made in it.
    if (is_private) add(arguments, {"--remount-ro", "/"});
    add(arguments, {"--chdir", "/tmp", "--", "/bin/sh", "-c", launcher(), "box"});
    if (spec.limits_processes_inside) {
        add(arguments,
            {"/usr/bin/prlimit", fmt::format("--nproc={}", box.limits.processes + 1), "--"});
    }
    arguments.insert(arguments.end(), box.command.begin(), box.command.end());
    return arguments;
}

}  // namespace onsite
