// One row of CSV as RFC 4180 has it: quoted fields, quotes doubled inside them, line ends inside
// them. Slow and general; csv_parser.cpp takes the rows without quotes by itself.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace onsite::reconcile {

enum class CsvRowEnd {
    complete,
    incomplete,  // More text is needed to tell.
    malformed,   // A quote that RFC 4180 does not allow, or one that is not closed.
    too_long,    // More than kRowBytesMax bytes with its line end.
};

struct CsvRow {
    CsvRowEnd end = CsvRowEnd::incomplete;
    std::size_t size = 0;   // With the line end. Of a complete row only.
    std::size_t lines = 1;  // Line ends inside quotes make more.
    std::vector<std::string_view> fields;
    bool is_empty() const { return fields.size() == 1 && fields[0].empty() && !is_quoted; }
    bool is_quoted = false;  // Some field is.
};

// Reads the row at the beginning of `text`. Fields with doubled quotes are undoubled in `decoded`.
void read_csv_row(std::string_view text, char delimiter, bool is_last,
                  std::deque<std::string>& decoded, CsvRow& row);

}  // namespace onsite::reconcile
