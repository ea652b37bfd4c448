#include "simulator/wire/json_writer.hpp"

#include <algorithm>
#include <array>

namespace onsite::simulator {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
// Two digits of each byte.
constexpr auto kHexPairs = [] {
    std::array<std::array<char, 2>, 256> pairs;
    for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i] = {kHex[i >> 4], kHex[i & 15]};
    return pairs;
}();
constexpr std::size_t kEscapedBytesMax = 6;  // \u001f

bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; }

// Whether all of eight characters are. A byte x is below n, up to 128, when x - n borrows and x
// does not have its high bit; zero is what is below 1.
bool are_plain(std::uint64_t bytes) {
    constexpr std::uint64_t kOnes = 0x0101010101010101u;
    constexpr std::uint64_t kHighs = 0x80 * kOnes;
    const std::uint64_t borrows = (bytes - 0x20 * kOnes) | ((bytes ^ ('"' * kOnes)) - kOnes) |
                                  ((bytes ^ ('\\' * kOnes)) - kOnes);
    return (borrows & ~bytes & kHighs) == 0;
}

// Copies characters from the front as long as they are, and says how many those were.
// REQUIRES: room for all.
std::size_t copy_plain(char* to, std::string_view text) {
    std::size_t count = 0;
    for (; count + 8 <= text.size(); count += 8) {
        std::uint64_t bytes;
        std::memcpy(&bytes, text.data() + count, sizeof bytes);
        if (!are_plain(bytes)) break;
        std::memcpy(to + count, &bytes, sizeof bytes);
    }
    for (; count < text.size() && is_plain(text[count]); ++count) to[count] = text[count];
    return count;
}

char* escaped(char* to, char c) {
    *to++ = '\\';
    switch (c) {
        case '"':
        case '\\':
            *to++ = c;
            return to;
        case '\n':
            *to++ = 'n';
            return to;
        case '\r':
            *to++ = 'r';
            return to;
        case '\t':
            *to++ = 't';
            return to;
        default:
            break;
    }
    const auto byte = static_cast<unsigned char>(c);
    const std::array<char, 5> code = {'u', '0', '0', kHex[byte >> 4], kHex[byte & 15]};
    return std::ranges::copy(code, to).out;
}

}  // namespace

void JsonWriter::quote(char* to, std::string_view text) {
    at_ = to;
    to = room(text.size() + kQuotes);
    *to++ = '"';
    while (true) {
        const std::size_t count = copy_plain(to, text);
        to += count;
        if (count == text.size()) break;
        at_ = escaped(to, text[count]);
        text.remove_prefix(count + 1);
        to = room(text.size() + kEscapedBytesMax + kQuotes);
    }
    *to++ = '"';
    end_value(to);
}

void JsonWriter::hex(std::string_view name, std::uint64_t number) {
    const auto digits = hex_digits(number);
    word(name, {digits.data(), digits.size()});
}

void JsonWriter::grow(std::size_t bytes) {
    constexpr std::size_t kBytesAtFirst = 2'048;
    const auto used = static_cast<std::size_t>(at_ - begin_.get());
    const std::size_t size = std::max({kBytesAtFirst, 2 * used, used + bytes});
    auto wider = std::make_unique_for_overwrite<char[]>(size);
    if (used > 0) std::memcpy(wider.get(), begin_.get(), used);
    begin_ = std::move(wider);
    at_ = begin_.get() + used;
    end_ = begin_.get() + size;
}

std::array<char, 16> hex_digits(std::uint64_t number) {
    std::array<char, 16> digits;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        std::ranges::copy(kHexPairs[(number >> (56 - 4 * i)) & 255], digits.data() + i);
    }
    return digits;
}

}  // namespace onsite::simulator
