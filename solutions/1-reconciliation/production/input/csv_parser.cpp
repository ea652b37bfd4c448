// CSV: the quick way for plain rows, csv_row.hpp for all others.
#include <algorithm>
#include <optional>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/escape.hpp"
#include "solutions/1-reconciliation/production/input/csv_row.hpp"
#include "solutions/1-reconciliation/production/input/plain_row.hpp"
#include "solutions/1-reconciliation/production/input/row_parser.hpp"
#include "solutions/1-reconciliation/production/input/structure.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::size_t kHeaderShownMax = 200;

// Where the named column is in the header; an error when it is not there, or there twice.
Result<std::size_t> find_column(const std::vector<std::string_view>& header,
                                std::string_view column, std::string_view file) {
    const auto found = std::ranges::find(header, column);
    if (found == header.end()) {
        const std::string line = fmt::format("{}", fmt::join(header, ","));
        // Every second byte of its letters is 0.
        const bool may_be_utf16 = line.find('\0') != std::string::npos;
        return usage_error(fmt::format(
            "{}: expected a column named '{}' in the header, found '{}'; {}", file, column,
            harmless(line.substr(0, kHeaderShownMax), Lines::one),
            may_be_utf16 ? "it looks like UTF-16: make it UTF-8, as iconv -f UTF-16 -t UTF-8 does"
                         : "name the columns of the feed, or say that it has no header"));
    }
    if (std::find(found + 1, header.end(), column) != header.end()) {
        return usage_error(
            fmt::format("{}: expected one column named '{}' in the header, found two; rename one",
                        file, column));
    }
    return static_cast<std::size_t>(found - header.begin());
}

class CsvParser final : public RowParser {
public:
    explicit CsvParser(const Feed& feed)
        : names_(feed.names),
          columns_(feed.numbers),
          form_(feed.amounts),
          delimiter_(feed.delimiter),
          has_header_(feed.has_header) {}

    void start_file(std::string_view name) override {
        file_ = name;
        line_ = 1;
        is_start_ = true;
        wants_header_ = has_header_;
        is_skipping_ = false;
        head_.reset();
    }

    void go_to(std::uint64_t line) override {
        line_ = line;
        is_skipping_ = false;
    }

    void start_within_file(std::string_view name, const FileHead& head, RowStart start) override {
        start_file(name);
        columns_ = head.columns;
        line_ = start.line;
        is_start_ = false;
        wants_header_ = false;
        head_ = head;
    }

    std::optional<FileHead> head() const override { return head_; }

    Result<std::size_t> parse(const Text& text, Batch& batch) override {
        text_ = text;
        at_ = 0;
        if (!skip_rest_of_line() || !skip_byte_order_mark()) return at_;
        while (wants_header_ && at_ < text.bytes.size()) {
            auto is_read = read_header();
            if (!is_read) return pass_on(is_read);
            if (!*is_read) return at_;
        }
        if (!wants_header_ && !head_) head_ = {columns_, {text.byte + at_, line_}};
        parse_rows(batch);
        return at_;
    }

private:
    // Of a line that was too long to be a row. False when the line goes on behind the text.
    bool skip_rest_of_line() {
        if (!is_skipping_) return true;
        const std::size_t end = end_of_line(text_.bytes, 0);
        is_skipping_ = end == std::string_view::npos && !text_.is_last;
        if (is_skipping_ || end == std::string_view::npos) {
            at_ = text_.bytes.size();
            return false;
        }
        at_ = end;
        ++line_;
        return true;
    }

    // False when the text is too short to tell.
    bool skip_byte_order_mark() {
        if (!is_start_) return true;
        const auto start = start_of_rows(text_);
        if (!start) return false;
        at_ = *start;
        is_start_ = false;
        return true;
    }

    // False when the header is not all there yet.
    Result<bool> read_header() {
        std::deque<std::string> decoded;
        read_csv_row(text_.bytes.substr(at_), delimiter_, text_.is_last, decoded, row_);
        if (row_.end == CsvRowEnd::incomplete) return false;
        if (row_.end != CsvRowEnd::complete) {
            return usage_error(fmt::format(
                "{}: expected a header in line {}, found a row that is {}; mend the line, or say "
                "that the feed has no header",
                file_, line_, row_.end == CsvRowEnd::too_long ? "too long" : "not CSV"));
        }
        if (!row_.is_empty()) {
            if (auto known = take_columns(row_.fields); !known) return pass_on(known);
            wants_header_ = false;
        }
        at_ += row_.size;
        line_ += row_.lines;
        return true;
    }

    Result<void> take_columns(const std::vector<std::string_view>& header) {
        auto id = find_column(header, names_.id, file_);
        if (!id) return pass_on(id);
        auto amount = find_column(header, names_.amount, file_);
        if (!amount) return pass_on(amount);
        auto currency = find_column(header, names_.currency, file_);
        if (!currency) return pass_on(currency);
        columns_ = {.id = *id, .amount = *amount, .currency = *currency, .count = header.size()};
        return {};
    }

    void parse_rows(Batch& batch) {
        const std::string_view bytes = text_.bytes;
        const std::size_t begin = at_;
        const bool is_usual = has_usual_columns();
        const auto marks =
            find_structure(bytes.substr(begin), '\n', delimiter_, '"', structure_room_);
        std::size_t mark = 0;
        while (true) {
            const auto rest = marks.subspan(mark);
            mark += is_usual ? take_plain_rows<true>(rest, begin, batch)
                             : take_plain_rows<false>(rest, begin, batch);
            if (at_ == bytes.size() || !take_any_row(batch)) return;
            while (mark < marks.size() && marks[mark] + begin < at_) ++mark;
        }
    }

    bool has_usual_columns() const {
        constexpr ColumnNumbers kUsual;
        return columns_.id == kUsual.id && columns_.amount == kUsual.amount &&
               columns_.currency == kUsual.currency && columns_.count == kUsual.count;
    }

    // Takes rows as long as their structure is just delimiters and a line end, in the right number.
    // Returns how many marks they have. What the loop needs is copied out of the object: it would
    // be read again for each row, because a row that is stored might have changed it. Where the
    // columns are the usual ones the compiler knows them, which halves the work.
    template <bool kIsUsual>
    std::size_t take_plain_rows(std::span<const std::uint32_t> marks, std::size_t begin,
                                Batch& batch) {
        const ColumnNumbers columns = kIsUsual ? ColumnNumbers{} : columns_;
        const std::size_t last = columns.count - 1;
        const char delimiter = delimiter_;
        const AmountForm form = form_;
        const char* const bytes = text_.bytes.data() + begin;
        const std::uint64_t byte = text_.byte + begin;
        std::uint64_t line = line_;
        std::size_t from = at_ - begin;
        std::size_t used = 0;
        for (; used + columns.count <= marks.size(); used += columns.count) {
            const std::uint32_t* const row = marks.data() + used;
            const std::size_t end = row[last];
            bool is_plain = bytes[end] == '\n' && end - from < kRowBytesMax;
            for (std::size_t i = 0; i < last; ++i) is_plain &= bytes[row[i]] == delimiter;
            if (!is_plain) break;
            const auto field = [&](std::size_t column) {
                const std::size_t first = column == 0 ? from : row[column - 1] + 1;
                std::size_t to = row[column];
                if (column == last && to > first && bytes[to - 1] == '\r') --to;
                return std::string_view(bytes + first, to - first);
            };
            add_plain_row({field(columns.id), field(columns.amount), field(columns.currency)},
                          {byte + from, line}, form, batch);
            from = end + 1;
            ++line;
        }
        at_ = begin + from;
        line_ = line;
        return used;
    }

    // False when the row is not all there yet.
    bool take_any_row(Batch& batch) {
        read_csv_row(text_.bytes.substr(at_), delimiter_, text_.is_last, batch.decoded, row_);
        const RowStart start{.byte = text_.byte + at_, .line = line_};
        switch (row_.end) {
            case CsvRowEnd::incomplete:
                return false;
            case CsvRowEnd::malformed:
                return drop_line(RejectReason::malformed, start, batch);
            case CsvRowEnd::too_long:
                return drop_line(RejectReason::row_too_long, start, batch);
            case CsvRowEnd::complete:
                break;
        }
        at_ += row_.size;
        line_ += row_.lines;
        if (row_.is_empty()) return true;
        if (row_.fields.size() != columns_.count) {
            batch.bad_rows.push_back({RejectReason::wrong_field_count, start.byte, start.line});
            return true;
        }
        add_any_row({row_.fields[columns_.id], row_.fields[columns_.amount],
                     row_.fields[columns_.currency]},
                    start, form_, batch);
        return true;
    }

    // False when the line goes on behind the text.
    bool drop_line(RejectReason reason, RowStart start, Batch& batch) {
        batch.bad_rows.push_back({reason, start.byte, start.line});
        const std::size_t end = end_of_line(text_.bytes, at_);
        if (end == std::string_view::npos) {
            is_skipping_ = !text_.is_last;
            at_ = text_.bytes.size();
            return false;
        }
        at_ = end;
        ++line_;
        return true;
    }

    const ColumnNames names_;
    ColumnNumbers columns_;
    const AmountForm form_;
    const char delimiter_;
    const bool has_header_;

    std::string file_;
    std::uint64_t line_ = 1;
    bool is_start_ = true;
    bool wants_header_ = true;
    bool is_skipping_ = false;
    std::optional<FileHead> head_;

    // The text that is being parsed, and how far.
    Text text_;
    std::size_t at_ = 0;
    CsvRow row_;
    std::vector<std::uint32_t> structure_room_;
};

}  // namespace

std::unique_ptr<RowParser> make_csv_parser(const Feed& feed) {
    return std::make_unique<CsvParser>(feed);
}

}  // namespace onsite::reconcile
