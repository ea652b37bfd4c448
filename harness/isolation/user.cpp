#include "harness/isolation/user.hpp"

#include <atomic>
#include <cstdint>
#include <fstream>
#include <initializer_list>
#include <unistd.h>

namespace onsite {
namespace {

// Above every range that accounts, containers and systemd use; room for 64 boxes of each process.
constexpr std::uint64_t kHighUsers = 0x70000000;
constexpr std::uint64_t kBoxesAtOnce = 64;
constexpr std::uint64_t kProcessIdsMax = std::uint64_t{1} << 22;

// A container may have only 65536 user ids; this range is free on every Debian (systemd's dynamic
// users).
constexpr std::uint64_t kLowUsers = 61184;
constexpr std::uint64_t kLowUsersCount = 4336;

std::atomic<std::uint64_t> boxes_started = 0;

bool exists_here(std::uint64_t user) {
    std::ifstream map("/proc/self/uid_map");
    std::uint64_t first = 0, outside = 0, count = 0;
    while (map >> first >> outside >> count) {
        if (user >= first && user - first < count) return true;
    }
    return false;
}

}  // namespace

std::optional<uid_t> unprivileged_user() {
    if (geteuid() != 0) return std::nullopt;
    const auto process = static_cast<std::uint64_t>(getpid()) % kProcessIdsMax;
    const std::uint64_t number = process * kBoxesAtOnce + boxes_started++ % kBoxesAtOnce;
    for (const std::uint64_t user : {kHighUsers + number, kLowUsers + number % kLowUsersCount}) {
        if (exists_here(user)) return static_cast<uid_t>(user);
    }
    return std::nullopt;
}

}  // namespace onsite
