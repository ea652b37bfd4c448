// The rows that an index is about, as the words behind its WHERE name them.
#pragma once

#include <string_view>
#include <vector>

#include "exercises/2-invoicing/checks/sql_text.hpp"

namespace onsite::invoicing {

// Views of the tokens. All of it is empty when the index is about every row.
struct IndexedRows {
    std::vector<std::string_view> kept;      // States: status = 'open', status IN (...).
    std::vector<std::string_view> left_out;  // status <> 'open', status NOT IN (...).
    std::vector<std::string_view> filled;    // Columns: done_at IS NOT NULL.
    bool waits_for_more = false;             // payment_intent_id IS NOT NULL: what comes later.
};

IndexedRows rows_of(const std::vector<SqlToken>& index);

}  // namespace onsite::invoicing
