// Words, columns and bars for the reports that are read in a terminal. Used inside this room only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/report/report.hpp"

namespace onsite {

// One column for each code point. REQUIRES: harmless text.
std::size_t columns_of(std::string_view text);

// At most this many columns; what was cut off shows as "…".
std::string cut(std::string_view text, std::size_t columns);

std::string left(std::string_view text, std::size_t columns);
std::string right(std::string_view text, std::size_t columns);

// Broken at spaces into lines of at most this many columns; at least one line.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

// The first twelve characters of a hash, for a person. A log that was edited may hold anything.
std::string short_hash(std::string_view hash);

// "████······": full only when part is whole, empty only when part is 0.
std::string bar(int part, int whole, int columns);

std::string with_thousands(std::uint64_t number);                // "1,000,000"
std::string duration(double ms);                                 // "0.62 ms", "840 ms", "12.3 s"
std::string plural(std::uint64_t count, std::string_view noun);  // "1 hint", "2 hints"

// Colours, when they were asked for.
class Painter {
public:
    explicit Painter(Colour colour) : colour_(colour) {}
    std::string red(std::string_view text) const { return paint("31;1", text); }
    std::string green(std::string_view text) const { return paint("32", text); }
    std::string yellow(std::string_view text) const { return paint("33", text); }
    std::string bold(std::string_view text) const { return paint("1", text); }
    std::string faint(std::string_view text) const { return paint("2", text); }

private:
    std::string paint(std::string_view code, std::string_view text) const;
    Colour colour_;
};

}  // namespace onsite
