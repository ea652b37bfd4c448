#include "harness/isolation/stage.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace onsite {
namespace {

bool make_place(const StagedMount& mount) {
    if (mount.is_directory) return mkdir(mount.place.c_str(), 0755) == 0;
    const int file = open(mount.place.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
    return file >= 0 && close(file) == 0;
}

}  // namespace

bool stage_mounts(std::span<const StagedMount> mounts) {
    if (mounts.empty()) return true;
    if (unshare(CLONE_NEWNS) != 0) return false;
    if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
    if (mount("onsite", kStage, "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755") != 0) return false;
    for (const StagedMount& staged : mounts) {
        if (!make_place(staged)) return false;
        const char* place = staged.place.c_str();
        if (mount(staged.host.c_str(), place, nullptr, MS_BIND | MS_REC, nullptr) != 0) {
            return false;
        }
    }
    return true;
}

}  // namespace onsite
