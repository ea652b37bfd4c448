#include "simulator/wire/search_query.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/parse_number.hpp"

namespace onsite::simulator {
namespace {

constexpr std::array<std::string_view, 6> kOperators = {":", "~", ">", ">=", "<", "<="};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_name(char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-'; }

std::unexpected<std::string> unreadable() {
    return std::unexpected<std::string>(
        "We were unable to parse your search query. Try using the format "
        "`metadata[\"key\"]:\"value\"` to query for metadata or key:\"value\" to query for other "
        "fields.");
}

class Parser {
public:
    explicit Parser(std::string_view text) : left_(text) {}

    std::expected<SearchQuery, std::string> query();

private:
    bool skip(std::string_view token) {
        if (!left_.starts_with(token)) return false;
        left_.remove_prefix(token.size());
        return true;
    }
    void skip_space() {
        while (!left_.empty() && is_space(left_.front())) left_.remove_prefix(1);
    }
    // AND or OR, as a word of its own.
    bool skip_word(std::string_view word) {
        if (!left_.starts_with(word)) return false;
        if (left_.size() > word.size() && !is_space(left_[word.size()])) return false;
        left_.remove_prefix(word.size());
        return true;
    }
    std::string_view name() {
        const auto end = std::ranges::find_if_not(left_, is_name);
        const auto size = static_cast<std::size_t>(end - left_.begin());
        const std::string_view found = left_.substr(0, size);
        left_.remove_prefix(size);
        return found;
    }
    bool is_at_quote() const {
        return !left_.empty() && (left_.front() == '"' || left_.front() == '\'');
    }
    std::optional<std::string> string();
    std::optional<SearchOperator> read_operator();
    bool read_field(SearchClause& clause);
    bool read_value(SearchClause& clause);
    std::expected<SearchClause, std::string> clause();

    std::string_view left_;
};

std::optional<std::string> Parser::string() {
    if (!is_at_quote()) return std::nullopt;
    const char quote = left_.front();
    std::string text;
    for (std::size_t i = 1; i < left_.size(); ++i) {
        if (left_[i] == quote) {
            left_.remove_prefix(i + 1);
            return text;
        }
        if (left_[i] == '\\' && ++i == left_.size()) break;
        text += left_[i];
    }
    return std::nullopt;  // It never ends.
}

std::optional<SearchOperator> Parser::read_operator() {
    if (skip(":") || skip("=")) return SearchOperator::equals;
    if (skip("~")) return SearchOperator::contains;
    if (skip(">=")) return SearchOperator::at_least;
    if (skip(">")) return SearchOperator::greater;
    if (skip("<=")) return SearchOperator::at_most;
    if (skip("<")) return SearchOperator::less;
    return std::nullopt;
}

bool Parser::read_field(SearchClause& clause) {
    clause.field = name();
    if (clause.field != "metadata") return !clause.field.empty();
    if (!skip("[")) return false;
    const auto key = string();
    if (!key || key->empty() || !skip("]")) return false;
    clause.key = *key;
    return true;
}

bool Parser::read_value(SearchClause& clause) {
    const bool is_quoted = is_at_quote();
    if (is_quoted) {
        auto text = string();
        if (!text) return false;
        clause.value = std::move(*text);
    } else {
        clause.value = name();
        clause.is_null = clause.value == "null" || clause.value == "NULL";
        if (clause.is_null) clause.value.clear();
    }
    const auto number = parse_number<std::int64_t>(clause.value);
    if (number) clause.number = *number;
    const bool is_flag = clause.value == "true" || clause.value == "false";
    return is_quoted || clause.is_null || number || is_flag;
}

std::expected<SearchClause, std::string> Parser::clause() {
    SearchClause clause;
    clause.is_negated = skip("-");
    if (!read_field(clause)) return unreadable();
    const auto op = read_operator();
    if (!op) return unreadable();
    clause.op = *op;
    if (!read_value(clause)) return unreadable();
    if (!left_.empty() && !is_space(left_.front())) return unreadable();
    const bool is_exact = clause.op == SearchOperator::equals;
    if (clause.is_null && !is_exact) return unreadable();
    if (clause.op == SearchOperator::contains && clause.value.size() < kSubstringMin) {
        return std::unexpected(
            fmt::format("A substring match needs at least {} characters: `{}` has fewer.",
                        kSubstringMin, clause.value));
    }
    const bool compares = !is_exact && clause.op != SearchOperator::contains;
    if (compares && !clause.number) {
        return std::unexpected(fmt::format("Field `{}` is compared with `{}`, which is no integer.",
                                           clause.field, clause.value));
    }
    return clause;
}

std::expected<SearchQuery, std::string> Parser::query() {
    SearchQuery query;
    bool is_all = false;
    skip_space();
    while (true) {
        auto next = clause();
        if (!next) return std::unexpected(std::move(next.error()));
        query.clauses.push_back(std::move(*next));
        skip_space();
        if (left_.empty()) return query;
        if (query.clauses.size() == kSearchClausesMax) {
            return std::unexpected(
                fmt::format("A search query has at most {} clauses.", kSearchClausesMax));
        }
        if (skip_word("OR")) {
            query.is_any = true;
        } else {
            skip_word("AND");  // Which is also what nothing means.
            is_all = true;
        }
        if (is_all && query.is_any) {
            return std::unexpected<std::string>(
                "You can't combine AND and OR in the same search query.");
        }
        skip_space();
    }
}

std::string in_quotes(std::string_view text) {
    std::string all = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') all += '\\';
        all += c;
    }
    return all + '"';
}

}  // namespace

std::expected<SearchQuery, std::string> parse_search(std::string_view text) {
    return Parser(text).query();
}

std::string to_string(const SearchQuery& query) {
    std::string text;
    for (const SearchClause& clause : query.clauses) {
        if (!text.empty()) text += query.is_any ? " OR " : " AND ";
        if (clause.is_negated) text += '-';
        text += clause.field;
        if (clause.field == "metadata") text += '[' + in_quotes(clause.key) + ']';
        text += kOperators[static_cast<std::size_t>(clause.op)];
        text += clause.is_null ? "null" : in_quotes(clause.value);
    }
    return text;
}

}  // namespace onsite::simulator
