#include "solutions/1-reconciliation/production/plan/row_walker.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <unistd.h>

#include <fmt/format.h>

namespace onsite::reconcile {
namespace {

constexpr std::size_t kBlockBytes = 4 << 20;
constexpr auto kNone = std::string_view::npos;
// To tell a row that is too long, one byte more than a row may have has to be seen.
constexpr std::size_t kRowReach = kRowBytesMax + 1;

}  // namespace

RowWalker::RowWalker(const Feed& feed, const InputFile& file)
    : file_(file), format_(feed.format), delimiter_(feed.delimiter) {}

// The text from `byte` on: at least as much as wanted, or up to the end of the file.
Result<std::string_view> RowWalker::text_at(std::uint64_t byte, std::size_t wanted) {
    const std::uint64_t size = file_.bytes();
    byte = std::min(byte, size);
    const std::uint64_t end = std::min<std::uint64_t>(byte + wanted, size);
    if (byte < begin_ || end > begin_ + buffer_.size()) {
        buffer_.resize(std::min<std::uint64_t>(std::max(wanted, kBlockBytes), size - byte));
        begin_ = byte;
        std::size_t filled = 0;
        while (filled < buffer_.size()) {
            const ssize_t got = ::pread(file_.descriptor(), buffer_.data() + filled,
                                        buffer_.size() - filled, static_cast<off_t>(byte + filled));
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) {
                return usage_error(fmt::format(
                    "{}: expected {} bytes, found that reading stops at byte {}: {}; run again "
                    "when nobody writes to it",
                    file_.name(), size, byte + filled,
                    got < 0 ? std::strerror(errno) : "the file was cut"));
            }
            filled += static_cast<std::size_t>(got);
        }
    }
    return std::string_view(buffer_).substr(byte - begin_);
}

Result<std::uint64_t> RowWalker::end_of_line(std::uint64_t from) {
    while (true) {
        auto text = text_at(from, 1);
        if (!text) return pass_on(text);
        if (text->empty()) return file_.bytes();
        const std::size_t at = text->find('\n');
        if (at != kNone) return from + at + 1;
        from += text->size();
    }
}

Result<std::uint64_t> RowWalker::next_row(std::uint64_t row) {
    if (format_ == Format::csv) {
        auto text = text_at(row, kRowReach);
        if (!text) return pass_on(text);
        // A line without quotes is a row, good or not.
        if (text->substr(0, text->find('\n')).find('"') != kNone) {
            const bool is_last = row + text->size() == file_.bytes();
            decoded_.clear();
            read_csv_row(*text, delimiter_, is_last, decoded_, row_);
            if (row_.end == CsvRowEnd::complete) return row + row_.size;
        }
    }
    return end_of_line(row);
}

Result<std::vector<std::uint64_t>> RowWalker::first_rows(std::uint64_t begin) {
    // One byte earlier: when it is a line end, a line begins right here.
    auto line = begin == 0 ? Result<std::uint64_t>(0) : end_of_line(begin - 1);
    if (!line) return pass_on(line);
    std::vector<std::uint64_t> rows = {*line};
    if (format_ == Format::csv) {
        auto text = text_at(begin, kRowReach);
        if (!text) return pass_on(text);
        const bool is_last = begin + text->size() == file_.bytes();
        // As if a field began here, and as if one with quotes went on. Behind a quote that closes
        // or is the first of two it goes on as if a field began: with a separator or a quote.
        for (const std::string_view before : {"", "\""}) {
            const std::string trial = std::string(before) + std::string(text->substr(0, kRowReach));
            decoded_.clear();
            read_csv_row(trial, delimiter_, is_last && text->size() <= kRowReach, decoded_, row_);
            if (row_.end == CsvRowEnd::complete && row_.size > before.size()) {
                rows.push_back(begin + row_.size - before.size());
            }
        }
    }
    std::ranges::sort(rows);
    rows.erase(std::ranges::unique(rows).begin(), rows.end());
    return rows;
}

Result<std::vector<Walk>> RowWalker::walk(const std::vector<std::uint64_t>& first_rows,
                                          std::uint64_t until) {
    // Who is where: the one that is furthest behind takes the next step.
    std::map<std::uint64_t, std::vector<std::size_t>> walkers;
    for (std::size_t i = 0; i < first_rows.size(); ++i) walkers[first_rows[i]].push_back(i);
    while (walkers.begin()->first < until) {
        const std::uint64_t row = walkers.begin()->first;
        const bool is_alone = walkers.size() == 1;
        auto next = is_alone ? walk_alone(row, until) : next_row(row);
        if (!next) return pass_on(next);
        const auto who = std::move(walkers.begin()->second);
        walkers.erase(walkers.begin());
        auto& there = walkers[*next];
        there.insert(there.end(), who.begin(), who.end());
    }
    std::vector<Walk> walks(first_rows.size());
    for (const auto& [to, who] : walkers) {
        for (const std::size_t i : who) walks[i] = {first_rows[i], to};
    }
    return walks;
}

// Lines without quotes are stepped over many at a time.
Result<std::uint64_t> RowWalker::walk_alone(std::uint64_t row, std::uint64_t until) {
    while (row < until && row < file_.bytes()) {
        auto text = text_at(row, kRowReach);
        if (!text) return pass_on(text);
        const std::size_t reach = std::min<std::uint64_t>(text->size(), until - row);
        std::size_t plain = reach;
        if (format_ == Format::csv) plain = std::min(text->substr(0, reach).find('"'), reach);
        const std::size_t line_end = text->substr(0, plain).rfind('\n');
        if (line_end != kNone) {
            row += line_end + 1;
            continue;
        }
        auto next = next_row(row);
        if (!next) return next;
        row = *next;
    }
    return row;
}

Result<std::uint64_t> RowWalker::count_lines(std::uint64_t begin, std::uint64_t end) {
    std::uint64_t lines = 0;
    while (begin < end) {
        auto text = text_at(begin, 1);
        if (!text) return pass_on(text);
        const auto part = text->substr(0, end - begin);
        if (part.empty()) break;
        lines += static_cast<std::uint64_t>(std::ranges::count(part, '\n'));
        begin += part.size();
    }
    return lines;
}

}  // namespace onsite::reconcile
