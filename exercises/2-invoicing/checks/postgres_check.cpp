#include "exercises/2-invoicing/checks/postgres_check.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "exercises/2-invoicing/checks/findings.hpp"
#include "exercises/2-invoicing/checks/postgres_server.hpp"
#include "exercises/2-invoicing/checks/schema_checks.hpp"

namespace onsite::invoicing {
namespace {

using Rows = PostgresServer::Rows;

// False when a statement was refused: the rest would only follow from that.
bool load(const Context& context, const PostgresServer& server, Findings& findings) {
    const std::int64_t deadline = context.clock.monotonic_ns() + kPostgresLoadMs * kNsPerMs;
    for (const SqlStatement& statement : context.schema->statements) {
        if (context.clock.monotonic_ns() > deadline) {
            findings.expect(
                false, kSchema, statement.line,
                fmt::format("expected the schema to load within {} s", kPostgresLoadMs / 1'000));
            return false;
        }
        const auto done = server.run(statement.text);
        findings.expect(
            done.has_value(), kSchema, statement.line,
            done ? "" : "expected PostgreSQL to take it; it says: " + done.error().message);
        if (!done) return false;
    }
    return true;
}

Result<Rows> columns_of(const PostgresServer& server) {
    return server.run(
        "SELECT table_name, column_name FROM information_schema.columns WHERE "
        "table_schema = 'public' ORDER BY table_name, ordinal_position");
}

// A type that only SQLite takes as it was meant, or a name that only one of them folds.
void compare(const Context& context, const Rows& rows, Findings& findings) {
    for (const Table& table : context.schema->schema.tables) {
        for (const Column& column : table.columns) {
            const bool is_there = std::ranges::any_of(rows, [&](const auto& row) {
                return row[0] == table.name && row[1] == column.name;
            });
            findings.expect(is_there, kSchema, column.line,
                            fmt::format("expected {}.{} in PostgreSQL as in SQLite: write names in "
                                        "small letters",
                                        table.name, column.name));
        }
    }
}

// An empty table would be read whole, so what is asked is whether an index can serve the query.
Result<std::vector<std::string>> plan_of(const PostgresServer& server) {
    for (const char* setting : {"SET enable_seqscan = off", "SET enable_bitmapscan = off",
                                "SET plan_cache_mode = force_generic_plan"}) {
        if (auto done = server.run(setting); !done) return pass_on(done);
    }
    if (auto done = server.run("PREPARE list AS " + list_query(true)); !done) return pass_on(done);
    auto rows = server.run("EXPLAIN (COSTS OFF) EXECUTE list (NULL, NULL, NULL, NULL)");
    if (!rows) return pass_on(rows);
    std::vector<std::string> plan;
    for (const auto& row : *rows) plan.push_back(row[0]);
    return plan;
}

bool uses_an_index(const std::vector<std::string>& plan) {
    bool has_index = false, sorts_all = false;
    for (const std::string_view step : plan) {
        has_index = has_index || step.find("Index Cond: ") != std::string_view::npos;
        const std::size_t sort = step.find("Sort");
        const bool is_sort = sort != std::string_view::npos && step.find("Sort Key") != sort;
        sorts_all = sorts_all || (is_sort && step.find("Incremental Sort") == step.npos);
    }
    return has_index && !sorts_all;
}

void judge_plan(const Context& context, const PostgresServer& server, Findings& findings) {
    // Without an index in SQLite there is none here; list_uses_an_index says so.
    const auto elsewhere = list_uses_an_index(context, "");
    const bool is_judged = elsewhere && elsewhere->outcome == Outcome::pass;
    const auto plan = plan_of(server);
    if (!plan) {
        findings.expect(!is_judged, kSchema, line_of(context.schema->schema.table("invoices")),
                        "PostgreSQL says of the query for the list: " + plan.error().message);
        return;
    }
    findings.expect(!is_judged || uses_an_index(*plan), kSchema,
                    line_of(context.schema->schema.table("invoices")),
                    "expected PostgreSQL to take the list from an index, as SQLite does");
    for (const std::string& step : *plan) findings.show("PostgreSQL's plan: " + step);
}

}  // namespace

Result<Verdict> holds_in_postgresql(const Context& context, const std::string& check) {
    if (!context.schema) return unreadable(check, context.schema.error());
    const auto programs = find_postgres_programs(context.postgresql_folder);
    if (programs.empty()) {
        return not_run(check, fmt::format("expected PostgreSQL in {}, found none; install it "
                                          "(apt-get install postgresql-15)",
                                          context.postgresql_folder));
    }
    auto server = PostgresServer::start(programs, context.clock);
    if (!server) return pass_on(server);
    Findings findings(context.documents, check);
    findings.expect(!context.schema->statements.empty(), kSchema, 0, "expected tables");
    if (load(context, *server, findings)) {
        const auto columns = columns_of(*server);
        if (!columns) return tool_error(columns.error().message);
        compare(context, *columns, findings);
        judge_plan(context, *server, findings);
    }
    return findings.verdict("PostgreSQL makes the same tables of the schema");
}

}  // namespace onsite::invoicing
