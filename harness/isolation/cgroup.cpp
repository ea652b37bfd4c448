#include "harness/isolation/cgroup.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <sstream>
#include <string>
#include <sys/stat.h>

#include <fmt/format.h>

namespace onsite {
namespace {

namespace fs = std::filesystem;

// Our folder in each hierarchy. A box has a folder in it, named after the grader's process.
constexpr const char* kParent = "onsite";
constexpr int kTries = 500;

std::atomic<std::uint64_t> folders_made = 0;

std::string read_small_file(const fs::path& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

bool write_small_file(const fs::path& path, std::string_view text) {
    const Descriptor file(open(path.c_str(), O_WRONLY | O_CLOEXEC));
    return file.is_open() &&
           write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

bool has_word(std::string_view text, std::string_view word) {
    std::istringstream words{std::string(text)};
    std::string found;
    while (words >> found) {
        if (found == word) return true;
    }
    return false;
}

// The number after a key in a file of lines "key number"; 0 when it is not there.
std::uint64_t number_after(const fs::path& path, std::string_view key) {
    std::ifstream file(path);
    std::string word;
    while (file >> word) {
        std::uint64_t number = 0;
        if (word == key && file >> number) return number;
    }
    return 0;
}

// Children of a version 2 folder have only the limits that the folder passes on.
bool passes_on(const fs::path& folder, std::string_view controller) {
    const fs::path control = folder / "cgroup.subtree_control";
    if (has_word(read_small_file(control), controller)) return true;
    return write_small_file(control, fmt::format("+{}", controller));
}

// Removes what a grader left behind that was ended by force.
void sweep(const fs::path& parent) {
    std::error_code unreadable;
    for (const auto& entry : fs::directory_iterator(parent, unreadable)) {
        const std::string name = entry.path().filename();
        pid_t owner = 0;
        std::from_chars(name.data(), name.data() + name.size(), owner);
        if (!entry.is_directory() || owner <= 0) continue;
        if (kill(owner, 0) != 0 && errno == ESRCH) rmdir(entry.path().c_str());
    }
}

void pause_a_millisecond() { poll(nullptr, 0, 1); }

}  // namespace

CgroupMounts find_cgroup_mounts(const fs::path& table) {
    CgroupMounts mounts;
    std::ifstream file(table);
    std::string line;
    while (std::getline(file, line)) {
        std::istringstream words(line);
        std::string device, place, type, options;
        words >> device >> place >> type >> options;
        std::ranges::replace(options, ',', ' ');
        if (type == "cgroup2" && mounts.unified.empty() &&
            has_word(read_small_file(fs::path(place) / "cgroup.controllers"), "memory")) {
            mounts.unified = place;
        }
        if (type != "cgroup") continue;
        if (has_word(options, "memory")) mounts.memory = place;
        if (has_word(options, "pids")) mounts.pids = place;
        if (has_word(options, "cpuacct")) mounts.cpuacct = place;
    }
    return mounts;
}

Cgroup Cgroup::create(const CgroupMounts& mounts, const CgroupLimits& limits) {
    Cgroup group;
    if (!mounts.unified.empty()) {
        group.create_unified(mounts, limits);
    } else {
        group.create_version_1(mounts, limits);
    }
    return group;
}

bool Cgroup::add_folder(const fs::path& mount) {
    if (mount.empty()) return false;
    const fs::path parent = mount / kParent;
    if (mkdir(parent.c_str(), 0755) == 0 || errno == EEXIST) {
        const fs::path path = parent / fmt::format("{}-{}", getpid(), folders_made++);
        if (mkdir(path.c_str(), 0755) == 0) {
            Descriptor entry(open((path / "cgroup.procs").c_str(), O_WRONLY | O_CLOEXEC));
            const bool is_usable = entry.is_open();
            folders_.push_back({path, std::move(entry)});
            return is_usable;
        }
    }
    return false;
}

void Cgroup::create_unified(const CgroupMounts& mounts, const CgroupLimits& limits) {
    const fs::path parent = mounts.unified / kParent;
    if (!add_folder(mounts.unified)) return;
    sweep(parent);
    const fs::path& path = folders_.back().path;
    name_ = "cgroup v2";
    if (limits.memory_bytes) {
        limits_memory_ =
            passes_on(mounts.unified, "memory") && passes_on(parent, "memory") &&
            write_small_file(path / "memory.max", fmt::to_string(*limits.memory_bytes));
        // A kernel without swap accounting does not have the file.
        write_small_file(path / "memory.swap.max", "0");
        kills_file_ = path / "memory.events";
    }
    if (limits.processes) {
        limits_processes_ = passes_on(mounts.unified, "pids") && passes_on(parent, "pids") &&
                            write_small_file(path / "pids.max", fmt::to_string(*limits.processes));
    }
    cpu_file_ = path / "cpu.stat";
}

void Cgroup::create_version_1(const CgroupMounts& mounts, const CgroupLimits& limits) {
    if (limits.memory_bytes && add_folder(mounts.memory)) {
        sweep(mounts.memory / kParent);
        const fs::path& path = folders_.back().path;
        const std::string bytes = fmt::to_string(*limits.memory_bytes);
        limits_memory_ = write_small_file(path / "memory.limit_in_bytes", bytes);
        // Memory and swap together; a kernel without swap accounting does not have the file.
        write_small_file(path / "memory.memsw.limit_in_bytes", bytes);
        kills_file_ = path / "memory.oom_control";
    }
    if (limits.processes && add_folder(mounts.pids)) {
        sweep(mounts.pids / kParent);
        limits_processes_ =
            write_small_file(folders_.back().path / "pids.max", fmt::to_string(*limits.processes));
    }
    if (add_folder(mounts.cpuacct)) {
        sweep(mounts.cpuacct / kParent);
        cpu_file_ = folders_.back().path / "cpuacct.usage";
    }
    if (!folders_.empty()) name_ = "cgroup v1";
}

std::vector<int> Cgroup::entries() const {
    std::vector<int> entries;
    for (const Folder& folder : folders_) {
        if (folder.entry.is_open()) entries.push_back(folder.entry.get());
    }
    return entries;
}

std::uint64_t Cgroup::memory_kills() const {
    return kills_file_.empty() ? 0 : number_after(kills_file_, "oom_kill");
}

std::int64_t Cgroup::cpu_ns() const {
    if (cpu_file_.filename() == "cpu.stat") {
        return static_cast<std::int64_t>(number_after(cpu_file_, "usage_usec")) * 1000;
    }
    std::int64_t ns = 0;
    std::ifstream(cpu_file_) >> ns;
    return ns;
}

void Cgroup::kill_all() const {
    for (const Folder& folder : folders_) {
        if (write_small_file(folder.path / "cgroup.kill", "1")) continue;
        // Version 1 has no such word: ask again until nothing is left that could fork.
        for (int i = 0; i < kTries; ++i) {
            std::ifstream members(folder.path / "cgroup.procs");
            pid_t member = 0;
            bool is_empty = true;
            while (members >> member) {
                is_empty = false;
                // 0 stands for a process outside our own pid namespace; for kill it means us.
                if (member > 0) kill(member, SIGKILL);
            }
            if (is_empty) break;
            pause_a_millisecond();
        }
    }
}

Cgroup::~Cgroup() {
    if (folders_.empty()) return;
    kill_all();
    for (Folder& folder : folders_) {
        folder.entry.reset();
        // A process that was just ended may still be in the group for a moment.
        for (int i = 0; i < kTries && rmdir(folder.path.c_str()) != 0 && errno == EBUSY; ++i) {
            pause_a_millisecond();
        }
    }
}

}  // namespace onsite
