#include "scenarios/service/service_call.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/parse_number.hpp"
#include "scenarios/service/service_connection.hpp"
#include "simulator/transport/chunk_decoder.hpp"
#include "simulator/transport/http_head.hpp"

namespace onsite::scenarios {
namespace {

using simulator::ChunkDecoder;

std::string bytes_of(const ServiceAddress& address, const HttpRequest& request) {
    std::string bytes =
        fmt::format("{} {}{} HTTP/1.1\r\nHost: {}:{}\r\nConnection: close\r\n", request.method,
                    address.prefix, request.target, address.host, address.port);
    for (const HttpHeader& header : request.headers) {
        bytes += fmt::format("{}: {}\r\n", header.name, header.value);
    }
    if (request.method != "GET")
        bytes += fmt::format("Content-Length: {}\r\n", request.body.size());
    return bytes + "\r\n" + request.body;
}

// The status of "HTTP/1.1 200 OK"; 0 when it is no such line.
int status_of(std::string_view line) {
    if (!line.starts_with("HTTP/1.1 ") && !line.starts_with("HTTP/1.0 ")) return 0;
    line.remove_prefix(9);
    int status = 0;
    const auto read =
        std::from_chars(line.data(), line.data() + std::min<std::size_t>(3, line.size()), status);
    const bool is_whole = read.ptr == line.data() + 3 && (line.size() == 3 || line[3] == ' ');
    return is_whole && status >= 100 ? status : 0;
}

std::string quoted_url(std::string_view url) { return harmless(url, Lines::one); }

bool is_of_this_machine(const std::string& host) {
    constexpr std::uint32_t kLoopback = 127;
    in_addr address{};
    if (inet_pton(AF_INET, host.c_str(), &address) == 1)
        return ntohl(address.s_addr) >> 24 == kLoopback;
    return host == "localhost" || host == "[::1]";
}

// Reads one reply from a connection.
class ReplyReader {
public:
    ReplyReader(ServiceConnection& connection, const CallLimits& limits)
        : connection_(connection), limits_(limits) {}

    Result<HttpResponse> read() {
        HttpResponse response;
        do {  // "100 Continue" and the like come before the reply.
            if (auto head = read_head(response); !head) return pass_on(head);
        } while (response.status < 200);
        if (response.status == 204 || response.status == 304) return response;
        auto body = read_body(response);
        if (!body) return pass_on(body);
        response.body = std::move(*body);
        return response;
    }

private:
    // More bytes into buffer_; nothing when no more come. Errors: late or broken.
    Result<bool> more() {
        std::array<char, 16 << 10> bytes;
        std::size_t got = 0;
        switch (connection_.read(bytes.data(), bytes.size(), got)) {
            case ServiceConnection::Read::some:
                buffer_.append(bytes.data(), got);
                seen_ += got;
                return true;
            case ServiceConnection::Read::end:
                return false;
            case ServiceConnection::Read::late:
                return usage_error(
                    fmt::format("expected a whole reply within {} ms, found {} bytes of one",
                                limits_.reply_ms, seen_));
            case ServiceConnection::Read::broken:
                break;
        }
        return usage_error(
            fmt::format("expected a reply, found a broken connection after {} bytes of it", seen_));
    }

    Result<void> read_head(HttpResponse& response) {
        std::size_t end = buffer_.find("\r\n\r\n");
        while (end == buffer_.npos && buffer_.size() <= limits_.head_bytes) {
            auto came = more();
            if (!came) return pass_on(came);
            if (!*came) {
                return usage_error(fmt::format(
                    "expected a reply, found the end of the connection after {} bytes of it",
                    seen_));
            }
            end = buffer_.find("\r\n\r\n");
        }
        if (std::min(end, buffer_.size()) > limits_.head_bytes) {
            return usage_error(fmt::format("expected at most {} bytes of headers, found more",
                                           limits_.head_bytes));
        }
        return parse_head(end, response);
    }

    Result<void> parse_head(std::size_t end, HttpResponse& response) {
        std::string_view head = std::string_view(buffer_).substr(0, end + 2);
        const std::string_view first = head.substr(0, head.find("\r\n"));
        response = {.status = status_of(first), .headers = {}, .body = {}};
        if (response.status == 0 || !simulator::is_plain_head(head)) {
            return usage_error("expected a status line and headers of HTTP/1.1, found other bytes");
        }
        head.remove_prefix(first.size() + 2);
        while (!head.empty()) {
            const std::string_view line = head.substr(0, head.find("\r\n"));
            head.remove_prefix(line.size() + 2);
            const std::size_t colon = line.find(':');
            response.headers.push_back({std::string(line.substr(0, colon)),
                                        std::string(trimmed(line.substr(colon + 1), kLineBlanks))});
        }
        buffer_.erase(0, end + 4);
        return {};
    }

    Result<std::string> read_body(const HttpResponse& response) {
        std::optional<std::size_t> length;
        bool is_chunked = false;
        for (const HttpHeader& header : response.headers) {
            if (same_ignoring_case(header.name, "Transfer-Encoding")) is_chunked = true;
            if (!same_ignoring_case(header.name, "Content-Length")) continue;
            const auto number = parse_number<std::size_t>(header.value);
            if (length || !number) {
                return usage_error(fmt::format(
                    "expected one Content-Length, a number, found \"{}\"", header.value));
            }
            length = number;
        }
        if (is_chunked && length) {
            return usage_error("expected one length of the body, found Content-Length and chunks");
        }
        if (is_chunked) return read_chunks();
        if (length.value_or(0) > limits_.body_bytes) return too_large();
        return length ? read_exactly(*length) : read_to_the_end();
    }

    std::unexpected<Error> too_large() const {
        return usage_error(
            fmt::format("expected a body of at most {} bytes, found more", limits_.body_bytes));
    }

    Result<std::string> read_chunks() {
        ChunkDecoder decoder(limits_.body_bytes);
        while (true) {
            buffer_.erase(0, decoder.feed(buffer_));
            switch (decoder.state()) {
                case ChunkDecoder::State::whole:
                    return std::move(decoder.body());
                case ChunkDecoder::State::malformed:
                    return usage_error("expected a body in chunks, found other bytes");
                case ChunkDecoder::State::too_large:
                    return too_large();
                case ChunkDecoder::State::unfinished:
                    break;
            }
            auto came = more();
            if (!came) return pass_on(came);
            if (!*came)
                return usage_error("expected a last chunk, found the end of the connection");
        }
    }

    Result<std::string> read_exactly(std::size_t length) {
        while (buffer_.size() < length) {
            auto came = more();
            if (!came) return pass_on(came);
            if (!*came) {
                return usage_error(
                    fmt::format("expected {} bytes of body, as Content-Length says, found {}",
                                length, buffer_.size()));
            }
        }
        if (buffer_.size() > length) {
            return usage_error(fmt::format(
                "expected {} bytes of body, as Content-Length says, found more", length));
        }
        return std::move(buffer_);
    }

    Result<std::string> read_to_the_end() {
        while (true) {
            if (buffer_.size() > limits_.body_bytes) return too_large();
            auto came = more();
            if (!came) return pass_on(came);
            if (!*came) return std::move(buffer_);
        }
    }

    ServiceConnection& connection_;
    const CallLimits& limits_;
    std::string buffer_ = {};
    std::size_t seen_ = 0;
};

}  // namespace

Result<ServiceAddress> parse_service_url(std::string_view url) {
    const auto refuse = [&] {
        return usage_error(fmt::format(
            "expected the address of a service, such as http://127.0.0.1:8080, found \"{}\"",
            quoted_url(url)));
    };
    constexpr std::string_view kScheme = "http://";
    if (!url.starts_with(kScheme) || url.find_first_of(" \t\r\n?#@") != url.npos) return refuse();
    std::string_view rest = url.substr(kScheme.size());
    ServiceAddress address;
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    address.prefix = rest.substr(slash);
    while (address.prefix.ends_with('/')) address.prefix.pop_back();
    rest = rest.substr(0, slash);
    const std::size_t bracket = rest.starts_with('[') ? rest.find(']') : 0;
    const std::size_t colon = std::min(rest.find(':', std::min(bracket, rest.size())), rest.size());
    address.host = rest.substr(0, colon);
    if (address.host.empty()) return refuse();
    if (!is_of_this_machine(address.host)) {
        return usage_error(fmt::format(
            "expected a service on this machine, such as http://127.0.0.1:8080, because what is "
            "played goes to loopback only; found \"{}\"",
            quoted_url(url)));
    }
    if (colon == rest.size()) return address;
    const auto port = parse_number<std::uint16_t>(rest.substr(colon + 1));
    if (!port || *port == 0) return refuse();
    address.port = *port;
    return address;
}

Result<HttpResponse> call_service(const ServiceAddress& address, const HttpRequest& request,
                                  const CallLimits& limits, const std::atomic<bool>& gives_up) {
    ServiceConnection connection(gives_up);
    if (!connection.connect(address, limits.connect_ms)) {
        return usage_error("expected a service that listens, found nobody there");
    }
    connection.set_limit(limits.reply_ms);
    // One that answers without reading everything is no worse for it.
    (void)connection.send(bytes_of(address, request));
    return ReplyReader(connection, limits).read();
}

bool is_listening(const ServiceAddress& address, std::int64_t limit_ms) {
    const std::atomic<bool> never = false;
    return ServiceConnection(never).connect(address, limit_ms);
}

}  // namespace onsite::scenarios
