// The running program: a session behind a lock, what carries requests to it and webhooks from it,
// and a journal of both.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "simulator/server/journal.hpp"
#include "simulator/session/session.hpp"
#include "simulator/transport/socket_server.hpp"
#include "simulator/transport/webhook_client.hpp"

namespace onsite {
class JsonReader;
}  // namespace onsite

namespace onsite::simulator {

struct ServerSettings {
    SessionSettings session = {};
    std::string host = "127.0.0.1";
    int port = 0;
    std::string state_file = {};  // Empty: nothing survives the end.
};

// An answer to a write leaves when its request is on the disk; a request is written before it
// runs. Thread safety: yes.
class Server {
public:
    // Replays the state file, then serves. Errors: usage, when the port is taken, or the state file
    // is of a session with other settings; tool.
    static Result<std::unique_ptr<Server>> start(ServerSettings settings, Clock& clock);
    ~Server();  // stop()
    Server(const Server&) = delete;

    int port() const { return sockets_->port(); }
    std::string forward_secret() const { return std::string(session_.forward_secret()); }
    std::uint64_t replayed() const { return replayed_; }
    void stop();

private:
    Server(SessionSettings settings, Clock& clock);
    Result<void> open_journal(const std::string& path);
    Result<void> forget_dead_runs(const nlohmann::json& first);
    Result<void> replay(const nlohmann::json& entry);
    Result<void> replay_begin(std::int64_t moment_us, JsonReader& entry);
    nlohmann::json first_entry() const;
    nlohmann::json begin_entry() const;
    HttpAnswer answer(const HttpRequest& request, Peer peer);
    void webhook_answered(std::uint64_t number, int status);
    void keep_time();
    std::int64_t now_us() { return clock_.now_ms() * 1000; }

    Clock& clock_;
    std::mutex mutex_;  // Of everything that follows but the journal's sync().
    Session session_;
    std::unique_ptr<Journal> journal_;
    std::uint64_t replayed_ = 0;
    std::uint64_t dead_ = 0;  // Of these, up to and including the latest reset.
    bool is_stopping_ = false;
    std::condition_variable answered_;       // A delayed answer came, or the end.
    std::condition_variable is_due_sooner_;  // For keep_time().
    std::unique_ptr<WebhookClient> webhooks_;
    std::unique_ptr<SocketServer> sockets_;
    std::thread timekeeper_;
};

}  // namespace onsite::simulator
