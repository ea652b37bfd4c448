#include "solutions/1-reconciliation/production/input/json_shape.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "solutions/1-reconciliation/production/input/plain_row.hpp"

namespace onsite::reconcile {
namespace {

// As JSON writes it: no zero in front of other digits. Up to eight digits.
bool is_short_whole_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && text.size() <= 8 && (text.size() == 1 || text.front() != '0') &&
           digits_at(text.data()) >= text.size();
}

}  // namespace

inline bool JsonShapes::Between::is_at(const char* place) const {
    std::array<std::uint64_t, 2> found;
    static_assert(sizeof found == kBetweenBytesMax && kBetweenBytesMax <= kTextMargin);
    std::memcpy(found.data(), place, sizeof found);
    return (((found[0] ^ bytes[0]) & mask[0]) | ((found[1] ^ bytes[1]) & mask[1])) == 0;
}

bool JsonShapes::Between::take(const char* from, const char* to) {
    size = static_cast<std::uint32_t>(to - from);
    if (size > kBetweenBytesMax) return false;
    std::memcpy(bytes.data(), from, size);
    std::memset(mask.data(), 0xFF, size);
    return true;
}

// A value ends where the mark behind it says, so what is compared behind it is compared there: a
// backslash or a line end in place of the quote is seen, and a mark too many moves all that
// follows.
bool JsonShapes::Shape::read(const char* bytes, std::size_t at, const std::uint32_t* row_marks,
                             PlainRow& row) const {
    if (!between[0].is_at(bytes + at)) return false;
    std::array<std::string_view, kValues> values;
    std::size_t from = at;
    for (std::size_t i = 0; i < kValues; ++i) {
        const std::size_t begin = from + between[i].size;
        const std::size_t end = end_of(i, row_marks);
        if (begin > end || !between[i + 1].is_at(bytes + end)) return false;
        values[i] = {bytes + begin, end - begin};
        from = end;
    }
    row.fields = {values[place_of[0]], values[place_of[1]], values[place_of[2]]};
    if (has_number && !is_short_whole_number(row.fields.amount)) return false;
    row.end = from + between[kValues].size - 1;
    row.marks_used = marks;
    return row.end - at < kRowBytesMax;
}

bool JsonShapes::read(const char* bytes, std::size_t at, std::span<const std::uint32_t> marks,
                      PlainRow& row) const {
    if (shapes_.empty() || marks.size() < marks_max_) return false;
    if (shapes_.size() == 1) return shapes_.front().read(bytes, at, marks.data(), row);
    // All are tried, and then one branch taken: which shape comes next cannot be guessed.
    unsigned which = 0;
    for (std::size_t i = 0; i < shapes_.size(); ++i) {
        which |= unsigned{shapes_[i].may_be_at(bytes, at, marks.data())} << i;
    }
    if (which == 0) return false;
    return shapes_[static_cast<std::size_t>(std::countr_zero(which))].read(bytes, at, marks.data(),
                                                                           row);
}

void JsonShapes::learn(const char* bytes, std::size_t at, std::span<const std::uint32_t> marks,
                       const PlainRow& row) {
    if (shapes_.size() == kShapesMax || tries_ == kTriesMax) return;
    ++tries_;
    const std::array<std::string_view, kValues> fields = {row.fields.id, row.fields.amount,
                                                          row.fields.currency};
    Shape shape;
    shape.marks = row.marks_used;
    shape.has_number = fields[1].data()[-1] != '"';
    // Two quotes for each key and each string, and the line end: another key would be part of what
    // stands between the values, and its value there.
    const std::size_t strings = shape.has_number ? kValues - 1 : kValues;
    if (row.marks_used != 2 * (kValues + strings) + 1) return;
    std::array<std::uint32_t, kValues> order = {0, 1, 2};
    std::ranges::sort(order, {}, [&](std::uint32_t field) { return fields[field].data(); });
    const char* from = bytes + at;
    for (std::uint32_t i = 0; i <= kValues; ++i) {
        const char* const to = i < kValues ? fields[order[i]].data() : bytes + row.end + 1;
        if (!shape.between[i].take(from, to)) return;
        const auto mark = std::ranges::lower_bound(marks, static_cast<std::uint32_t>(from - bytes));
        shape.between[i].mark_at = *mark - static_cast<std::uint32_t>(from - bytes);
        if (i > 0) shape.mark_behind[i - 1] = static_cast<std::uint32_t>(mark - marks.begin());
        if (i == kValues) break;
        shape.place_of[order[i]] = i;
        from = to + fields[order[i]].size();
    }
    marks_max_ = std::max(marks_max_, shape.marks);
    shapes_.push_back(shape);
}

}  // namespace onsite::reconcile
