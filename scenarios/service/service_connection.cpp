#include "scenarios/service/service_connection.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <vector>

namespace onsite::scenarios {
namespace {

constexpr std::int64_t kSliceMs = 50;  // After which somebody who gives up is noticed.

std::int64_t monotonic_ms() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

struct Endpoint {
    sockaddr_storage bytes{};
    socklen_t size = 0;
};

template <typename Address>
Endpoint endpoint(const Address& address) {
    Endpoint made;
    std::memcpy(&made.bytes, &address, sizeof address);
    made.size = sizeof address;
    return made;
}

// Where that host listens, all of it on this machine.
std::vector<Endpoint> endpoints_of(const ServiceAddress& address) {
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_port = htons(static_cast<std::uint16_t>(address.port));
    if (inet_pton(AF_INET, address.host.c_str(), &four.sin_addr) == 1) return {endpoint(four)};
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = four.sin_port;
    six.sin6_addr = in6addr_loopback;
    if (address.host == "localhost") return {endpoint(four), endpoint(six)};
    return {endpoint(six)};
}

}  // namespace

bool ServiceConnection::connect(const ServiceAddress& address, std::int64_t limit_ms) {
    set_limit(limit_ms);
    for (const Endpoint& one : endpoints_of(address)) {
        constexpr int kType = SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
        descriptor_ = Descriptor(socket(one.bytes.ss_family, kType, 0));
        if (!descriptor_.is_open()) return false;
        const auto* const to = reinterpret_cast<const sockaddr*>(&one.bytes);
        if (::connect(descriptor_.get(), to, one.size) == 0) return true;
        if (errno != EINPROGRESS || !wait(POLLOUT)) continue;
        int problem = 0;
        socklen_t size = sizeof problem;
        getsockopt(descriptor_.get(), SOL_SOCKET, SO_ERROR, &problem, &size);
        if (problem == 0) return true;
    }
    return false;
}

void ServiceConnection::set_limit(std::int64_t limit_ms) {
    deadline_ms_ = monotonic_ms() + limit_ms;
}

// false when the time is over, or somebody gave up.
bool ServiceConnection::wait(short events) const {
    while (!gives_up_) {
        const std::int64_t left_ms = deadline_ms_ - monotonic_ms();
        if (left_ms <= 0) return false;
        pollfd one{descriptor_.get(), events, 0};
        const int ready = poll(&one, 1, static_cast<int>(std::min(left_ms, kSliceMs)));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
    return false;
}

bool ServiceConnection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(descriptor_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if ((errno != EAGAIN && errno != EINTR) || !wait(POLLOUT)) {
            return false;
        }
    }
    return true;
}

ServiceConnection::Read ServiceConnection::read(char* bytes, std::size_t size, std::size_t& got) {
    got = 0;
    while (true) {
        if (!wait(POLLIN)) return Read::late;
        const ssize_t count = recv(descriptor_.get(), bytes, size, 0);
        if (count > 0) {
            got = static_cast<std::size_t>(count);
            return Read::some;
        }
        if (count == 0) return Read::end;
        if (errno != EAGAIN && errno != EINTR) return Read::broken;
    }
}

}  // namespace onsite::scenarios
