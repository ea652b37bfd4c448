// Heads of HTTP: whether one can be understood in one way only (RFC 9112, 5 and 11.2), and what is
// written into one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.hpp"

namespace onsite::simulator {

// Whether a head may begin so: not with the first bytes of TLS, and not with a line without CR at
// its end. Whoever waits for the rest of what never becomes one waits long. Complexity: O(bytes).
bool may_be_a_head(std::string_view bytes);

// `head`: the request line and the headers, without the empty line behind them. The parser skips
// lines that it does not understand, and a length in one of them would make the body the next
// request: so every header has to be one line "Name: value", of no control characters but tabs,
// ended by CR LF, and a length has to have a value. Complexity: O(bytes).
bool is_plain_head(std::string_view head);

// The headers of such a head, as they were sent; one without a value says nothing and is left out.
// REQUIRES: is_plain_head(head).
std::vector<HttpHeader> headers_of(std::string_view head);

// The path and query of a target, which may name the server as well:
// "http://localhost:12111/v1/plans" (RFC 9112, 3.2.2). Complexity: O(bytes).
std::string_view path_and_query(std::string_view target);

// "Tue, 06 Jan 2026 09:00:00 GMT" (RFC 9110, 5.6.7) of seconds since 1970.
std::string http_date(std::int64_t unix_s);

// Changes of an answer, whose status line and headers with the empty line are `head_bytes` of
// `bytes`. REQUIRES: they are there.
void add_header_line(std::string& bytes, std::size_t& head_bytes, std::string_view line);
// "Connection: close" and no "Keep-Alive".
void say_close(std::string& bytes, std::size_t& head_bytes);

}  // namespace onsite::simulator
