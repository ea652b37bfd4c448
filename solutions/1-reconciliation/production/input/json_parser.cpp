// NDJSON: the quick way for plain objects, json_row.hpp for all others.
//
// An object is plain when its strings have no escapes, its values are strings or whole numbers, and
// its only white space are single blanks behind ':' and ','. Keys may come in any order.
#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <span>

#include "solutions/1-reconciliation/production/input/json_row.hpp"
#include "solutions/1-reconciliation/production/input/json_shape.hpp"
#include "solutions/1-reconciliation/production/input/plain_row.hpp"
#include "solutions/1-reconciliation/production/input/row_parser.hpp"
#include "solutions/1-reconciliation/production/input/structure.hpp"

namespace onsite::reconcile {
namespace {

// Walks over a plain object from quote to quote; every step says whether it found what it expects.
class PlainReader {
public:
    PlainReader(const char* bytes, std::size_t at, std::span<const std::uint32_t> marks)
        : bytes_(bytes), at_(at), marks_(marks) {}

    bool take(char c) {
        if (bytes_[at_] != c) return false;
        ++at_;
        return true;
    }
    void skip_blank() { at_ += bytes_[at_] == ' '; }
    bool is_string() const { return bytes_[at_] == '"'; }

    // The mark here must be a quote too: a line end or a backslash is one as well.
    bool read_string(std::string_view& value) {
        if (!is_string() || mark_ + 1 >= marks_.size() || marks_[mark_] != at_) return false;
        const std::size_t end = marks_[mark_ + 1];
        if (bytes_[end] != '"') return false;
        value = {bytes_ + at_ + 1, end - at_ - 1};
        at_ = end + 1;
        mark_ += 2;
        return true;
    }
    // Digits, the first of which is no zero, or one digit.
    bool read_number(std::string_view& value) {
        const std::size_t begin = at_;
        at_ += bytes_[at_] == '-';
        const std::size_t first = at_;
        std::size_t some = 0;
        do {
            some = digits_at(bytes_ + at_);
            at_ += some;
        } while (some == 8);
        value = {bytes_ + begin, at_ - begin};
        return at_ == first + 1 || (at_ > first && bytes_[first] != '0');
    }
    // Behind the object: the offset of the line end.
    bool read_line_end(std::size_t& end) {
        at_ += bytes_[at_] == '\r';
        if (mark_ >= marks_.size() || marks_[mark_] != at_ || bytes_[at_] != '\n') return false;
        end = at_;
        ++mark_;
        return true;
    }
    std::size_t marks_used() const { return mark_; }

private:
    const char* bytes_;
    std::size_t at_;
    std::span<const std::uint32_t> marks_;
    std::size_t mark_ = 0;
};

// A key that is looked for: one of up to eight bytes is compared as a number.
class WantedKey {
public:
    explicit WantedKey(std::string name) : name_(std::move(name)) {
        static_assert(std::endian::native == std::endian::little);
        const std::size_t size = std::min<std::size_t>(8, name_.size());
        std::memcpy(&word_, name_.data(), size);
        mask_ = size == 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << 8 * size) - 1;
    }
    // REQUIRES: eight bytes that may be read follow the beginning of the key.
    bool is(std::string_view key) const {
        if (key.size() != name_.size()) return false;
        std::uint64_t word = 0;
        std::memcpy(&word, key.data(), 8);
        return (word & mask_) == word_ && (name_.size() <= 8 || key == name_);
    }

private:
    std::string name_;
    std::uint64_t word_ = 0;
    std::uint64_t mask_ = 0;
};

class JsonParser final : public RowParser {
public:
    explicit JsonParser(const Feed& feed)
        : names_(feed.names),
          id_(feed.names.id),
          amount_(feed.names.amount),
          currency_(feed.names.currency),
          form_(feed.amounts) {}

    void start_file(std::string_view) override {
        line_ = 1;
        is_start_ = true;
        is_skipping_ = false;
        head_.reset();
    }

    void go_to(std::uint64_t line) override {
        line_ = line;
        is_skipping_ = false;
    }

    void start_within_file(std::string_view name, const FileHead& head, RowStart start) override {
        start_file(name);
        line_ = start.line;
        is_start_ = false;
        head_ = head;
    }

    std::optional<FileHead> head() const override { return head_; }

    Result<std::size_t> parse(const Text& text, Batch& batch) override {
        const std::string_view bytes = text.bytes;
        std::size_t at = 0;
        if (is_start_) {
            const auto start = start_of_rows(text);
            if (!start) return at;
            at = *start;
            is_start_ = false;
        }
        if (!head_) head_ = {{}, {text.byte + at, line_}};
        const auto marks = find_structure(bytes, '\n', '"', '\\', structure_room_);
        std::size_t mark = 0;
        while (at < bytes.size()) {
            const RowStart start{.byte = text.byte + at, .line = line_};
            PlainRow plain;
            if (!is_skipping_ && read_row(bytes.data(), at, marks.subspan(mark), plain)) {
                add_plain_row(plain.fields, start, form_, batch);
                at = plain.end + 1;
                mark += plain.marks_used;
                ++line_;
                continue;
            }
            const std::size_t next = take_any_line(text, at, start, batch);
            if (next == at) return at;
            at = next;
            while (mark < marks.size() && marks[mark] < at) ++mark;
        }
        return at;
    }

private:
    bool read_row(const char* bytes, std::size_t at, std::span<const std::uint32_t> marks,
                  PlainRow& row) {
        if (shapes_.read(bytes, at, marks, row)) return true;
        if (!read_plain(bytes, at, marks, row)) return false;
        shapes_.learn(bytes, at, marks, row);
        return true;
    }

    // Unknown strings and numbers are stepped over; anything unusual is left to the general way.
    // What depends on the order of the keys is computed, not branched on: it would be guessed
    // wrong.
    bool read_plain(const char* bytes, std::size_t at, std::span<const std::uint32_t> marks,
                    PlainRow& row) const {
        PlainReader reader(bytes, at, marks);
        if (!reader.take('{')) return false;
        std::array<std::string_view, 4> values;  // By number_of().
        unsigned seen = 0;
        unsigned faults = 0;
        do {
            reader.skip_blank();
            std::string_view key, value;
            if (!reader.read_string(key) || !reader.take(':')) return false;
            reader.skip_blank();
            const bool is_string = reader.is_string();
            if (!(is_string ? reader.read_string(value) : reader.read_number(value))) return false;
            const unsigned number = number_of(key);
            const unsigned bit = 1u << number;
            values[number] = value;
            faults |= (seen & bit & kWanted) | (is_string ? 0 : bit & kStrings);
            seen |= bit;
        } while (reader.take(','));
        if (faults != 0 || (seen & kWanted) != kWanted || !reader.take('}') ||
            !reader.read_line_end(row.end)) {
            return false;
        }
        row.fields = {values[0], values[1], values[2]};
        row.marks_used = reader.marks_used();
        return row.end - at < kRowBytesMax;
    }

    // 0 id, 1 amount, 2 currency, 3 any other key.
    unsigned number_of(std::string_view key) const {
        // A key that is two of them at once becomes nonsense here, which the general way sorts out.
        return (3u - 3u * id_.is(key) - 2u * amount_.is(key) - 1u * currency_.is(key)) % 4;
    }
    static constexpr unsigned kWanted = 0b111;
    static constexpr unsigned kStrings = 0b101;

    // Returns where the next line begins, or `at` when this one is not all there yet.
    std::size_t take_any_line(const Text& text, std::size_t at, RowStart start, Batch& batch) {
        const std::string_view bytes = text.bytes;
        std::size_t end = end_of_line(bytes, at);
        const bool has_end = end != std::string_view::npos;
        if (!has_end) end = bytes.size();
        const std::size_t size = end - at;
        if (!has_end && !text.is_last && size <= kRowBytesMax && !is_skipping_) return at;
        if (!is_skipping_ && size > kRowBytesMax) {
            batch.bad_rows.push_back({RejectReason::row_too_long, start.byte, start.line});
        } else if (!is_skipping_) {
            read_line(bytes.substr(at, size), start, batch);
        }
        is_skipping_ = !has_end && !text.is_last;
        line_ += has_end;
        return end;
    }

    void read_line(std::string_view line, RowStart start, Batch& batch) {
        if (line.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
        Fields fields;
        if (const auto reason = read_json_row(line, names_, batch.decoded, fields)) {
            batch.bad_rows.push_back({*reason, start.byte, start.line});
        } else {
            add_any_row(fields, start, form_, batch);
        }
    }

    const ColumnNames names_;
    const WantedKey id_;
    const WantedKey amount_;
    const WantedKey currency_;
    const AmountForm form_;
    std::uint64_t line_ = 1;
    bool is_start_ = true;
    std::optional<FileHead> head_;
    bool is_skipping_ = false;  // Inside a line that was too long to be a row.
    JsonShapes shapes_;
    std::vector<std::uint32_t> structure_room_;
};

}  // namespace

std::unique_ptr<RowParser> make_json_parser(const Feed& feed) {
    return std::make_unique<JsonParser>(feed);
}

}  // namespace onsite::reconcile
