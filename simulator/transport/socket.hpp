// A connected socket with limits of time: no call waits longer than it was told.
#pragma once

#include <cstdint>
#include <string_view>

#include "simulator/transport/http_conversation.hpp"

namespace onsite::simulator {

// How long a connection may do nothing between requests.
inline constexpr std::int64_t kIdleMsMax = 60'000;
// How long a request may take to arrive, and an answer to be taken, from the first byte to the
// last.
inline constexpr std::int64_t kTransferMsMax = 30'000;

// Owns the descriptor. Uses poll(2), so descriptors may be of any number. Thread safety: none, but
// wake() may be called from anywhere.
class Socket final : public ByteStream {
public:
    explicit Socket(int descriptor);
    ~Socket() override;
    Socket(const Socket&) = delete;

    // Before each request: the first byte may take kIdleMsMax, the rest kTransferMsMax from then.
    void expect_request();
    std::size_t read(char* bytes, std::size_t size) override;
    void write(std::string_view bytes) override { send(bytes); }
    // false when the other side takes no more.
    bool send(std::string_view bytes);
    // Waits until the other side ends the connection (true) or the time is over. What it still
    // sends is thrown away.
    bool wait_for_end(std::int64_t limit_ms);
    // Lets time pass; false when the connection ended meanwhile.
    bool pause(std::int64_t for_ms);
    // end() will be at once, with RST.
    void reset();
    // Says that nothing more comes, and lets the other side read what was sent.
    void finish();
    // Closes the connection; nothing else may be called then but wake().
    void end();
    // Makes every wait end. The descriptor's number stays taken until the destructor.
    void wake();

    bool is_from_this_machine() const;

private:
    bool wait(short events, std::int64_t deadline_ms) const;

    int descriptor_;
    bool is_reset_ = false;
    bool is_idle_ = true;
    std::int64_t deadline_ms_ = 0;
};

}  // namespace onsite::simulator
