#include "base/escape.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include <fmt/format.h>

#include "base/ascii.hpp"

namespace onsite {
namespace {

unsigned char byte_at(std::string_view text, std::size_t i) {
    return static_cast<unsigned char>(text[i]);
}

// A character at the front of a text; size 0 when the bytes there are no UTF-8.
struct Character {
    std::uint32_t code = 0;
    std::size_t size = 0;
};

Character first_character(std::string_view text) {
    const unsigned char lead = byte_at(text, 0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {};
    std::uint32_t code = lead & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if (begins_code_point(text[i])) return {};
        code = (code << 6) | (byte_at(text, i) & 0x3F);
    }
    const bool is_overlong = code < (size == 2 ? 0x80u : size == 3 ? 0x800u : 0x10000u);
    const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (is_overlong || is_surrogate || code > 0x10FFFF) return {};
    return {code, size};
}

bool is_harmless(std::uint32_t code) {
    if (code == '\n' || code == '\t') return true;
    const bool is_control = code < 0x20 || (code >= 0x7F && code < 0xA0);
    const bool is_direction = code == 0x061C || code == 0x200E || code == 0x200F ||
                              (code >= 0x202A && code <= 0x202E) ||
                              (code >= 0x2066 && code <= 0x2069);
    return !is_control && !is_direction;
}

struct Range {
    std::uint32_t first;
    std::uint32_t last;
};

// Harmless to a terminal, but not seen by a reviewer or not allowed in XML: soft hyphen, zero-width
// characters, separators of lines, noncharacters, tags.
constexpr std::array kUnseen = {
    Range{0xAD, 0xAD},     Range{0x180E, 0x180E},   Range{0x200B, 0x200D},   Range{0x2028, 0x2029},
    Range{0x2060, 0x2064}, Range{0xFDD0, 0xFDEF},   Range{0xFEFF, 0xFEFF},   Range{0xFFF9, 0xFFFB},
    Range{0xFFFE, 0xFFFF}, Range{0x1FFFE, 0x1FFFF}, Range{0xE0000, 0xE0FFF},
};

bool is_unseen(std::uint32_t value) {
    return std::ranges::any_of(
        kUnseen, [&](const Range& range) { return value >= range.first && value <= range.last; });
}

}  // namespace

std::string escape_controls(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    while (!text.empty()) {
        const Character character = first_character(text);
        const std::size_t size = character.size == 0 ? 1 : character.size;
        if (character.size != 0 && is_harmless(character.code)) {
            safe += text.substr(0, size);
        } else {
            for (std::size_t i = 0; i < size; ++i) {
                safe += fmt::format("\\x{:02x}", byte_at(text, i));
            }
        }
        text.remove_prefix(size);
    }
    return safe;
}

std::string escaped_tail(std::string_view text, std::size_t bytes_max) {
    // The first character may have lost its beginning to an earlier cut.
    while (!text.empty() && !begins_code_point(text.front())) text.remove_prefix(1);
    std::string safe = escape_controls(text);
    if (safe.size() <= bytes_max) return safe;
    std::size_t cut = safe.size() - bytes_max;
    while (cut < safe.size() && !begins_code_point(safe[cut])) ++cut;
    return safe.substr(cut);
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const Character character = first_character(text);
        if (character.size == 0) return false;
        text.remove_prefix(character.size);
    }
    return true;
}

std::string utf8_of_bytes(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t size = first_character(bytes).size;
        if (size == 0 || bytes.starts_with("\\x")) {
            text += fmt::format("\\x{:02x}", byte_at(bytes, 0));
            bytes.remove_prefix(1);
        } else {
            text += bytes.substr(0, size);
            bytes.remove_prefix(size);
        }
    }
    return text;
}

std::string bytes_of_utf8(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size());
    while (!text.empty()) {
        unsigned char byte = 0;
        const std::string_view digits = text.starts_with("\\x") ? text.substr(2, 2) : "";
        const char* const end = digits.data() + digits.size();
        const bool is_escape =
            digits.size() == 2 && std::from_chars(digits.data(), end, byte, 16).ptr == end;
        bytes += is_escape ? static_cast<char>(byte) : text.front();
        text.remove_prefix(is_escape ? 4 : 1);
    }
    return bytes;
}

std::string harmless(std::string_view text, Lines lines) {
    const std::string without_controls = escape_controls(text);
    std::string safe;
    safe.reserve(without_controls.size());
    for (std::string_view rest = without_controls; !rest.empty();) {
        const Character point = first_character(rest);
        if (point.code == '\n') {
            safe += lines == Lines::many ? "\n" : "\\n";
        } else if (point.code == '\t') {
            safe += lines == Lines::many ? "    " : "\\t";
        } else if (is_unseen(point.code)) {
            safe += fmt::format("\\u{{{:x}}}", point.code);
        } else {
            safe += rest.substr(0, point.size);
        }
        rest.remove_prefix(point.size);
    }
    return safe;
}

std::vector<Unseen> unseen_characters(std::string_view text) {
    constexpr std::uint32_t kJoiner = 0x200D;
    constexpr std::uint32_t kFirstPictograph = 0x2190;
    std::vector<Unseen> found;
    std::uint32_t before = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Character character = first_character(text.substr(at));
        const std::size_t size = std::max<std::size_t>(character.size, 1);
        const bool is_in_emoji = character.code == kJoiner && before >= kFirstPictograph;
        const bool is_text =
            character.size == 0 || (is_harmless(character.code) && !is_unseen(character.code));
        if (!is_text && !is_in_emoji) found.push_back({.begin = at, .size = size});
        before = character.code;
        at += size;
    }
    return found;
}

std::string without_unseen(std::string_view text) {
    std::string seen;
    std::size_t from = 0;
    for (const Unseen& unseen : unseen_characters(text)) {
        seen += text.substr(from, unseen.begin - from);
        from = unseen.begin + unseen.size;
    }
    return seen += text.substr(from);
}

std::string shell_word(std::string_view text) {
    constexpr std::string_view kPlain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=@%+,";
    if (!text.empty() && text.find_first_not_of(kPlain) == text.npos) return std::string(text);
    std::string word = "'";
    for (const char c : text) {
        if (c == '\'') {
            word += "'\\''";
        } else {
            word += c;
        }
    }
    return word += '\'';
}

std::string markup(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            case '\'':
                safe += "&#39;";
                break;
            default:
                safe += c;
        }
    }
    return safe;
}

}  // namespace onsite
