#include "simulator/transport/socket_server.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

namespace onsite::simulator {
namespace {

constexpr int kBacklog = 1'024;
constexpr auto kFullPause = std::chrono::milliseconds(2);

Result<Descriptor> listener_of(const std::string& host, int port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    const int problem = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (problem != 0) {
        return usage_error(
            fmt::format("expected --host to be an address of this machine, found "
                        "{}: {}",
                        host, gai_strerror(problem)));
    }
    Descriptor made(socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int listener = made.get();
    const int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    const bool is_good = listener >= 0 && bind(listener, found->ai_addr, found->ai_addrlen) == 0 &&
                         ::listen(listener, kBacklog) == 0;
    const int error = errno;
    freeaddrinfo(found);
    if (is_good) return made;
    return usage_error(
        fmt::format("expected to listen on {} port {}, found: {}; --port 0 takes "
                    "any free port",
                    host, port, std::strerror(error)));
}

int port_of(int listener) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    return address.ss_family == AF_INET6
               ? ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port)
               : ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

std::int64_t number_of_now() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

// A byte or a few at a time, all of them within `whole_ms`; 0 for single bytes with a pause of a
// few milliseconds.
bool drip(Socket& socket, std::string_view bytes, std::int64_t whole_ms) {
    constexpr std::int64_t kUsualPauseMs = 5;
    const auto count = static_cast<std::int64_t>(bytes.size());
    const std::int64_t limit_ms =
        std::min(whole_ms == 0 ? count * kUsualPauseMs : whole_ms, kHoldMsMax);
    const std::int64_t step =
        std::max<std::int64_t>(1, count / std::max<std::int64_t>(1, limit_ms));
    const std::int64_t pause_ms = std::max<std::int64_t>(1, limit_ms * step / count);
    while (!bytes.empty()) {
        const auto size = std::min(bytes.size(), static_cast<std::size_t>(step));
        if (!socket.send(bytes.substr(0, size)) || !socket.pause(pause_ms)) return false;
        bytes.remove_prefix(size);
    }
    return true;
}

constexpr std::int64_t kBusy = std::numeric_limits<std::int64_t>::max();

}  // namespace

struct SocketServer::Connection {
    explicit Connection(int descriptor) : socket(descriptor) {}
    Socket socket;
    // kBusy while it answers. A new one is idle since it came, whenever its thread begins.
    std::atomic<std::int64_t> idle_since = number_of_now();
    std::atomic<bool> is_over = false;
    std::thread thread = {};
};

Result<std::unique_ptr<SocketServer>> SocketServer::listen(const std::string& host, int port,
                                                           Handler handler,
                                                           std::size_t connections_max) {
    auto listener = listener_of(host, port);
    if (!listener) return std::unexpected(listener.error());
    int wake[2];
    if (pipe2(wake, O_CLOEXEC) != 0) {
        return tool_error(fmt::format("expected to make a pipe, found: {}", std::strerror(errno)));
    }
    return std::unique_ptr<SocketServer>(
        new SocketServer(std::move(*listener), {Descriptor(wake[0]), Descriptor(wake[1])},
                         std::move(handler), connections_max));
}

SocketServer::SocketServer(Descriptor listener, std::array<Descriptor, 2> wake, Handler handler,
                           std::size_t connections_max)
    : listener_(std::move(listener)),
      wake_(std::move(wake)),
      port_(port_of(listener_.get())),
      handler_(std::move(handler)),
      connections_max_(connections_max) {
    acceptor_ = std::thread([this] { accept_all(); });
}

SocketServer::~SocketServer() { stop(); }

std::size_t SocketServer::connections() {
    const std::lock_guard lock(mutex_);
    return connections_.size();
}

void SocketServer::stop() {
    if (is_stopping_.exchange(true)) return;
    [[maybe_unused]] const auto written = ::write(wake_[1].get(), "", 1);
    acceptor_.join();
    // Nobody adds connections any more.
    for (Connection& connection : connections_) connection.socket.wake();
    for (Connection& connection : connections_) connection.thread.join();
    connections_.clear();
}

void SocketServer::accept_all() {
    pollfd waiting[] = {{listener_.get(), POLLIN, 0}, {wake_[0].get(), POLLIN, 0}};
    while (!is_stopping_) {
        if (poll(waiting, 2, -1) < 0 && errno != EINTR) return;
        if (is_stopping_ || (waiting[0].revents & POLLIN) == 0) continue;
        reap();
        make_room();
        const int descriptor = accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor >= 0) {
            add(descriptor);
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOMEM) {
            std::this_thread::sleep_for(kFullPause);  // Until somebody goes.
        }
    }
}

void SocketServer::add(int descriptor) {
    const std::lock_guard lock(mutex_);
    Connection& connection = connections_.emplace_back(descriptor);
    try {
        connection.thread = std::thread([this, &connection] { talk(connection); });
    } catch (const std::system_error&) {
        connections_.pop_back();  // No thread is to be had: the client sees the end.
    }
}

// Forgets connections that are over.
void SocketServer::reap() {
    const std::lock_guard lock(mutex_);
    connections_.remove_if([](Connection& connection) {
        if (!connection.is_over) return false;
        connection.thread.join();
        return true;
    });
}

// Ends the connection that has been idle longest until there is room for one more.
void SocketServer::make_room() {
    while (!is_stopping_) {
        {
            const std::lock_guard lock(mutex_);
            if (connections_.size() < connections_max_) return;
            const auto idle = std::ranges::min_element(
                connections_, {}, [](const Connection& one) { return one.idle_since.load(); });
            if (idle->idle_since != kBusy) idle->socket.wake();
        }
        std::this_thread::sleep_for(kFullPause);
        reap();
    }
}

void SocketServer::talk(Connection& connection) {
    Socket& socket = connection.socket;
    const Peer peer{.is_local = socket.is_from_this_machine()};
    HttpConversation conversation(socket, [&](const HttpRequest& request) {
        connection.idle_since = kBusy;
        return handler_(request, peer);
    });
    bool goes_on = true;
    while (goes_on && !is_stopping_) {
        socket.expect_request();
        const auto exchange = conversation.next();
        if (!exchange) break;
        connection.idle_since = kBusy;
        goes_on = deliver(socket, *exchange) && !exchange->is_last;
        if (exchange->is_last) socket.finish();
        connection.idle_since = number_of_now();
    }
    socket.end();
    connection.is_over = true;
}

// Whether the connection can be used again.
bool SocketServer::deliver(Socket& socket, const HttpExchange& exchange) {
    const std::string_view bytes = exchange.bytes;
    const std::int64_t cut_ms = exchange.cut_us / 1000;
    switch (exchange.cut) {
        case Cut::none:
        case Cut::bad_json:
            return socket.send(bytes);
        case Cut::refuse:
        case Cut::reset:
            socket.reset();
            return false;
        case Cut::lost:
            socket.wait_for_end(kHoldMsMax);
            return false;
        case Cut::stall:
            // With a time it comes late, and without one never.
            if (socket.wait_for_end(cut_ms == 0 ? kHoldMsMax : cut_ms) || cut_ms == 0) return false;
            return socket.send(bytes);
        case Cut::slow_drip:
            return drip(socket, bytes, cut_ms);
        case Cut::truncate:
            socket.send(
                bytes.substr(0, exchange.head_bytes + (bytes.size() - exchange.head_bytes) / 2));
            socket.finish();
            return false;
    }
    return false;
}

}  // namespace onsite::simulator
