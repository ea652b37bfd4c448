// A stranger's schema in a real SQLite, in memory and on a short lead: nothing but tables and
// indexes can be made, no file is opened, and steps, bytes and memory are limited.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "exercises/2-invoicing/checks/schema_model.hpp"
#include "exercises/2-invoicing/checks/sql_text.hpp"

struct sqlite3;

namespace onsite::invoicing {

inline constexpr std::int64_t kSqliteBytesMax = 64 << 20;
// Instructions of SQLite's machine for all statements together: an honest schema takes thousands.
inline constexpr int kSqliteStepsMax = 5'000'000;

// Thread safety: none.
class SqliteDatabase {
public:
    // Errors: usage, when SQLite refuses a statement: "schema.sql:14: ...". Tool when SQLite itself
    // cannot be opened.
    static Result<SqliteDatabase> load(const std::vector<SqlStatement>& statements);

    SqliteDatabase(SqliteDatabase&&) noexcept;
    ~SqliteDatabase();

    // What SQLite's catalog says. Errors: tool.
    Result<Schema> schema(const std::vector<SqlStatement>& statements) const;

    // The plan of one of our own queries, a line for each step.
    // Errors: usage, when the schema has not what the query asks for.
    Result<std::vector<std::string>> plan(const std::string& query) const;

private:
    struct Guard;
    explicit SqliteDatabase(std::unique_ptr<Guard> guard);

    std::unique_ptr<Guard> guard_;
};

}  // namespace onsite::invoicing
