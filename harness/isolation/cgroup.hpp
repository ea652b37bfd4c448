// A control group for one box: the kernel counts and limits all of its processes together.
//
// Both versions of the interface are known. Version 2 keeps everything in one folder; version 1 has
// a folder for memory, one for the number of processes and one for CPU time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "base/descriptor.hpp"

namespace onsite {

// Where the interfaces are mounted; empty where there is none.
struct CgroupMounts {
    std::filesystem::path unified;  // Version 2, when it can limit memory.
    std::filesystem::path memory;   // Version 1.
    std::filesystem::path pids;
    std::filesystem::path cpuacct;
};

// Reads the table of mounts ("/proc/self/mounts").
CgroupMounts find_cgroup_mounts(const std::filesystem::path& table);

// No limit where there is no value.
struct CgroupLimits {
    std::optional<std::uint64_t> memory_bytes;
    std::optional<std::uint64_t> processes;
};

class Cgroup {
public:
    // Does what this machine and our rights allow: what is not limited or counted afterwards says
    // so below. Never an error, because there is a weaker way for each.
    static Cgroup create(const CgroupMounts& mounts, const CgroupLimits& limits);

    Cgroup() = default;
    // Ends what is left in it and removes it.
    ~Cgroup();
    Cgroup(Cgroup&&) = default;
    Cgroup& operator=(Cgroup&&) = delete;

    // Open files: a process that writes "0" to each of them is in the group from then on.
    std::vector<int> entries() const;

    // "cgroup v1", "cgroup v2", or nothing.
    std::string_view name() const { return name_; }
    bool limits_memory() const { return limits_memory_; }
    bool limits_processes() const { return limits_processes_; }
    bool counts_cpu() const { return !cpu_file_.empty(); }

    // How many processes were ended because the group wanted more memory than its limit.
    std::uint64_t memory_kills() const;
    // The CPU time of all processes that are or were in the group. REQUIRES: counts_cpu().
    std::int64_t cpu_ns() const;
    // Ends every process in the group.
    void kill_all() const;

private:
    struct Folder {
        std::filesystem::path path;
        Descriptor entry;
    };
    void create_unified(const CgroupMounts& mounts, const CgroupLimits& limits);
    void create_version_1(const CgroupMounts& mounts, const CgroupLimits& limits);
    bool add_folder(const std::filesystem::path& mount);

    std::vector<Folder> folders_;
    std::string_view name_;
    bool limits_memory_ = false;
    bool limits_processes_ = false;
    std::filesystem::path kills_file_;
    std::filesystem::path cpu_file_;
};

}  // namespace onsite
