// Turns text into rows. One parser for each format; each has a quick way for rows without quotes or
// escapes that the whole text is searched for at once, and a general way for all others.
//
// A row that is malformed or too long ends with its first line: reading goes on at the next line,
// so that one stray quote does not swallow the rest of a file. What is rejected does not depend on
// how the text was cut.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/feed.hpp"
#include "solutions/1-reconciliation/production/input/batch.hpp"

namespace onsite::reconcile {

// Bytes that may be read, though they mean nothing, on either side of a text.
inline constexpr std::size_t kTextMargin = 64;

// A stretch of a file that begins where a row does.
struct Text {
    std::string_view bytes;  // REQUIRES: kTextMargin readable bytes before and behind.
    std::uint64_t byte = 0;  // Where the first of them is in the file.
    bool is_last = false;    // Nothing follows: the rest is a row even without a line end.
};

// Where a row stands.
struct RowStart {
    std::uint64_t byte = 0;
    std::uint64_t line = 1;
};

// What has to be known of a file before a row in its middle can be read.
struct FileHead {
    ColumnNumbers columns;  // CSV only.
    RowStart rows;          // Behind the header and the byte order mark.
};

class RowParser {
public:
    virtual ~RowParser() = default;
    // The next text is the beginning of a file; `name` is for errors.
    virtual void start_file(std::string_view name) = 0;
    // The next text begins with the row in that line of the same file, behind its header.
    virtual void go_to(std::uint64_t line) = 0;
    // The next text begins with a row somewhere in a file whose head another parser has read.
    virtual void start_within_file(std::string_view name, const FileHead& head, RowStart start) = 0;
    // What stood before the first row of the file, once it was read.
    virtual std::optional<FileHead> head() const = 0;
    // Adds the rows that are complete. Returns how many bytes they take; the caller gives the rest
    // again, with more behind it. Takes some bytes of any text longer than kRowBytesMax.
    // Errors: usage when the header lacks a column.
    virtual Result<std::size_t> parse(const Text& text, Batch& batch) = 0;
};

std::unique_ptr<RowParser> make_csv_parser(const Feed& feed);
std::unique_ptr<RowParser> make_json_parser(const Feed& feed);

// ---- What both parsers share

// The three fields of a row as text.
struct Fields {
    std::string_view id;
    std::string_view amount;
    std::string_view currency;
};

// Adds the row, or its rejection. REQUIRES: fields.id lives as long as the batch.
void add_any_row(const Fields& fields, RowStart start, AmountForm form, Batch& batch);

// Where the first row of a file begins: behind the byte order mark, if the file has one. Nothing
// while the text is too short to tell. REQUIRES: the file begins with the text.
std::optional<std::size_t> start_of_rows(const Text& text);

// Where the line that begins at `from` ends, just behind its '\n'; npos when it does not.
std::size_t end_of_line(std::string_view text, std::size_t from);

}  // namespace onsite::reconcile
