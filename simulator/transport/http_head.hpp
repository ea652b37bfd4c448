// Whether the head of a request can be understood in one way only (RFC 9112, 5 and 11.2).
#pragma once

#include <string_view>

namespace onsite::simulator {

// `head`: the request line and the headers, without the empty line behind them. The parser skips
// lines that it does not understand, and a length in one of them would make the body the next
// request: so every header has to be one line "Name: value", of no control characters but tabs,
// ended by CR LF, and a length has to have a value. Complexity: O(bytes).
bool is_plain_head(std::string_view head);

// Names of headers and codings, in any case.
bool is_same_name(std::string_view a, std::string_view b);

}  // namespace onsite::simulator
