// A schema as its statements, before any database sees it.
//
// Two databases with two grammars get the same text, so it is read in a way that both agree with:
// what they would read differently (nested comments, dollar quotes, backticks, brackets, E'') is
// refused. Only CREATE TABLE with a list of columns and CREATE [UNIQUE] INDEX are let through, and
// no query: nothing is written, called or selected when a schema is loaded.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace onsite::invoicing {

inline constexpr std::size_t kSqlBytesMax = 256 << 10;
inline constexpr std::size_t kSqlStatementsMax = 200;
inline constexpr std::size_t kSqlStatementBytesMax = 32 << 10;

enum class SqlKind { word, quoted_name, text, number, symbol };

struct SqlToken {
    SqlKind kind = SqlKind::symbol;
    std::string text;  // A word in small letters; a name or a text without its quotes.
    int line = 0;

    bool is_name() const { return kind == SqlKind::word || kind == SqlKind::quoted_name; }
    bool is_word(std::string_view word) const { return kind == SqlKind::word && text == word; }
    bool is_symbol(std::string_view symbol) const {
        return kind == SqlKind::symbol && text == symbol;
    }
};

struct SqlStatement {
    std::string text;  // As it was written, comments as spaces, without the semicolon.
    int line = 0;      // Of the first word.
    std::vector<SqlToken> tokens;
};

// Errors: usage, "schema.sql:14: ...".
Result<std::vector<SqlStatement>> split_sql(std::string_view text);

// One definition in the list of a CREATE TABLE: a column, or a constraint of the table.
struct SqlDefinition {
    std::string name;  // Of the column; empty for a constraint.
    int line = 0;
    std::vector<SqlToken> tokens;
};

struct SqlTableText {
    std::string name;  // In small letters, as both databases compare them.
    int line = 0;
    std::vector<SqlDefinition> definitions;

    const SqlDefinition* column(std::string_view wanted) const;
};

// The tables that the statements create.
std::vector<SqlTableText> tables_of(const std::vector<SqlStatement>& statements);

// The line on which the index of that name is created; 0 when none is.
int line_of_index(const std::vector<SqlStatement>& statements, std::string_view name);
// The statement that creates it; null when a constraint of a table does.
const SqlStatement* statement_of_index(const std::vector<SqlStatement>& statements,
                                       std::string_view name);

}  // namespace onsite::invoicing
