// Bytes of text, read in the same way under every locale: the letters A to Z, blanks, lines.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace onsite {

// Of ASCII: those of other alphabets are none.
constexpr bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
constexpr bool is_letter(char letter) {
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
}

// A to Z as a to z; any other byte as it is, those of other alphabets too.
constexpr char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}
inline std::string lowered(std::string_view text) {
    std::string small(text);
    for (char& letter : small) letter = lower(letter);
    return small;
}
constexpr bool same_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

// What is blank within a line, and in a text of many.
inline constexpr std::string_view kLineBlanks = " \t";
inline constexpr std::string_view kBlanks = " \t\r\n";

// Some editors begin a file of UTF-8 with it: no part of the text, and a word to who does not know.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Of UTF-8: any byte but one that goes on with a character, before which no text may be cut.
constexpr bool begins_code_point(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
}

// Without blanks before and after.
constexpr std::string_view trimmed(std::string_view text, std::string_view blanks = kBlanks) {
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

// The lines without the '\n' that ends them, a '\r' before it left where it is; none after the last
// end, and none of an empty text. Complexity: O(n).
inline std::vector<std::string_view> split_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

// The line without the '\r' of an end that was written as "\r\n".
constexpr std::string_view without_return(std::string_view line) {
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

}  // namespace onsite
