// HTTP/1.1 over a stream of bytes, whatever carries them: a socket, or a text in memory.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>

#include "base/http.hpp"
#include "simulator/transport/http_front.hpp"

namespace onsite::simulator {

// Request line and headers together; one line of them has at most 8 KiB (cpp-httplib).
inline constexpr std::size_t kHeadBytesMax = 64 << 10;

class ByteStream {
public:
    virtual ~ByteStream() = default;
    // Up to `size` bytes, as soon as there are some; 0 when there will be no more, whatever the
    // reason: the end, a failure, a time limit.
    virtual std::size_t read(char* bytes, std::size_t size) = 0;
    // What has to be said before the rest of a request comes ("100 Continue").
    virtual void write(std::string_view bytes) = 0;
};

// What answers one request, byte for byte, and how it travels.
struct HttpExchange {
    std::string bytes;
    std::size_t head_bytes = 0;  // Of `bytes`: status line and headers.
    Cut cut = Cut::none;
    std::int64_t cut_us = 0;
    bool is_last = false;  // The connection ends with it.
};

// One connection's requests, one after the other. Bodies above kBodyBytesMax, heads above
// kHeadBytesMax and what is no HTTP are refused without being read to their end; then the
// connection ends. Thread safety: none.
class HttpConversation {
public:
    // Answers one request; may wait.
    using Handler = std::function<HttpAnswer(const HttpRequest&)>;

    // REQUIRES: the stream outlives the conversation.
    HttpConversation(ByteStream& stream, Handler handler);
    ~HttpConversation();
    HttpConversation(const HttpConversation&) = delete;

    // Reads the next request and has it answered; nothing when none came.
    std::optional<HttpExchange> next();

private:
    class Parser;
    std::unique_ptr<Parser> parser_;
};

}  // namespace onsite::simulator
