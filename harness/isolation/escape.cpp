#include "harness/isolation/escape.hpp"

#include <cstdint>

#include <fmt/format.h>

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
        if ((byte_at(text, i) & 0xC0) != 0x80) return {};
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
    while (!text.empty() && (byte_at(text, 0) & 0xC0) == 0x80) text.remove_prefix(1);
    std::string safe = escape_controls(text);
    if (safe.size() <= bytes_max) return safe;
    std::size_t cut = safe.size() - bytes_max;
    while (cut < safe.size() && (byte_at(safe, cut) & 0xC0) == 0x80) ++cut;
    return safe.substr(cut);
}

}  // namespace onsite
