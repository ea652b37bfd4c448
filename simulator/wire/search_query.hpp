// The language of GET /v1/<objects>/search, parsed. Pure: what fields there are is the caller's.
// Source: docs.stripe.com/search#search-query-language.
//
//     query  = clause { [ "AND" ] clause } | clause { "OR" clause }
//     clause = [ "-" ] field operator value
//     field  = name { "." name } | "metadata[" string "]"
//     operator = ":" | "~" | "=" | ">" | ">=" | "<" | "<="
//     value  = string | number | word             (a word: null, true, false)
//     string = quoted with " or ', where \ takes the next character as it is
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace onsite::simulator {

inline constexpr std::size_t kSearchClausesMax = 10;
// docs.stripe.com/search#substring-match
inline constexpr std::size_t kSubstringMin = 3;

enum class SearchOperator { equals, contains, greater, at_least, less, at_most };

struct SearchClause {
    bool is_negated = false;
    std::string field = {};  // "email", "metadata"
    std::string key = {};    // Of metadata.
    SearchOperator op = SearchOperator::equals;
    std::string value = {};
    bool is_null = false;
    std::optional<std::int64_t> number = {};  // What `value` is, when it is a number.

    bool operator==(const SearchClause&) const = default;
};

struct SearchQuery {
    bool is_any = false;                     // Joined by OR.
    std::vector<SearchClause> clauses = {};  // At least one.

    bool operator==(const SearchQuery&) const = default;
};

// Errors: a sentence in Stripe's words, of the first thing that is wrong.
// Complexity: O(characters); no recursion.
std::expected<SearchQuery, std::string> parse_search(std::string_view text);

// The query in one form: parse_search() of it gives the same query again.
std::string to_string(const SearchQuery& query);

}  // namespace onsite::simulator
