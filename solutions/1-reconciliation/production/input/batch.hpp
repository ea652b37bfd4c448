// What a parser makes of a stretch of text: good rows and rejected ones, in the order of the text.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "solutions/1-reconciliation/production/findings.hpp"

namespace onsite::reconcile {

// A good row. Small, because thousands of them wait in the cache between parser and strategy.
struct Row {
    const char* id_bytes;
    std::uint32_t id_size;
    CurrencyCode currency;
    std::int64_t amount_minor;
    std::uint64_t byte;
    std::uint64_t line;
    std::string_view id() const { return {id_bytes, id_size}; }
};

struct BadRow {
    RejectReason reason;
    std::uint64_t byte;
    std::uint64_t line;
};

struct Batch {
    std::uint32_t file = 0;
    std::vector<Row> rows;
    std::vector<BadRow> bad_rows;
    // Ids that do not stand in the text as they are: quotes or escapes were taken out. A deque,
    // because rows point into it while it grows.
    std::deque<std::string> decoded;

    void clear() {
        rows.clear();
        bad_rows.clear();
        decoded.clear();
    }
    Place place_of(const Row& row) const { return {file, row.line, row.byte}; }
};

}  // namespace onsite::reconcile
