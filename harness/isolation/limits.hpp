// What a boxed process may use, and which layers of isolation hold it.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace onsite {

inline constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

struct Limits {
    std::uint64_t memory_bytes = 1024 * kMiB;
    std::uint64_t processes = 64;  // Processes and threads (Node starts 11).
    std::uint64_t file_bytes = 64 * kMiB;
    std::uint64_t tmp_bytes = 64 * kMiB;
    std::uint64_t open_files = 64;
    std::uint64_t cpu_seconds = 10;
    std::int64_t wall_ms = 10'000;
    std::uint64_t stdout_bytes = 64 * kMiB;
    std::uint64_t stderr_bytes = 1 * kMiB;
};

// Each layer can be switched off by tests, which show that it was needed.
enum class Layer {
    uid,        // Runs as an unprivileged user id of its own, not as the one who grades.
    files,      // Sees /usr and what it was given, read only; /tmp is private and limited.
    network,    // Has no network but an unconnected loopback.
    processes,  // Sees, signals and traces no process outside; all of them end with the box.
    syscalls,   // seccomp: no ptrace, io_uring, keyrings, mounts, new user namespaces, bpf.
    memory,     // cgroup limit where there is one, else RLIMIT_DATA.
    count,      // Number of processes and threads.
    file_size,  // Bytes per file, open files, no core dumps.
    cpu,        // CPU seconds.
    wall,       // Wall-clock time, watched from outside.
    output,     // Bytes on stdout and stderr, counted from outside.
};
inline constexpr std::size_t kLayerCount = 11;

std::string_view to_string(Layer layer);
std::optional<Layer> layer_from(std::string_view word);

class LayerSet {
public:
    static LayerSet all();
    static LayerSet none() { return {}; }
    bool has(Layer layer) const { return bits_.test(static_cast<std::size_t>(layer)); }
    LayerSet with(Layer layer) const;
    LayerSet without(Layer layer) const;
    std::vector<std::string> names() const;
    bool operator==(const LayerSet&) const = default;

private:
    std::bitset<kLayerCount> bits_;
};

// How far a result may be trusted.
enum class IsolationLevel {
    full,     // Every layer.
    reduced,  // uid or memory by a weaker means (not started as root, no cgroup); still a grade.
    none,  // A layer that keeps a submission from reaching the grader is off: not called a grade.
};
std::string_view to_string(IsolationLevel level);

// The layers that were on, how, and what is missing: stored with every verdict.
struct IsolationReport {
    LayerSet layers;
    IsolationLevel level = IsolationLevel::none;
    std::vector<std::string> notes;  // "memory: cgroup v1", "uid: off, not started as root".
};

}  // namespace onsite
