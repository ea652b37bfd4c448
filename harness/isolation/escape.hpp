// Makes the words of an untrusted program safe to print on a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace onsite {

// Keeps printable text, newlines and tabs. Everything that could move the cursor, change a title,
// reorder letters or is no UTF-8 becomes its bytes in hexadecimal: "\x1b". Complexity: O(n).
std::string escape_controls(std::string_view text);

// The end of a text in that form, cut so that it has at most bytes_max bytes.
std::string escaped_tail(std::string_view text, std::size_t bytes_max);

}  // namespace onsite
