// Lists with cursors. Source: docs.stripe.com/api/pagination.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/core/call.hpp"
#include "simulator/core/table.hpp"

namespace onsite::simulator {

// Moments in seconds, both ends inclusive; without ends, all.
struct MomentRange {
    std::optional<std::int64_t> from = {};
    std::optional<std::int64_t> to = {};

    bool has(std::int64_t moment) const {
        return (!from || moment >= *from) && (!to || moment <= *to);
    }
    // Of something that may not have happened: then only all moments have it.
    bool has(const std::optional<std::int64_t>& moment) const {
        return moment ? has(*moment) : !from && !to;
    }
};

// What a list was asked for.
struct Page {
    std::int64_t limit = 10;
    std::string starting_after = {};
    std::string ending_before = {};
    MomentRange created = {};

    bool has(std::int64_t moment) const { return created.has(moment); }
};

// Reads limit, starting_after, ending_before and created; problems go to the reader.
Page read_page(ParamReader& params);
// Reads a moment, or a range with gt, gte, lt and lte.
MomentRange read_moments(ParamReader& params, std::string_view name);

// A filter of a list by an object of `table`, whose id the rows name; nothing when it was not sent.
// Errors: 400 when there is no such object. One that was deleted still filters.
template <typename Row>
std::optional<std::string_view> read_filter(ParamReader& params, std::string_view name,
                                            const Table<Row>& table) {
    const auto id = params.set_text(name);
    if (id && table.find(*id) == nullptr) params.refuse(no_such(name, *id, name));
    return id;
}

// {"object":"list", ...} of these ids, which are in the order of the answer.
Answer list_answer(const Call& call, const ResourceType& type, const std::vector<std::string>& ids,
                   bool has_more);

// The numbers of some rows, in ascending order: all of a table, or those that name an object.
struct RowNumbers {
    std::uint64_t first = 0;
    std::size_t size = 0;
    const std::uint64_t* chosen = nullptr;

    template <typename Row>
    static RowNumbers all(const Table<Row>& table) {
        return {table.rows().first_number(), table.rows().size()};
    }
    static RowNumbers of(std::span<const std::uint64_t> numbers) {
        return {0, numbers.size(), numbers.data()};
    }

    std::uint64_t operator[](std::size_t index) const {
        return chosen == nullptr ? first + index : chosen[index];
    }
    std::size_t count_below(std::uint64_t number) const;
};

// Newest first, of those rows for which is_wanted(row).
// Errors: 400 when a cursor names nothing. Complexity: O(log rows + rows that are looked at): no
// more than the page has when all are wanted.
template <typename Row, typename IsWanted>
Answer list_some(const Call& call, const Table<Row>& table, const ResourceType& type,
                 const Page& page, const RowNumbers& numbers, const IsWanted& is_wanted) {
    const auto after = table.number_of(page.starting_after);
    const auto before = table.number_of(page.ending_before);
    if (!page.starting_after.empty() && !after) {
        return std::unexpected(no_such(type.object, page.starting_after, "starting_after"));
    }
    if (!page.ending_before.empty() && !before) {
        return std::unexpected(no_such(type.object, page.ending_before, "ending_before"));
    }
    std::vector<std::string> ids;
    const auto is_full = [&] { return ids.size() > static_cast<std::size_t>(page.limit); };
    const auto take = [&](std::uint64_t number) {
        const Row& row = table.rows().at(number);
        if (page.has(row.created) && is_wanted(row)) ids.push_back(row.id);
    };
    if (before) {
        // Upwards from the cursor, so that the page ends right before it.
        for (auto i = numbers.count_below(*before + 1); i < numbers.size && !is_full(); ++i) {
            take(numbers[i]);
        }
        const bool has_more = is_full();
        if (has_more) ids.pop_back();
        return list_answer(call, type, {ids.rbegin(), ids.rend()}, has_more);
    }
    for (auto i = after ? numbers.count_below(*after) : numbers.size; i > 0 && !is_full(); --i) {
        take(numbers[i - 1]);
    }
    const bool has_more = is_full();
    if (has_more) ids.pop_back();
    return list_answer(call, type, ids, has_more);
}

// Of all rows of a table.
template <typename Row, typename IsWanted>
Answer list_rows(const Call& call, const Table<Row>& table, const ResourceType& type,
                 const Page& page, const IsWanted& is_wanted) {
    return list_some(call, table, type, page, RowNumbers::all(table), is_wanted);
}
// Of the rows that name `owner`; of all rows when it is empty.
template <typename Row, typename IsWanted>
Answer list_rows_of(const Call& call, std::string_view owner, const Table<Row>& table,
                    const ResourceType& type, const Page& page, const IsWanted& is_wanted) {
    const RowNumbers numbers =
        owner.empty() ? RowNumbers::all(table) : RowNumbers::of(table.numbers_of(owner));
    return list_some(call, table, type, page, numbers, is_wanted);
}

}  // namespace onsite::simulator
