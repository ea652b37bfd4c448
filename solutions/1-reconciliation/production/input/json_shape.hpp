// The shapes that the rows of an NDJSON feed have. A program writes all its rows alike: what stands
// between the values is the same in each, and where the values are follows from the quotes and line
// ends, which are known. So a row is compared with what was seen before, not read key by key.
//
// A shape has the three keys that are looked for and no other, in one order, with one kind of white
// space. A feed whose keys come in any order has a few shapes.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "solutions/1-reconciliation/production/input/row_parser.hpp"

namespace onsite::reconcile {

struct PlainRow {
    Fields fields;
    std::size_t end = 0;  // Of the line, without its '\n'.
    std::size_t marks_used = 0;
};

class JsonShapes {
public:
    // Reads the row at bytes[at]; false when it has none of the shapes, or an amount that is not a
    // short whole number. `marks` are the offsets of quotes, backslashes and line ends from there.
    // REQUIRES: kTextMargin readable bytes on either side of the text.
    bool read(const char* bytes, std::size_t at, std::span<const std::uint32_t> marks,
              PlainRow& row) const;

    // Remembers the shape of a row that was read another way, unless it has more than three keys,
    // long ones, or there are many shapes already.
    void learn(const char* bytes, std::size_t at, std::span<const std::uint32_t> marks,
               const PlainRow& row);

private:
    static constexpr std::size_t kValues = 3;
    static constexpr std::size_t kShapesMax = 6;  // Orders of three keys.
    static constexpr std::size_t kBetweenBytesMax = 16;

    // What stands before a value, or behind the last one.
    struct Between {
        std::array<std::uint64_t, 2> bytes = {};
        std::array<std::uint64_t, 2> mask = {};
        std::uint32_t size = 0;
        std::uint32_t mark_at = 0;  // Where its first mark is: the value before ends there.
        bool take(const char* from, const char* to);  // False when it is too long.
        bool is_at(const char* place) const;
    };
    struct Shape {
        std::array<Between, kValues + 1> between;
        std::array<std::uint32_t, kValues> mark_behind = {};  // Which mark follows each value.
        std::array<std::uint32_t, kValues> place_of = {};     // Of id, amount and currency.
        std::size_t marks = 0;
        bool has_number = false;

        std::size_t end_of(std::size_t value, const std::uint32_t* row_marks) const {
            return row_marks[mark_behind[value]] - between[value + 1].mark_at;
        }
        // Told by the first two keys; the third one follows from them.
        bool may_be_at(const char* bytes, std::size_t at, const std::uint32_t* row_marks) const {
            return between[0].is_at(bytes + at) && between[1].is_at(bytes + end_of(0, row_marks));
        }
        bool read(const char* bytes, std::size_t at, const std::uint32_t* row_marks,
                  PlainRow& row) const;
    };
    static constexpr std::size_t kTriesMax = 64;  // Rows that are looked at for a shape.
    std::vector<Shape> shapes_;
    std::size_t tries_ = 0;
    std::size_t marks_max_ = 0;  // Of a row of any shape.
};

}  // namespace onsite::reconcile
