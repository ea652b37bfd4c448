// What a parser makes of a text, as lines that can be compared.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/input/row_parser.hpp"
#include "tests/support/collecting_sink.hpp"

namespace onsite::reconcile {

inline std::vector<std::string> lines_of(const Batch& batch) {
    std::vector<std::pair<std::uint64_t, std::string>> placed;
    for (const Row& row : batch.rows) {
        placed.emplace_back(row.byte, line_of(Record{row.id(), row.amount_minor, row.currency,
                                                     batch.place_of(row)}));
    }
    for (const BadRow& row : batch.bad_rows) {
        placed.emplace_back(row.byte, fmt::format("{} at {}", to_string(row.reason), row.line));
    }
    std::ranges::sort(placed);
    std::vector<std::string> lines;
    for (auto& [byte, line] : placed) lines.push_back(std::move(line));
    return lines;
}

inline std::unique_ptr<RowParser> parser_of(const Feed& feed) {
    return feed.format == Format::csv ? make_csv_parser(feed) : make_json_parser(feed);
}

// Gives the text to a new parser in pieces of `step` bytes, as a reader of blocks would.
inline std::vector<std::string> parse(const Feed& feed, std::string_view text, std::size_t step) {
    const auto parser = parser_of(feed);
    parser->start_file("feed");
    std::vector<std::string> lines;
    std::size_t begin = 0;
    std::size_t end = 0;
    do {
        end = std::min(text.size(), end + step);
        // A copy of its own for each piece, so that reading past its margin is seen by ASan.
        const std::string margin(kTextMargin, '\0');
        const std::string room = margin + std::string(text.substr(begin, end - begin)) + margin;
        Batch batch;
        const auto used = parser->parse({.bytes = {room.data() + kTextMargin, end - begin},
                                         .byte = begin,
                                         .is_last = end == text.size()},
                                        batch);
        if (!used) return {"error: " + used.error().message};
        for (std::string& line : lines_of(batch)) lines.push_back(std::move(line));
        begin += *used;
    } while (end < text.size());
    if (begin != text.size()) lines.push_back("bytes are left");
    return lines;
}

}  // namespace onsite::reconcile
