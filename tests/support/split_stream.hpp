// A whole connection in memory: its bytes come in pieces of one size.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/transport/http_conversation.hpp"

namespace onsite::simulator::testing {

class SplitStream final : public ByteStream {
public:
    SplitStream(std::string_view bytes, std::size_t step) : rest_(bytes), step_(step) {}

    std::size_t read(char* into, std::size_t size) override {
        const std::size_t count = rest_.copy(into, std::min(size, step_));
        rest_.remove_prefix(count);
        return count;
    }
    void write(std::string_view bytes) override { said += bytes; }

    std::string said = {};  // To the client, in order; here every "100 Continue".

private:
    std::string_view rest_;
    std::size_t step_;
};

// Lets the requests in the stream be answered, to the end of the connection: all that was said.
inline std::string converse(SplitStream& stream, const HttpConversation::Handler& handler) {
    HttpConversation conversation(stream, handler);
    while (const auto exchange = conversation.next()) {
        stream.said += exchange->bytes;
        if (exchange->is_last) break;
    }
    return stream.said;
}
// The same for bytes that come at once.
inline std::string converse(std::string_view bytes, const HttpConversation::Handler& handler) {
    SplitStream stream(bytes, bytes.size());
    return converse(stream, handler);
}

// What a conversation made of some bytes.
struct Heard {
    std::vector<std::string> requests = {};  // As the handler saw them.
    std::string answers = {};                // All that was said, whenever it was.

    friend bool operator==(const Heard&, const Heard&) = default;
};

// Listens to a whole connection; each request is answered with 200 and what was understood.
inline Heard hear(std::string_view bytes, std::size_t step) {
    Heard heard;
    SplitStream stream(bytes, step);
    heard.answers = converse(stream, [&](const HttpRequest& request) {
        std::string text = request.method + " " + request.target + "\n";
        for (const HttpHeader& header : request.headers) {
            text += header.name + ": " + header.value + "\n";
        }
        heard.requests.push_back(text + "\n" + request.body);
        return HttpAnswer{.response = {.status = 200, .headers = {}, .body = "heard"}};
    });
    return heard;
}

}  // namespace onsite::simulator::testing
