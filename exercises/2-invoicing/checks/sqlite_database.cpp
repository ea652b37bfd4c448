#include "exercises/2-invoicing/checks/sqlite_database.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <sqlite3.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "exercises/2-invoicing/checks/words.hpp"

namespace onsite::invoicing {

// Lives on the heap: SQLite keeps its address for the call-backs.
struct SqliteDatabase::Guard {
    sqlite3* database = nullptr;
    bool is_loading = true;
    int steps = 0;

    Guard() = default;
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;
    ~Guard() { sqlite3_close(database); }
};

namespace {

constexpr int kStepsBetweenCalls = 1'000;

// While the schema is loaded: what making tables and indexes needs, and nothing else.
int authorize(void* is_loading, int action, const char* first, const char* second, const char*,
              const char*) {
    if (!*static_cast<bool*>(is_loading)) return SQLITE_OK;
    const std::string_view table = first == nullptr ? "" : first;
    switch (action) {
        case SQLITE_CREATE_TABLE:
        case SQLITE_CREATE_INDEX:
        case SQLITE_READ:
        case SQLITE_REINDEX:
            return SQLITE_OK;
        case SQLITE_INSERT:
        case SQLITE_UPDATE:
        case SQLITE_DELETE:
            return table.starts_with("sqlite_") ? SQLITE_OK : SQLITE_DENY;
        case SQLITE_FUNCTION:  // In CHECK and DEFAULT; nothing calls it while there are no rows.
            return second != nullptr && std::string_view(second) == "load_extension" ? SQLITE_DENY
                                                                                     : SQLITE_OK;
        default:
            return SQLITE_DENY;
    }
}

int count_steps(void* steps) {
    int& so_far = *static_cast<int*>(steps);
    so_far += kStepsBetweenCalls;
    return so_far > kSqliteStepsMax ? 1 : 0;
}

void set_limits(sqlite3* database) {
    constexpr std::pair<int, int> kLimits[] = {
        {SQLITE_LIMIT_LENGTH, 1 << 20},     {SQLITE_LIMIT_SQL_LENGTH, 64 << 10},
        {SQLITE_LIMIT_COLUMN, 200},         {SQLITE_LIMIT_EXPR_DEPTH, 100},
        {SQLITE_LIMIT_COMPOUND_SELECT, 5},  {SQLITE_LIMIT_VDBE_OP, 25'000},
        {SQLITE_LIMIT_FUNCTION_ARG, 20},    {SQLITE_LIMIT_ATTACHED, 0},
        {SQLITE_LIMIT_TRIGGER_DEPTH, 1},    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100},
        {SQLITE_LIMIT_VARIABLE_NUMBER, 20}, {SQLITE_LIMIT_WORKER_THREADS, 0}};
    for (const auto& [limit, value] : kLimits) sqlite3_limit(database, limit, value);
}

std::string message_of(sqlite3* database) { return harmless(sqlite3_errmsg(database), Lines::one); }

struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

Statement prepare(sqlite3* database, std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    return Statement(statement);
}

std::string text_at(sqlite3_stmt* row, int column) {
    const auto* bytes = sqlite3_column_text(row, column);
    return bytes == nullptr ? "" : reinterpret_cast<const char*>(bytes);
}

using Row = std::vector<std::string>;

// All rows of one of our own queries about the catalog.
Result<std::vector<Row>> rows_of(sqlite3* database, std::string_view sql,
                                 std::initializer_list<std::string_view> arguments) {
    const Statement statement = prepare(database, sql);
    if (!statement) return tool_error("SQLite cannot say: " + message_of(database));
    int place = 0;
    for (const std::string_view argument : arguments) {
        sqlite3_bind_text(statement.get(), ++place, argument.data(),
                          static_cast<int>(argument.size()), SQLITE_TRANSIENT);
    }
    std::vector<Row> rows;
    int state = sqlite3_step(statement.get());
    for (; state == SQLITE_ROW; state = sqlite3_step(statement.get())) {
        Row row;
        for (int i = 0; i < sqlite3_column_count(statement.get()); ++i) {
            row.push_back(text_at(statement.get(), i));
        }
        rows.push_back(std::move(row));
    }
    if (state != SQLITE_DONE) return tool_error("SQLite cannot say: " + message_of(database));
    return rows;
}

std::string in_capital_letters(std::string text) {
    for (char& letter : text) {
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    }
    return text;
}

// Reads the catalog table by table.
class CatalogReader {
public:
    CatalogReader(sqlite3* database, const std::vector<SqlStatement>& statements)
        : database_(database), statements_(statements) {}

    Result<Table> read(const SqlTableText& written) {
        Table table{.name = written.name,
                    .line = written.line,
                    .columns = {},
                    .foreign_keys = {},
                    .indexes = {}};
        if (auto done = read_columns(written, table); !done) return pass_on(done);
        if (auto done = read_foreign_keys(table); !done) return pass_on(done);
        if (auto done = read_indexes(table); !done) return pass_on(done);
        return table;
    }

private:
    Result<void> read_columns(const SqlTableText& written, Table& table) {
        auto rows = rows_of(database_,
                            "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?) "
                            "ORDER BY cid",
                            {table.name});
        if (!rows) return pass_on(rows);
        std::vector<std::pair<std::string, std::string>> key;
        for (const Row& row : *rows) {
            const std::string name = lowered(row[0]);
            const SqlDefinition* definition = written.column(name);
            table.columns.push_back(
                {.name = name,
                 .type = in_capital_letters(row[1]),
                 .is_not_null = row[2] == "1" || row[3] != "0",
                 .line = definition == nullptr ? table.line : definition->line});
            if (row[3] != "0") key.emplace_back(row[3], name);
        }
        std::ranges::sort(key);
        Index primary{.name = "PRIMARY KEY", .is_unique = true, .columns = {}, .line = table.line};
        for (const auto& part : key) primary.columns.push_back(part.second);
        if (!key.empty()) table.indexes.push_back(std::move(primary));
        return {};
    }

    Result<void> read_foreign_keys(Table& table) {
        auto rows = rows_of(database_,
                            "SELECT id, \"table\", \"from\" FROM pragma_foreign_key_list(?) "
                            "ORDER BY id, seq",
                            {table.name});
        if (!rows) return pass_on(rows);
        std::string last;
        for (const Row& row : *rows) {
            if (table.foreign_keys.empty() || row[0] != last) {
                table.foreign_keys.push_back({.columns = {}, .table = lowered(row[1])});
            }
            last = row[0];
            table.foreign_keys.back().columns.push_back(lowered(row[2]));
        }
        return {};
    }

    Result<void> read_indexes(Table& table) {
        auto rows = rows_of(database_,
                            "SELECT name, \"unique\", partial FROM pragma_index_list(?) "
                            "WHERE origin <> 'pk' ORDER BY seq",
                            {table.name});
        if (!rows) return pass_on(rows);
        for (const Row& row : *rows) {
            Index index{.name = lowered(row[0]),
                        .is_unique = row[1] == "1",
                        .is_partial = row[2] == "1",
                        .columns = {},
                        .line = line_of_index(statements_, lowered(row[0]))};
            if (index.line == 0) index.line = table.line;
            auto columns = rows_of(
                database_, "SELECT name FROM pragma_index_info(?) ORDER BY seqno", {row[0]});
            if (!columns) return pass_on(columns);
            for (const Row& column : *columns) {
                index.columns.push_back(lowered(column[0]));
            }
            table.indexes.push_back(std::move(index));
        }
        return {};
    }

    sqlite3* database_;
    const std::vector<SqlStatement>& statements_;
};

std::optional<Error> run_statement(sqlite3* database, const SqlStatement& wanted) {
    const auto refuse = [&] {
        return usage_error(
                   fmt::format("schema.sql:{}: SQLite says: {}", wanted.line, message_of(database)))
            .error();
    };
    const Statement statement = prepare(database, wanted.text);
    if (!statement) return refuse();
    if (sqlite3_step(statement.get()) != SQLITE_DONE) return refuse();
    return std::nullopt;
}

}  // namespace

SqliteDatabase::SqliteDatabase(std::unique_ptr<Guard> guard) : guard_(std::move(guard)) {}
SqliteDatabase::SqliteDatabase(SqliteDatabase&&) noexcept = default;
SqliteDatabase::~SqliteDatabase() = default;

Result<SqliteDatabase> SqliteDatabase::load(const std::vector<SqlStatement>& statements) {
    sqlite3_hard_heap_limit64(kSqliteBytesMax);
    auto guard = std::make_unique<Guard>();
    if (sqlite3_open_v2(":memory:", &guard->database,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        nullptr) != SQLITE_OK) {
        return tool_error("SQLite cannot open a database in memory");
    }
    sqlite3* database = guard->database;
    set_limits(database);
    // A text in "double quotes" is a name that is misspelled, here as in PostgreSQL.
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_set_authorizer(database, authorize, &guard->is_loading);
    sqlite3_progress_handler(database, kStepsBetweenCalls, count_steps, &guard->steps);
    for (const SqlStatement& statement : statements) {
        if (auto refusal = run_statement(database, statement)) {
            return std::unexpected(std::move(*refusal));
        }
    }
    guard->is_loading = false;
    return SqliteDatabase(std::move(guard));
}

Result<Schema> SqliteDatabase::schema(const std::vector<SqlStatement>& statements) const {
    CatalogReader reader(guard_->database, statements);
    Schema schema;
    for (const SqlTableText& written : tables_of(statements)) {
        if (schema.table(written.name) != nullptr) continue;  // IF NOT EXISTS, a second time.
        auto table = reader.read(written);
        if (!table) return pass_on(table);
        schema.tables.push_back(std::move(*table));
    }
    return schema;
}

Result<std::vector<std::string>> SqliteDatabase::plan(const std::string& query) const {
    const Statement statement = prepare(guard_->database, "EXPLAIN QUERY PLAN " + query);
    if (!statement) {
        return usage_error(
            fmt::format("schema.sql: SQLite says of the query: {}", message_of(guard_->database)));
    }
    std::vector<std::string> steps;
    constexpr int kDetail = 3;
    while (sqlite3_step(statement.get()) == SQLITE_ROW) {
        steps.push_back(harmless(text_at(statement.get(), kDetail), Lines::one));
    }
    return steps;
}

}  // namespace onsite::invoicing
