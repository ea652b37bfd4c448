// Unique keys, indexes and the outbox: what keeps effects single and queries quick.

#include <algorithm>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/ascii.hpp"
#include "exercises/2-invoicing/checks/findings.hpp"
#include "exercises/2-invoicing/checks/indexed_rows.hpp"
#include "exercises/2-invoicing/checks/schema_checks.hpp"
#include "exercises/2-invoicing/checks/words.hpp"

namespace onsite::invoicing {
namespace {

// Whether rows without a value escape the key: right for a number that a draft does not have yet,
// wrong for what names an effect.
enum class Empty { allowed, refused };
// Whether the key may hold for some rows only, and whether those under way have to be among them:
// at most one payment that is under way.
enum class Part { allowed, allowed_with_all_under_way, refused };

struct UniqueKey {
    std::string_view table;
    std::string_view column;
    std::string_view may_have_too;  // With a space between two.
    // Without it the key is too narrow, and refuses what belongs to somebody else; may be empty.
    std::string_view must_have;
    Empty empty;
    Part part;
    std::string_view why;
};

constexpr UniqueKey kUniqueKeys[] = {
    {"idempotency_keys", "idempotency_key", "account_id", "account_id", Empty::refused,
     Part::refused,
     "two requests of an account with one key are one request, whatever their bodies are; two "
     "accounts may choose the same key"},
    {"webhook_events", "event_id", "account_id provider", "", Empty::refused, Part::refused,
     "an event that comes again has no second effect"},
    {"payments", "invoice_id", "account_id", "", Empty::refused, Part::allowed_with_all_under_way,
     "one payment of an invoice is under way at a time; WHERE status IN (...) leaves the "
     "failed ones out"},
    {"payments", "payment_intent_id", "account_id provider", "", Empty::allowed, Part::allowed,
     "one payment_intent is one payment"},
    {"invoices", "number", "account_id", "account_id", Empty::allowed, Part::allowed,
     "no two invoices of an account have one number"},
    {"reminders", "step", "account_id invoice_id", "invoice_id", Empty::refused, Part::refused,
     "each reminder of an invoice is sent once, and every invoice has its own"}};

bool may_stand_beside(const UniqueKey& wanted, std::string_view column) {
    const auto names = split(wanted.may_have_too, ' ');
    return std::ranges::find(names, column) != names.end();
}

// Whether a row in that state is under way: neither come to nothing nor settled, and a state that
// the table knows.
bool is_under_way(std::string_view state, const SqlTableText* table) {
    constexpr std::string_view kAtAnEnd[] = {
        "abandoned", "aborted",  "canceled",   "cancelled", "captured", "closed",
        "completed", "declined", "error",      "errored",   "expired",  "failed",
        "paid",      "refunded", "refused",    "rejected",  "reversed", "settled",
        "succeeded", "success",  "superseded", "void",      "voided"};
    if (std::ranges::find(kAtAnEnd, lowered(state)) != std::end(kAtAnEnd)) return false;
    bool knows_any = false;
    if (table == nullptr) return true;
    for (const SqlDefinition& definition : table->definitions) {
        for (const SqlToken& token : definition.tokens) {
            if (token.kind != SqlKind::text) continue;
            if (token.text == state) return true;
            knows_any = true;
        }
    }
    return !knows_any;
}

// Whether the key holds for no row that is under way: WHERE status = 'failed', or 'succeeded'. Of
// those there may be two, then, and both of them succeed. Where all of them have to be in it, none
// of their states may be left out.
bool leaves_out_what_is_under_way(const Context& context, const Table& table, const Index& index,
                                  Part part) {
    const SqlStatement* statement = statement_of_index(context.schema->statements, index.name);
    if (statement == nullptr) return false;
    const auto& texts = context.schema->texts;
    const auto text = std::ranges::find(texts, table.name, &SqlTableText::name);
    const auto is_one = [&](std::string_view state) {
        return is_under_way(state, text == texts.end() ? nullptr : &*text);
    };
    const IndexedRows rows = rows_of(statement->tokens);
    if (part == Part::allowed_with_all_under_way &&
        (rows.waits_for_more || std::ranges::any_of(rows.left_out, is_one))) {
        return true;
    }
    return rows.left_out.empty() && !rows.kept.empty() && std::ranges::none_of(rows.kept, is_one);
}

bool has_column(const Index& index, std::string_view name) {
    return std::ranges::find(index.columns, name) != index.columns.end();
}

// Whether the key is unique over all accounts, or all invoices: the second one is refused what is
// its own.
bool is_too_narrow(const Index& index, const UniqueKey& wanted) {
    if (wanted.must_have.empty() || !index.is_unique || !has_column(index, wanted.column) ||
        has_column(index, wanted.must_have)) {
        return false;
    }
    return std::ranges::all_of(index.columns, [&](std::string_view name) {
        return name == wanted.column || may_stand_beside(wanted, name);
    });
}

bool fits(const Table& table, const Index& index, const UniqueKey& wanted) {
    if (!index.is_unique || (index.is_partial && wanted.part == Part::refused)) return false;
    if (!has_column(index, wanted.column)) return false;
    return std::ranges::all_of(index.columns, [&](const std::string& name) {
        const bool is_wanted = name == wanted.column;
        const Column* column = table.column(name);
        const bool is_known = is_wanted || may_stand_beside(wanted, name);
        return is_known && column != nullptr &&
               (column->is_not_null || (is_wanted && wanted.empty == Empty::allowed));
    });
}

// Whether the table has the key, and no other that is narrower.
bool is_there(const Context& context, const Table* table, const UniqueKey& wanted) {
    if (table == nullptr) return false;
    const bool is_found = std::ranges::any_of(table->indexes, [&](const Index& index) {
        return fits(*table, index, wanted) &&
               !leaves_out_what_is_under_way(context, *table, index, wanted.part);
    });
    return is_found && std::ranges::none_of(table->indexes, [&](const Index& index) {
               return is_too_narrow(index, wanted);
           });
}

std::string expected_key(const UniqueKey& wanted) {
    const std::string together =
        wanted.must_have.empty() ? "" : fmt::format(" together with {}", wanted.must_have);
    return fmt::format("expected a unique key of {} on {}{}, with nothing but {} beside it{}{}: {}",
                       wanted.table, wanted.column, together,
                       fmt::join(split(wanted.may_have_too, ' '), " or "),
                       wanted.empty == Empty::refused ? ", NOT NULL" : "",
                       wanted.part == Part::refused ? ", for all rows" : "", wanted.why);
}

// Where to look: the column, if it is there.
int line_of_column(const Table* table, std::string_view column) {
    const Column* found = table == nullptr ? nullptr : table->column(column);
    return found == nullptr ? line_of(table) : found->line;
}

// Whether none of the rows of the index waits for a worker: WHERE status = 'done', or
// status <> 'pending', or done_at IS NOT NULL.
bool leaves_out_what_waits(const Context& context, const Index& index) {
    constexpr std::string_view kAtAnEnd[] = {
        "acked",     "acknowledged", "archived", "buried",    "cancelled", "canceled",
        "complete",  "completed",    "dead",     "delivered", "done",      "finished",
        "processed", "published",    "sent",     "succeeded", "success"};
    constexpr std::string_view kWaits[] = {"due",    "enqueued", "new",       "open",   "pending",
                                           "queued", "ready",    "scheduled", "waiting"};
    const auto is_one_of = [](std::span<const std::string_view> states) {
        return [states](std::string_view state) {
            return std::ranges::find(states, lowered(state)) != states.end();
        };
    };
    const auto is_of_the_end = [&](std::string_view column) {
        return column.ends_with("_at") &&
               is_one_of(kAtAnEnd)(column.substr(0, column.size() - std::strlen("_at")));
    };
    const SqlStatement* statement = statement_of_index(context.schema->statements, index.name);
    if (statement == nullptr) return false;
    const IndexedRows rows = rows_of(statement->tokens);
    if (std::ranges::any_of(rows.left_out, is_one_of(kWaits))) return true;
    if (rows.kept.empty()) return std::ranges::any_of(rows.filled, is_of_the_end);
    return std::ranges::all_of(rows.kept, is_one_of(kAtAnEnd));
}

// The index that serves the query for the messages that are due.
bool serves_the_claim(const Context& context, const Index& index) {
    if (leaves_out_what_waits(context, index)) return false;
    for (const std::string& column : index.columns) {
        if (column == "next_attempt_at") return true;
        if (column != "status" && column != "state" && column != "account_id") return false;
    }
    return false;
}

bool searches_invoices(const std::vector<std::string>& plan) {
    return std::ranges::any_of(plan, [](std::string_view step) {
        // Names are told as they were written.
        const std::string small = lowered(step);
        return small.starts_with("search invoices using") &&
               small.find("customer_id=?") != std::string::npos;
    });
}
bool sorts_everything(const std::vector<std::string>& plan) {
    return std::ranges::any_of(plan, [](std::string_view step) {
        return step.find("USE TEMP B-TREE FOR ORDER BY") != std::string_view::npos;
    });
}

}  // namespace

Result<Verdict> double_effects_are_impossible(const Context& context, const std::string& check) {
    if (!context.schema) return unreadable(check, context.schema.error());
    const Schema& schema = context.schema->schema;
    Findings findings(context.documents, check);
    for (const UniqueKey& wanted : kUniqueKeys) {
        const Table* table = schema.table(wanted.table);
        findings.expect(is_there(context, table, wanted), kSchema,
                        line_of_column(table, wanted.column), expected_key(wanted));
    }
    for (const std::string_view column : {"request_hash", "response_status"}) {
        const Table* table = schema.table("idempotency_keys");
        findings.expect(table != nullptr && table->column(column) != nullptr, kSchema,
                        line_of(table),
                        fmt::format("expected idempotency_keys.{}: a repeated request is compared "
                                    "with the first and gets its answer",
                                    column));
    }
    return findings.verdict("unique keys make every double effect impossible");
}

std::string list_query(bool is_postgresql) {
    const auto place = [&](int i) { return is_postgresql ? fmt::format("${}", i) : "?"; };
    return fmt::format(
        "SELECT id FROM invoices WHERE account_id = {} AND customer_id = {} "
        "AND (created_at, id) < ({}, {}) ORDER BY created_at DESC, id DESC LIMIT 20",
        place(1), place(2), place(3), place(4));
}

Result<Verdict> list_uses_an_index(const Context& context, const std::string& check) {
    if (!context.schema) return unreadable(check, context.schema.error());
    const Table* invoices = context.schema->schema.table("invoices");
    auto plan = context.schema->database.plan(list_query(false));
    if (!plan) return unreadable(check, plan.error());
    Findings findings(context.documents, check);
    findings.expect(searches_invoices(*plan), kSchema, line_of(invoices),
                    "expected an index that finds the invoices of a customer: the plan reads rows "
                    "of others");
    findings.expect(!sorts_everything(*plan), kSchema, line_of(invoices),
                    "expected an index that goes on with created_at: the plan sorts all invoices "
                    "of the customer for one page");
    findings.show("the query: " + list_query(false));
    for (const std::string& step : *plan) findings.show("SQLite's plan: " + step);
    return findings.verdict("the list of a customer's invoices by date comes from an index");
}

Result<Verdict> outbox_can_be_worked(const Context& context, const std::string& check) {
    if (!context.schema) return unreadable(check, context.schema.error());
    const Schema& schema = context.schema->schema;
    Findings findings(context.documents, check);
    const auto expect_column = [&](std::string_view table_name, std::string_view column,
                                   std::string_view why) {
        const Table* table = schema.table(table_name);
        findings.expect(table != nullptr && table->column(column) != nullptr, kSchema,
                        line_of(table), fmt::format("expected {}.{}: {}", table_name, column, why));
    };
    expect_column("outbox", "payload", "what is to be done, as it was when the change committed");
    expect_column("outbox", "attempts", "retries are counted and end");
    expect_column("outbox", "next_attempt_at", "a retry waits for its time");
    expect_column("outbox", "locked_until", "a worker's claim ends when the worker dies");
    expect_column("dead_letters", "outbox_id", "a redrive keeps the identity of the message");
    expect_column("dead_letters", "payload", "without it there is nothing to send again");
    expect_column("dead_letters", "last_error", "somebody has to find out why");
    expect_column("dead_letters", "attempts",
                  "one that failed once differs from one that never "
                  "will work");
    const Table* outbox = schema.table("outbox");
    const auto serves = [&](const Index& index) { return serves_the_claim(context, index); };
    findings.expect(outbox != nullptr && std::ranges::any_of(outbox->indexes, serves), kSchema,
                    line_of(outbox),
                    "expected an index of outbox on next_attempt_at that holds what waits: workers "
                    "ask every second what is due");
    return findings.verdict("messages can be claimed, tried again, buried and sent again");
}

}  // namespace onsite::invoicing
