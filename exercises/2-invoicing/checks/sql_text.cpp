#include "exercises/2-invoicing/checks/sql_text.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "exercises/2-invoicing/checks/sql_lexer.hpp"
#include "exercises/2-invoicing/checks/words.hpp"

namespace onsite::invoicing {
namespace {

// Nothing of these belongs in a schema that two databases share, wherever it stands.
constexpr std::string_view kRefusedWords[] = {"select", "execute",   "returning", "insert",
                                              "update", "temporary", "temp",      "copy"};

std::unexpected<Error> at_line(int line, std::string_view problem) {
    return usage_error(fmt::format("schema.sql:{}: {}", line, problem));
}

// How many tokens lead to the name: 2 for CREATE TABLE, 5 with IF NOT EXISTS.
std::size_t name_position(const std::vector<SqlToken>& tokens, std::size_t after) {
    const bool is_careful =
        tokens.size() > after && tokens[after].kind == SqlKind::word && tokens[after].text == "if";
    return is_careful ? after + 3 : after;
}

bool has(const std::vector<SqlToken>& tokens, std::size_t at, std::string_view word) {
    return at < tokens.size() && tokens[at].is_word(word);
}

bool creates_table(const std::vector<SqlToken>& tokens) {
    return has(tokens, 0, "create") && has(tokens, 1, "table");
}

bool creates_index(const std::vector<SqlToken>& tokens) {
    return has(tokens, 0, "create") && has(tokens, has(tokens, 1, "unique") ? 2 : 1, "index");
}

// ON DELETE/UPDATE of a foreign key are no statements.
bool is_action_of_a_key(const std::vector<SqlToken>& tokens, std::size_t i) {
    return i > 0 && tokens[i - 1].is_word("on");
}

std::optional<Error> refuse(const SqlStatement& statement) {
    const auto& tokens = statement.tokens;
    if (statement.text.size() > kSqlStatementBytesMax) {
        return at_line(statement.line, fmt::format("expected at most {} bytes in a statement",
                                                   kSqlStatementBytesMax))
            .error();
    }
    if (!creates_table(tokens) && !creates_index(tokens)) {
        return at_line(statement.line,
                       "expected CREATE TABLE or CREATE [UNIQUE] INDEX and nothing else")
            .error();
    }
    if (creates_table(tokens)) {
        const std::size_t name = name_position(tokens, 2);
        if (name + 1 >= tokens.size() || !tokens[name].is_name() ||
            !tokens[name + 1].is_symbol("(")) {
            return at_line(statement.line, "expected CREATE TABLE name ( columns )").error();
        }
    }
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const bool is_refused =
            tokens[i].kind == SqlKind::word &&
            std::ranges::find(kRefusedWords, tokens[i].text) != std::end(kRefusedWords);
        if (is_refused && !is_action_of_a_key(tokens, i)) {
            return at_line(tokens[i].line,
                           fmt::format("expected a schema only, found {}", tokens[i].text))
                .error();
        }
    }
    return std::nullopt;
}

bool begins_a_constraint(const SqlToken& token) {
    constexpr std::string_view kWords[] = {"constraint", "primary", "unique", "foreign",
                                           "check",      "exclude", "like"};
    return token.kind == SqlKind::word && std::ranges::find(kWords, token.text) != std::end(kWords);
}

void finish(SqlDefinition& definition, std::vector<SqlDefinition>& into) {
    if (definition.tokens.empty()) return;
    const SqlToken& first = definition.tokens.front();
    definition.line = first.line;
    if (first.is_name() && !begins_a_constraint(first)) {
        definition.name = lowered(first.text);
    }
    into.push_back(std::exchange(definition, {}));
}

SqlTableText read_table(const SqlStatement& statement) {
    const auto& tokens = statement.tokens;
    const std::size_t name = name_position(tokens, 2);
    SqlTableText table{
        .name = lowered(tokens[name].text), .line = statement.line, .definitions = {}};
    SqlDefinition definition;
    int depth = 0;
    for (std::size_t i = name + 1; i < tokens.size(); ++i) {
        const SqlToken& token = tokens[i];
        if (token.is_symbol("(") && depth++ == 0) continue;
        if (token.is_symbol(")") && --depth == 0) break;
        if (token.is_symbol(",") && depth == 1) {
            finish(definition, table.definitions);
        } else {
            definition.tokens.push_back(token);
        }
    }
    finish(definition, table.definitions);
    return table;
}

}  // namespace

Result<std::vector<SqlStatement>> split_sql(std::string_view text) {
    if (text.size() > kSqlBytesMax) {
        return usage_error(fmt::format("schema.sql: expected at most {} bytes, found {}",
                                       kSqlBytesMax, text.size()));
    }
    auto statements = lex_sql(text);
    if (!statements) return pass_on(statements);
    if (statements->size() > kSqlStatementsMax) {
        return usage_error(fmt::format("schema.sql: expected at most {} statements, found {}",
                                       kSqlStatementsMax, statements->size()));
    }
    for (const SqlStatement& statement : *statements) {
        if (auto refusal = refuse(statement)) return std::unexpected(std::move(*refusal));
    }
    return statements;
}

const SqlDefinition* SqlTableText::column(std::string_view wanted) const {
    const auto found = std::ranges::find(definitions, wanted, &SqlDefinition::name);
    return found == definitions.end() ? nullptr : &*found;
}

std::vector<SqlTableText> tables_of(const std::vector<SqlStatement>& statements) {
    std::vector<SqlTableText> tables;
    for (const SqlStatement& statement : statements) {
        if (creates_table(statement.tokens)) tables.push_back(read_table(statement));
    }
    return tables;
}

const SqlStatement* statement_of_index(const std::vector<SqlStatement>& statements,
                                       std::string_view name) {
    for (const SqlStatement& statement : statements) {
        const auto& tokens = statement.tokens;
        if (!creates_index(tokens)) continue;
        const std::size_t position = name_position(tokens, has(tokens, 1, "unique") ? 3 : 2);
        if (position < tokens.size() && lowered(tokens[position].text) == name) {
            return &statement;
        }
    }
    return nullptr;
}

int line_of_index(const std::vector<SqlStatement>& statements, std::string_view name) {
    const SqlStatement* statement = statement_of_index(statements, name);
    return statement == nullptr ? 0 : statement->line;
}

}  // namespace onsite::invoicing
