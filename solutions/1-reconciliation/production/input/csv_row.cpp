#include "solutions/1-reconciliation/production/input/csv_row.hpp"

#include <algorithm>

#include "solutions/1-reconciliation/production/feed.hpp"

namespace onsite::reconcile {
namespace {

constexpr auto kNone = std::string_view::npos;

// `reach` is as much of the text as a row may take.
struct Cursor {
    std::string_view reach;
    std::size_t at = 0;
    bool is_at_end() const { return at == reach.size(); }
    bool is_at(char c) const { return !is_at_end() && reach[at] == c; }
};

std::string undoubled(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        plain += text[i];
        if (text[i] == '"') ++i;
    }
    return plain;
}

// Reads a field that begins with a quote. False when the quote is not closed within reach.
bool read_quoted(Cursor& cursor, std::deque<std::string>& decoded, CsvRow& row) {
    const std::size_t begin = ++cursor.at;
    bool has_doubled = false;
    while (true) {
        cursor.at = cursor.reach.find('"', cursor.at);
        if (cursor.at == kNone) return false;
        ++cursor.at;
        if (!cursor.is_at('"')) break;
        ++cursor.at;
        has_doubled = true;
    }
    const std::string_view inside = cursor.reach.substr(begin, cursor.at - 1 - begin);
    row.is_quoted = true;
    row.lines += static_cast<std::size_t>(std::ranges::count(inside, '\n'));
    row.fields.push_back(has_doubled ? decoded.emplace_back(undoubled(inside)) : inside);
    return true;
}

// Reads up to the delimiter, the line end or the end. False at a quote, which may not be there.
bool read_bare(Cursor& cursor, char delimiter, CsvRow& row) {
    const char stops[] = {delimiter, '\n', '"'};
    const std::size_t begin = cursor.at;
    cursor.at =
        std::min(cursor.reach.find_first_of(stops, begin, sizeof stops), cursor.reach.size());
    std::string_view field = cursor.reach.substr(begin, cursor.at - begin);
    const bool ends_line = cursor.is_at_end() || cursor.is_at('\n');
    // "\r\n" is a line end too.
    if (ends_line && field.ends_with('\r')) field.remove_suffix(1);
    row.fields.push_back(field);
    return !cursor.is_at('"');
}

enum class Next { field, row_end, reach_end, nonsense };

// What follows a field: a delimiter, a line end, the end of what can be seen, or nonsense.
Next step_over_separator(Cursor& cursor, char delimiter) {
    if (cursor.is_at(delimiter)) {
        ++cursor.at;
        return Next::field;
    }
    // Behind a closing quote the '\r' is still there.
    if (cursor.is_at('\r') && cursor.at + 1 < cursor.reach.size() &&
        cursor.reach[cursor.at + 1] == '\n') {
        ++cursor.at;
    }
    if (cursor.is_at('\n')) {
        ++cursor.at;
        return Next::row_end;
    }
    if (cursor.is_at_end()) return Next::reach_end;
    if (cursor.is_at('\r') && cursor.at + 1 == cursor.reach.size()) {
        ++cursor.at;
        return Next::reach_end;
    }
    return Next::nonsense;
}

Next read_fields(Cursor& cursor, char delimiter, std::deque<std::string>& decoded, CsvRow& row) {
    while (true) {
        if (cursor.is_at('"')) {
            if (!read_quoted(cursor, decoded, row)) {
                row.end = CsvRowEnd::malformed;
                return Next::reach_end;
            }
        } else if (!read_bare(cursor, delimiter, row)) {
            return Next::nonsense;
        }
        const Next next = step_over_separator(cursor, delimiter);
        if (next != Next::field) return next;
    }
}

}  // namespace

void read_csv_row(std::string_view text, char delimiter, bool is_last,
                  std::deque<std::string>& decoded, CsvRow& row) {
    row.fields.clear();
    row.lines = 1;
    row.is_quoted = false;
    row.end = CsvRowEnd::complete;
    Cursor cursor{.reach = text.substr(0, kRowBytesMax)};
    const Next next = read_fields(cursor, delimiter, decoded, row);
    row.size = cursor.at;
    if (next == Next::nonsense) row.end = CsvRowEnd::malformed;
    if (next != Next::reach_end) return;
    const bool sees_the_end = is_last && text.size() <= kRowBytesMax;
    if (sees_the_end) return;
    if (text.size() <= kRowBytesMax) {
        row.end = CsvRowEnd::incomplete;
    } else if (row.end == CsvRowEnd::complete) {
        row.end = CsvRowEnd::too_long;
    }
}

}  // namespace onsite::reconcile
