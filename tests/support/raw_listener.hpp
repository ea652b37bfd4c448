// A server that a test plays by hand: it accepts one connection after the other and does with each
// what the test says. On loopback, with a limit of time.
#pragma once

#include <arpa/inet.h>
#include <atomic>
#include <functional>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace onsite::testing {

class RawListener {
public:
    // One accepted connection.
    class Peer {
    public:
        explicit Peer(int socket) : socket_(socket) {}
        // false when the other side takes no more, or nothing for two seconds.
        bool send(std::string_view bytes) const {
            while (!bytes.empty()) {
                pollfd waiting{socket_, POLLOUT, 0};
                if (poll(&waiting, 1, 2'000) <= 0) return false;
                const ssize_t count =
                    ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
                if (count <= 0) return false;
                bytes.remove_prefix(static_cast<std::size_t>(count));
            }
            return true;
        }
        // What came until `end` is in it; less when the connection ended.
        std::string read_until(std::string_view end) const {
            std::string text;
            while (text.find(end) == text.npos) {
                char bytes[4'096];
                pollfd waiting{socket_, POLLIN, 0};
                if (poll(&waiting, 1, 10'000) <= 0) break;
                const ssize_t count = recv(socket_, bytes, sizeof bytes, 0);
                if (count <= 0) break;
                text.append(bytes, static_cast<std::size_t>(count));
            }
            return text;
        }
        // Waits until the other side ends the connection; false after ten seconds.
        bool wait_for_end() const {
            for (;;) {
                char bytes[4'096];
                pollfd waiting{socket_, POLLIN, 0};
                if (poll(&waiting, 1, 10'000) <= 0) return false;
                if (recv(socket_, bytes, sizeof bytes, 0) <= 0) return true;
            }
        }

        // Lets time pass; false when the other side sent something or ended meanwhile.
        bool pause(int ms) const {
            pollfd waiting{socket_, POLLIN, 0};
            return poll(&waiting, 1, ms) == 0;
        }

    private:
        int socket_;
    };
    using Play = std::function<void(const Peer&)>;

    explicit RawListener(Play play)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), play_(std::move(play)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (bind(socket_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            listen(socket_, 64) != 0 ||
            getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
            throw std::runtime_error("expected a free port on loopback, found none");
        }
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { accept_all(); });
    }
    RawListener(const RawListener&) = delete;
    ~RawListener() {
        is_over_ = true;
        shutdown(socket_, SHUT_RDWR);
        thread_.join();
        close(socket_);
    }

    int port() const { return port_; }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }
    int accepted() const { return accepted_; }

private:
    void accept_all() {
        while (!is_over_) {
            const int peer = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
            if (peer < 0) continue;
            ++accepted_;
            play_(Peer(peer));
            close(peer);
        }
    }

    int socket_;
    int port_ = 0;
    Play play_;
    std::atomic<bool> is_over_ = false;
    std::atomic<int> accepted_ = 0;
    std::thread thread_;
};

}  // namespace onsite::testing
