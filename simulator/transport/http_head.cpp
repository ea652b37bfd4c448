#include "simulator/transport/http_head.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include <fmt/format.h>

#include "base/ascii.hpp"

namespace onsite::simulator {
namespace {

// RFC 9110, 5.6.2
bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return is_letter(c) || is_digit(c) ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

bool is_field(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == line.npos || !is_token(line.substr(0, colon))) return false;
    // The parser forgets a header without a value.
    const bool is_empty = line.find_first_not_of(" \t", colon + 1) == line.npos;
    return !is_empty || !(same_ignoring_case(line.substr(0, colon), "Content-Length") ||
                          same_ignoring_case(line.substr(0, colon), "Transfer-Encoding"));
}

}  // namespace

bool may_be_a_head(std::string_view bytes) {
    if (bytes.empty()) return true;
    if (!is_token(bytes.substr(0, 1))) return false;
    const std::size_t end = bytes.find('\n');
    return end == bytes.npos || bytes[end - 1] == '\r';
}

bool is_plain_head(std::string_view head) {
    bool is_first = true;
    while (!head.empty()) {
        const std::string_view line = head.substr(0, head.find("\r\n"));
        head.remove_prefix(std::min(head.size(), line.size() + 2));
        const bool has_controls = std::ranges::any_of(
            line, [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7f'; });
        if (has_controls || !(is_first || is_field(line))) return false;
        is_first = false;
    }
    return true;
}

std::vector<HttpHeader> headers_of(std::string_view head) {
    std::vector<HttpHeader> headers;
    for (const std::string_view line : split_lines(head)) {
        if (line.data() == head.data()) continue;  // The request line.
        const std::size_t colon = line.find(':');
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (value.empty()) continue;
        headers.push_back({std::string(line.substr(0, colon)), std::string(value)});
    }
    return headers;
}

std::string_view path_and_query(std::string_view target) {
    constexpr std::string_view kServer = "http://";
    if (!same_ignoring_case(target.substr(0, kServer.size()), kServer)) return target;
    const std::size_t path = target.find('/', kServer.size());
    return path == target.npos ? "/" : target.substr(path);
}

std::string http_date(std::int64_t unix_s) {
    constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = unix_s;
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                       kDays[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                       kMonths[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900,
                       utc.tm_hour, utc.tm_min, utc.tm_sec);
}

void add_header_line(std::string& bytes, std::size_t& head_bytes, std::string_view line) {
    const std::size_t empty_line = head_bytes - 2;
    bytes.insert(empty_line, fmt::format("{}\r\n", line));
    head_bytes += line.size() + 2;
}

void say_close(std::string& bytes, std::size_t& head_bytes) {
    constexpr std::string_view kClose = "Connection: close";
    const std::string_view head = std::string_view(bytes).substr(0, head_bytes);
    const bool says_so = head.find("\r\nConnection: close\r\n") != head.npos;
    const std::size_t promise = head.find("\r\nKeep-Alive: ");
    if (promise != head.npos) {
        const std::size_t size = head.find("\r\n", promise + 2) - promise;
        bytes.erase(promise, size);
        head_bytes -= size;
    }
    if (!says_so) add_header_line(bytes, head_bytes, kClose);
}

}  // namespace onsite::simulator
