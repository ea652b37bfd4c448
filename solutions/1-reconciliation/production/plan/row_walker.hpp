// Where the rows of a file begin, without what they say: the parser's own steps from row to row,
// started anywhere.
//
// What a byte means in CSV depends on the quotes before it, so the beginning of a byte range can be
// in the middle of a row. But few things can be going on there: a field without quotes, one with
// quotes, or a row that turns out to be malformed and ends with its line. Each gives one place
// where the next row may begin; the walks from all of them soon meet.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/feed.hpp"
#include "solutions/1-reconciliation/production/input/csv_row.hpp"
#include "solutions/1-reconciliation/production/input/file_reader.hpp"

namespace onsite::reconcile {

// A row that may begin a range, and where its walk leaves the range.
struct Walk {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    bool operator==(const Walk&) const = default;
};

// Thread safety: none. REQUIRES: the file is not compressed and outlives the walker.
class RowWalker {
public:
    RowWalker(const Feed& feed, const InputFile& file);

    // Every place at or behind `begin` where the first row there may begin, in rising order.
    // REQUIRES: the file's rows begin at or before `begin`.
    Result<std::vector<std::uint64_t>> first_rows(std::uint64_t begin);
    // REQUIRES: first_rows is not empty; until is not behind the file's end.
    // Where the first row at or behind `until` begins, for each of the first rows; the file's size
    // when there is none. Complexity: O(until - from), for each walk until it meets another.
    Result<std::vector<Walk>> walk(const std::vector<std::uint64_t>& first_rows,
                                   std::uint64_t until);
    // Line ends in [begin, end).
    Result<std::uint64_t> count_lines(std::uint64_t begin, std::uint64_t end);

private:
    Result<std::string_view> text_at(std::uint64_t byte, std::size_t wanted);
    Result<std::uint64_t> next_row(std::uint64_t row);
    Result<std::uint64_t> end_of_line(std::uint64_t from);
    Result<std::uint64_t> walk_alone(std::uint64_t row, std::uint64_t until);

    const InputFile& file_;
    const Format format_;
    const char delimiter_;
    std::string buffer_;       // The file's bytes
    std::uint64_t begin_ = 0;  // from here on.
    CsvRow row_;
    std::deque<std::string> decoded_;
};

}  // namespace onsite::reconcile
