#include "harness/report/layout.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.hpp"

namespace onsite {
namespace {

// How many bytes the first `columns` code points take.
std::size_t bytes_of(std::string_view text, std::size_t columns) {
    std::size_t seen = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (begins_code_point(text[i]) && seen++ == columns) return i;
    }
    return text.size();
}

std::string spaces(std::size_t wanted, std::size_t used) {
    return std::string(wanted > used ? wanted - used : 0, ' ');
}

}  // namespace

std::size_t columns_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, begins_code_point));
}

std::string cut(std::string_view text, std::size_t columns) {
    if (columns_of(text) <= columns) return std::string(text);
    if (columns == 0) return {};
    return std::string(text.substr(0, bytes_of(text, columns - 1))) + "…";
}

std::string short_hash(std::string_view hash) {
    constexpr std::size_t kDigits = 12;
    return std::string(hash.substr(0, bytes_of(hash, kDigits)));
}

std::string left(std::string_view text, std::size_t columns) {
    return std::string(text) + spaces(columns, columns_of(text));
}

std::string right(std::string_view text, std::size_t columns) {
    return spaces(columns, columns_of(text)) + std::string(text);
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines(1);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string word = cut(text.substr(0, end), columns);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (lines.back().empty()) {
            lines.back() = word;
        } else if (columns_of(lines.back()) + 1 + columns_of(word) <= columns) {
            lines.back() += ' ' + word;
        } else {
            lines.push_back(word);
        }
    }
    return lines;
}

std::string bar(int part, int whole, int columns) {
    int filled = whole > 0 ? (2 * part * columns + whole) / (2 * whole) : 0;
    if (part < whole) filled = std::min(filled, columns - 1);
    if (part > 0) filled = std::max(filled, 1);
    std::string drawn;
    for (int i = 0; i < columns; ++i) drawn += i < filled ? "█" : "·";
    return drawn;
}

std::string with_thousands(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
        digits.insert(static_cast<std::size_t>(at), ",");
    }
    return digits;
}

std::string duration(double ms) {
    if (ms < 10) return fmt::format("{:.2f} ms", ms);
    if (ms < 1000) return fmt::format("{:.0f} ms", ms);
    if (ms < 1e9) return fmt::format("{:.1f} s", ms / 1000);
    return fmt::format("{:.1e} s", ms / 1000);
}

std::string plural(std::uint64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", with_thousands(count), noun, count == 1 ? "" : "s");
}

std::string Painter::paint(std::string_view code, std::string_view text) const {
    if (colour_ == Colour::never) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", code, text);
}

}  // namespace onsite
