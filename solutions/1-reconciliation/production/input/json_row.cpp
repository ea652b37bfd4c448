#include "solutions/1-reconciliation/production/input/json_row.hpp"

#include <array>
#include <cstdint>

namespace onsite::reconcile {
namespace {

constexpr int kDepthMax = 64;

enum class Kind { string, number, other };

struct Value {
    Kind kind = Kind::other;
    std::string_view text;  // Of a string what it says, of a number how it is written.
};

class Reader {
public:
    Reader(std::string_view text, std::deque<std::string>& decoded)
        : text_(text), decoded_(decoded) {}

    void skip_space() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' ||
                                      text_[at_] == '\r' || text_[at_] == '\n')) {
            ++at_;
        }
    }
    bool is_at_end() const { return at_ == text_.size(); }
    bool is_at(char c) const { return at_ < text_.size() && text_[at_] == c; }
    bool take(char c) {
        if (!is_at(c)) return false;
        ++at_;
        return true;
    }

    // Each reads what its name says and returns false when it is not there.
    bool read_string(std::string_view& value);
    bool read_value(Value& value, int depth = 0);

private:
    bool read_number(std::string_view& value);
    bool read_word(std::string_view word) {
        if (!text_.substr(at_).starts_with(word)) return false;
        at_ += word.size();
        return true;
    }
    bool skip_digits() {
        const std::size_t from = at_;
        while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
        return at_ > from;
    }
    bool skip_items(char close, bool has_keys, int depth);
    bool decode_escape(std::string& out);
    bool read_hex(std::uint32_t& unit);

    std::string_view text_;
    std::size_t at_ = 0;
    std::deque<std::string>& decoded_;
};

void append_utf8(std::uint32_t point, std::string& out) {
    const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (point < 0x80) return put(point);
    if (point < 0x800) {
        put(0xC0 | (point >> 6));
    } else if (point < 0x10000) {
        put(0xE0 | (point >> 12));
        put(0x80 | ((point >> 6) & 0x3F));
    } else {
        put(0xF0 | (point >> 18));
        put(0x80 | ((point >> 12) & 0x3F));
        put(0x80 | ((point >> 6) & 0x3F));
    }
    put(0x80 | (point & 0x3F));
}

bool Reader::read_hex(std::uint32_t& unit) {
    if (text_.size() - at_ < 4) return false;
    unit = 0;
    for (int i = 0; i < 4; ++i) {
        const char c = text_[at_++];
        std::uint32_t digit = 0;
        if (c >= '0' && c <= '9') {
            digit = static_cast<std::uint32_t>(c - '0');
        } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
            digit = static_cast<std::uint32_t>((c | 0x20) - 'a' + 10);
        } else {
            return false;
        }
        unit = unit * 16 + digit;
    }
    return true;
}

// What stands behind a backslash. Half of a surrogate pair names no character: not JSON.
bool Reader::decode_escape(std::string& out) {
    if (is_at_end()) return false;
    const char c = text_[at_++];
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    if (const auto at = kLetters.find(c); at != std::string_view::npos) {
        out += kMeanings[at];
        return true;
    }
    std::uint32_t unit = 0;
    if (c != 'u' || !read_hex(unit)) return false;
    if (unit >= 0xDC00 && unit < 0xE000) return false;
    if (unit >= 0xD800 && unit < 0xDC00) {
        std::uint32_t low = 0;
        if (!take('\\') || !take('u') || !read_hex(low)) return false;
        if (low < 0xDC00 || low >= 0xE000) return false;
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    append_utf8(unit, out);
    return true;
}

bool Reader::read_string(std::string_view& value) {
    if (!take('"')) return false;
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_of("\"\\", at_), text_.size());
    if (take('"')) {
        value = text_.substr(begin, at_ - 1 - begin);
        return true;
    }
    std::string out(text_.substr(begin, at_ - begin));
    while (!is_at_end()) {
        const char c = text_[at_++];
        if (c == '"') {
            value = decoded_.emplace_back(std::move(out));
            return true;
        }
        if (c != '\\') {
            out += c;
        } else if (!decode_escape(out)) {
            return false;
        }
    }
    return false;
}

bool Reader::read_number(std::string_view& value) {
    const std::size_t begin = at_;
    take('-');
    if (!take('0') && !skip_digits()) return false;
    if (take('.') && !skip_digits()) return false;
    if (take('e') || take('E')) {
        if (!take('+')) take('-');
        if (!skip_digits()) return false;
    }
    value = text_.substr(begin, at_ - begin);
    return true;
}

// The rest of an array or object, behind its opening bracket.
bool Reader::skip_items(char close, bool has_keys, int depth) {
    skip_space();
    if (take(close)) return true;
    while (true) {
        skip_space();
        if (has_keys) {
            std::string_view key;
            if (!read_string(key)) return false;
            skip_space();
            if (!take(':')) return false;
        }
        Value ignored;
        if (!read_value(ignored, depth + 1)) return false;
        skip_space();
        if (take(close)) return true;
        if (!take(',')) return false;
    }
}

bool Reader::read_value(Value& value, int depth) {
    if (depth > kDepthMax) return false;
    skip_space();
    value = {};
    if (is_at('"')) {
        value.kind = Kind::string;
        return read_string(value.text);
    }
    if (take('{')) return skip_items('}', true, depth);
    if (take('[')) return skip_items(']', false, depth);
    if (read_word("true") || read_word("false") || read_word("null")) return true;
    value.kind = Kind::number;
    return read_number(value.text);
}

// What an object says for the three keys that matter.
struct Found {
    Value value;
    int times = 0;
};
using FoundFields = std::array<Found, 3>;  // id, amount, currency

bool read_object(Reader& reader, const ColumnNames& names, FoundFields& found) {
    reader.skip_space();
    if (!reader.take('{')) return false;
    reader.skip_space();
    bool goes_on = !reader.take('}');
    while (goes_on) {
        reader.skip_space();
        std::string_view key;
        if (!reader.read_string(key)) return false;
        reader.skip_space();
        if (!reader.take(':')) return false;
        Value value;
        if (!reader.read_value(value)) return false;
        const std::array<std::string_view, 3> wanted = {names.id, names.amount, names.currency};
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (key == wanted[i]) found[i] = {value, found[i].times + 1};
        }
        reader.skip_space();
        goes_on = reader.take(',');
        if (!goes_on && !reader.take('}')) return false;
    }
    reader.skip_space();
    return reader.is_at_end();
}

}  // namespace

std::optional<RejectReason> read_json_row(std::string_view line, const ColumnNames& names,
                                          std::deque<std::string>& decoded, Fields& fields) {
    Reader reader(line, decoded);
    FoundFields found;
    if (!read_object(reader, names, found)) return RejectReason::malformed;
    for (const Found& field : found) {
        if (field.times != 1) return RejectReason::wrong_field_count;
    }
    const auto& [id, amount, currency] = found;
    if (id.value.kind != Kind::string) return RejectReason::bad_id;
    if (id.value.text.size() > kIdBytesMax) return RejectReason::id_too_long;
    if (amount.value.kind == Kind::other) return RejectReason::amount_not_a_number;
    fields = {id.value.text, amount.value.text, {}};
    // One that is no string is as bad as an empty one, and is told as late.
    if (currency.value.kind == Kind::string) fields.currency = currency.value.text;
    return std::nullopt;
}

}  // namespace onsite::reconcile
