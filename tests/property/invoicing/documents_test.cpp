// Whatever the documents hold, every check gives a verdict, and what is let through to a database
// makes tables and indexes only.

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "exercises/2-invoicing/checks/checks.hpp"
#include "exercises/2-invoicing/checks/context.hpp"
#include "exercises/2-invoicing/checks/sql_text.hpp"
#include "tests/property/property.hpp"

namespace onsite::invoicing {
namespace {

std::string soup(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word :
         *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(words))) {
        text += word;
    }
    return text;
}

void expect_verdicts(const std::vector<SourceFile>& files) {
    SimulatedClock clock(0);
    const Context context(files, {}, clock);
    for (const Check& check : all_checks(context)) {
        if (check.name == "holds_in_postgresql") continue;  // Seconds each.
        const auto verdict = check.run();
        RC_ASSERT(verdict.has_value());
        RC_ASSERT(verdict->check == check.name);
        RC_ASSERT(verdict->outcome != Outcome::pass || verdict->cases > 0);
        RC_ASSERT(verdict->percent >= 0 && verdict->percent <= 100);
    }
}

TEST(InvoicingProperty, AnyBytesGetAVerdict) {
    expect_property([] {
        std::vector<SourceFile> files;
        for (const char* name : {kDesign, kApi, kSchema, kFlows, kFailures}) {
            files.push_back({name, *rc::gen::string<std::string>()});
        }
        expect_verdicts(files);
    });
}

TEST(InvoicingProperty, AnySoupOfMarkdownAndSqlGetsAVerdict) {
    const std::vector<std::string> markdown = {"---\n",    "\n",
                                               "# ",       "## Pay",
                                               "## ",      "1. ",
                                               "2) ",      "`tx`",
                                               "`",        "| ",
                                               "|",        "\\|",
                                               "|-|",      "```",
                                               "failure",  " detect",
                                               "repair",   "scenario",
                                               "a: 1\n",   "queue_retries: [1m]\n",
                                               "decision", "rejected because reverse"};
    const std::vector<std::string> sql = {"CREATE ",
                                          "TABLE ",
                                          "UNIQUE ",
                                          "INDEX ",
                                          "invoices",
                                          " (",
                                          ")",
                                          ",",
                                          ";",
                                          "\n",
                                          "--",
                                          "/*",
                                          "*/",
                                          "'",
                                          "\"",
                                          " TEXT",
                                          " BIGINT",
                                          " PRIMARY KEY",
                                          " CHECK ",
                                          " ON ",
                                          " WHERE ",
                                          "$$",
                                          "IF NOT EXISTS ",
                                          "outbox ",
                                          "REFERENCES ",
                                          "1",
                                          ".5",
                                          "status",
                                          " REAL"};
    expect_property(
        [&] {
            expect_verdicts({{kDesign, soup(markdown)},
                             {kApi, "openapi: 3.0.3\npaths:\n  /a: {post: {}}\n"},
                             {kSchema, soup(sql)},
                             {kFlows, soup(markdown)},
                             {kFailures, soup(markdown)}});
        },
        500);
}

TEST(InvoicingProperty, WhatIsLetThroughCreatesTablesOrIndexes) {
    const std::vector<std::string> words = {
        "create ", "table ",  "index ", "select ", "insert ", "into ", "a ",      "(",       ")",
        ",",       "b text",  "; ",     "--",      "/*",      "*/",    "'",       "\"",      "\n",
        "as ",     "attach ", "copy ",  "pragma ", "on ",     "temp ", "unique ", "execute "};
    expect_property(
        [&] {
            const auto statements = split_sql(soup(words));
            if (!statements) return;
            for (const SqlStatement& statement : *statements) {
                RC_ASSERT(statement.tokens.size() >= 2U);
                RC_ASSERT(statement.tokens[0].is_word("create"));
                RC_ASSERT(statement.text.find(';') == std::string::npos ||
                          statement.text.find_first_of("'\"") != std::string::npos);
                for (const SqlToken& token : statement.tokens) {
                    RC_ASSERT(!token.is_word("select") && !token.is_word("copy"));
                }
            }
        },
        5'000);
}

}  // namespace
}  // namespace onsite::invoicing
