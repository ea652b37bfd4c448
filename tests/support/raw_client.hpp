// A client that sends exactly the bytes it is told to, to this machine, with a limit of time.
#pragma once

#include <arpa/inet.h>
#include <chrono>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace onsite::testing {

class RawClient {
public:
    // `address_text`: one of this machine.
    explicit RawClient(int port, const char* address_text = "127.0.0.1")
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<in_port_t>(port));
        inet_pton(AF_INET, address_text, &address.sin_addr);
        if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error("expected a server on that port, found none");
        }
    }
    RawClient(RawClient&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
    RawClient& operator=(RawClient&&) = delete;
    ~RawClient() {
        if (socket_ >= 0) close(socket_);
    }

    // false when the other side takes no more.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }
    void finish_sending() { shutdown(socket_, SHUT_WR); }

    // What comes until `end` is in it, the connection ends, or the time is over.
    std::string read_until(std::string_view end, std::chrono::milliseconds limit) {
        std::string text;
        const auto deadline = std::chrono::steady_clock::now() + limit;
        while (end.empty() || text.find(end) == text.npos) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
                deadline - std::chrono::steady_clock::now());
            pollfd waiting{socket_, POLLIN, 0};
            if (left.count() <= 0 || poll(&waiting, 1, static_cast<int>(left.count())) <= 0) break;
            char bytes[16'384];
            const ssize_t count = recv(socket_, bytes, sizeof bytes, 0);
            was_reset = count < 0;
            is_over = count <= 0;
            if (is_over) break;
            text.append(bytes, static_cast<std::size_t>(count));
        }
        return text;
    }
    std::string read_all(std::chrono::milliseconds limit = std::chrono::seconds(20)) {
        return read_until({}, limit);
    }

    bool is_over = false;    // The other side ended the connection,
    bool was_reset = false;  // with RST.

private:
    int socket_;
};

}  // namespace onsite::testing
