#include "exercises/2-invoicing/checks/indexed_rows.hpp"

#include <algorithm>
#include <span>

namespace onsite::invoicing {
namespace {

// Whether "name IS NOT NULL" begins there.
bool wants_a_value(std::span<const SqlToken> tokens) {
    return tokens.size() >= 4 && tokens[0].is_name() && tokens[1].is_word("is") &&
           tokens[2].is_word("not") && tokens[3].is_word("null");
}

// Whether it is known later than the rest of its row.
bool comes_later(std::string_view column) {
    return column.ends_with("_id") || column.ends_with("_at");
}

}  // namespace

IndexedRows rows_of(const std::vector<SqlToken>& all) {
    const auto where =
        std::ranges::find_if(all, [](const auto& one) { return one.is_word("where"); });
    const std::span<const SqlToken> tokens(where, all.end());
    IndexedRows rows;
    bool is_turned = false, is_turned_to_the_end = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const SqlToken& token = tokens[i];
        if (wants_a_value(tokens.subspan(i))) rows.filled.push_back(token.text);
        // The lexer gives <> and != in two.
        is_turned = (is_turned && !token.is_word("and") && !token.is_word("or")) ||
                    token.is_word("not") || token.is_symbol("<") || token.is_symbol("!");
        is_turned_to_the_end =
            is_turned_to_the_end ||
            (token.is_word("not") && i + 1 < tokens.size() && tokens[i + 1].is_symbol("("));
        if (token.kind != SqlKind::text) continue;
        (is_turned || is_turned_to_the_end ? rows.left_out : rows.kept).push_back(token.text);
    }
    rows.waits_for_more = std::ranges::any_of(rows.filled, comes_later);
    return rows;
}

}  // namespace onsite::invoicing
