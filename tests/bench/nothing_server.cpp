// Servers that do nothing, to tell what of a latency is the machine's and what is the simulator's.
//
//     onsite-bench-nothing raw     answers whatever comes with the same bytes: recv, send
//     onsite-bench-nothing http    the sockets and the parser of `onsite simulate`, no simulator
//
// Prints its port; ends with its standard input.
#include <cstdio>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "simulator/transport/socket_server.hpp"

namespace onsite::simulator {
namespace {

// As long as a customer.
const std::string kBody(700, 'x');

void wait_for_end(int port) {
    fmt::print("{}\n", port);
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
}

void answer_all(int connection) {
    const std::string answer =
        fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}", kBody.size(), kBody);
    const int on = 1;
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    char bytes[4'096];
    while (recv(connection, bytes, sizeof bytes, 0) > 0) {
        send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
    }
    close(connection);
}

int serve_raw() {
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        listen(listener, SOMAXCONN) != 0 ||
        getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        return 3;
    }
    std::thread([listener] {
        for (int connection; (connection = accept(listener, nullptr, nullptr)) >= 0;) {
            std::thread(answer_all, connection).detach();
        }
    }).detach();
    wait_for_end(ntohs(address.sin_port));
    return 0;
}

int serve_http_only() {
    const auto server = SocketServer::listen("127.0.0.1", 0, [](const HttpRequest&, Peer) {
        return HttpAnswer{
            .response = {.headers = {{"Content-Type", "application/json"}}, .body = kBody}};
    });
    if (!server) return 3;
    wait_for_end((*server)->port());
    return 0;
}

}  // namespace
}  // namespace onsite::simulator

int main(int count, char** words) {
    const std::string_view mode = count == 2 ? words[1] : "";
    if (mode == "raw") return onsite::simulator::serve_raw();
    if (mode == "http") return onsite::simulator::serve_http_only();
    fmt::print(stderr, "expected one word, raw or http\n");
    return 2;
}
