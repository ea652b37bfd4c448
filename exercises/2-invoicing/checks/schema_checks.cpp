#include "exercises/2-invoicing/checks/schema_checks.hpp"

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "exercises/2-invoicing/checks/findings.hpp"
#include "exercises/2-invoicing/checks/words.hpp"

namespace onsite::invoicing {
namespace {

constexpr std::string_view kTables[] = {
    "accounts",  "customers", "invoices",         "payments",       "invoice_items",
    "reminders", "outbox",    "idempotency_keys", "webhook_events", "dead_letters"};

struct Reference {
    std::string_view table;
    std::string_view column;
    std::string_view to;
};
constexpr Reference kReferences[] = {
    {"customers", "account_id", "accounts"},       {"invoices", "account_id", "accounts"},
    {"invoices", "customer_id", "customers"},      {"invoice_items", "invoice_id", "invoices"},
    {"payments", "invoice_id", "invoices"},        {"reminders", "invoice_id", "invoices"},
    {"idempotency_keys", "account_id", "accounts"}};

bool refers(const Table& table, const Reference& wanted) {
    return std::ranges::any_of(table.foreign_keys, [&](const ForeignKey& key) {
        return key.table == wanted.to &&
               std::ranges::find(key.columns, wanted.column) != key.columns.end();
    });
}

// How many texts stand between the bracket at `at` and the one that closes it.
int texts_in_brackets(std::span<const SqlToken> tokens, std::size_t at) {
    int texts = 0;
    for (; at < tokens.size() && !tokens[at].is_symbol(")"); ++at) {
        texts += tokens[at].kind == SqlKind::text ? 1 : 0;
    }
    return texts;
}

// Whether the values of the column are listed there: status IN ('draft', 'open'), status = 'draft'
// OR status = 'open'. What only speaks of it leaves every state open: length(status) > 0, status <>
// '', and one value beside something else, status = 'draft' OR number IS NOT NULL.
bool lists_values(std::span<const SqlToken> tokens, std::string_view column) {
    int values = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!tokens[i].is_name() || tokens[i].text != column) continue;
        std::size_t next = i + 1;
        while (next < tokens.size() && tokens[next].is_symbol(")")) ++next;
        if (next + 1 < tokens.size() && tokens[next].is_word("in")) {
            values += texts_in_brackets(tokens, next + 1);
        } else if (next < tokens.size() && tokens[next].is_word("when")) {
            values += static_cast<int>(std::ranges::count_if(
                tokens.subspan(next), [](const SqlToken& token) { return token.is_word("when"); }));
        } else if (next < tokens.size() && tokens[next].is_symbol("=")) {
            ++values;
        } else if (i > 0 && tokens[i - 1].is_symbol("=")) {
            ++values;
        }
    }
    constexpr int kValuesMin = 2;
    return values >= kValuesMin;
}

// Whether a CHECK of the table lists the values of the column.
bool is_checked(const std::vector<SqlTableText>& texts, std::string_view table,
                std::string_view column) {
    const auto text = std::ranges::find(texts, table, &SqlTableText::name);
    if (text == texts.end()) return false;
    return std::ranges::any_of(text->definitions, [&](const SqlDefinition& definition) {
        const auto& tokens = definition.tokens;
        const auto check = std::ranges::find_if(
            tokens, [](const SqlToken& token) { return token.is_word("check"); });
        return lists_values({check, tokens.end()}, column);
    });
}

// Whether a table of states decides what the status may be.
bool is_looked_up(const Table* table) {
    return table != nullptr && std::ranges::any_of(table->foreign_keys, [](const ForeignKey& key) {
               return key.columns == std::vector<std::string>{"status"};
           });
}

bool begins_with_one_of(std::string_view type, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words,
                               [&](std::string_view word) { return type.starts_with(word); });
}

// Decimal in PostgreSQL: wrong for money on the way to a client, right for a rate or a quantity.
bool is_decimal(std::string_view type) { return begins_with_one_of(type, {"NUMERIC", "DEC"}); }

bool is_float(std::string_view type) {
    return is_decimal(type) || begins_with_one_of(type, {"REAL", "FLOAT", "DOUBLE", "MONEY"});
}

// What holds no amount, whatever it is called: is_paid, due.
bool is_no_number(std::string_view type) {
    return begins_with_one_of(type, {"BOOL", "DATE", "TIME", "INTERVAL", "UUID", "JSON", "BYTEA"});
}

bool holds_money(const Column& column) {
    if (is_float(column.type)) return !is_decimal(column.type) || !is_measure_name(column.name);
    return is_money_name(column.name) && !is_no_number(column.type);
}

bool has_currency(const Schema& schema, const Table& table) {
    const auto has_own = [](const Table& one) {
        return std::ranges::any_of(one.columns, [](const Column& column) {
            return column.name == "currency" || column.name.ends_with("_currency");
        });
    };
    if (has_own(table)) return true;
    return std::ranges::any_of(table.foreign_keys, [&](const ForeignKey& key) {
        const Table* other = schema.table(key.table);
        return other != nullptr && has_own(*other);
    });
}

}  // namespace

Result<Verdict> schema_loads(const Context& context, const std::string& check) {
    if (!context.schema) return unreadable(check, context.schema.error());
    Findings findings(context.documents, check);
    for (const std::string_view name : kTables) {
        findings.expect(context.schema->schema.table(name) != nullptr, kSchema, 0,
                        fmt::format("expected the table {}; the brief names it", name));
    }
    return findings.verdict("SQLite loads the schema, and the tables of the brief are there");
}

Result<Verdict> rows_belong_together(const Context& context, const std::string& check) {
    if (!context.schema) return unreadable(check, context.schema.error());
    const LoadedSchema& loaded = *context.schema;
    Findings findings(context.documents, check);
    for (const Reference& reference : kReferences) {
        const Table* table = loaded.schema.table(reference.table);
        const bool is_key = table != nullptr && refers(*table, reference);
        const Column* column = table == nullptr ? nullptr : table->column(reference.column);
        const bool is_filled = column != nullptr && column->is_not_null;
        findings.expect(is_key && is_filled, kSchema,
                        is_key && column != nullptr ? column->line : line_of(table),
                        fmt::format("expected {}.{} as a foreign key to {}, NOT NULL: a row that "
                                    "belongs to nobody is found by nobody",
                                    reference.table, reference.column, reference.to));
    }
    for (const std::string_view name : {"invoices", "payments"}) {
        const Table* table = loaded.schema.table(name);
        const Column* status = table == nullptr ? nullptr : table->column("status");
        const bool is_closed = is_checked(loaded.texts, name, "status") || is_looked_up(table);
        findings.expect(is_closed && status != nullptr && status->is_not_null, kSchema,
                        status == nullptr ? line_of(table) : status->line,
                        fmt::format("expected NOT NULL CHECK (status IN (...)) in {}: a state that "
                                    "nobody knows is refused, and NULL passes every CHECK",
                                    name));
    }
    return findings.verdict("foreign keys hold the rows together, and states are closed sets");
}

// INT8 is PostgreSQL's own word for it, and an integer to SQLite.
bool has_64_bits(std::string_view type) { return type == "BIGINT" || type == "INT8"; }

Result<Verdict> money_is_exact(const Context& context, const std::string& check) {
    if (!context.schema) return unreadable(check, context.schema.error());
    constexpr std::string_view kWithMoney[] = {"invoices", "invoice_items", "payments"};
    const Schema& schema = context.schema->schema;
    Findings findings(context.documents, check);
    bool has_float = false;
    for (const Table& table : schema.tables) {
        bool has_money = false;
        for (const Column& column : table.columns) {
            if (!holds_money(column)) continue;
            has_money = true;
            has_float = has_float || is_float(column.type);
            findings.expect(has_64_bits(column.type), kSchema, column.line,
                            fmt::format("expected BIGINT for {}, minor units in 64 bits: binary "
                                        "fractions lose cents, and INTEGER has 32 bits in "
                                        "PostgreSQL",
                                        column.name));
        }
        const bool is_wanted = std::ranges::find(kWithMoney, table.name) != std::end(kWithMoney);
        if (is_wanted) {
            findings.expect(has_money, kSchema, table.line,
                            fmt::format("expected a column with an amount in {}", table.name));
        }
        if (!has_money) continue;
        findings.expect(has_currency(schema, table), kSchema, table.line,
                        fmt::format("expected a currency beside the amounts of {}, there or in a "
                                    "table it refers to: 500 is 5.00 USD and 500 JPY",
                                    table.name));
    }
    for (const std::string_view name : kWithMoney) {
        findings.expect(schema.table(name) != nullptr, kSchema, 0,
                        fmt::format("expected the table {}", name));
    }
    Verdict verdict = findings.verdict("every amount is a BIGINT of minor units with a currency");
    // One is as bad as all: whatever is added to it is not exact any more.
    if (has_float) verdict.percent = 0;
    return verdict;
}

}  // namespace onsite::invoicing
