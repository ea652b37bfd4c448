#include "simulator/transport/http_conversation.hpp"

#include <algorithm>
#include <array>
#include <httplib.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/stable_hash.hpp"
#include "simulator/transport/chunk_decoder.hpp"
#include "simulator/transport/http_head.hpp"
#include "simulator/wire/json_writer.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";

// What the parser would act upon by itself; of a multipart body nobody here wants the parts.
constexpr std::array kNotForTheParser = {"Range", "Accept-Encoding", "Content-Type"};

HttpResponse refusal(int status, std::string message) {
    return {.status = status,
            .headers = {{"Content-Type", "application/json"}},
            .body = render(ApiError{.status = status, .message = std::move(message)})};
}

bool is_number(std::string_view text) {
    constexpr std::size_t kDigitsMax = 18;
    return !text.empty() && text.size() <= kDigitsMax && std::ranges::all_of(text, is_digit);
}

// Of an answer that the parser gave on its own.
std::string_view complaint(int status) {
    return status == 414
               ? "Expected a request line of at most 8192 bytes, found a longer one."
               : "Expected a request of HTTP/1.1 with a method, a path and headers, found "
                 "another one.";
}

std::size_t number_of(const std::string& digits) { return std::stoull(digits); }

}  // namespace

// The parser of cpp-httplib between two strings: one request is read from `head_` and the stream
// behind it, and the answer is collected, so that whoever sends it can cut it anywhere.
class HttpConversation::Parser : public httplib::Server, private httplib::Stream {
public:
    Parser(ByteStream& stream, HttpConversation::Handler handler)
        : bytes_(stream), handler_(std::move(handler)) {
        constexpr time_t kKeepAliveSeconds = 60;
        set_keep_alive_timeout(kKeepAliveSeconds);
        set_keep_alive_max_count(1'000'000);
        // Every request has the path "/" when it is looked for (see prepare()).
        Get("/", [this](const httplib::Request& request, httplib::Response& response) {
            answer(request, is_chunked_ ? read_chunks(response) : std::string(), response);
        });
        Post("/", [this](const httplib::Request& request, httplib::Response& response,
                         const httplib::ContentReader& reader) {
            read_and_answer(request, response, reader);
        });
        set_error_handler([](const httplib::Request&, httplib::Response& response) {
            if (!response.body.empty()) return;  // An error that an endpoint answered.
            put(refusal(response.status, std::string(complaint(response.status))), response);
        });
    }

    std::optional<HttpExchange> next() {
        if (!read_head()) return std::nullopt;
        exchange_ = {};
        refused_.reset();
        bool is_closing = false;
        const bool is_written = process_request(
            *this, false, is_closing, [this](httplib::Request& request) { prepare(request); });
        if (!is_written && exchange_.bytes.empty()) return std::nullopt;
        // What was said to get the rest of the request has a head of its own.
        const bool is_continued = exchange_.bytes.starts_with("HTTP/1.1 100 ");
        const std::size_t begin = is_continued ? exchange_.bytes.find(kHeadEnd) + 1 : 0;
        const std::size_t end = exchange_.bytes.find(kHeadEnd, begin);
        exchange_.head_bytes = std::min(exchange_.bytes.size(), end + kHeadEnd.size());
        // A request that could not be read ends somewhere unknown.
        exchange_.is_last = is_closing || refused_ || !is_prepared_;
        if (end != exchange_.bytes.npos) finish_head();
        return std::move(exchange_);
    }

private:
    // ---- httplib::Stream ----
    bool is_readable() const override { return true; }
    bool is_writable() const override { return true; }
    socket_t socket() const override { return -1; }
    void get_remote_ip_and_port(std::string&, int&) const override {}
    void get_local_ip_and_port(std::string&, int&) const override {}
    ssize_t read(char* bytes, std::size_t size) override {
        if (taken_ < buffer_.size()) {
            const std::size_t count = std::min(size, buffer_.size() - taken_);
            buffer_.copy(bytes, count, taken_);
            taken_ += count;
            return static_cast<ssize_t>(count);
        }
        if (!is_prepared_) return 0;  // read_head() gave up on the head's end.
        // Nobody reads on after an answer: what is there is a "100 Continue", and waited for.
        if (!exchange_.bytes.empty()) bytes_.write(std::exchange(exchange_.bytes, {}));
        return static_cast<ssize_t>(bytes_.read(bytes, size));
    }
    ssize_t write(const char* bytes, std::size_t size) override {
        exchange_.bytes.append(bytes, size);
        return static_cast<ssize_t>(size);
    }

    // The whole head first: a parser that gets it byte by byte could be kept busy for ever.
    bool read_head() {
        buffer_.erase(0, std::exchange(taken_, 0));
        is_prepared_ = false;
        is_chunked_ = false;
        std::size_t searched = 0;
        while (buffer_.find(kHeadEnd, searched) == buffer_.npos) {
            if (buffer_.size() > kHeadBytesMax) break;  // The parser refuses what has no end.
            if (!may_be_a_head(buffer_)) break;
            searched = buffer_.size() < kHeadEnd.size() ? 0 : buffer_.size() - kHeadEnd.size();
            char bytes[4096];
            const std::size_t count = bytes_.read(bytes, sizeof bytes);
            if (count == 0) return false;
            buffer_.append(bytes, count);
        }
        if (!may_be_a_head(buffer_)) buffer_ = kHeadEnd;  // Which the parser refuses as well.
        const std::size_t head_bytes = std::min(buffer_.find(kHeadEnd), kHeadBytesMax);
        head_key_ = add_to_hash(0, std::string_view(buffer_).substr(0, head_bytes));
        return true;
    }

    // Stripe's clients expect a name of the request in every answer. One that is refused here never
    // came to the simulator, which counts its own: equal heads have an equal name.
    void finish_head() {
        if (refused_ || !is_prepared_) {
            const auto digits = hex_digits(head_key_);
            std::string name = "Request-Id: req_";
            name.append(digits.data(), digits.size());
            add_header_line(exchange_.bytes, exchange_.head_bytes, name);
        }
        // The parser promises to keep each connection whose head it could not read.
        if (exchange_.is_last) say_close(exchange_.bytes, exchange_.head_bytes);
    }

    // Between the head and the rest: what the parser would do by itself is taken from it.
    void prepare(httplib::Request& request) {
        is_prepared_ = true;
        method_ = request.method;
        request.path = "/";  // Its routes are regular expressions; no path is matched with one.
        request.ranges.clear();
        for (const char* name : kNotForTheParser) request.headers.erase(name);
        refused_ = take_headers(request.version);
        is_chunked_ = !refused_ && request.has_header("Transfer-Encoding");
        const bool has_body = !refused_ && request.get_header_value("Content-Length") > "0";
        // The parser reads bodies of some methods only; an unread one would be the next request.
        if (method_ != "HEAD") request.method = has_body ? "POST" : "GET";
        if (method_ == "HEAD" && (has_body || is_chunked_)) {
            is_chunked_ = false;
            refused_ = refusal(400, "Expected HEAD without a body, found one with a body.");
        }
        if (refused_) {
            request.headers.erase("Expect");
            request.headers.erase("Connection");
            request.set_header("Connection", "close");
        }
    }

    // The headers as they were sent: the parser decodes percent signs in them, as if they were
    // parts of a URL. Or why not: they can be understood in two ways, the length of a body is
    // doubtful, or is too long to be read.
    std::optional<HttpResponse> take_headers(std::string_view version) {
        const auto head = std::string_view(buffer_).substr(0, buffer_.find(kHeadEnd));
        if (!is_plain_head(head)) {
            return refusal(400, "Expected headers of one line each, found something else.");
        }
        headers_ = headers_of(head);
        const auto count = [&](std::string_view name) {
            return std::ranges::count_if(headers_, [&](const HttpHeader& header) {
                return same_ignoring_case(header.name, name);
            });
        };
        const std::ptrdiff_t lengths = count("Content-Length");
        const std::ptrdiff_t encodings = count("Transfer-Encoding");
        const std::string* const length = find_header(headers_, "Content-Length");
        const std::string* const encoding = find_header(headers_, "Transfer-Encoding");
        const bool is_doubtful = lengths + encodings > 1 || (lengths == 1 && !is_number(*length)) ||
                                 (encodings == 1 && !same_ignoring_case(*encoding, "chunked"));
        if (is_doubtful) {
            return refusal(400,
                           "Expected one Content-Length with a number, or chunks, found "
                           "something else.");
        }
        // RFC 9112, 3.2
        if (version == "HTTP/1.1" && count("Host") != 1) {
            return refusal(400,
                           "Expected one header Host in a request of HTTP/1.1, found none or "
                           "several.");
        }
        if (lengths == 1 && number_of(*length) > kBodyBytesMax) return too_large();
        return std::nullopt;
    }

    static HttpResponse too_large() {
        return refusal(413, fmt::format("Request body is too large: expected at most {} bytes",
                                        kBodyBytesMax));
    }

    // By our own reader: the parser's takes a chunk that is longer than it says for the end.
    std::string read_chunks(httplib::Response& response) {
        using State = ChunkDecoder::State;
        ChunkDecoder decoder(kBodyBytesMax);
        char bytes[4096];
        while (decoder.state() == State::unfinished) {
            if (taken_ < buffer_.size()) {
                taken_ += decoder.feed(std::string_view(buffer_).substr(taken_));
                continue;
            }
            const ssize_t count = read(bytes, sizeof bytes);
            if (count <= 0) break;
            buffer_.assign(bytes, static_cast<std::size_t>(count));
            taken_ = 0;
        }
        if (decoder.state() == State::too_large) refused_ = too_large();
        if (decoder.state() == State::malformed || decoder.state() == State::unfinished) {
            refused_ = refusal(400, "Expected a body of whole chunks, found something else.");
        }
        if (refused_) response.set_header("Connection", "close");
        return std::move(decoder.body());
    }

    void read_and_answer(const httplib::Request& request, httplib::Response& response,
                         const httplib::ContentReader& reader) {
        std::string body;
        const bool is_whole = reader([&](const char* bytes, std::size_t size) {
            if (body.size() + size > kBodyBytesMax) {
                refused_ = too_large();
                return false;
            }
            body.append(bytes, size);
            return true;
        });
        if (!is_whole && !refused_) {
            refused_ = refusal(400, "Expected a whole body, found a part of it.");
        }
        if (refused_) response.set_header("Connection", "close");
        answer(request, std::move(body), response);
    }

    void answer(const httplib::Request& request, std::string body, httplib::Response& response) {
        if (refused_) return put(*refused_, response);
        HttpRequest plain{.method = method_,
                          .target = std::string(path_and_query(request.target)),
                          .headers = std::move(headers_),
                          .body = std::move(body)};
        HttpAnswer answered = handler_(plain);
        exchange_.cut = answered.cut;
        exchange_.cut_us = answered.cut_us;
        put(std::move(answered.response), response);
    }

    static void put(HttpResponse from, httplib::Response& to) {
        to.status = from.status;
        to.body = std::move(from.body);
        for (const HttpHeader& header : from.headers) to.set_header(header.name, header.value);
    }

    ByteStream& bytes_;
    HttpConversation::Handler handler_;
    std::string buffer_;     // Read and not yet answered.
    std::size_t taken_ = 0;  // Of it, by the parser.
    HttpExchange exchange_;
    std::string method_;
    std::uint64_t head_key_ = 0;
    bool is_prepared_ = false;
    bool is_chunked_ = false;
    std::vector<HttpHeader> headers_;
    std::optional<HttpResponse> refused_;
};

HttpConversation::HttpConversation(ByteStream& stream, Handler handler)
    : parser_(std::make_unique<Parser>(stream, std::move(handler))) {}

HttpConversation::~HttpConversation() = default;

std::optional<HttpExchange> HttpConversation::next() { return parser_->next(); }

}  // namespace onsite::simulator
