// Appending many small pieces to a text, with room made for all of them at once.
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace onsite::reconcile {

// Lets `write` put at most `bytes_max` bytes behind the text: it gets the place and returns the end
// of what it has put there. A piece that asked for room of its own would cost more than its bytes.
template <typename Write>
void append_at_most(std::size_t bytes_max, std::string& text, const Write& write) {
    const std::size_t before = text.size();
    text.resize_and_overwrite(before + bytes_max, [&](char* bytes, std::size_t) {
        return static_cast<std::size_t>(write(bytes + before) - bytes);
    });
}

// Each of these puts one piece at `out` and returns the end of it. REQUIRES: there is room.

inline char* put(std::string_view piece, char* out) { return out + piece.copy(out, piece.size()); }

// Digits and a sign.
inline constexpr std::size_t kDecimalBytesMax = 20;

template <std::integral Number>
char* put_decimal(Number number, char* out) {
    static_assert(sizeof(Number) <= sizeof(long long));
    return std::to_chars(out, out + kDecimalBytesMax, number).ptr;
}

}  // namespace onsite::reconcile
