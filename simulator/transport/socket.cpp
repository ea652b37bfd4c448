#include "simulator/transport/socket.hpp"

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace onsite::simulator {
namespace {

std::int64_t now_ms() {
    using std::chrono::steady_clock;
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               steady_clock::now().time_since_epoch())
        .count();
}

}  // namespace

Socket::Socket(int descriptor) : descriptor_(descriptor) {
    const int flags = fcntl(descriptor_, F_GETFL);
    fcntl(descriptor_, F_SETFL, flags | O_NONBLOCK);
    const int on = 1;
    // An answer is one write: nothing is gained by waiting for more.
    setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Socket::~Socket() { close(descriptor_); }

void Socket::expect_request() {
    is_idle_ = true;
    deadline_ms_ = now_ms() + kIdleMsMax;
}

bool Socket::wait(short events, std::int64_t deadline_ms) const {
    pollfd waiting{.fd = descriptor_, .events = events, .revents = 0};
    for (;;) {
        const std::int64_t left_ms = deadline_ms - now_ms();
        if (left_ms <= 0) return false;
        const int ready =
            poll(&waiting, 1,
                 static_cast<int>(std::min<std::int64_t>(left_ms, kTransferMsMax + kIdleMsMax)));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
}

std::size_t Socket::read(char* bytes, std::size_t size) {
    while (wait(POLLIN, deadline_ms_)) {
        const ssize_t count = recv(descriptor_, bytes, size, 0);
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (count <= 0) return 0;
        if (is_idle_) deadline_ms_ = now_ms() + kTransferMsMax;
        is_idle_ = false;
        return static_cast<std::size_t>(count);
    }
    return 0;
}

bool Socket::send(std::string_view bytes) {
    const std::int64_t deadline_ms = now_ms() + kTransferMsMax;
    while (!bytes.empty()) {
        const ssize_t count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno != EAGAIN && errno != EINTR) {
            return false;
        } else if (!wait(POLLOUT, deadline_ms)) {
            return false;
        }
    }
    return true;
}

bool Socket::wait_for_end(std::int64_t limit_ms) {
    const std::int64_t deadline_ms = now_ms() + limit_ms;
    std::size_t thrown_away = 0;
    while (wait(POLLIN, deadline_ms)) {
        char bytes[4096];
        const ssize_t count = recv(descriptor_, bytes, sizeof bytes, 0);
        if (count < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (count <= 0) return true;
        // Whoever sends without end is not waited for.
        thrown_away += static_cast<std::size_t>(count);
        if (thrown_away > 2 * kBodyBytesMax) return true;
    }
    return false;
}

bool Socket::pause(std::int64_t for_ms) {
    return !wait(0, now_ms() + for_ms);  // Without events: the end of both directions only.
}

void Socket::reset() { is_reset_ = true; }

void Socket::end() {
    if (is_reset_) {
        const linger at_once{.l_onoff = 1, .l_linger = 0};
        setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    // Closes the socket and keeps its number taken, so that a late wake() meets no other socket.
    const int nothing = eventfd(0, EFD_CLOEXEC);
    dup2(nothing, descriptor_);
    close(nothing);
}

void Socket::finish() {
    constexpr std::int64_t kLingerMs = 1'000;
    shutdown(descriptor_, SHUT_WR);
    // Closing with bytes unread would be a reset, and the answer lost with it.
    wait_for_end(kLingerMs);
}

void Socket::wake() { shutdown(descriptor_, SHUT_RDWR); }

bool Socket::is_from_this_machine() const {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (getpeername(descriptor_, reinterpret_cast<sockaddr*>(&address), &size) != 0) return false;
    if (address.ss_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
        return ntohl(v4.sin_addr.s_addr) >> 24 == 127;
    }
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
    const bool is_mapped = IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr) != 0;
    return IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr) != 0 ||
           (is_mapped && v6.sin6_addr.s6_addr[12] == 127);
}

}  // namespace onsite::simulator
