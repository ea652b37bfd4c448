#include "harness/cli/watcher.hpp"

#include <cerrno>
#include <cstring>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <fmt/format.h>

namespace onsite {
namespace {

sigset_t watched_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

bool add_to(int epoll, int descriptor) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = descriptor;
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

}  // namespace

Interrupts::Interrupts() {
    const sigset_t signals = watched_signals();
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    descriptor_ = Descriptor(signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

Interrupts::~Interrupts() {
    descriptor_.reset();
    const sigset_t signals = watched_signals();
    sigprocmask(SIG_UNBLOCK, &signals, nullptr);
}

bool Interrupts::has_come() {
    signalfd_siginfo signal{};
    if (read(descriptor_.get(), &signal, sizeof signal) == sizeof signal) has_come_ = true;
    return has_come_;
}

Result<std::unique_ptr<FolderWatcher>> FolderWatcher::open(const std::filesystem::path& folder,
                                                           const Interrupts& interrupts) {
    Descriptor notify(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    Descriptor both(epoll_create1(EPOLL_CLOEXEC));
    constexpr std::uint32_t kSaves = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE;
    if (inotify_add_watch(notify.get(), folder.c_str(), kSaves) < 0 ||
        !add_to(both.get(), notify.get()) || !add_to(both.get(), interrupts.descriptor())) {
        return tool_error(fmt::format(
            "cannot watch {}: {}; raise fs.inotify.max_user_watches and max_user_instances, or run "
            "./onsite check after each save",
            folder.string(), std::strerror(errno)));
    }
    return std::unique_ptr<FolderWatcher>(new FolderWatcher(std::move(notify), std::move(both)));
}

void FolderWatcher::wait(int ms_max) {
    pollfd watched{.fd = both_.get(), .events = POLLIN, .revents = 0};
    poll(&watched, 1, ms_max);
}

void FolderWatcher::forget_events() {
    alignas(inotify_event) char events[4096];
    while (read(notify_.get(), events, sizeof events) > 0) {
    }
}

}  // namespace onsite
