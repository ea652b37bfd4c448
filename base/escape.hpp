// Text that somebody else wrote, made harmless for whoever displays it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace onsite {

// Keeps printable text, newlines and tabs. Everything that could move the cursor, change a title,
// reorder letters or is no UTF-8 becomes its bytes in hexadecimal: "\x1b". Complexity: O(n).
std::string escape_controls(std::string_view text);

// The end of a text in that form, cut so that it has at most bytes_max bytes.
std::string escaped_tail(std::string_view text, std::size_t bytes_max);

// Whether the bytes are UTF-8: nothing overlong, no surrogates. Complexity: O(n).
bool is_utf8(std::string_view text);

// Any bytes as UTF-8, for JSON and databases: those that are none as "\xff", and a backslash before
// an x as "\x5c", so that different bytes stay different. Other text is left as it is.
std::string utf8_of_bytes(std::string_view bytes);
// The inverse.
std::string bytes_of_utf8(std::string_view text);

// What becomes of line breaks and tabs: in texts of several lines the breaks are kept and a tab is
// four blanks, in one line they are shown as "\n" and "\t".
enum class Lines { many, one };

// Shows control characters, invisible and direction-changing ones, and bytes that are no UTF-8 as
// "\x1b" and "\u{202e}". The result holds only characters that XML and terminals may have.
std::string harmless(std::string_view text, Lines lines);

// A character that no reader sees, or that changes the order of those they see: controls,
// zero-width and direction-changing characters, tags.
struct Unseen {
    std::size_t begin = 0;  // In bytes.
    std::size_t size = 0;
};
// In the order of the text. A joiner between two emoji is no such character. Complexity: O(n).
std::vector<Unseen> unseen_characters(std::string_view text);

// The text without them. Complexity: O(n).
std::string without_unseen(std::string_view text);

// As one word for a shell: in single quotes where it has anything but letters, digits and
// - _ . / : = @ % + , so that a printed command can be run. Complexity: O(n).
std::string shell_word(std::string_view text);

// & < > " ' as entities. REQUIRES: harmless text.
std::string markup(std::string_view text);

}  // namespace onsite
