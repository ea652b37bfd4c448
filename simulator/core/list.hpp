// Lists with cursors. Source: docs.stripe.com/api/pagination.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/core/call.hpp"
#include "simulator/core/table.hpp"

namespace onsite::simulator {

// What a list was asked for; `created` is a moment or a range of them.
struct Page {
    std::int64_t limit = 10;
    std::string starting_after = {};
    std::string ending_before = {};
    std::optional<std::int64_t> created_from = {};  // Inclusive, seconds.
    std::optional<std::int64_t> created_to = {};    // Inclusive.

    bool has(std::int64_t created) const {
        return (!created_from || created >= *created_from) &&
               (!created_to || created <= *created_to);
    }
};

// Reads limit, starting_after, ending_before and created; problems go to the reader.
Page read_page(ParamReader& params);

// {"object":"list", ...} of these ids, which are in the order of the answer.
Answer list_answer(const Call& call, const ResourceType& type, const std::vector<std::string>& ids,
                   bool has_more);

// Newest first, of the rows for which is_wanted(row).
// Errors: 400 when a cursor names nothing. Complexity: O(rows) at worst.
template <typename Row, typename IsWanted>
Answer list_rows(const Call& call, const Table<Row>& table, const ResourceType& type,
                 const Page& page, const IsWanted& is_wanted) {
    for (const auto& [name, cursor] : {std::pair{"starting_after", &page.starting_after},
                                       std::pair{"ending_before", &page.ending_before}}) {
        if (!cursor->empty() && table.find(*cursor) == nullptr) {
            return std::unexpected(no_such(type.object, *cursor, name));
        }
    }
    const auto& rows = table.rows();
    const auto wanted = [&](const Row& row) { return page.has(row.created) && is_wanted(row); };
    std::vector<std::string> ids;
    const auto is_full = [&] { return ids.size() > static_cast<std::size_t>(page.limit); };
    if (!page.ending_before.empty()) {
        // Upwards from the cursor, so that the page ends right before it.
        bool is_past = false;
        for (auto row = rows.begin(); row != rows.end() && !is_full(); ++row) {
            if (is_past && wanted(*row)) ids.push_back(row->id);
            is_past = is_past || row->id == page.ending_before;
        }
        const bool has_more = is_full();
        if (has_more) ids.pop_back();
        return list_answer(call, type, {ids.rbegin(), ids.rend()}, has_more);
    }
    bool is_past = page.starting_after.empty();
    for (auto row = rows.rbegin(); row != rows.rend() && !is_full(); ++row) {
        if (is_past && wanted(*row)) ids.push_back(row->id);
        is_past = is_past || row->id == page.starting_after;
    }
    const bool has_more = is_full();
    if (has_more) ids.pop_back();
    return list_answer(call, type, ids, has_more);
}

}  // namespace onsite::simulator
