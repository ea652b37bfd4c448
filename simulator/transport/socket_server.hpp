// Serves HTTP on a port, a thread for each connection, and cuts answers where a fault says so.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "simulator/session/session.hpp"
#include "simulator/transport/http_conversation.hpp"
#include "simulator/transport/socket.hpp"

namespace onsite::simulator {

// When there are more, the one that has been idle longest is ended for the new one.
inline constexpr std::size_t kConnectionsMax = 4'000;
// How long an answer that is never sent is held for a client that does not give up.
inline constexpr std::int64_t kHoldMsMax = 120'000;

// Thread safety: stop() may be called from any thread.
class SocketServer {
public:
    // Called from many threads at once; may wait.
    using Handler = std::function<HttpAnswer(const HttpRequest&, Peer)>;

    // Listens at once; port 0 is any free one. Errors: usage, when nothing can listen there;
    // tool, without descriptors.
    static Result<std::unique_ptr<SocketServer>> listen(
        const std::string& host, int port, Handler handler,
        std::size_t connections_max = kConnectionsMax);
    ~SocketServer();  // stop()
    SocketServer(const SocketServer&) = delete;

    int port() const { return port_; }
    std::size_t connections();
    // Ends every connection and returns when no thread of it runs any more. REQUIRES: a handler
    // that waits comes back.
    void stop();

private:
    struct Connection;

    SocketServer(Descriptor listener, std::array<Descriptor, 2> wake, Handler handler,
                 std::size_t connections_max);
    void accept_all();
    void add(int descriptor);
    void make_room();
    void reap();
    void talk(Connection& connection);
    bool deliver(Socket& socket, const HttpExchange& exchange);

    Descriptor listener_;
    std::array<Descriptor, 2> wake_;  // A pipe: stop() writes, accept_all() waits for it as well.
    int port_;
    Handler handler_;
    std::size_t connections_max_;
    std::atomic<bool> is_stopping_ = false;
    std::mutex mutex_;  // Of connections_.
    std::list<Connection> connections_;
    std::thread acceptor_;
};

}  // namespace onsite::simulator
