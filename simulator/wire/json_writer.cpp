#include "simulator/wire/json_writer.hpp"

#include <cstring>

namespace onsite::simulator {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; }

// Whether all of eight characters are. A byte x is below n, up to 128, when x - n borrows and x
// does not have its high bit; zero is what is below 1.
bool are_plain(const char* eight) {
    constexpr std::uint64_t kOnes = 0x0101010101010101u;
    constexpr std::uint64_t kHighs = 0x80 * kOnes;
    std::uint64_t bytes;
    std::memcpy(&bytes, eight, sizeof bytes);
    const auto has_less = [](std::uint64_t word, std::uint64_t n) {
        return (word - n * kOnes) & ~word & kHighs;
    };
    return (has_less(bytes, 0x20) | has_less(bytes ^ ('"' * kOnes), 1) |
            has_less(bytes ^ ('\\' * kOnes), 1)) == 0;
}

// How many characters from the front are.
std::size_t plain_prefix(std::string_view text) {
    std::size_t count = 0;
    while (count + 8 <= text.size() && are_plain(text.data() + count)) count += 8;
    // What is left, with some that were looked at before.
    if (count >= 8 && text.size() - count < 8 && are_plain(text.data() + text.size() - 8)) {
        return text.size();
    }
    while (count < text.size() && is_plain(text[count])) ++count;
    return count;
}

void append_escaped(std::string& out, char c) {
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += "\\u00";
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
}

}  // namespace

void JsonWriter::quote(std::string_view name, std::string_view text) {
    const std::size_t plain = plain_prefix(text);
    if (plain == text.size()) {
        char* to = begin_value(name, text.size() + 2);
        *to++ = '"';
        to += text.copy(to, text.size());
        *to = '"';
        return;
    }
    literal(name, "\"");
    while (!text.empty()) {
        const std::size_t count = plain_prefix(text);
        out_ += text.substr(0, count);
        if (count == text.size()) break;
        append_escaped(out_, text[count]);
        text.remove_prefix(count + 1);
    }
    out_ += '"';
}

void JsonWriter::hex(std::string_view name, std::uint64_t number) {
    literal(name, {});
    out_ += '"';
    append_hex(out_, number);
    out_ += '"';
}

void append_hex(std::string& text, std::uint64_t number) {
    char digits[16];
    for (std::size_t i = 0; i < sizeof digits; ++i) {
        digits[i] = kHex[(number >> (60 - 4 * i)) & 15];
    }
    text.append(digits, sizeof digits);
}

}  // namespace onsite::simulator
