// How rows are searched: the fields of a kind of object, and the rows that a query matches.
#pragma once

#include <algorithm>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/core/call.hpp"
#include "simulator/core/table.hpp"
#include "simulator/wire/search_query.hpp"

namespace onsite::simulator {

// docs.stripe.com/search#query-fields: tokens match as a whole, texts in part as well, numbers are
// compared.
enum class SearchKind { token, text, number };

// What a row has in a field; an empty text is null.
struct SearchValue {
    std::string text = {};
    std::optional<std::int64_t> number = {};
};

template <typename Row>
struct SearchField {
    std::string_view name;
    SearchKind kind;
    SearchValue (*get)(const Row& row);
};

struct SearchParams {
    SearchQuery query = {};
    std::int64_t limit = 10;
    std::string page = {};
};
// Reads query, limit and page. Errors: 400.
std::expected<SearchParams, ApiError> read_search(Call& call);
// Whether the value fits, the negation left aside. Letters are the same in either case.
bool fits(const SearchClause& clause, const SearchValue& value);
// Errors: 400 of a field that there is not, or an operator that it does not take. `plural`: of the
// objects, "customers".
ApiError unsupported_field(std::string_view field, std::string_view plural);
std::expected<void, ApiError> check_operator(const SearchClause& clause, SearchKind kind);
// 400 of a page that no answer named.
ApiError no_such_page(std::string_view page);

// {"object": "search_result", ...}; `next_page` is empty when there is none.
Answer search_answer(const Call& call, const ResourceType& type,
                     const std::vector<std::string>& ids, const std::string& next_page);

template <typename Row>
bool matches(const Row& row, const SearchClause& clause, std::span<const SearchField<Row>> fields) {
    SearchValue value;
    if (clause.field == "metadata") {
        const auto found = row.metadata->find(clause.key);
        if (found != row.metadata->end()) value.text = found->second;
    } else {
        value = std::ranges::find(fields, clause.field, &SearchField<Row>::name)->get(row);
    }
    return fits(clause, value) != clause.is_negated;
}

template <typename Row>
bool matches(const Row& row, const SearchQuery& query, std::span<const SearchField<Row>> fields) {
    const auto is_match = [&](const SearchClause& clause) { return matches(row, clause, fields); };
    return query.is_any ? std::ranges::any_of(query.clauses, is_match)
                        : std::ranges::all_of(query.clauses, is_match);
}

template <typename Row>
std::expected<void, ApiError> check_fields(const SearchQuery& query,
                                           std::span<const SearchField<Row>> fields,
                                           std::string_view plural) {
    for (const SearchClause& clause : query.clauses) {
        SearchKind kind = SearchKind::text;  // Of metadata.
        if (clause.field != "metadata") {
            const auto found = std::ranges::find(fields, clause.field, &SearchField<Row>::name);
            if (found == fields.end()) {
                return std::unexpected(unsupported_field(clause.field, plural));
            }
            kind = found->kind;
        }
        if (auto good = check_operator(clause, kind); !good) return good;
    }
    return {};
}

// Deleted objects are not found.
template <typename Row>
bool is_gone(const Row& row) {
    if constexpr (requires { row.is_deleted; }) return row.is_deleted;
    return false;
}

// Newest first. A page is named by the last object of the one before. Complexity: O(rows *
// clauses).
template <typename Row>
Answer search_rows(Call& call, const Table<Row>& table, const ResourceType& type,
                   std::string_view plural, std::span<const SearchField<Row>> fields) {
    const auto sent = read_search(call);
    if (!sent) return std::unexpected(sent.error());
    if (auto good = check_fields(sent->query, fields, plural); !good) {
        return std::unexpected(good.error());
    }
    if (!sent->page.empty() && table.find(sent->page) == nullptr) {
        return std::unexpected(no_such_page(sent->page));
    }
    std::vector<std::string> ids;
    bool is_past = sent->page.empty();
    for (auto row = table.rows().rbegin(); row != table.rows().rend(); ++row) {
        if (is_past && !is_gone(*row) && matches(*row, sent->query, fields)) {
            if (ids.size() == static_cast<std::size_t>(sent->limit)) {
                return search_answer(call, type, ids, ids.back());
            }
            ids.push_back(row->id);
        }
        is_past = is_past || row->id == sent->page;
    }
    return search_answer(call, type, ids, "");
}

}  // namespace onsite::simulator
